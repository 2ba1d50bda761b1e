//! What players read.

use playoff_sandbox::Request;
use serde_json::{Value, json};

use crate::world::*;

#[test]
fn the_profile_is_what_the_control_route_says() {
    let mut world = World::new();
    for player in ["johny", "newbie", "aiko"] {
        let profile = world.good(player, "GET", "/v2/runtime/player", None);
        assert_eq!(
            profile,
            world.control("GET", &format!("/players/{player}"), None)
        );
    }
    let target = with("/v2/runtime/player/", "jwt", &world.jwt("johny", &[]));
    let by_jwt = json_of(&world.call("GET", &target, None));
    assert_eq!(by_jwt, world.control("GET", "/players/johny", None));
}

#[test]
fn a_profile_has_all_four_types_of_scores_in_their_recorded_form() {
    let mut world = World::new();
    let profile = world.good("johny", "GET", "/v2/runtime/player", None);
    assert_eq!(profile["enabled"], true);
    assert_eq!(
        text(&profile["created"]).len(),
        "2016-07-14T09:05:03.007Z".len()
    );
    assert_eq!(score(&profile, "points"), "76");
    assert_eq!(
        score(&profile, "level"),
        json!({ "name": "Explorer", "description": "Knows the coast" })
    );
    let badges = score(&profile, "badges");
    assert_eq!(badges[0]["name"], "First Steps");
    assert_eq!(badges[0]["count"], "1");
    assert_eq!(
        score(&profile, "total"),
        (76 + 10 * 15 + 25 * 2).to_string()
    );
    let level = &profile["scores"][2];
    let meta = json!({
        "low": "50", "high": "199", "next": "Captain",
        "base_metric": { "id": "points", "name": "Points" },
    });
    assert_eq!(level["meta"], meta);
    assert_eq!(
        level["metric"],
        json!({ "id": "level", "name": "Level", "type": "state" })
    );
    let team = &profile["teams"][0];
    assert_eq!(team["roles"], json!(["Captain", "Mate"]));
    assert_eq!(team["definition"], json!({ "id": "crew", "name": "Crew" }));
    assert!(text(&team["id"]).starts_with("team_"));

    let newbie = world.good("newbie", "GET", "/v2/runtime/player", None);
    assert_eq!(
        (&newbie["scores"], &newbie["teams"]),
        (&json!([]), &json!([]))
    );
}

#[test]
fn detailed_also_lists_what_isnt_earned_yet() {
    let mut world = World::new();
    let badges = |profile: &Value| score(profile, "badges").as_array().unwrap().clone();
    let plain = badges(&world.good("johny", "GET", "/v2/runtime/player?detailed=false", None));
    let detailed = badges(&world.good("johny", "GET", "/v2/runtime/player?detailed=true", None));
    assert_eq!((plain.len(), detailed.len()), (2, 5));
    assert_eq!(detailed.iter().filter(|b| b["count"] == "0").count(), 3);
}

#[test]
fn only_alias_and_email_can_be_changed() {
    let mut world = World::new();
    let route = "/v2/runtime/player";
    let body = json!({ "alias": "John", "email": "john@example.com" });
    let profile = world.good("johny", "PATCH", route, Some(&body));
    assert_eq!(
        (&profile["alias"], &profile["email"]),
        (&body["alias"], &body["email"])
    );
    assert_eq!(world.control("GET", "/players/johny", None), profile);
    for wrong in [
        json!({ "id": "x" }),
        json!({ "alias": 5 }),
        json!({ "alias": "" }),
        json!([1]),
    ] {
        let found = world.bad("johny", "PATCH", route, Some(&wrong));
        assert_eq!(found, error("validation_exception", 400), "{wrong}");
    }
    assert_eq!(world.control("GET", "/players/johny", None), profile);
}

