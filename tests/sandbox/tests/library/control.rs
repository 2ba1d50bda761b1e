//! The control routes.

use playoff_sandbox::Request;
use playoff_sandbox::faults::Cut;
use serde_json::{Value, json};

use crate::world::*;

fn refused(world: &mut World, path: &str, body: &Value) {
    let answer = world.call("POST", &format!("/control{path}"), Some(body));
    assert_eq!(
        error_of(&answer),
        error("validation_exception", 400),
        "{path} {body}"
    );
}

#[test]
fn the_routes_are_listed_and_reset_goes_back_to_the_seed() {
    let mut world = World::new();
    assert_eq!(
        world.control("GET", "", None)["routes"]
            .as_array()
            .unwrap()
            .len(),
        38
    );
    let seeded = world.control("GET", "/players/johny", None);
    let token = world.app_token();
    world.good("johny", "POST", "/v2/runtime/actions/greet/play", None);
    world.control("POST", "/fail", Some(&json!({ "count": 9 })));
    world.control("POST", "/clock", Some(&json!({ "offset": 60 })));
    world.control("POST", "/reset", None);
    assert_eq!(world.control("GET", "/players/johny", None), seeded);
    assert_eq!(
        world.control("GET", "/log", None),
        json!({ "calls": [], "stream": [] })
    );
    let answer = world.call("GET", &with("/v2/admin", "access_token", &token), None);
    assert_eq!(error_of(&answer), error("invalid_access_token", 401));
    let unknown = world.call("GET", "/control/nothing", None);
    assert_eq!(error_of(&unknown), error("route_not_found", 404));
}

#[test]
fn the_same_calls_always_give_the_same_answers() {
    let run = || {
        let mut world = World::new();
        let mut answers = Vec::new();
        for (method, target) in [
            ("POST", "/v2/runtime/actions/dive/play"),
            ("GET", "/v2/runtime/activity"),
            ("GET", "/v2/runtime/leaderboards/points"),
        ] {
            answers.push(world.good("johny", method, target, None));
        }
        answers.push(world.control("GET", "/log", None));
        answers
    };
    assert_eq!(run(), run());
}

#[test]
fn players_and_clients_are_seeded_and_replaced() {
    let mut world = World::new();
    let player = |points: Value| {
        json!({ "players": [{ "id": "johny", "alias": "J", "email": "j@example.com",
            "scores": { "points": points, "badges": { "collector": 1 }, "coins": "7" } }] })
    };
    world.control("POST", "/seed", Some(&player(json!(600))));
    let profile = world.control("GET", "/players/johny", None);
    assert_eq!(
        (score(&profile, "points"), score(&profile, "coins")),
        (json!("600"), json!("7"))
    );
    assert_eq!(score(&profile, "level")["name"], "Legend");
    assert_eq!(profile["scores"][2]["meta"]["high"], "Infinity");
    assert_eq!(profile["teams"], json!([]));

    let client = json!({ "clients": [{ "clientId": "mine", "clientSecret": "not-a-real-secret",
        "type": "client_credentials", "scopes": ["admin.read"] }] });
    world.control("POST", "/seed", Some(&client));
    let answer = world.token(
        &json!({ "grant_type": "client_credentials", "client_id": "mine",
        "client_secret": "not-a-real-secret" }),
    );
    let token = json_of(&answer)["access_token"].clone();
    for (path, status) in [
        ("/v2/admin", 200),
        ("/v2/runtime/player?player_id=johny", 403),
    ] {
        let answer = world.call("GET", &with(path, "access_token", text(&token)), None);
        assert_eq!(answer.status, status);
    }
    assert_eq!(
        world
            .control("GET", "/clients", None)
            .as_array()
            .unwrap()
            .len(),
        6
    );
}

