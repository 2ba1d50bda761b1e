//! The token endpoint.

use playoff_sandbox::Request;
use playoff_sandbox::oauth::pkce;
use serde_json::{Value, json};

use crate::world::*;

fn credentials(grant_type: &str, client: &str) -> Value {
    json!({ "grant_type": grant_type, "client_id": client, "client_secret": secret(client) })
}

fn exchange(client: &str, code: &str) -> Value {
    let mut body = credentials("authorization_code", client);
    body["code"] = code.into();
    body["redirect_uri"] = REDIRECT.into();
    body
}

fn refresh(client: &str, token: &Value) -> Value {
    let mut body = credentials("refresh_token", client);
    body["refresh_token"] = token.clone();
    body
}

#[test]
fn client_credentials_by_json_and_by_form_give_a_token_as_recorded() {
    let mut world = World::new();
    let by_json = Request::new("POST", "/auth/token")
        .with_json(&credentials("client_credentials", "sandbox-app"));
    let mut by_form = Request::new("POST", "/auth/token")
        .with_header("Content-Type", "application/x-www-form-urlencoded");
    by_form.body = b"client_id=sandbox-app&client_secret=sandbox-app-secret-not-a-real-secret&grant_type=client%5Fcredentials".to_vec();
    for request in [by_json, by_form] {
        let answer = world.send(&request).answer;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let body = json_of(&answer);
        assert_eq!(text(&body["access_token"]).len(), 48);
        assert_eq!(body["token_type"], "Bearer");
        assert_eq!(body["expires_in"], 3600);
        assert_eq!(body.as_object().unwrap().len(), 3, "and nothing else");
    }
}

#[test]
fn what_is_wrong_with_a_token_request_is_said() {
    let mut world = World::new();
    for (body, code, status) in [
        (json!({}), "invalid_request", 400),
        (json!([]), "invalid_request", 400),
        (
            json!({ "grant_type": "client_credentials" }),
            "invalid_request",
            400,
        ),
        (
            json!({ "grant_type": "client_credentials", "client_id": "", "client_secret": "" }),
            "invalid_request",
            400,
        ),
        (
            json!({ "grant_type": "client_credentials", "client_id": "sandbox-app" }),
            "invalid_request",
            400,
        ),
        (
            json!({ "grant_type": "client_credentials", "client_id": "sandbox-app", "client_secret": "x" }),
            "client_auth_fail",
            401,
        ),
        (
            json!({ "grant_type": "client_credentials", "client_id": "nobody", "client_secret": "x" }),
            "client_auth_fail",
            401,
        ),
        (
            json!({ "grant_type": "client_credentials", "client_id": "sandbox-public" }),
            "unauthorized_client",
            400,
        ),
        (
            credentials("password", "sandbox-app"),
            "unsupported_grant_type",
            400,
        ),
        (
            credentials("client_credentials", "sandbox-code"),
            "unauthorized_client",
            400,
        ),
        (
            credentials("client_credentials", "sandbox-jwt"),
            "unauthorized_client",
            400,
        ),
        (
            credentials("authorization_code", "sandbox-app"),
            "unauthorized_client",
            400,
        ),
        (
            credentials("authorization_code", "sandbox-code"),
            "invalid_request",
            400,
        ),
        (exchange("sandbox-code", "made-up"), "invalid_grant", 400),
        (
            credentials("refresh_token", "sandbox-code"),
            "invalid_request",
            400,
        ),
        (
            refresh("sandbox-code", &json!("made-up")),
            "invalid_grant",
            400,
        ),
    ] {
        let answer = world.token(&body);
        assert_eq!(error_of(&answer), error(code, status), "{body}");
    }
    let mut broken =
        Request::new("POST", "/auth/token").with_header("content-type", "application/json");
    broken.body = b"{".to_vec();
    assert_eq!(
        error_of(&world.send(&broken).answer),
        error("invalid_request", 400)
    );
    let answer = world.call("GET", "/auth/token", None);
    assert_eq!(error_of(&answer), error("route_not_found", 404));
}

#[test]
fn a_code_gives_a_token_bound_to_the_player_once() {
    let mut world = World::new();
    let code = world.code("sandbox-code", None);
    let answer = world.token(&exchange("sandbox-code", &code));
    let token = json_of(&answer);
    let target = with(
        "/v2/runtime/player",
        "access_token",
        text(&token["access_token"]),
    );
    assert_eq!(json_of(&world.call("GET", &target, None))["id"], "johny");
    assert_eq!(text(&token["refresh_token"]).len(), 48);

    let again = world.token(&exchange("sandbox-code", &code));
    assert_eq!(error_of(&again), error("invalid_grant", 400));
    let answer = world.call("GET", &target, None);
    assert_eq!(
        error_of(&answer),
        error("invalid_access_token", 401),
        "what it gave is revoked"
    );
    let answer = world.token(&refresh("sandbox-code", &token["refresh_token"]));
    assert_eq!(error_of(&answer), error("invalid_grant", 400));
}

