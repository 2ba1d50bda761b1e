//! The recorded game: every value that was recorded comes out as it was.

use serde_json::{Value, json};

use crate::world::*;

fn recorded() -> World {
    let mut world = World::new();
    let body = json!({ "design": "recorded" });
    world.control("POST", "/game", Some(&body));
    world
}

/// Recorded: `"old"` and `"new"` of each change, with its metric's id.
fn deltas(event: &Value) -> Vec<Value> {
    let changes = event["changes"].as_array().unwrap();
    let entry = |c: &Value| json!([c["metric"]["id"], c["delta"]]);
    changes.iter().map(entry).collect()
}

#[test]
fn the_game_tells_of_itself_as_v1_in_v2() {
    let mut world = recorded();
    let status = world.good("", "GET", "/v2/admin", None);
    assert_eq!(
        (&status["version"], &status["status"]),
        (&json!("v1"), &json!("ok"))
    );
    assert!(status["name"].is_string());
    let game = &status["game"];
    for (field, value) in [
        ("type", json!("native")),
        ("access", json!("PRIVATE")),
        ("listed", json!(false)),
        ("timezone", json!("Europe/Prague")),
    ] {
        assert_eq!(game[field], value, "{field}");
    }
}

#[test]
fn there_are_three_players() {
    let mut world = recorded();
    let row = |n: u8| json!({ "id": format!("player{n}"), "alias": format!("player{n}_alias"), "enabled": true });
    assert_eq!(
        world.good("", "GET", "/v2/admin/players", None),
        json!({ "data": [row(1), row(2), row(3)], "total": 3 })
    );
}

#[test]
fn a_profile_has_all_four_types() {
    let mut world = recorded();
    let profile = world.good("", "GET", "/v2/admin/players/player1", None);
    let types: Vec<&Value> = profile["scores"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| &s["metric"]["type"])
        .collect();
    assert_eq!(types, ["compound", "state", "set", "point", "point"]);
    assert_eq!(score(&profile, "compound_metric"), "23");
    assert_eq!(score(&profile, "plus_points"), "19");
    assert_eq!(score(&profile, "test_points"), "24");
    let items = score(&profile, "toolbox");
    let counts: Vec<&Value> = items
        .as_array()
        .unwrap()
        .iter()
        .map(|i| &i["count"])
        .collect();
    assert_eq!(counts, ["1", "1", "1"]);
    let base = json!({ "id": "test_points", "name": "test points" });
    assert_eq!(
        profile["scores"][1]["meta"],
        json!({ "low": "21", "high": "Infinity", "base_metric": base }),
        "there is no next level"
    );
    let teams = profile["teams"].as_array().unwrap();
    let mut roles: Vec<usize> = teams
        .iter()
        .map(|t| t["roles"].as_array().unwrap().len())
        .collect();
    roles.sort_unstable();
    assert_eq!(roles, [1, 2]);
}

#[test]
fn a_state_may_have_another_before_it_and_a_compound_may_be_missing() {
    let mut world = recorded();
    let seed = json!({ "players": [
        { "id": "learner", "alias": "Learner", "scores": { "effort": 3 } },
        { "id": "debtor", "alias": "Debtor", "scores": { "test_points": "-1000000000" } },
        { "id": "holder", "alias": "Holder", "scores": { "toolbox": { "hammer": 1 } } },
    ] });
    world.control("POST", "/seed", Some(&seed));
    let learner = world.good("learner", "GET", "/v2/runtime/player", None);
    let state = &learner["scores"][0];
    assert_eq!(state["value"]["description"], "");
    assert_eq!(
        (&state["meta"]["low"], &state["meta"]["high"]),
        (&json!("0"), &json!("9"))
    );
    assert_eq!(state["meta"]["next"], "Advanced");
    assert_eq!(score(&learner, "compound_metric"), Value::Null);

    let debtor = world.good("debtor", "GET", "/v2/runtime/player", None);
    assert_eq!(score(&debtor, "test_points"), "-1000000000");

    let holder = world.good("holder", "GET", "/v2/runtime/player", None);
    let items = json!([{ "name": "Hammer", "description": "For nails", "count": "1" }]);
    assert_eq!(score(&holder, "toolbox"), items);
    assert_eq!(holder["teams"], json!([]));
}

