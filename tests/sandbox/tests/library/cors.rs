//! What pages of another origin may do.

use playoff_sandbox::Request;
use serde_json::json;

use crate::world::*;

fn preflight(target: &str, method: &str, headers: &str) -> Request {
    Request::new("OPTIONS", target)
        .with_header("Origin", "http://localhost:8787")
        .with_header("Access-Control-Request-Method", method)
        .with_header("Access-Control-Request-Headers", headers)
}

#[test]
fn a_page_may_send_json_by_every_method_but_no_authorization() {
    let mut world = World::new();
    for method in ["GET", "POST", "PATCH", "PUT", "DELETE"] {
        let request = preflight("/v2/runtime/player", method, "authorization,content-type");
        let answer = world.send(&request).answer;
        assert_eq!(answer.status, 204);
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        assert!(
            answer
                .header("access-control-allow-methods")
                .unwrap()
                .contains(method)
        );
        assert_eq!(
            answer.header("access-control-allow-headers"),
            Some("Content-Type")
        );
        assert!(answer.body.is_empty());
    }
    world.control(
        "POST",
        "/seed",
        Some(&json!({ "allowAuthorization": true })),
    );
    let answer = world
        .send(&preflight("/v2/runtime/player", "GET", "authorization"))
        .answer;
    assert_eq!(
        answer.header("access-control-allow-headers"),
        Some("Content-Type, Authorization")
    );
}

#[test]
fn errors_and_faults_can_be_read_by_pages_too() {
    let mut world = World::new();
    world.control("POST", "/fail", Some(&json!({ "status": 500 })));
    for status in [500, 401] {
        let answer = world.call("GET", "/v2/runtime/player", None);
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        assert!(answer.header("access-control-expose-headers").is_none());
    }
}

#[test]
fn the_pages_of_the_sign_in_are_closed_to_scripts() {
    let mut world = World::new();
    for target in [
        "/auth",
        "/auth/",
        "/%61uth?client_id=sandbox-code",
        "/logout",
    ] {
        for request in [Request::new("GET", target), preflight(target, "GET", "")] {
            let answer = world.send(&request).answer;
            assert_eq!(answer.header("access-control-allow-origin"), None);
        }
    }
    let token = world.send(&preflight("/auth/token", "POST", "")).answer;
    assert_eq!(token.header("access-control-allow-origin"), Some("*"));
}

#[test]
fn control_routes_are_open_to_every_header() {
    let mut world = World::new();
    let answer = world
        .send(&preflight("/control/log", "DELETE", "x-anything"))
        .answer;
    assert_eq!(
        (answer.status, answer.header("access-control-allow-headers")),
        (204, Some("*"))
    );
    let plain = world.call("OPTIONS", "/v2/runtime/player", None);
    assert!(plain.header("allow").unwrap().contains("PATCH"));
}

#[test]
fn a_fault_leaves_preflights_alone_unless_it_names_them() {
    let mut world = World::new();
    world.control("POST", "/fail", Some(&json!({})));
    assert_eq!(
        world
            .send(&preflight("/v2/runtime/player", "GET", ""))
            .answer
            .status,
        204
    );
    world.control(
        "POST",
        "/fail",
        Some(&json!({ "method": "OPTIONS", "status": 500 })),
    );
    assert_eq!(
        world
            .send(&preflight("/v2/runtime/player", "GET", ""))
            .answer
            .status,
        500
    );
    assert_eq!(world.control("GET", "/fail", None)["left"], 1);
}
