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

#[test]
fn a_rule_is_run_for_players() {
    let mut world = World::new();
    let at = "/v2/admin/rules/storm_bonus";
    let scopes = json!([{ "id": "storm", "entity_id": "newbie" }]);
    let body = json!({ "data": [
        { "variables": { "hours": 6 }, "player_ids": ["newbie", "zoe"], "scopes": scopes },
        { "variables": { "hours": 1 }, "player_ids": ["mara"] },
    ] });
    let done = world.good("", "POST", at, Some(&body));
    assert_eq!(
        done[0].as_array().unwrap().len(),
        2,
        "a row for each player"
    );
    let local = &done[0][0]["events"]["local"];
    assert_eq!(
        (&local[0]["event"], &local[0]["rule"], &local[0]["scopes"]),
        (
            &json!("custom_rule"),
            &json!({ "id": "storm_bonus", "name": "Storm bonus" }),
            &scopes
        )
    );
    assert_eq!(
        local[0]["changes"][0]["delta"],
        json!({ "old": null, "new": "60" })
    );
    assert_eq!(done[0][0]["events"]["global"][0]["event"], "level");
    assert_eq!(done[1][0]["events"]["local"][0]["actor"]["id"], "mara");
    let quest = world.good(
        "newbie",
        "GET",
        "/v2/runtime/leaderboards/quest_points?scope_id=storm",
        None,
    );
    assert_eq!(quest["data"][0]["score"], "120", "of both players");

    let before = world.control("GET", "/players/newbie", None);
    let good = json!({ "variables": { "hours": 1 }, "player_ids": ["newbie"] });
    for (target, body, found) in [
        (at, json!({}), error("validation_exception", 400)),
        (
            at,
            json!({ "data": [good, 5] }),
            error("validation_exception", 400),
        ),
        (
            at,
            json!({ "data": [good, { "player_ids": ["newbie"] }] }),
            error("validation_exception", 400),
        ),
        (
            at,
            json!({ "data": [good, { "variables": { "hours": 1 } }] }),
            error("validation_exception", 400),
        ),
        (
            at,
            json!({ "data": [good, { "variables": { "hours": 1 }, "player_ids": ["nobody"] }] }),
            error("player_not_found", 404),
        ),
        (
            "/v2/admin/rules/none",
            json!({ "data": [] }),
            error("rule_not_found", 404),
        ),
    ] {
        assert_eq!(world.bad("", "POST", target, Some(&body)), found, "{body}");
    }
    assert_eq!(world.control("GET", "/players/newbie", None), before);
}

#[test]
fn events_are_reverted_by_their_ids() {
    let mut world = World::new();
    let body = json!({ "variables": { "reach": 40, "link": "/" } });
    let at = "/v2/runtime/actions/share/play";
    let played = world.good("newbie", "POST", at, Some(&body));
    let id = &played["events"]["local"][0]["id"];
    let revert = "/v2/admin/players/newbie/revert";
    let ids = json!({ "event_ids": [id] });
    let profile = world.good("", "POST", revert, Some(&ids));
    assert_eq!(score(&profile, "points"), "0");
    assert_eq!(score(&profile, "level")["name"], "Rookie");
    let badges = score(&profile, "badges");
    let names: Vec<&Value> = badges
        .as_array()
        .unwrap()
        .iter()
        .map(|b| &b["name"])
        .collect();
    assert_eq!(
        names,
        ["First Steps"],
        "what a rule gave is an event of its own"
    );
    for (target, body, found) in [
        (revert, json!({}), error("validation_exception", 400)),
        (
            revert,
            json!({ "event_ids": ["none"] }),
            error("validation_exception", 400),
        ),
        (
            "/v2/admin/players/nobody/revert",
            ids.clone(),
            error("player_not_found", 404),
        ),
    ] {
        assert_eq!(world.bad("", "POST", target, Some(&body)), found, "{body}");
    }
}

#[test]
fn a_token_without_the_right_gets_nowhere() {
    let mut world = World::new();
    // It may read as a player, and nothing else.
    let token = world.token_of("sandbox-limited");
    let before = world.control("GET", "/players/johny", None);
    let team = "team_000000000000000000000001";
    for (method, path) in [
        ("POST", "/v2/runtime/notifications".to_owned()),
        ("POST", "/v2/runtime/processes".to_owned()),
        ("POST", "/v2/runtime/processes/johny/voyage/play".to_owned()),
        ("DELETE", "/v2/runtime/processes/johny/voyage".to_owned()),
        ("PATCH", "/v2/runtime/processes/johny/voyage".to_owned()),
        ("POST", "/v2/runtime/leaderboards/points/search".to_owned()),
        ("POST", "/v1/action/play".to_owned()),
        ("POST", "/v1/definitions/teams/crew".to_owned()),
        ("POST", "/v1/definitions/processes/voyage".to_owned()),
        ("POST", format!("/v1/teams/{team}/leave")),
        ("DELETE", format!("/v1/teams/{team}")),
        ("GET", "/v2/admin/teams".to_owned()),
        ("POST", "/v2/admin/teams".to_owned()),
        ("DELETE", format!("/v2/admin/teams/{team}")),
        ("POST", format!("/v2/admin/teams/{team}/join")),
        ("GET", format!("/v2/admin/teams/{team}/activity")),
        ("GET", "/v2/admin/processes".to_owned()),
        ("DELETE", "/v2/admin/processes/johny/voyage".to_owned()),
        ("POST", "/v2/admin/rules/storm_bonus".to_owned()),
        ("POST", "/v2/admin/players/johny/revert".to_owned()),
        ("POST", "/v2/admin/leaderboards/quest_points/x".to_owned()),
        ("GET", "/v1/game/players".to_owned()),
        ("PUT", "/v1/game/players/johny/reset".to_owned()),
        ("DELETE", "/v1/game/players/johny".to_owned()),
    ] {
        let target = with(&with(&path, "access_token", &token), "player_id", "johny");
        let answer = world.call(method, &target, Some(&json!({})));
        assert_eq!(
            error_of(&answer),
            error("access_denied", 403),
            "{method} {path}"
        );
    }
    assert_eq!(world.control("GET", "/players/johny", None), before);
    for path in [
        "/v2/runtime/teams",
        "/v2/runtime/processes",
        "/v2/runtime/notifications/token",
        "/v1/player",
    ] {
        let target = with(&with(path, "access_token", &token), "player_id", "johny");
        assert_eq!(world.call("GET", &target, None).status, 200, "{path}");
    }
}