#[test]
fn a_code_is_refused_late_elsewhere_and_by_another_client() {
    let mut world = World::new();
    let mut elsewhere = exchange("sandbox-code", &world.code("sandbox-code", None));
    elsewhere["redirect_uri"] = format!("{REDIRECT}/").into();
    assert_eq!(
        error_of(&world.token(&elsewhere)),
        error("invalid_grant", 400)
    );

    let foreign = world.code("sandbox-code", None);
    let other = another_client(&mut world);
    let answer = world.token(&exchange(&other, &foreign));
    assert_eq!(error_of(&answer), error("invalid_grant", 400));
    let answer = world.token(&exchange("sandbox-code", &foreign));
    assert_eq!(answer.status, 200, "it is still good for its own client");

    let late = world.code("sandbox-code", None);
    world.now += 60_000;
    assert_eq!(
        error_of(&world.token(&exchange("sandbox-code", &late))),
        error("invalid_grant", 400)
    );
}

fn another_client(world: &mut World) -> String {
    let client = json!({ "clientId": "other", "clientSecret": secret("other"),
        "type": "authorization_code", "redirectUris": [REDIRECT] });
    world.control("POST", "/seed", Some(&json!({ "clients": [client] })));
    "other".to_owned()
}

#[test]
fn a_refresh_token_is_good_for_its_own_client_only() {
    let mut world = World::new();
    let code = world.code("sandbox-code", None);
    let token = json_of(&world.token(&exchange("sandbox-code", &code)))["refresh_token"].clone();
    let other = another_client(&mut world);
    let answer = world.token(&refresh(&other, &token));
    assert_eq!(error_of(&answer), error("invalid_grant", 400));
    assert_eq!(world.token(&refresh("sandbox-code", &token)).status, 200);
    let code = world.code("sandbox-code", None);
    let token = json_of(&world.token(&exchange("sandbox-code", &code)))["refresh_token"].clone();
    world.now += 30 * 86_400_000;
    let late = world.token(&refresh("sandbox-code", &token));
    assert_eq!(error_of(&late), error("invalid_grant", 400));
}

#[test]
fn pkce_is_checked_whenever_a_challenge_was_given() {
    assert!(pkce::matches(CHALLENGE, VERIFIER));
    for (client, challenge, verifier, status) in [
        ("sandbox-code", Some(CHALLENGE), Some(VERIFIER), 200),
        ("sandbox-code", Some(CHALLENGE), None, 400),
        ("sandbox-code", Some(CHALLENGE), Some(CHALLENGE), 400),
        ("sandbox-code", Some(VERIFIER), Some(VERIFIER), 400),
        ("sandbox-code", None, None, 200),
        ("sandbox-code", None, Some(VERIFIER), 400),
        ("sandbox-public", Some(CHALLENGE), Some(VERIFIER), 200),
        ("sandbox-public", Some(CHALLENGE), None, 400),
    ] {
        let mut world = World::new();
        let code = world.code(client, challenge);
        let mut body = exchange(client, &code);
        if client == "sandbox-public" {
            body.as_object_mut().unwrap().remove("client_secret");
        }
        if let Some(verifier) = verifier {
            body["code_verifier"] = verifier.into();
        }
        let answer = world.token(&body);
        assert_eq!(answer.status, status, "{client} {challenge:?} {verifier:?}");
    }
}

#[test]
fn a_public_client_that_shows_a_secret_is_refused() {
    let mut world = World::new();
    let code = world.code("sandbox-public", Some(CHALLENGE));
    let answer = world.token(&exchange("sandbox-public", &code));
    assert_eq!(error_of(&answer), error("client_auth_fail", 401));
}

#[test]
fn refresh_tokens_rotate_and_a_second_use_ends_the_family() {
    let mut world = World::new();
    let code = world.code("sandbox-code", None);
    let first = json_of(&world.token(&exchange("sandbox-code", &code)));
    let second = json_of(&world.token(&refresh("sandbox-code", &first["refresh_token"])));
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    let player = |token: &Value| {
        with(
            "/v2/runtime/player",
            "access_token",
            text(&token["access_token"]),
        )
    };
    assert_eq!(world.call("GET", &player(&first), None).status, 200);
    assert_eq!(world.call("GET", &player(&second), None).status, 200);

    let other = json_of(&{
        let code = world.code("sandbox-code", None);
        world.token(&exchange("sandbox-code", &code))
    });
    let reused = world.token(&refresh("sandbox-code", &first["refresh_token"]));
    assert_eq!(error_of(&reused), error("invalid_grant", 400));
    for dead in [&first, &second] {
        let answer = world.call("GET", &player(dead), None);
        assert_eq!(error_of(&answer), error("invalid_access_token", 401));
    }
    let answer = world.token(&refresh("sandbox-code", &second["refresh_token"]));
    assert_eq!(error_of(&answer), error("invalid_grant", 400));
    assert_eq!(
        world.call("GET", &player(&other), None).status,
        200,
        "another sign-in goes on"
    );
}