#[test]
fn rankings_are_of_players_of_teams_and_around_one_player() {
    let mut world = recorded();
    let at = "/v2/runtime/leaderboards/";
    let players = world.good("player1", "GET", &format!("{at}leaderboard1"), None);
    let row = |rank: u8, score: &str, n: u8| {
        json!({ "rank": rank, "score": score,
        "player": { "id": format!("player{n}"), "alias": format!("player{n}_alias") } })
    };
    assert_eq!(
        players,
        json!({ "data": [row(1, "24", 1), row(2, "6", 2), row(3, "4", 3)], "total": 3 })
    );

    let teams = world.good(
        "player1",
        "GET",
        &format!("{at}leaderboard_plus_points"),
        None,
    );
    let rows = teams["data"].as_array().unwrap();
    let scores: Vec<&Value> = rows.iter().map(|r| &r["score"]).collect();
    assert_eq!(scores, ["24", "19", "2"]);
    for row in rows {
        let keys: Vec<&String> = row["team"].as_object().unwrap().keys().collect();
        assert_eq!(keys, ["id", "name"]);
    }

    let others = json!({ "count": 9, "scores": { "test_points": { "first": 22, "step": -2 } } });
    world.control("POST", "/generate", Some(&others));
    let target = format!("{at}leaderboard1?ranking=relative&entity_id=crowd_000002&radius=0");
    let around = world.good("player1", "GET", &target, None);
    let player = json!({ "id": "crowd_000002", "alias": "crowd_000002" });
    assert_eq!(
        around,
        json!({ "data": [{ "rank": 3, "score": "20", "primary": true, "player": player }], "total": 12 })
    );
}

#[test]
fn a_play_without_variables_has_three_changes_two_of_one_metric() {
    let mut world = recorded();
    let at = "/v2/runtime/actions/get_tools/play";
    let played = world.good("player1", "POST", at, Some(&json!({})));
    assert_eq!(played["events"]["local"].as_array().unwrap().len(), 1);
    assert_eq!(played["events"]["global"], json!([]));
    let event = &played["events"]["local"][0];
    assert_eq!(
        deltas(event),
        [
            json!(["toolbox", { "Hammer": { "old": "1", "new": "2" } }]),
            json!(["plus_points", { "old": "19", "new": "20" }]),
            json!(["toolbox", { "Screwdriver": { "old": "1", "new": "2" } }]),
        ]
    );
    assert_eq!(event["action"]["vars"], json!({}));
    assert_eq!((&event["scopes"], &event["count"]), (&json!([]), &json!(1)));
}

#[test]
fn a_play_with_variables_echoes_their_types() {
    let mut world = recorded();
    let body = json!({ "variables": { "tst_p": 33, "remark": "new" } });
    let at = "/v2/runtime/actions/set_test_points/play";
    let played = world.good("player1", "POST", at, Some(&body));
    let event = &played["events"]["local"][0];
    assert_eq!(event["action"]["vars"], body["variables"]);
    assert_eq!(
        deltas(event),
        [
            json!(["test_points", { "old": "24", "new": "33" }]),
            json!(["compound_metric", { "old": "23", "new": "32" }]),
        ]
    );
}

#[test]
fn a_reward_by_expression_is_its_text() {
    let mut world = recorded();
    let actions = world.good("player1", "GET", "/v2/runtime/actions", None);
    let action = actions
        .as_array()
        .unwrap()
        .iter()
        .find(|a| a["id"] == "set_test_points")
        .unwrap();
    assert_eq!(action["rewards"][0]["value"], "$vars['tst_p'] ");
    assert_eq!(action["rewards"][0]["probability"].to_string(), "1");
    assert_eq!(
        action["variables"],
        json!([
            { "name": "tst_p", "type": "int", "required": true, "default": 0 },
            { "name": "remark", "type": "string", "required": false, "default": "none" },
        ])
    );
}

#[test]
fn a_players_feed_has_seven_events_and_the_games_has_no_actions() {
    let mut world = recorded();
    let at = "/v2/admin/players/player2/activity?start=0";
    let own = world.good("", "GET", at, None);
    let own = own.as_array().unwrap();
    let names: Vec<&str> = own.iter().map(|e| text(&e["event"])).collect();
    assert_eq!(
        names,
        [
            "action",
            "level",
            "action",
            "create",
            "invite:accept",
            "action",
            "action"
        ]
    );
    assert!(own.iter().all(|e| e.get("actor").is_none()));
    assert_eq!(
        deltas(&own[0])[0],
        json!(["test_points", { "old": null, "new": "4" }]),
        "the first reward ever"
    );
    assert_eq!(own[3]["timestamp"], "2016-05-13T08:17:33.744Z");
    assert_eq!(own[4]["roles"], json!({ "Private": true }));
    assert_eq!(own[4]["inviter"]["id"], "player1");

    let game = world.good("", "GET", "/v2/admin/activity?start=0", None);
    for event in game.as_array().unwrap() {
        let name = text(&event["event"]);
        assert!(["create", "level", "achievement"].contains(&name), "{name}");
        assert!(event["actor"]["id"].is_string());
    }
}

