//! The first version of the API, where it differs.

use serde_json::{Value, json};

use crate::world::*;

const RIDERS: &str = "team_000000000000000000000001";

#[test]
fn a_set_score_is_an_object_by_item_name() {
    let mut world = World::new();
    let older = world.good("johny", "GET", "/v1/player", None);
    let newer = world.good("johny", "GET", "/v2/runtime/player", None);
    let badges = score(&older, "badges");
    assert_eq!(
        badges["First Steps"],
        json!({ "description": "The first ten points", "count": "1" })
    );
    assert_eq!(badges.as_object().unwrap().len(), 2);
    for metric in ["points", "coins", "level", "total"] {
        assert_eq!(score(&older, metric), score(&newer, metric), "{metric}");
    }
    assert_eq!(older["scores"][2]["meta"], newer["scores"][2]["meta"]);
}

#[test]
fn the_same_lists_stand_under_older_paths() {
    let mut world = World::new();
    for (older, newer) in [
        ("/players?limit=3", "/runtime/players?limit=3"),
        ("/activity?start=0", "/runtime/activity?start=0"),
        (
            "/leaderboards/points?cycle=weekly",
            "/runtime/leaderboards/points?cycle=weekly",
        ),
        ("/definitions/teams", "/runtime/definitions/teams"),
        ("/definitions/processes", "/runtime/definitions/processes"),
        ("/teams", "/runtime/teams"),
        ("/processes", "/runtime/processes"),
        ("/notifications", "/runtime/notifications"),
        ("/game/players?limit=2", "/admin/players?limit=2"),
    ] {
        assert_eq!(
            world.good("johny", "GET", &format!("/v1{older}"), None),
            world.good("johny", "GET", &format!("/v2{newer}"), None),
            "{older}"
        );
    }
    let one = format!("/teams/{RIDERS}");
    for route in [one.clone(), format!("{one}/members")] {
        let older = world.good("johny", "GET", &format!("/v1{route}"), None);
        let newer = world.good("johny", "GET", &format!("/v2/runtime{route}"), None);
        assert_eq!(older, newer, "{route}");
    }
    let activity = world.good("newbie", "GET", "/v1/activity", None);
    assert_eq!(activity, Value::Null);
    let token = world.good("johny", "GET", "/v1/notifications/token", None);
    assert!(token["token"].is_string());
    let probe = world.good("", "GET", "/v1/", None);
    assert_eq!(probe["status"], "ok");
}

#[test]
fn an_action_is_named_in_the_body_of_a_play() {
    let mut world = World::new();
    let at = "/v1/action/play";
    let body = json!({ "id": "collect", "variables": { "n": 4 } });
    let played = world.good("johny", "POST", at, Some(&body));
    let event = &played["logs"]["local"][0];
    assert_eq!(event["action"]["vars"], json!({ "n": 4 }));
    assert!(played["actions"].is_array());
    for (body, found) in [
        (json!({}), error("validation_exception", 400)),
        (json!({ "id": 5 }), error("validation_exception", 400)),
        (json!({ "id": "none" }), error("action_not_found", 404)),
        (json!({ "id": "share" }), error("validation_exception", 400)),
    ] {
        assert_eq!(world.bad("johny", "POST", at, Some(&body)), found, "{body}");
    }
    let daily = json!({ "id": "daily" });
    world.good("aiko", "POST", at, Some(&daily));
    let again = world.bad("aiko", "POST", at, Some(&daily));
    assert_eq!(again, error("rate_limit_exceeded", 503));
}

#[test]
fn players_are_ranked_by_a_metric_in_a_bare_array() {
    let mut world = World::new();
    let rows = world.good("johny", "GET", "/v1/metrics/points?skip=1&limit=2", None);
    let board = world.good(
        "johny",
        "GET",
        "/v2/runtime/leaderboards/points?skip=1&limit=2",
        None,
    );
    assert_eq!(rows, board["data"]);
    assert_eq!(
        world.good("johny", "GET", "/v1/metrics/coins", None)[0]["rank"],
        1
    );
    assert_eq!(
        world.bad("johny", "GET", "/v1/metrics/none", None),
        error("metric_not_found", 404)
    );
}

#[test]
fn a_process_is_created_by_its_definitions_path_and_played_for_an_array() {
    let mut world = World::new();
    let body = json!({ "name": "Out" });
    let at = "/v1/definitions/processes/voyage";
    let created = world.good("johny", "POST", at, Some(&body));
    assert_eq!(
        (&created["definition"], &created["name"], &created["state"]),
        (&json!("voyage"), &json!("Out"), &json!("ACTIVE")),
        "a definition is always a string"
    );
    let one = format!("/v1/processes/{}", text(&created["id"]));
    let changed = world.good("johny", "PATCH", &one, Some(&json!({ "name": "Back" })));
    assert_eq!(
        (&changed["definition"], &changed["name"]),
        (&json!("voyage"), &json!("Back"))
    );
    let trigger = json!({ "trigger": "set_sail" });
    for target in [
        format!("{one}/play"),
        "/v1/processes/johny/voyage/play".to_owned(),
    ] {
        let played = world.good("johny", "POST", &target, Some(&trigger));
        assert_eq!(played.as_array().unwrap().len(), 3, "{target}");
        assert_eq!(played[0][0]["trigger"], "fish");
        let profile = world.good("johny", "GET", "/v1/player", None);
        assert_eq!(played[1], profile["scores"]);
        assert_eq!(played[2]["local"][0]["event"], "progress");
        assert_eq!(played[2]["global"], json!([]));
    }
    let gone = world.good("johny", "DELETE", &one, None);
    assert!(gone["message"].is_string());
    let none = world.bad("johny", "POST", &format!("{one}/play"), Some(&trigger));
    assert_eq!(none, error("process_not_found", 404));
    let none = world.bad("johny", "POST", "/v1/definitions/processes/none", None);
    assert_eq!(none, error("definition_not_found", 404));
}

