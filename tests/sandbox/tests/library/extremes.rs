//! The largest and the smallest numbers, wherever one is read.

use crate::world::*;
use playoff_sandbox::Answer;

const NUMBERS: [&str; 9] = [
    "-9223372036854775808",
    "-8640000000000001",
    "-8640000000000000",
    "-1",
    "0",
    "1",
    "8640000000000000",
    "9223372036854775807",
    "18446744073709551615",
];
const READ: [&str; 12] = [
    "/v2/runtime/leaderboards/{board}?timestamp={}&cycle={cycle}",
    "/v2/runtime/leaderboards/{board}?skip={}&limit={}&cycle={cycle}",
    "/v2/runtime/leaderboards/{board}?ranking=relative&radius={}&cycle={cycle}",
    "/v2/runtime/activity?start={}",
    "/v2/runtime/activity?end={}",
    "/v2/runtime/activity?start={}&end={}",
    "/v2/runtime/players?skip={}&limit={}",
    "/v2/runtime/notifications?skip={}&limit={}",
    "/v2/runtime/processes?skip={}&limit={}",
    "/v2/admin/players/johny/activity?start={}",
    "/v1/leaderboards/{board}?timestamp={}&cycle={cycle}",
    "/v1/metrics/points?skip={}&limit={}",
];
const WRITTEN: [(&str, &str, &str); 14] = [
    (
        "POST",
        "/v2/runtime/actions/collect/play",
        r#"{"count":{},"variables":{"n":{}}}"#,
    ),
    (
        "POST",
        "/v2/runtime/actions/share/play",
        r#"{"variables":{"reach":{},"link":"/"}}"#,
    ),
    (
        "PATCH",
        "/v2/admin/players/johny/scores",
        r#"{"rewards":[{"metric":{"id":"points"},"verb":"add","value":{}}]}"#,
    ),
    (
        "PATCH",
        "/v2/admin/players/johny/scores",
        r#"{"rewards":[{"metric":{"id":"points"},"verb":"remove","value":"{}"}]}"#,
    ),
    (
        "PATCH",
        "/v2/admin/players/johny/scores",
        r#"{"rewards":[{"metric":{"id":"badges"},"verb":"set","value":{"collector":{}}}]}"#,
    ),
    ("POST", "/control/clock", r#"{"offset":{}}"#),
    ("POST", "/control/seed", r#"{"accessTokenSeconds":{}}"#),
    (
        "POST",
        "/control/seed",
        r#"{"codeSeconds":{},"callLimit":{},"playerLimit":{}}"#,
    ),
    (
        "POST",
        "/control/seed",
        r#"{"activity":[{"player_id":"johny","secondsAgo":{},"event":{"event":"e"}}]}"#,
    ),
    (
        "POST",
        "/control/generate",
        r#"{"count":3,"first":{},"scores":{"points":{"first":{},"step":{}}}}"#,
    ),
    (
        "POST",
        "/control/notifications",
        r#"{"player_id":"johny","event":{"event":"e"},"count":2,"interval":{}}"#,
    ),
    (
        "POST",
        "/control/stream/silence",
        r#"{"ms":{},"newcomers":true}"#,
    ),
    (
        "POST",
        "/control/kumite",
        r#"{"accessTokenSeconds":{},"opponentDelay":{},"seed":{}}"#,
    ),
    (
        "POST",
        "/control/toornament",
        r#"{"accessTokenSeconds":{}}"#,
    ),
];

fn orderly(answer: &Answer, what: &str) {
    assert!(matches!(answer.status, 200..=499), "{what}: {answer:?}");
}

#[test]
fn no_number_of_a_query_is_too_large() {
    let mut world = World::new();
    let boards = world.good("johny", "GET", "/v2/runtime/leaderboards", None);
    let token = world.app_token();
    for board in boards.as_array().unwrap() {
        for cycle in board["cycles"].as_array().unwrap() {
            for (route, number) in READ.iter().flat_map(|r| NUMBERS.map(|n| (r, n))) {
                let target = route
                    .replace("{board}", text(&board["id"]))
                    .replace("{cycle}", text(cycle))
                    .replace("{}", number);
                let target = with(&with(&target, "player_id", "johny"), "access_token", &token);
                let answer = world.call("GET", &target, None);
                orderly(&answer, &target);
            }
        }
    }
}

#[test]
fn no_number_of_a_body_is_too_large() {
    for (method, route, body) in WRITTEN {
        let mut done = 0;
        for number in NUMBERS {
            // Twice: what is added to what there is.
            let mut world = World::new();
            let token = world.app_token();
            let route = with(&with(route, "player_id", "johny"), "access_token", &token);
            let body = serde_json::from_str(&body.replace("{}", number)).unwrap();
            for _ in 0..2 {
                let answer = world.call(method, &route, Some(&body));
                orderly(&answer, &format!("{method} {route} {body}"));
                done += usize::from(answer.status == 200);
            }
            // What was written is read by others.
            for (player, target) in [
                ("johny", "/v2/runtime/player"),
                ("johny", "/v2/runtime/activity?start=0"),
                ("johny", "/v2/runtime/leaderboards/points?cycle=weekly"),
                ("", "/v2/admin/players"),
            ] {
                let (status, answer) = world.app(player, "GET", target, None);
                assert!(matches!(status, 200..=499), "{body}, {target}: {answer}");
            }
        }
        assert!(done > 0, "{route} takes no number at all: {body}");
    }
}