#[test]
fn a_level_and_an_achievement_of_one_play_share_their_time() {
    let mut world = recorded();
    let at = "/v2/admin/activity?start=2016-05-17T09:53:04.387Z&end=2016-05-17T09:53:04.387Z";
    let events = world.good("", "GET", at, None);
    let (level, achievement) = (&events[0], &events[1]);
    assert_eq!(
        deltas(level),
        [json!(["experience", { "old": "Master", "new": "Guild leader" }])]
    );
    assert_eq!(
        deltas(achievement),
        [
            json!(["toolbox", { "Multitool": { "old": null, "new": "1" } }]),
            json!(["compound_metric", { "old": "22", "new": "21" }]),
        ]
    );
    assert_eq!(level["timestamp"], achievement["timestamp"]);
    let (one, other) = (text(&level["id"]), text(&achievement["id"]));
    let differing = one.chars().zip(other.chars()).filter(|(a, b)| a != b);
    assert_eq!(differing.count(), 1, "{one} {other}");
}

#[test]
fn the_feed_of_a_team_omits_the_team() {
    let mut world = recorded();
    let at = "/v2/runtime/teams/team_000000000000000000000001/activity?start=0";
    let events = world.good("player1", "GET", at, None);
    let events = events.as_array().unwrap();
    for event in events {
        assert!(event.get("team").is_none());
        assert!(event["actor"]["id"].is_string());
    }
    let assigned = events.iter().find(|e| e["event"] == "role:assign").unwrap();
    assert_eq!(
        assigned["changes"],
        json!({ "Private": { "old": null, "new": true } })
    );
    assert!(events.iter().any(|e| e["event"] == "level"), "its members'");
}

#[test]
fn limits_are_told_as_recorded() {
    let mut world = recorded();
    let at = "/v2/runtime/actions/once_a_day/play";
    world.good("player1", "POST", at, None);
    let (_, refused) = world.app("player1", "POST", at, None);
    assert_eq!(
        refused,
        json!({
            "error": "rate_limit_exceeded",
            "error_description": "The Action 'once_a_day' can only be triggered 1 times every day",
        })
    );

    world.control("POST", "/seed", Some(&json!({ "callLimit": 4464 })));
    let target = with("/v2/admin", "access_token", &world.app_token());
    for _ in 0..4464 {
        assert_eq!(world.call("GET", &target, None).status, 200);
    }
    let answer = world.call("GET", &target, None);
    assert_eq!(error_of(&answer), error("plan_limit_exceeded", 403));
    let text = "Your staging API usage has exceeded the limit of 4464 API calls. \
                Please upgrade your plan.";
    assert_eq!(json_of(&answer)["error_description"], text);
    world.control("POST", "/seed", Some(&json!({ "callLimit": null })));
    assert_eq!(world.call("GET", &target, None).status, 200);
}

#[test]
fn a_created_player_has_empty_objects() {
    let mut world = recorded();
    let new = json!({ "id": "player4", "alias": "player4_alias" });
    let mut created = world.good("", "POST", "/v2/admin/players", Some(&new));
    let time = created["created"].take();
    assert_eq!(text(&time), "2026-09-16T08:00:00.000Z");
    assert_eq!(
        created,
        json!({
            "id": "player4", "alias": "player4_alias", "created": null,
            "scores": {}, "teams": {}, "enabled": true, "bootstrap": true,
        })
    );
    let (_, again) = world.app("", "POST", "/v2/admin/players", Some(&new));
    assert_eq!(
        again["error_description"],
        "A player with ID 'player4' already exists"
    );
}

#[test]
fn an_escalation_is_told_with_its_code_and_play_token() {
    let mut world = recorded();
    let event = json!({
        "event": "escalation",
        "message": "Somebody has to decide",
        "process": { "id": "p1", "name": "Process1" },
        "triggers": [{ "trigger": "decide:Yes", "name": "Yes", "loop": { "total": "1" }, "actions": [] }],
        "code": "decide", "id": "escalation-1", "play_token": "not-a-real-token",
    });
    let body = json!({ "player_id": "player1", "event": event });
    world.control("POST", "/notifications", Some(&body));
    let told = world.good("player1", "GET", "/v2/runtime/notifications", None);
    let mut expected = event;
    expected["timestamp"] = "2026-09-16T08:00:00.000Z".into();
    expected["seen"] = false.into();
    assert_eq!(told, json!({ "data": [expected], "total": 1 }));
}
