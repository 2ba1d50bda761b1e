//! Tokens: whose they are, and how calls without a good one fail.

use playoff_sandbox::jws;
use playoff_sandbox::kumite::access::SIGNING_KEY;

use super::*;

const GAMES: &str = "/kumite/api/v1/games";

fn claims(token: &str) -> Value {
    jws::verify(token, SIGNING_KEY).unwrap()
}

#[test]
fn a_refresh_token_gives_one_access_token_for_each_player() {
    let mut world = World::new();
    let refresh = world.refresh_token();
    let known = claims(&refresh);
    assert_eq!(known["playerIds"], json!(ROBOT_PLAYERS));
    assert_eq!(known["refresh_token"], true);
    assert_eq!(known["exp"], START / 1_000 + 365 * 86_400);
    for player in ROBOT_PLAYERS {
        let answer = world.with_token("GET", &format!("{TOKEN}?player_id={player}"), &refresh);
        let body = json_of(&answer);
        assert_eq!(body.as_object().unwrap().len(), 4, "and nothing else");
        assert_eq!(
            (&body["player_id"], &body["token_type"], &body["expires_in"]),
            (&json!(player), &json!("Bearer"), &json!(3_600))
        );
        let own = claims(text(&body["access_token"]));
        assert_eq!(
            (&own["playerId"], &own["sub"], &own["refresh_token"]),
            (&json!(player), &json!(ROBOT), &json!(false))
        );
        assert_eq!(own["playerIds"], Value::Null);
        assert_eq!(own["exp"], START / 1_000 + 3_600);
        assert_eq!(text(&own["jti"]).len(), 36);
        assert_ne!(own["jti"], known["jti"]);
    }
}

#[test]
fn without_a_bearer_there_is_an_empty_401_that_names_the_realm() {
    let mut world = World::new();
    let token = world.player_token(ME);
    for header in [None, Some(format!("OAuth {token}")), Some("Bearer".into())] {
        let mut request = Request::new("GET", GAMES);
        if let Some(header) = &header {
            request = request.with_header("Authorization", header);
        }
        let answer = world.send(&request).answer;
        assert_eq!(
            (answer.status, &answer.body[..]),
            (401, &b""[..]),
            "{header:?}"
        );
        let challenge = answer.header("www-authenticate");
        assert_eq!(challenge, Some("Bearer realm=\"Kumite Realm\""));
    }
    let lower = Request::new("GET", GAMES).with_header("Authorization", &format!("bearer {token}"));
    assert_eq!(
        world.send(&lower).answer.status,
        200,
        "the scheme has no case"
    );
    let in_query = world.call("GET", &with(GAMES, "access_token", &token), None);
    assert_eq!(in_query.status, 401, "no token is read from the query");
}

#[test]
fn a_token_that_doesnt_count_is_an_empty_401_with_its_error() {
    let mut world = World::new();
    let expired = world.player_token(ME);
    world.now += 3_600_000;
    let foreign = jws::sign("another key", &json!({ "playerId": ME })).unwrap();
    for token in [expired.as_str(), "made-up", &foreign] {
        let answer = world.with_token("GET", GAMES, token);
        assert_eq!((answer.status, &answer.body[..]), (401, &b""[..]));
        let challenge = answer.header("www-authenticate").unwrap();
        assert!(
            challenge.starts_with("Bearer error=\"invalid_token\", "),
            "{challenge}"
        );
    }
}

#[test]
fn what_is_wrong_with_a_token_call_is_answered_as_the_server_does() {
    let mut world = World::new();
    let refresh = world.refresh_token();
    for (query, status) in [
        ("", 400),
        ("?player_id=undefined", 400),
        ("?player_id=johny", 400),
        ("?refresh_token=true", 400),
        (&format!("?player_id={OPPONENT_PLAYER}"), 500),
    ] {
        let answer = world.with_token("GET", &format!("{TOKEN}{query}"), &refresh);
        assert_eq!(failure(&answer).0, status, "{query}");
    }
    let access = world.player_token(ME);
    let answer = world.with_token("GET", &format!("{TOKEN}?player_id={ME}"), &access);
    assert_eq!(failure(&answer).0, 500, "an access token has no playerIds");
    let as_bearer = world.with_token("GET", GAMES, &refresh);
    assert_eq!(as_bearer.status, 200, "a refresh token opens the rest, too");
}

