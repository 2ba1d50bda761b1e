//! Playing actions.

use serde_json::{Value, json};

use crate::world::*;

fn play(world: &mut World, player: &str, action: &str, body: &Value) -> Value {
    let route = format!("/v2/runtime/actions/{action}/play");
    world.good(player, "POST", &route, Some(body))
}

#[test]
fn a_play_changes_scores_levels_badges_board_and_feed() {
    let mut world = World::new();
    let played = play(
        &mut world,
        "newbie",
        "collect",
        &json!({ "variables": { "n": 60 } }),
    );
    let local = played["events"]["local"].as_array().unwrap();
    let names: Vec<&str> = local.iter().map(|e| text(&e["event"])).collect();
    assert_eq!(names, ["action", "level", "achievement"]);

    let action = &local[0];
    assert_eq!(
        action["action"],
        json!({ "id": "collect", "name": "Collect shells", "vars": { "n": 60 } })
    );
    assert_eq!(
        (&action["count"], &action["scopes"]),
        (&json!(1), &json!([]))
    );
    let points = json!({ "id": "points", "name": "Points", "type": "point" });
    assert_eq!(
        action["changes"][0],
        json!({ "metric": points, "delta": { "old": null, "new": "60" } })
    );
    assert_eq!(action["changes"][2]["metric"]["id"], "total");
    assert_eq!(
        local[1]["changes"][0]["delta"],
        json!({ "old": null, "new": "Explorer" })
    );
    assert_eq!(local[1]["rule"], json!({ "id": "level_by_points" }));
    let badge = json!({ "First Steps": { "old": null, "new": "1" } });
    assert_eq!(local[2]["changes"][0]["delta"], badge);
    assert_eq!(local[2]["changes"][1]["metric"]["type"], "compound");
    for event in local {
        assert_eq!(
            event["timestamp"], local[0]["timestamp"],
            "all share the action's time"
        );
        assert_eq!(
            event["actor"],
            json!({ "id": "newbie", "alias": "Newbie" }),
            "recorded: a play's events name their actor"
        );
    }
    assert_ne!(local[0]["id"], local[1]["id"]);

    let global = played["events"]["global"].as_array().unwrap();
    assert_eq!(global.len(), 2, "actions stay private");
    assert_eq!(
        global[0]["actor"],
        json!({ "id": "newbie", "alias": "Newbie" })
    );
    assert_eq!(global[0]["id"], local[1]["id"]);

    let profile = world.good("newbie", "GET", "/v2/runtime/player", None);
    assert_eq!(score(&profile, "points"), "60");
    assert_eq!(score(&profile, "level")["name"], "Explorer");
    assert_eq!(score(&profile, "total"), "95");
    let board = world.good(
        "newbie",
        "GET",
        "/v2/runtime/leaderboards/points?limit=100",
        None,
    );
    let row = board["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|r| r["player"]["id"] == "newbie");
    assert_eq!(row.unwrap()["score"], "60");
    let feed = world.good("newbie", "GET", "/v2/runtime/activity", None);
    let mut own = played["events"]["local"].clone();
    for event in own.as_array_mut().unwrap() {
        event.as_object_mut().unwrap().remove("actor");
    }
    assert_eq!(feed, own, "recorded: the own feed doesn't");
    let game_feed = world.good("", "GET", "/v2/admin/activity", None);
    assert!(game_feed.as_array().unwrap().ends_with(global));
}

#[test]
fn a_play_without_anything_special_has_one_local_event() {
    let mut world = World::new();
    let played = play(&mut world, "johny", "greet", &json!({}));
    assert_eq!(played["events"]["local"].as_array().unwrap().len(), 1);
    assert_eq!(played["events"]["global"], json!([]));
    assert_eq!(played["events"]["local"][0]["action"]["vars"], json!({}));
    assert_eq!(
        played["actions"],
        world.good("johny", "GET", "/v2/runtime/actions", None)
    );
    let greet = played["actions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|a| a["id"] == "greet");
    assert_eq!(greet.unwrap()["count"], 3);
}

#[test]
fn empty_bodies_are_accepted() {
    let mut world = World::new();
    world.good("johny", "POST", "/v2/runtime/actions/greet/play", None);
    let played = world.good("johny", "POST", "/v2/runtime/actions/collect/play/", None);
    assert_eq!(
        played["events"]["local"][0]["action"]["vars"],
        json!({ "n": 1 })
    );
}

#[test]
fn count_comes_in_the_body_or_in_the_query() {
    let mut world = World::new();
    let at = "/v2/runtime/actions/greet/play";
    for (target, body, count) in [
        (at.to_owned(), json!({ "count": 3 }), 3),
        (format!("{at}?count=2"), json!({}), 2),
        (format!("{at}?count=2"), json!({ "count": 4 }), 4),
    ] {
        let before = score(&world.control("GET", "/players/johny", None), "points");
        let played = world.good("johny", "POST", &target, Some(&body));
        let event = &played["events"]["local"][0];
        assert_eq!(event["count"], count);
        let new = text(&before).parse::<i64>().unwrap() + 5 * count;
        assert_eq!(event["changes"][0]["delta"]["new"], new.to_string());
    }
}

#[test]
fn what_is_wrong_with_a_play_is_said_and_changes_nothing() {
    let mut world = World::new();
    let before = world.control("GET", "/players/johny", None);
    let at = |action: &str| format!("/v2/runtime/actions/{action}/play");
    for (target, body) in [
        (at("share"), json!({})),
        (
            at("share"),
            json!({ "variables": { "reach": "far", "link": "/" } }),
        ),
        (
            at("share"),
            json!({ "variables": { "reach": 1, "link": 1 } }),
        ),
        (at("collect"), json!({ "variables": { "m": 1 } })),
        (at("collect"), json!({ "variables": [] })),
        (at("collect"), json!({ "count": 0 })),
        (at("collect"), json!({ "count": "x" })),
        (at("collect") + "?count=x", json!({})),
        (at("collect"), json!({ "scopes": {} })),
        (at("collect"), json!({ "scopes": [{ "id": "q" }] })),
        (
            at("collect"),
            json!({ "scopes": [{ "id": "q", "entity_id": "nobody" }] }),
        ),
        (at("collect"), json!([])),
        (at("%3Aid"), json!({})),
    ] {
        let found = world.bad("johny", "POST", &target, Some(&body));
        assert_eq!(found, error("validation_exception", 400), "{target} {body}");
    }
    let found = world.bad("johny", "POST", &at("nothing"), None);
    assert_eq!(found, error("action_not_found", 404));
    assert_eq!(world.control("GET", "/players/johny", None), before);
}

#[test]
fn an_action_of_once_a_day_is_refused_until_tomorrow() {
    let mut world = World::new();
    let at = "/v2/runtime/actions/daily/play";
    world.good("aiko", "POST", at, None);
    let (status, answer) = world.app("aiko", "POST", at, None);
    assert_eq!(
        (status, text(&answer["error"])),
        (503, "rate_limit_exceeded")
    );
    assert!(text(&answer["error_description"]).contains("'daily'"));
    world.good("sven", "POST", at, None);
    world.now += 86_400_000;
    world.good("aiko", "POST", at, None);
    world.now += 86_400_000;
    let twice = world.bad("aiko", "POST", at, Some(&json!({ "count": 2 })));
    assert_eq!(twice, error("rate_limit_exceeded", 503));
}

#[test]
fn coins_never_go_below_zero() {
    let mut world = World::new();
    let played = play(&mut world, "newbie", "spend", &json!({}));
    let changes = &played["events"]["local"][0]["changes"];
    assert_eq!(changes[0]["delta"], json!({ "old": null, "new": "0" }));
    assert_eq!(changes[1]["delta"], json!({ "old": null, "new": "12" }));
}

#[test]
fn rewards_that_are_left_to_chance_follow_the_random_bytes() {
    let lucky = || {
        let mut world = World::new();
        let won = |world: &mut World| {
            let played = play(world, "zoe", "dive", &json!({}));
            played["events"]["local"][0]["changes"]
                .as_array()
                .unwrap()
                .len()
                == 3
        };
        (0..60).map(|_| won(&mut world)).collect::<Vec<_>>()
    };
    let first = lucky();
    assert_eq!(first, lucky(), "the same bytes, the same luck");
    let won = first.iter().filter(|w| **w).count();
    assert!((5..30).contains(&won), "one in four: {won} of 60");
}

#[test]
fn levels_are_lost_with_the_points() {
    let mut world = World::new();
    let body = json!({ "variables": { "n": -60 } });
    let played = play(&mut world, "johny", "collect", &body);
    let level = &played["events"]["local"][1];
    assert_eq!(
        level["changes"][0]["delta"],
        json!({ "old": "Explorer", "new": "Rookie" })
    );
}
