//! Whatever robots send, something orderly goes out.

use std::collections::BTreeMap;

use crate::noise::Noise;

use super::*;

const ROUTES: &[&str] = &[
    "/kumite/api/v1/oauth2/token",
    "/kumite/api/v1/games",
    "/kumite/api/v1/players",
    "/kumite/api/v1/contests",
    "/kumite/api/v1/board",
    "/kumite/api/v1/board/player",
    "/kumite/api/v1/board/moves",
    "/kumite/api/v1/board/move",
    "/kumite/api/v1/leaderboards",
    "/kumite/api/v1/public/metadata",
    "/kumite/%ff",
    "/kumite",
    "/control/kumite",
    "/control/kumite/refresh-token",
];
const METHODS: &[&str] = &["GET", "GET", "POST", "POST", "DELETE", "HEAD", "OPTIONS"];
const BODIES: &[&str] = &[
    "",
    "{",
    "[]",
    r#"{"position":5}"#,
    r#"{"position":1e300}"#,
    r#"{"position":10}"#,
    r#"{"constant_metadata":{"name":"x","maxPlayers":18446744073709551615}}"#,
    r#"{"constant_metadata":{"name":"x"}}"#,
    r#"{"opponent":"perfect","accessTokenSeconds":9223372036854775807}"#,
    r#"{"opponentDelay":600000,"opponentFirst":true,"seed":18446744073709551615}"#,
    r#"{"playerIds":["11111111-1111-1111-1111-111111111111"]}"#,
];

#[test]
fn no_request_brings_it_down() {
    let mut world = World::new();
    let mut noise = Noise(2);
    let mut seen = BTreeMap::new();
    for n in 0..2_000 {
        let token = match noise.next() % 3 {
            0 => world.refresh_token(),
            _ => world.player_token(ME),
        };
        let contest = match noise.next() % 4 {
            0 => "undefined".to_owned(),
            _ => world.open_contest(),
        };
        let player = noise
            .pick(&[ME, OTHER, OPPONENT_PLAYER, TIC_TAC_TOE, "%ff"])
            .to_owned();
        let target = format!(
            "{}?player_id={player}&contest_id={contest}&game_id={TIC_TAC_TOE}&title_regex={}",
            noise.pick(ROUTES),
            noise.pick(&["(", ".*", "%00", "Tic.*"]),
        );
        let mut request = Request::new(noise.pick(METHODS), &target)
            .with_header("Authorization", &format!("Bearer {token}"));
        request.body = noise.pick(BODIES).as_bytes().to_vec();
        let answer = world.send(&request).answer;
        *seen.entry(answer.status).or_insert(0) += 1;
        let orderly = match answer.status {
            204 | 401 => answer.body.is_empty(),
            200 if answer.body.is_empty() => request.path.ends_with("/move"),
            200 | 400 | 404 | 500 => serde_json::from_slice::<Value>(&answer.body).is_ok(),
            _ => false,
        };
        assert!(orderly, "call {n}: {request:?} gave {answer:?}");
        world.now += 500;
        if n % 100 == 99 {
            world.control("POST", "/reset", None);
        }
    }
    for status in [200, 400, 404, 500] {
        let count = seen.get(&status).copied().unwrap_or(0);
        assert!(count >= 20, "too little noise: {seen:?}");
    }
}