#[test]
fn as_the_page_has_it_the_scheme_is_oauth_and_a_flag_asks_for_the_token() {
    let mut world = World::new();
    world.kumite(json!({ "manner": "page" }));
    let refresh = world.refresh_token();
    let as_bearer = world.with_token("GET", GAMES, &refresh);
    let challenge = as_bearer.header("www-authenticate");
    assert_eq!(challenge, Some("OAuth realm=\"Kumite Realm\""));
    let call = |world: &mut World, target: &str, token: &str| {
        let oauth = format!("OAuth {token}");
        let request = Request::new("GET", target).with_header("Authorization", &oauth);
        world.send(&request).answer
    };
    let server = call(&mut world, &format!("{TOKEN}?player_id={ME}"), &refresh);
    assert_eq!(failure(&server).0, 400);
    let first = call(&mut world, &format!("{TOKEN}?refresh_token=true"), &refresh);
    let first = json_of(&first);
    assert_eq!(first["player_id"], ME);
    let both = format!("{TOKEN}?refresh_token=true&player_id={OTHER}");
    assert_eq!(
        json_of(&call(&mut world, &both, &refresh))["player_id"],
        OTHER
    );
    let games = call(&mut world, GAMES, text(&first["access_token"]));
    assert_eq!(games.status, 200);
}

#[test]
fn tokens_are_listed_expired_and_revoked_for_this_service_alone() {
    let mut world = World::new();
    let playoff = world.app_token();
    let (mine, other) = (world.player_token(ME), world.player_token(OTHER));
    let live = world.control("GET", "/kumite/tokens", None);
    assert_eq!(live.as_array().unwrap().len(), 2);
    let body = json!({ "service": "kumite", "player_id": ME });
    assert_eq!(world.control("POST", "/expire", Some(&body))["tokens"], 1);
    assert_eq!(world.with_token("GET", GAMES, &mine).status, 401);
    assert_eq!(world.with_token("GET", GAMES, &other).status, 200);
    assert_eq!(
        world.player_token(ME).matches('.').count(),
        2,
        "refreshing goes on"
    );
    world.control("POST", "/revoke", Some(&json!({ "service": "kumite" })));
    assert_eq!(world.with_token("GET", GAMES, &other).status, 401);
    let refresh = world.refresh_token();
    assert_eq!(world.with_token("GET", GAMES, &refresh).status, 401);
    let profile = with(
        "/v2/runtime/player?player_id=johny",
        "access_token",
        &playoff,
    );
    assert_eq!(world.call("GET", &profile, None).status, 200);

    let new = world.control("POST", "/kumite/refresh-token", None);
    assert_eq!(new["playerIds"], json!(ROBOT_PLAYERS));
    let answer = world.with_token("GET", GAMES, text(&new["refreshToken"]));
    assert_eq!(answer.status, 200);
    world.control("POST", "/reset", None);
    assert_eq!(
        world.refresh_token(),
        refresh,
        "the printed one counts again"
    );
    assert_eq!(world.with_token("GET", GAMES, &refresh).status, 200);
}

#[test]
fn a_refresh_token_knows_only_the_players_it_was_made_for() {
    let mut world = World::new();
    let new = "11111111-1111-1111-1111-333333333333";
    let body = json!({ "playerIds": [new] });
    let made = world.control("POST", "/kumite/refresh-token", Some(&body));
    let target = format!("{TOKEN}?player_id={new}");
    let own = world.with_token("GET", &target, text(&made["refreshToken"]));
    assert_eq!(own.status, 200);
    let older = world.refresh_token();
    assert_eq!(world.with_token("GET", &target, &older).status, 500);
}

#[test]
fn a_shorter_life_is_said() {
    let mut world = World::new();
    world.kumite(json!({ "accessTokenSeconds": 2 }));
    let token = world.player_token(ME);
    world.now += 1_999;
    assert_eq!(world.with_token("GET", GAMES, &token).status, 200);
    world.now += 1;
    assert_eq!(world.with_token("GET", GAMES, &token).status, 401);
}