#[test]
fn a_seed_that_is_wrong_anywhere_does_nothing_at_all() {
    let mut world = World::new();
    let good = json!({ "id": "new", "alias": "New" });
    for body in [
        json!({ "player": [] }),
        json!({ "players": [good, { "id": "x" }] }),
        json!({ "players": [good, { "id": "x", "alias": "x", "scores": { "none": 1 } }] }),
        json!({ "players": [good, { "id": "x", "alias": "x", "scores": { "points": 1.5 } }] }),
        json!({ "players": [good], "clients": [{ "clientId": "x", "type": "jwt" }] }),
        json!({ "players": [good], "clients": [{ "clientId": "a:b", "clientSecret": "x", "type": "jwt" }] }),
        json!({ "players": [good], "clients": [{ "clientId": "x", "clientSecret": "x", "type": "public" }] }),
        json!({ "players": [good], "clients": [{ "clientId": "x", "clientSecret": "x", "type": "other" }] }),
        json!({ "players": [good], "clients": [{ "clientId": "x", "clientSecret": "x", "type": "jwt", "scopes": ["all"] }] }),
        json!({ "players": [good], "accessTokenSeconds": -1 }),
        json!({ "players": [good], "allowAuthorization": "yes" }),
        json!({ "players": [good], "codeSeconds": 1.5 }),
        json!({ "players": [good], "rotateRefreshTokens": 1 }),
        json!({ "players": [good], "echoState": "no" }),
        json!({ "players": [good], "issuer": true }),
    ] {
        refused(&mut world, "/seed", &body);
    }
    let answer = world.call("GET", "/control/players/new", None);
    assert_eq!(error_of(&answer), error("player_not_found", 404));
}

#[test]
fn redirect_addresses_are_added_to_a_client() {
    let mut world = World::new();
    let added = "http://127.0.0.1:45678/callback";
    let path = "/clients/sandbox-public/redirect-uris";
    for _ in 0..2 {
        let body = json!({ "redirectUris": [added, REDIRECT] });
        let client = world.control("POST", path, Some(&body));
        assert_eq!(
            client["redirectUris"],
            json!([REDIRECT, "http://127.0.0.1:8787/callback", added])
        );
    }
    for uri in [
        "/callback",
        "app:/callback",
        "http://localhost/#a",
        "http://a b/",
    ] {
        let body = json!({ "redirectUris": [added, uri] });
        refused(&mut world, path, &body);
        let mut client = json!({ "clientId": "x", "clientSecret": "x", "type": "jwt" });
        client["redirectUris"] = json!([uri]);
        refused(&mut world, "/seed", &json!({ "clients": [client] }));
    }
    refused(
        &mut world,
        "/clients/nobody/redirect-uris",
        &json!({ "redirectUris": [added] }),
    );
    refused(&mut world, path, &json!({ "redirect_uris": [added] }));
}

#[test]
fn tokens_are_listed_expired_and_revoked() {
    let mut world = World::new();
    let (app, limited) = (world.app_token(), world.token_of("sandbox-limited"));
    let code = world.code("sandbox-code", None);
    let signed_in = json_of(&world.token(&json!({
        "grant_type": "authorization_code", "client_id": "sandbox-code", "code": code,
        "client_secret": secret("sandbox-code"), "redirect_uri": REDIRECT,
    })));
    let live = world.control("GET", "/tokens", None);
    let live = live.as_array().unwrap();
    assert_eq!(live.len(), 3);
    let entry = live.iter().find(|t| t["player_id"] == "johny").unwrap();
    assert_eq!(entry["refresh_token"], signed_in["refresh_token"]);

    for (path, body, count) in [
        ("/expire", json!({ "access_token": app }), 1),
        ("/expire", json!({ "access_token": app }), 0),
        ("/expire", json!({ "player_id": "johny" }), 1),
        ("/revoke", json!({ "client_id": "sandbox-limited" }), 1),
        ("/expire", json!({}), 0),
    ] {
        let done = world.control("POST", path, Some(&body));
        assert_eq!(done["tokens"], count, "{path} {body}");
    }
    for token in [&app, &limited] {
        let target = with("/v2/runtime/player?player_id=johny", "access_token", token);
        assert_eq!(world.call("GET", &target, None).status, 401);
    }
    let mut refresh = json!({
        "grant_type": "refresh_token", "client_id": "sandbox-code",
        "client_secret": secret("sandbox-code"), "refresh_token": signed_in["refresh_token"],
    });
    let renewed = json_of(&world.token(&refresh));
    assert!(
        renewed["access_token"].is_string(),
        "expiring leaves refresh tokens alone"
    );
    world.control("POST", "/revoke", Some(&json!({ "player_id": "johny" })));
    refresh["refresh_token"] = renewed["refresh_token"].clone();
    assert_eq!(
        error_of(&world.token(&refresh)),
        error("invalid_grant", 400)
    );
    refused(&mut world, "/expire", &json!({ "token": "x" }));
    refused(&mut world, "/expire", &json!({ "player_id": 5 }));
}