#[test]
fn a_team_is_created_joined_left_and_deleted() {
    let mut world = World::new();
    let body = json!({ "name": "Divers", "access": "PUBLIC" });
    let team = world.good("johny", "POST", "/v1/definitions/teams/crew", Some(&body));
    assert_eq!(
        (&team["owner"]["id"], &team["access"]),
        (&json!("johny"), &json!("PUBLIC"))
    );
    let one = format!("/v1/teams/{}", text(&team["id"]));
    let roles = json!({ "Mate": true });
    world.good("mara", "POST", &format!("{one}/join"), Some(&roles));
    let members = world.good("mara", "GET", &format!("{one}/members"), None);
    assert_eq!(members["total"], 2, "who makes a team is in it");
    world.good("mara", "POST", &format!("{one}/leave"), None);
    let again = world.bad("mara", "POST", &format!("{one}/leave"), None);
    assert_eq!(again, error("player_not_found", 404));
    assert_eq!(
        world.bad("mara", "DELETE", &one, None),
        error("access_denied", 403)
    );
    let gone = world.good("johny", "DELETE", &one, None);
    assert!(gone["message"].is_string());
    assert_eq!(
        world.bad("johny", "GET", &one, None),
        error("team_not_found", 404)
    );

    let private = "/v1/teams/team_000000000000000000000002/join";
    let found = world.bad("johny", "POST", private, Some(&roles));
    assert_eq!(found, error("access_denied", 403));
    let unknown = world.bad(
        "mara",
        "POST",
        &format!("/v1/teams/{RIDERS}/join"),
        Some(&json!({ "Cook": true })),
    );
    assert_eq!(unknown, error("validation_exception", 400));
}

#[test]
fn the_administration_stands_under_game() {
    let mut world = World::new();
    let new = json!({ "id": "fresh", "alias": "Fresh" });
    let created = world.good("", "POST", "/v1/game/players", Some(&new));
    assert_eq!(
        (&created["scores"], &created["teams"]),
        (&json!({}), &json!({}))
    );
    world.good(
        "fresh",
        "POST",
        "/v1/action/play",
        Some(&json!({ "id": "greet" })),
    );
    let one = "/v1/game/players/fresh";
    let reset = world.good("", "PUT", &format!("{one}/reset"), None);
    assert_eq!(reset["scores"], json!([]));
    assert_eq!(
        world.bad("", "POST", &format!("{one}/reset"), None),
        error("route_not_found", 404),
        "POST is v2's"
    );
    world.good("", "DELETE", one, None);
    assert_eq!(
        world.bad("", "DELETE", one, None),
        error("player_not_found", 404)
    );
}

#[test]
fn a_logout_ends_the_token() {
    let mut world = World::new();
    let token = world.app_token();
    let target = |path: &str| with(&with(path, "access_token", &token), "player_id", "johny");
    let done = world.call("POST", &target("/v1/logout"), None);
    assert_eq!(done.status, 200);
    let answer = world.call("GET", &target("/v1/player"), None);
    assert_eq!(error_of(&answer), error("invalid_access_token", 401));
}

#[test]
fn pictures_stand_under_older_paths() {
    let mut world = World::new();
    let token = world.app_token();
    for path in ["game", "players/mara", "metrics/badges?item=Collector"] {
        let target = with(&format!("/v1/assets/{path}"), "access_token", &token);
        let target = with(&with(&target, "player_id", "johny"), "size", "icon");
        let answer = world.call("GET", &target, None);
        assert_eq!(answer.header("content-type"), Some("image/png"), "{path}");
    }
}

#[test]
fn what_only_v2_has_isnt_there() {
    let mut world = World::new();
    for (method, path) in [
        ("GET", "/v1/runtime/player"),
        ("GET", "/v1/admin/players"),
        ("PATCH", "/v1/player"),
        ("GET", "/v1/actions"),
        ("GET", "/v1/leaderboards"),
        ("POST", "/v1/processes"),
        ("GET", "/v1/processes/johny/voyage/triggers"),
        ("GET", "/v1/teams/x/activity"),
        ("POST", "/v1/definitions/leaderboards/x"),
    ] {
        let found = world.bad("johny", method, path, None);
        assert_eq!(found, error("route_not_found", 404), "{method} {path}");
    }
    for path in ["/v2/player", "/v2/game/players", "/v2/metrics/points"] {
        let found = world.bad("johny", "GET", path, None);
        assert_eq!(found, error("route_not_found", 404), "{path}");
    }
    assert_eq!(
        world.bad("", "GET", "/v1/player", None),
        error("invalid_player", 400)
    );
}