#[test]
fn without_rotation_a_refresh_token_goes_on() {
    let mut world = World::new();
    world.control(
        "POST",
        "/seed",
        Some(&json!({ "rotateRefreshTokens": false })),
    );
    let code = world.code("sandbox-code", None);
    let first = json_of(&world.token(&exchange("sandbox-code", &code)));
    for _ in 0..2 {
        let renewed = json_of(&world.token(&refresh("sandbox-code", &first["refresh_token"])));
        assert_eq!(renewed["token_type"], "Bearer");
        assert!(renewed.get("refresh_token").is_none(), "{renewed}");
    }
    world.control(
        "POST",
        "/seed",
        Some(&json!({ "rotateRefreshTokens": true })),
    );
    let renewed = json_of(&world.token(&refresh("sandbox-code", &first["refresh_token"])));
    assert_ne!(renewed["refresh_token"], first["refresh_token"]);
}

#[test]
fn a_code_lives_as_long_as_it_is_told() {
    let mut world = World::new();
    world.control("POST", "/seed", Some(&json!({ "codeSeconds": 2 })));
    for (age, status) in [(1_999, 200), (2_000, 400)] {
        let code = world.code("sandbox-code", None);
        world.now += age;
        let answer = world.token(&exchange("sandbox-code", &code));
        assert_eq!(answer.status, status, "after {age} ms");
    }
}

#[test]
fn a_token_is_taken_from_header_or_query_and_from_one_of_them_only() {
    let mut world = World::new();
    let token = world.app_token();
    let target = "/v2/runtime/player?player_id=johny";
    let in_query = with(target, "access_token", &token);
    let bearer = |scheme: &str, target: &str| {
        Request::new("GET", target).with_header("Authorization", &format!("{scheme} {token}"))
    };
    for (request, status) in [
        (Request::new("GET", &in_query), 200),
        (bearer("Bearer", target), 200),
        (bearer("bearer", target), 200),
        (bearer("OAuth", target), 401),
        (bearer("Bearer", &in_query), 400),
        (Request::new("GET", target), 401),
        (Request::new("GET", &with(target, "access_token", "x")), 401),
        (Request::new("GET", &with(target, "jwt", &token)), 401),
    ] {
        assert_eq!(world.send(&request).answer.status, status, "{request:?}");
    }
}

#[test]
fn a_token_ends_when_it_said() {
    let mut world = World::new();
    world.control("POST", "/seed", Some(&json!({ "accessTokenSeconds": 5 })));
    let answer = world.token(&credentials("client_credentials", "sandbox-app"));
    assert_eq!(json_of(&answer)["expires_in"], 5);
    let token = json_of(&answer)["access_token"].clone();
    let target = with("/v2/admin", "access_token", text(&token));
    world.now += 4_999;
    assert_eq!(world.call("GET", &target, None).status, 200);
    world.now += 1;
    let answer = world.call("GET", &target, None);
    assert_eq!(error_of(&answer), error("invalid_access_token", 401));
    assert!(text(&json_of(&answer)["error_description"]).contains("expired"));
}

#[test]
fn a_client_without_a_right_is_denied() {
    let mut world = World::new();
    let token = world.token_of("sandbox-limited");
    for (method, target, status) in [
        ("GET", "/v2/runtime/player?player_id=johny", 200),
        (
            "POST",
            "/v2/runtime/actions/greet/play?player_id=johny",
            403,
        ),
        ("PATCH", "/v2/runtime/player?player_id=johny", 403),
        ("GET", "/v2/admin/players", 403),
        ("POST", "/v2/admin/players", 403),
    ] {
        let answer = world.call(method, &with(target, "access_token", &token), None);
        assert_eq!(answer.status, status, "{method} {target}");
        if status == 403 {
            assert_eq!(error_of(&answer), error("access_denied", 403));
        }
    }
}

#[test]
fn logging_out_ends_the_token() {
    let mut world = World::new();
    for credential in [
        ("access_token", world.app_token()),
        ("jwt", world.jwt("johny", &[])),
    ] {
        let at = |path: &str| with(path, credential.0, &credential.1);
        assert_eq!(world.call("POST", &at("/v2/logout"), None).status, 200);
        let answer = world.call("GET", &at("/v2/runtime/player?player_id=johny"), None);
        assert_eq!(error_of(&answer), error("invalid_access_token", 401));
    }
}
