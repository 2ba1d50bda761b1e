//! The administration.

use serde_json::{Value, json};

use crate::world::*;

#[test]
fn the_game_tells_of_itself() {
    let mut world = World::new();
    for path in ["/v2/admin", "/v2/admin/"] {
        let status = world.good("", "GET", path, None);
        assert_eq!(status["game"]["type"], "native");
        assert_eq!(status["game"]["listed"], false);
        assert_eq!(status["version"], "v2");
    }
}

#[test]
fn a_player_is_created_read_and_deleted() {
    let mut world = World::new();
    let new = json!({ "id": "fresh", "alias": "Fresh", "email": "fresh@example.com" });
    let free = "/v2/admin/validation/player/available?value=fresh";
    assert_eq!(world.good("", "GET", free, None), json!({ "ok": 1 }));
    let created = world.good("", "POST", "/v2/admin/players", Some(&new));
    assert_eq!(
        (&created["scores"], &created["teams"]),
        (&json!({}), &json!({}))
    );
    assert_eq!(
        (&created["bootstrap"], &created["enabled"]),
        (&json!(true), &json!(true))
    );

    let read = world.good("", "GET", "/v2/admin/players/fresh", None);
    assert_eq!((&read["scores"], &read["teams"]), (&json!([]), &json!([])));
    assert_eq!(read["email"], new["email"]);
    assert!(read.get("bootstrap").is_none());
    assert_eq!(world.bad("", "GET", free, None).1, 409);
    let again = world.bad("", "POST", "/v2/admin/players", Some(&new));
    assert_eq!(again, error("player_exists", 409));

    let gone = world.good("", "DELETE", "/v2/admin/players/fresh", None);
    assert!(text(&gone["message"]).contains("'fresh'"));
    for (method, path) in [
        ("GET", "/v2/admin/players/fresh"),
        ("DELETE", "/v2/admin/players/fresh"),
        ("GET", "/v2/admin/players/fresh/activity"),
        ("POST", "/v2/admin/players/fresh/reset"),
        ("PATCH", "/v2/admin/players/fresh/scores"),
    ] {
        let found = world.bad("", method, path, None);
        assert_eq!(found, error("player_not_found", 404), "{method} {path}");
    }
}

#[test]
fn a_player_needs_id_and_alias() {
    let mut world = World::new();
    for (body, count) in [
        (json!({}), 2),
        (json!({ "id": "x" }), 1),
        (json!({ "id": 1, "alias": "" }), 2),
        (json!({ "id": "x", "alias": "x", "email": 1 }), 1),
        (json!({ "id": ":id", "alias": "x" }), 1),
    ] {
        let (status, answer) = world.app("", "POST", "/v2/admin/players", Some(&body));
        assert_eq!(
            (status, text(&answer["error"])),
            (400, "validation_exception"),
            "{body}"
        );
        assert_eq!(
            answer["data"]["errors"].as_array().unwrap().len(),
            count,
            "{body}"
        );
    }
}

#[test]
fn players_are_listed_with_chosen_fields() {
    let mut world = World::new();
    let page = world.good("", "GET", "/v2/admin/players?limit=2&skip=3", None);
    let row = json!({ "id": "johny", "alias": "Johny", "enabled": true });
    assert_eq!(page["data"][0], row);
    assert_eq!(page["total"], 13);
    let page = world.good(
        "",
        "GET",
        "/v2/admin/players?limit=1&fields=id,created",
        None,
    );
    let keys: Vec<&String> = page["data"][0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["created", "id"]);
}

#[test]
fn feeds_are_read_per_player_and_for_the_game() {
    let mut world = World::new();
    let of_game = world.good("", "GET", "/v2/admin/activity?start=0", None);
    for event in of_game.as_array().unwrap() {
        assert!(event["actor"]["id"].is_string());
        assert_ne!(event["event"], "action");
    }
    let own = world.good("johny", "GET", "/v2/runtime/activity", None);
    assert_eq!(
        world.good("", "GET", "/v2/admin/players/johny/activity", None),
        own
    );
    let none = world.good("", "GET", "/v2/admin/players/newbie/activity", None);
    assert_eq!(none, Value::Null);
}

#[test]
fn scores_are_written_by_id_and_read_by_name() {
    let mut world = World::new();
    let rewards = json!({ "rewards": [
        { "metric": { "id": "points", "type": "point" }, "verb": "set", "value": "220" },
        { "metric": { "id": "badges", "type": "set" }, "verb": "add", "value": { "storyteller": "2" } },
    ] });
    let profile = world.good(
        "",
        "PATCH",
        "/v2/admin/players/newbie/scores",
        Some(&rewards),
    );
    assert_eq!(score(&profile, "points"), "220");
    assert_eq!(score(&profile, "level")["name"], "Captain");
    let badges = score(&profile, "badges");
    let story = badges
        .as_array()
        .unwrap()
        .iter()
        .find(|b| b["name"] == "Storyteller");
    assert_eq!(story.unwrap()["count"], "2");
    let feed = world.good("newbie", "GET", "/v2/runtime/activity", None);
    let events = feed.as_array().unwrap();
    assert_eq!(events[0]["event"], "score");
    assert!(events[0].get("actor").is_none(), "an admin did it");

    for reward in [
        json!({ "metric": { "id": "none" }, "verb": "set", "value": "1" }),
        json!({ "metric": { "id": "points" }, "verb": "double", "value": "1" }),
        json!({ "metric": { "id": "points" }, "verb": "set", "value": "much" }),
        json!({ "metric": { "id": "total" }, "verb": "set", "value": "1" }),
        json!({ "metric": { "id": "level" }, "verb": "set", "value": "Captain" }),
        json!({ "metric": { "id": "badges" }, "verb": "set", "value": { "Storyteller": "1" } }),
        json!(5),
    ] {
        let body = json!({ "rewards": [reward] });
        let found = world.bad("", "PATCH", "/v2/admin/players/newbie/scores", Some(&body));
        assert_eq!(found, error("validation_exception", 400), "{body}");
    }
    assert_eq!(world.control("GET", "/players/newbie", None), profile);
}

#[test]
fn a_reset_takes_everything_back() {
    let mut world = World::new();
    let profile = world.good("", "POST", "/v2/admin/players/mara/reset", None);
    assert_eq!(profile["scores"], json!([]));
    assert_eq!(profile["teams"].as_array().unwrap().len(), 1, "teams stay");
    let board = world.good(
        "johny",
        "GET",
        "/v2/runtime/leaderboards/points?limit=50",
        None,
    );
    assert_eq!(board["total"], 11);
    let actions = world.good("mara", "GET", "/v2/runtime/actions", None);
    assert!(actions.as_array().unwrap().iter().all(|a| a["count"] == 0));
}