#[test]
fn the_next_calls_fail_as_asked() {
    let mut world = World::new();
    let target = with(
        "/v2/runtime/player?player_id=johny",
        "access_token",
        &world.app_token(),
    );
    let fault = |body: Value| Request::new("POST", "/control/fail").with_json(&body);
    let get = Request::new("GET", &target);
    for (body, status, answered) in [
        (
            json!({}),
            503,
            json!({ "error": "temporarily_unavailable", "error_description": "The service is temporarily unavailable" }),
        ),
        (
            json!({ "status": 500, "body": { "error": "x" } }),
            500,
            json!({ "error": "x" }),
        ),
        (json!({ "status": 200, "body": null }), 200, Value::Null),
        (json!({ "status": 429, "body": [] }), 429, json!([])),
    ] {
        assert_eq!(world.send(&fault(body)).answer.status, 200);
        let reply = world.send(&get);
        assert_eq!(
            (reply.answer.status, json_of(&reply.answer)),
            (status, answered)
        );
        assert_eq!((reply.delay_ms, reply.drop, reply.close), (0, None, false));
        assert_eq!(world.send(&get).answer.status, 200, "only once");
    }
    world.send(&fault(
        json!({ "body": "<html>", "headers": { "Content-Type": "text/html", "Retry-After": 2 } }),
    ));
    let answer = world.send(&get).answer;
    assert_eq!(
        (answer.status, answer.body.as_slice()),
        (503, &b"<html>"[..])
    );
    assert_eq!(answer.header("content-type"), Some("text/html"));
    assert_eq!(answer.header("retry-after"), Some("2"));
}

#[test]
fn calls_are_served_late_or_cut_off() {
    let mut world = World::new();
    let target = with(
        "/v2/runtime/actions/greet/play?player_id=johny",
        "access_token",
        &world.app_token(),
    );
    let play = Request::new("POST", &target);
    let points = |world: &mut World| score(&world.control("GET", "/players/johny", None), "points");

    world.control("POST", "/fail", Some(&json!({ "delay": 250 })));
    let reply = world.send(&play);
    assert_eq!(
        (reply.answer.status, reply.delay_ms, reply.drop),
        (200, 250, None)
    );
    assert_eq!(points(&mut world), "81");

    world.control("POST", "/fail", Some(&json!({ "drop": "body" })));
    let reply = world.send(&play);
    assert_eq!(
        (reply.answer.status, reply.drop, reply.close),
        (200, Some(Cut::Body), true)
    );
    assert_eq!(points(&mut world), "86", "the call was carried out");

    let told = Request::new("POST", "/control/fail")
        .with_json(&json!({ "drop": "connection", "delay": 5 }));
    let told = world.send(&told);
    assert!(
        told.delay_ms > 0,
        "clients first notice that idle ones are closed"
    );
    assert!(told.close, "no connection is kept meanwhile");
    let reply = world.send(&play);
    assert_eq!((reply.delay_ms, reply.drop), (5, Some(Cut::Connection)));
    assert_eq!(points(&mut world), "86", "the call was not carried out");
    let log = world.control("GET", "/log", None);
    assert_eq!(
        log["calls"].as_array().unwrap().last().unwrap()["status"],
        Value::Null
    );
    assert!(!world.send(&play).close);
}

#[test]
fn faults_pick_their_calls_and_can_be_dropped() {
    let mut world = World::new();
    let fault = json!({ "count": 2, "method": "post", "path": "/auth/token", "status": 500 });
    world.control("POST", "/fail", Some(&fault));
    assert_eq!(world.call("GET", "/v2/admin", None).status, 401);
    assert_eq!(world.token(&json!({})).status, 500);
    assert_eq!(world.control("DELETE", "/fail", None)["left"], 0);
    assert_eq!(world.token(&json!({})).status, 400);
    for body in [
        json!({ "times": 2 }),
        json!({ "count": 0 }),
        json!({ "status": 100 }),
        json!({ "status": "500" }),
        json!({ "drop": "everything" }),
        json!({ "delay": -1 }),
        json!({ "headers": [] }),
        json!({ "headers": { "a b": "c" } }),
        json!({ "headers": { "a": "b\r\nc: d" } }),
        json!({ "headers": { "a": null } }),
    ] {
        refused(&mut world, "/fail", &body);
    }
    assert_eq!(world.control("GET", "/fail", None)["left"], 0);
}

