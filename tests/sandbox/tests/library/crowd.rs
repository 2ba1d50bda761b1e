//! Players by the thousand, and lists that change while they are read.

use serde_json::{Value, json};

use crate::world::*;

fn ids(page: &Value) -> Vec<String> {
    let rows = page["data"].as_array().unwrap();
    rows.iter().map(|r| text(&r["id"]).to_owned()).collect()
}

#[test]
fn ten_thousand_players_are_made_by_a_count() {
    let mut world = World::new();
    let body = json!({ "count": 10_000 });
    let done = world.control("POST", "/generate", Some(&body));
    assert_eq!(done, json!({ "players": 10_000 }));
    let page = world.good(
        "johny",
        "GET",
        "/v2/runtime/players?skip=5000&limit=2",
        None,
    );
    assert_eq!(page["total"], 10_013);
    assert_eq!(page["data"].as_array().unwrap().len(), 2);
    let all = world.good("johny", "GET", "/v2/runtime/players?limit=1000000", None);
    let of_crowd = ids(&all)
        .into_iter()
        .filter(|id| id.starts_with("crowd_"))
        .collect::<Vec<_>>();
    assert_eq!(of_crowd.len(), 10_000);
    assert_eq!(
        (of_crowd[0].as_str(), of_crowd[9_999].as_str()),
        ("crowd_000001", "crowd_010000")
    );
}

#[test]
fn a_leaderboard_of_five_thousand_rows_is_made_so_too() {
    let mut world = World::new();
    let scores = json!({ "points": { "first": 5_000, "step": -1 }, "coins": { "first": 3 } });
    let body = json!({ "count": 5_000, "prefix": "p", "first": 0, "scores": scores });
    world.control("POST", "/generate", Some(&body));
    let at = "/v2/runtime/leaderboards/points";
    let board = world.good("johny", "GET", &format!("{at}?limit=10000"), None);
    assert_eq!(board["total"], 5_012);
    let rows = board["data"].as_array().unwrap();
    assert_eq!(rows.len(), 5_012);
    assert_eq!(
        (&rows[0]["player"]["id"], &rows[0]["score"]),
        (&json!("p000000"), &json!("5000"))
    );
    let target = format!("{at}?ranking=relative&entity_id=p002500&radius=2");
    let around = world.good("johny", "GET", &target, None);
    assert_eq!(around["data"].as_array().unwrap().len(), 5);
    let one = world.good("p000000", "GET", "/v2/runtime/player", None);
    assert_eq!(score(&one, "level")["name"], "Legend");
    assert_eq!(score(&one, "coins"), "3");
    let feed = world.good("", "GET", "/v2/admin/activity", None);
    let told = |e: &Value| text(&e["actor"]["id"]).starts_with("p00");
    assert!(!feed.as_array().unwrap().iter().any(told), "no feed tells");
    let notifications = world.good("p000000", "GET", "/v2/runtime/notifications", None);
    assert_eq!(notifications, Value::Null);
}

#[test]
fn a_list_shrinks_and_grows_between_its_pages() {
    let mut world = World::new();
    world.control("POST", "/generate", Some(&json!({ "count": 30 })));
    let page = |world: &mut World, skip: usize| {
        let at = format!("/v2/runtime/players?skip={skip}&limit=20");
        world.good("johny", "GET", &at, None)
    };
    let first = page(&mut world, 0);
    assert_eq!(first["total"], 43);
    let removed = world.control("POST", "/remove", Some(&json!({ "count": 25 })));
    assert_eq!(removed, json!({ "players": 25 }));
    let second = page(&mut world, 20);
    assert_eq!(
        second,
        json!({ "data": [], "total": 18 }),
        "fewer than were skipped"
    );
    let body = json!({ "players": ["crowd_000026", "crowd_000026", "crowd_000030"] });
    world.control("POST", "/remove", Some(&body));
    assert_eq!(page(&mut world, 0)["total"], 16);

    let more = json!({ "count": 10, "prefix": "z", "first": 7 });
    world.control("POST", "/generate", Some(&more));
    let third = page(&mut world, 20);
    assert_eq!(third["total"], 26);
    assert_eq!(ids(&third).len(), 6);
    assert_eq!(ids(&third)[0], "z000012");
}

#[test]
fn what_is_wrong_makes_and_removes_nobody() {
    let mut world = World::new();
    for (path, body, code) in [
        ("/generate", json!({}), "validation_exception"),
        ("/generate", json!({ "count": 0 }), "validation_exception"),
        (
            "/generate",
            json!({ "count": 100_001 }),
            "validation_exception",
        ),
        (
            "/generate",
            json!({ "count": 2, "size": 1 }),
            "validation_exception",
        ),
        (
            "/generate",
            json!({ "count": 2, "scores": { "none": { "first": 1 } } }),
            "validation_exception",
        ),
        (
            "/generate",
            json!({ "count": 2, "scores": { "points": 1 } }),
            "validation_exception",
        ),
        (
            "/generate",
            json!({ "count": 2, "scores": { "total": { "first": 1 } } }),
            "validation_exception",
        ),
        ("/remove", json!({ "players": "x" }), "validation_exception"),
        (
            "/remove",
            json!({ "players": ["johny", "nobody"] }),
            "player_not_found",
        ),
        ("/remove", json!({ "count": -1 }), "validation_exception"),
        ("/game", json!({}), "validation_exception"),
        (
            "/game",
            json!({ "design": "other" }),
            "validation_exception",
        ),
        ("/seed", json!({ "callLimit": -1 }), "validation_exception"),
    ] {
        let answer = world.call("POST", &format!("/control{path}"), Some(&body));
        assert_eq!(error_of(&answer).0, code, "{path} {body}");
    }
    world.control(
        "POST",
        "/generate",
        Some(&json!({ "count": 1, "first": 5 })),
    );
    let answer = world.call("POST", "/control/generate", Some(&json!({ "count": 9 })));
    assert_eq!(error_of(&answer), error("player_exists", 409));
    let all = world.good("johny", "GET", "/v2/runtime/players", None);
    assert_eq!(all["total"], 14);
}

#[test]
fn a_plan_has_room_for_so_many_players() {
    let mut world = World::new();
    world.control("POST", "/seed", Some(&json!({ "playerLimit": 14 })));
    let new = |id: &str| json!({ "id": id, "alias": id });
    for path in ["/v2/admin/players", "/v1/game/players"] {
        world.good("", "POST", path, Some(&new("a")));
        let full = world.bad("", "POST", path, Some(&new("b")));
        assert_eq!(full, error("player_limit_exceeded", 403));
        world.good("", "DELETE", &format!("{path}/a"), None);
    }
    world.control("POST", "/seed", Some(&json!({ "playerLimit": null })));
    world.good("", "POST", "/v2/admin/players", Some(&new("a")));
    world.good("", "POST", "/v2/admin/players", Some(&new("b")));
}

#[test]
fn another_game_leaves_clients_and_tokens_as_they_are() {
    let mut world = World::new();
    let token = world.app_token();
    world.control("POST", "/game", Some(&json!({ "design": "recorded" })));
    let target = with("/v2/admin/players", "access_token", &token);
    assert_eq!(json_of(&world.call("GET", &target, None))["total"], 3);
    world.control("POST", "/game", Some(&json!({ "design": "island" })));
    assert_eq!(json_of(&world.call("GET", &target, None))["total"], 13);
    world.control("POST", "/game", Some(&json!({ "design": "recorded" })));
    world.control("POST", "/reset", None);
    assert_eq!(
        world.good("", "GET", "/v2/admin/players", None)["total"],
        13
    );
}