#[test]
fn every_envelope_names_what_is_wrong() {
    let mut world = World::new();
    for (player, method, target, code, status) in [
        ("", "GET", "/v2/runtime/player", "invalid_player", 400),
        (
            "",
            "GET",
            "/v2/runtime/definitions/metrics",
            "invalid_player",
            400,
        ),
        ("", "GET", "/v2/runtime/nothing", "route_not_found", 404),
        (
            "nobody",
            "GET",
            "/v2/runtime/player",
            "player_not_found",
            404,
        ),
        (
            "nobody",
            "GET",
            "/v2/runtime/definitions/metrics",
            "player_not_found",
            404,
        ),
        ("johny", "GET", "/v2/gege", "route_not_found", 404),
        ("johny", "GET", "/v2", "route_not_found", 404),
        ("johny", "GET", "/v2/runtime", "route_not_found", 404),
        (
            "johny",
            "GET",
            "/v2/runtime//player",
            "route_not_found",
            404,
        ),
        (
            "johny",
            "DELETE",
            "/v2/runtime/player",
            "route_not_found",
            404,
        ),
        (
            "johny",
            "GET",
            "/v2/runtime/actions/greet/play",
            "route_not_found",
            404,
        ),
        (
            "johny",
            "GET",
            "/v2/runtime/assets/players/:id",
            "validation_exception",
            400,
        ),
        (
            "johny",
            "GET",
            "/v2/runtime/assets/players/newbie",
            "image_not_found",
            404,
        ),
        (
            "newbie",
            "GET",
            "/v2/runtime/player/image",
            "image_not_found",
            404,
        ),
        (
            "johny",
            "GET",
            "/v2/runtime/assets/definitions/metrics/none",
            "image_not_found",
            404,
        ),
        (
            "johny",
            "GET",
            "/v2/runtime/assets/game?size=huge",
            "validation_exception",
            400,
        ),
        (
            "johny",
            "GET",
            "/v2/runtime/players?limit=-1",
            "validation_exception",
            400,
        ),
        (
            "johny",
            "GET",
            "/v2/runtime/player?detailed=maybe",
            "validation_exception",
            400,
        ),
        (
            "johny",
            "GET",
            "/v2/runtime/activity?start=now",
            "validation_exception",
            400,
        ),
        (
            "johny",
            "GET",
            "/v2/runtime/leaderboards/none",
            "leaderboard_not_found",
            404,
        ),
    ] {
        let found = world.bad(player, method, target, None);
        assert_eq!(found, error(code, status), "{method} {target}");
    }
    let (_, answer) = world.app("johny", "GET", "/v2/runtime/players?limit=x", None);
    assert_eq!(answer["error_description"], "Invalid request");
    assert_eq!(answer["data"]["valid"], false);
    assert_eq!(answer["data"]["errors"][0]["property"], "limit");
    for path in [
        "/",
        "/auth/none",
        "/nothing",
        "/v3/runtime/player",
        "/%ff",
        "*",
    ] {
        let answer = world.call("POST", path, None);
        assert_eq!(error_of(&answer), error("route_not_found", 404), "{path}");
    }
    for path in ["/v2/nothing", "/v1/player"] {
        let answer = world.call("GET", path, None);
        assert_eq!(
            error_of(&answer),
            error("invalid_access_token", 401),
            "the token comes first"
        );
    }
}

#[test]
fn get_bodies_are_ignored_as_the_official_clients_send_them() {
    let mut world = World::new();
    let profile = world.good("johny", "GET", "/v2/runtime/player", Some(&json!({})));
    assert_eq!(profile["id"], "johny");
}

#[test]
fn players_come_in_pages() {
    let mut world = World::new();
    let all = world.good(
        "johny",
        "GET",
        "/v2/runtime/players?limit=1000000000000",
        None,
    );
    let total = all["total"].as_u64().unwrap();
    assert_eq!(all["data"].as_array().unwrap().len() as u64, total);
    assert_eq!(total, 13);
    let first = world.good("johny", "GET", "/v2/runtime/players", None);
    assert_eq!(first["data"].as_array().unwrap().len(), 10);
    let rest = world.good("johny", "GET", "/v2/runtime/players?skip=10", None);
    assert_eq!(rest["data"].as_array().unwrap().len(), 3);
    assert_eq!(rest["data"][0], all["data"][10]);
    assert_eq!(all["data"][0], json!({ "id": "aiko", "alias": "Aiko" }));
}

