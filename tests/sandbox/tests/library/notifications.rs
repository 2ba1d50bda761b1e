//! Notifications by REST.

use serde_json::{Value, json};

use crate::world::*;

const AT: &str = "/v2/runtime/notifications";

fn push(world: &mut World, player: &str, count: u64) -> Value {
    let body = json!({ "player_id": player, "event": { "event": "test" }, "count": count });
    world.control("POST", "/notifications", Some(&body))["ids"].clone()
}

#[test]
fn there_is_null_until_somebody_is_told_something() {
    let mut world = World::new();
    for player in ["johny", "newbie"] {
        assert_eq!(world.good(player, "GET", AT, None), Value::Null);
    }
    let ids = push(&mut world, "johny", 3);
    let told = world.good("johny", "GET", AT, None);
    assert_eq!(told["total"], 3);
    let sequence: Vec<&Value> = told["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|n| &n["sequence"])
        .collect();
    assert_eq!(sequence, [3, 2, 1], "newest first");
    assert_eq!(told["data"][2]["id"], ids[0]);
    assert_eq!(told["data"][0]["seen"], false);
    assert_eq!(world.good("newbie", "GET", AT, None), Value::Null);
}

#[test]
fn they_come_in_pages_of_a_window() {
    let mut world = World::new();
    push(&mut world, "johny", 25);
    let page = world.good("johny", "GET", &format!("{AT}?skip=20"), None);
    assert_eq!(page["data"].as_array().unwrap().len(), 5);
    assert_eq!(page["total"], 25);
    world.now += 2 * 86_400_000;
    assert_eq!(world.good("johny", "GET", AT, None), Value::Null);
    let since = world.good("johny", "GET", &format!("{AT}?start={START}"), None);
    assert_eq!(since["total"], 25);
    let found = world.bad("johny", "GET", &format!("{AT}?start=x"), None);
    assert_eq!(found, error("validation_exception", 400));
}

#[test]
fn they_are_marked_as_seen_by_their_ids() {
    let mut world = World::new();
    let ids = push(&mut world, "johny", 2);
    let body = json!({ "ids": [ids[0], "unknown"] });
    world.good("mara", "POST", AT, Some(&body));
    let told = world.good("johny", "GET", AT, None);
    assert_eq!(told["data"][1]["seen"], false, "they are another player's");
    world.good("johny", "POST", AT, Some(&body));
    let told = world.good("johny", "GET", AT, None);
    assert_eq!(
        (&told["data"][0]["seen"], &told["data"][1]["seen"]),
        (&json!(false), &json!(true))
    );
    for wrong in [json!({}), json!({ "ids": "x" }), json!({ "ids": [1] })] {
        let found = world.bad("johny", "POST", AT, Some(&wrong));
        assert_eq!(found, error("validation_exception", 400), "{wrong}");
    }
}

#[test]
fn levels_badges_and_the_teams_doings_are_told() {
    let mut world = World::new();
    let at = "/v2/runtime/actions/collect/play";
    let body = json!({ "variables": { "n": 60 } });
    let played = world.good("newbie", "POST", at, Some(&body));
    let told = world.good("newbie", "GET", AT, None);
    assert_eq!(told["total"], 2);
    assert_eq!(told["data"][1]["id"], played["events"]["global"][0]["id"]);

    let team = "/v2/admin/teams/team_000000000000000000000001";
    let join = json!({ "player_id": "newbie", "requested_roles": { "Mate": true } });
    world.good("", "POST", &format!("{team}/join"), Some(&join));
    let told = world.good("johny", "GET", AT, None);
    assert_eq!(told["data"][0]["event"], "join");
    let own = world.good("newbie", "GET", AT, None);
    assert_eq!(own["total"], 2, "who joins knows it");
}

#[test]
fn what_others_do_is_told() {
    let mut world = World::new();
    let at = "/v2/runtime/actions/collect/play";
    let body = json!({ "variables": { "n": 10 } });
    let played = world.good("zoe", "POST", at, Some(&body));
    let told = world.good("johny", "GET", AT, None);
    assert_eq!(told["total"], 1, "a badge of a team mate");
    assert_eq!(told["data"][0]["id"], played["events"]["global"][0]["id"]);
    assert_eq!(told["data"][0]["actor"]["id"], "zoe");
    assert_eq!(world.good("mara", "GET", AT, None), Value::Null);

    let scores = "/v2/admin/players/johny/scores";
    let rewards =
        json!({ "rewards": [{ "metric": { "id": "coins" }, "verb": "add", "value": "5" }] });
    world.good("", "PATCH", scores, Some(&rewards));
    let told = world.good("johny", "GET", AT, None);
    assert_eq!(told["total"], 2);
    assert_eq!(told["data"][0]["event"], "score");
}

#[test]
fn a_token_opens_the_stream_of_its_player() {
    let mut world = World::new();
    let answer = world.good("johny", "GET", &format!("{AT}/token"), None);
    let token = text(&answer["token"]).to_owned();
    let sandbox = &world.sandbox;
    assert_eq!(
        sandbox.notifications_player(&token, world.now),
        Some("johny")
    );
    assert_eq!(sandbox.notifications_player("other", world.now), None);
    push(&mut world, "johny", 2);
    let told = world.sandbox.notifications_after("johny", 0);
    let sequence: Vec<Value> = told.map(|n| n.event["sequence"].clone()).collect();
    assert_eq!(sequence, [1, 2]);

    let place = world.sandbox.game.notifications.last_number();
    let event = serde_json::Map::from_iter([("event".to_owned(), json!("late"))]);
    let id = world.sandbox.notify("johny", event, world.now).event["id"].clone();
    let mut later = world.sandbox.notifications_after("johny", place);
    assert_eq!(later.next().map(|n| &n.event["id"]), Some(&id));
    assert!(later.next().is_none());
    drop(later);
    let told = world.good("johny", "GET", AT, None);
    assert_eq!(told["data"][0]["id"], id, "the REST route has it, too");
}

#[test]
fn what_the_control_route_cant_tell_is_refused() {
    let mut world = World::new();
    for (body, code) in [
        (json!({ "player_id": "johny" }), "validation_exception"),
        (
            json!({ "player_id": "johny", "event": {} }),
            "validation_exception",
        ),
        (
            json!({ "player_id": "johny", "event": { "event": "x" }, "count": 0 }),
            "validation_exception",
        ),
        (
            json!({ "player_id": "johny", "event": { "event": "x" }, "times": 1 }),
            "validation_exception",
        ),
        (
            json!({ "player_id": "nobody", "event": { "event": "x" } }),
            "player_not_found",
        ),
    ] {
        let answer = world.call("POST", "/control/notifications", Some(&body));
        assert_eq!(error_of(&answer).0, code, "{body}");
    }
    assert_eq!(world.good("johny", "GET", AT, None), Value::Null);
}