#[test]
fn codes_are_only_issued_where_they_could_be_exchanged() {
    let mut world = World::new();
    let good =
        json!({ "client_id": "sandbox-code", "player_id": "johny", "redirect_uri": REDIRECT });
    let change = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        body
    };
    world.control("POST", "/code", Some(&good));
    for body in [
        json!({}),
        change("client_id", json!("sandbox-app")),
        change("client_id", json!("sandbox-public")),
        change("redirect_uri", json!("http://localhost:8787/other")),
        change("code_challenge", json!("short")),
        change("code_challenge_method", json!("S256")),
        change("state", json!("x")),
    ] {
        refused(&mut world, "/code", &body);
    }
    let mut plain = change("code_challenge_method", json!("plain"));
    plain["code_challenge"] = "a".repeat(43).into();
    refused(&mut world, "/code", &plain);
    let answer = world.call(
        "POST",
        "/control/code",
        Some(&change("player_id", json!("nobody"))),
    );
    assert_eq!(error_of(&answer), error("player_not_found", 404));
}

#[test]
fn the_log_shows_everything_but_the_control_calls() {
    let mut world = World::new();
    let request = Request::new("PATCH", "/v2/runtime/player?a=1&b=%C3%A9&a=2")
        .with_header("X-Test", "yes")
        .with_json(&json!({ "alias": "x" }));
    world.send(&request);
    let mut form = Request::new("POST", "/auth/token");
    form.body = b"a=b".to_vec();
    world.send(&form);
    world.send(&Request::new("OPTIONS", "/v2/runtime/player"));
    let log = world.control("GET", "/log", None);
    let calls = log["calls"].as_array().unwrap();
    let first = json!({
        "n": 1, "time": "2026-09-16T08:00:00.000Z", "method": "PATCH", "path": "/v2/runtime/player",
        "query": { "a": ["1", "2"], "b": "é" },
        "headers": { "x-test": "yes", "content-type": "application/json" },
        "body": { "alias": "x" }, "status": 401,
    });
    assert_eq!(calls[0], first);
    assert_eq!(
        (&calls[1]["body"], &calls[1]["status"]),
        (&json!("a=b"), &json!(400))
    );
    assert_eq!(
        (&calls[2]["method"], &calls[2]["body"]),
        (&json!("OPTIONS"), &Value::Null)
    );
    world.control("DELETE", "/log", None);
    assert_eq!(world.control("GET", "/log", None)["calls"], json!([]));
}

#[test]
fn the_log_keeps_the_last_ten_thousand() {
    let mut world = World::new();
    let request = Request::new("GET", "/nothing");
    for _ in 0..10_005 {
        world.send(&request);
    }
    let log = world.control("GET", "/log", None);
    let calls = log["calls"].as_array().unwrap();
    assert_eq!((calls.len(), &calls[0]["n"]), (10_000, &json!(6)));
}

#[test]
fn the_clock_can_be_shifted() {
    let mut world = World::new();
    let token = world.app_token();
    let target = with("/v2/admin", "access_token", &token);
    for (offset, status) in [(3599.5, 200), (3600.0, 401), (-600.0, 200), (0.0, 200)] {
        world.control("POST", "/clock", Some(&json!({ "offset": offset })));
        assert_eq!(world.call("GET", &target, None).status, status, "{offset}");
    }
    world.control("POST", "/clock", Some(&json!({ "offset": 3600 })));
    let answer = world.call("GET", "/", None);
    assert_eq!(answer.header("date"), Some("Wed, 16 Sep 2026 09:00:00 GMT"));
    refused(&mut world, "/clock", &json!({}));
    refused(&mut world, "/clock", &json!({ "offset": 1e300 }));
}