#[test]
fn the_feed_is_null_when_empty_and_of_the_last_day_by_default() {
    let mut world = World::new();
    assert_eq!(
        world.good("newbie", "GET", "/v2/runtime/activity", None),
        Value::Null
    );
    let day = world.good("johny", "GET", "/v2/runtime/activity", None);
    let all = world.good("johny", "GET", "/v2/runtime/activity?start=0", None);
    let (day, all) = (day.as_array().unwrap(), all.as_array().unwrap());
    assert!(!day.is_empty() && day.len() < all.len());
    assert!(
        all.iter().all(|e| e.get("actor").is_none()),
        "the feed is the actor's own"
    );
    let stamps: Vec<&str> = all.iter().map(|e| text(&e["timestamp"])).collect();
    assert!(stamps.is_sorted(), "recorded: oldest first");
    let none = world.good(
        "johny",
        "GET",
        "/v2/runtime/activity?start=0&end=2001-01-01",
        None,
    );
    assert_eq!(none, Value::Null);
}

#[test]
fn metrics_are_described_by_their_type() {
    let mut world = World::new();
    let metrics = world.good("johny", "GET", "/v2/runtime/definitions/metrics", None);
    let of = |id: &str| {
        let list = metrics.as_array().unwrap();
        list.iter().find(|m| m["id"] == id).unwrap()
    };
    assert_eq!(of("points")["type"], "point");
    assert_eq!(
        of("badges")["items"]["Collector"]["description"],
        "A hundred points"
    );
    assert_eq!(
        of("level")["states"]["Rookie"],
        json!({ "description": "" })
    );
    assert!(text(&of("total")["formula"]).contains("points"));
}

#[test]
fn pictures_are_served_as_png_by_size() {
    let mut world = World::new();
    let token = world.app_token();
    let mut seen = Vec::new();
    for path in [
        "/v2/runtime/assets/game",
        "/v2/runtime/assets/game?size=icon",
        "/v2/runtime/assets/players/johny?size=icon",
        "/v2/runtime/player/image?size=small",
        "/v2/runtime/assets/definitions/metrics/badges?size=icon",
        "/v2/runtime/assets/definitions/metrics/badges?size=icon&item=Collector",
    ] {
        let target = with(&with(path, "player_id", "johny"), "access_token", &token);
        let answer = world.call("GET", &target, None);
        assert_eq!(answer.header("content-type"), Some("image/png"), "{path}");
        assert!(answer.body.starts_with(b"\x89PNG\r\n\x1a\n"));
        assert!(
            !seen.contains(&answer.body),
            "{path} has a picture of its own"
        );
        seen.push(answer.body);
    }
}

#[test]
fn ids_may_hold_anything_when_they_are_encoded() {
    let mut world = World::new();
    for id in ["a/b", "50%", "søren@example.com", "a b+c", "?#&="] {
        let new = json!({ "id": id, "alias": id });
        world.good("", "POST", "/v2/admin/players", Some(&new));
        let encoded = percent_encoding::utf8_percent_encode(id, percent_encoding::NON_ALPHANUMERIC);
        let found = world.good("", "GET", &format!("/v2/admin/players/{encoded}"), None);
        assert_eq!(found["id"], id);
        assert_eq!(
            world.good(id, "GET", "/v2/runtime/player", None)["alias"],
            id
        );
    }
}

#[test]
fn an_uploaded_picture_is_served_as_it_was_sent() {
    let mut world = World::new();
    let token = world.app_token();
    let target = with(
        "/v2/runtime/player/image?player_id=newbie",
        "access_token",
        &token,
    );
    let file = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a\"\r\n\
                content-type: image/gif\r\n\r\nGIF89a\r\n--x--\r\n";
    let mut upload = Request::new("POST", &target)
        .with_header("content-type", "multipart/form-data; boundary=x");
    upload.body = file.into();
    assert_eq!(world.send(&upload).answer.status, 200);
    let answer = world.call("GET", &with(&target, "size", "small"), None);
    assert_eq!(answer.header("content-type"), Some("image/gif"));
    assert_eq!(answer.body, b"GIF89a");
    upload.body = b"--x--\r\n".to_vec();
    assert_eq!(world.send(&upload).answer.status, 400);
}
