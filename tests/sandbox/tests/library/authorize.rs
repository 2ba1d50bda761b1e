//! Authorization requests: which are put to the player, which go back, which stay here.

use serde_json::json;

use crate::browser::*;
use crate::world::*;

/// The request of the public client, with changes: `None` leaves a parameter out.
fn request(changes: &[(&str, Option<&str>)]) -> String {
    let mut parameters = vec![
        ("response_type", "code"),
        ("client_id", "sandbox-public"),
        ("redirect_uri", REDIRECT),
        ("state", "s"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in changes {
        parameters.retain(|(n, _)| n != name);
        parameters.extend(value.map(|value| (*name, value)));
    }
    target(&parameters)
}

fn target(parameters: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish();
    format!("/auth?{query}")
}

/// What a request is told by redirect: error and state.
fn told(world: &mut World, target: &str) -> (String, Option<String>) {
    let answer = Browser::default().open(world, target);
    let (address, parameters) = redirect(&answer);
    assert_eq!(address, REDIRECT);
    let description = parameter(&answer, "error_description").unwrap();
    let allowed = |b: u8| matches!(b, b' '..=b'!' | b'#'..=b'[' | b']'..=b'~');
    assert!(!description.is_empty() && description.bytes().all(allowed));
    assert!(parameters.iter().all(|(n, _)| n != "code"));
    let error = parameter(&answer, "error").unwrap();
    (error, parameter(&answer, "state"))
}

#[test]
fn nobody_is_sent_anywhere_unless_the_address_is_the_clients() {
    let mut world = World::new();
    for changes in [
        &[("client_id", None)][..],
        &[("client_id", Some(""))],
        &[("client_id", Some("nobody"))],
        &[("client_id", Some("SANDBOX-PUBLIC"))],
        &[("redirect_uri", None)],
        &[("redirect_uri", Some(""))],
        &[("redirect_uri", Some("http://evil.example/callback"))],
        &[("redirect_uri", Some("http://localhost:8787/callback/"))],
        &[("redirect_uri", Some("http://localhost:8787/callback?a=b"))],
        &[("redirect_uri", Some("http://localhost:8787/callback#"))],
        &[("redirect_uri", Some("http://localhost:8787/callbac%6b"))],
        &[("redirect_uri", Some("HTTP://localhost:8787/callback"))],
        &[("redirect_uri", Some("http://localhost:8788/callback"))],
        &[("redirect_uri", Some("http://127.0.0.1:9999/callback"))],
        &[("redirect_uri", Some("http://localhost:8787/"))],
        // One that is registered, but for another client.
        &[("redirect_uri", Some("http://127.0.0.1:5000/code"))],
        &[("client_id", Some("sandbox-app"))],
    ] {
        let target = request(changes);
        for method in ["GET", "POST"] {
            let answer = world.call(method, &target, None);
            assert_eq!(answer.status, 400, "{method} {changes:?}");
            assert_eq!(answer.header("location"), None);
            assert!(!html(&answer).contains("<form"), "{changes:?}");
            assert!(!html(&answer).contains("evil.example"));
        }
    }
    for twice in [("client_id", "sandbox-public"), ("redirect_uri", REDIRECT)] {
        let target = format!("{}&{}", request(&[]), &self::target(&[twice])[6..]);
        assert_eq!(world.call("GET", &target, None).status, 400, "{twice:?}");
    }
}

#[test]
fn what_is_wrong_otherwise_goes_back_to_the_client() {
    let mut world = World::new();
    let short = "a".repeat(42);
    for (changes, error) in [
        (&[("response_type", None)][..], "invalid_request"),
        (&[("response_type", Some(""))], "invalid_request"),
        (
            &[("response_type", Some("token"))],
            "unsupported_response_type",
        ),
        (
            &[("response_type", Some("code token"))],
            "unsupported_response_type",
        ),
        (&[("code_challenge", None)], "invalid_request"),
        (
            &[("code_challenge", None), ("code_challenge_method", None)],
            "invalid_request",
        ),
        (&[("code_challenge_method", None)], "invalid_request"),
        (
            &[("code_challenge_method", Some("plain"))],
            "invalid_request",
        ),
        (
            &[("code_challenge_method", Some("s256"))],
            "invalid_request",
        ),
        (&[("code_challenge", Some(&short))], "invalid_request"),
        (&[("scope", Some("everything"))], "invalid_scope"),
        (&[("scope", Some("admin.read"))], "invalid_scope"),
        (
            &[("scope", Some("player.runtime.read admin.read"))],
            "invalid_scope",
        ),
        (&[("scope", Some(" "))], "invalid_scope"),
    ] {
        let told = told(&mut world, &request(changes));
        assert_eq!(
            told,
            (error.to_owned(), Some("s".to_owned())),
            "{changes:?}"
        );
    }
    for (twice, state) in [
        ("scope=&scope=", Some("s")),
        ("response_type=code", Some("s")),
        ("state=s", None),
    ] {
        let target = format!("{}&{twice}", request(&[]));
        let expected = ("invalid_request".to_owned(), state.map(str::to_owned));
        assert_eq!(told(&mut world, &target), expected, "{twice}");
    }
}

#[test]
fn a_client_that_takes_no_codes_is_told_so() {
    let mut world = World::new();
    let client = json!({ "clientId": "app", "clientSecret": secret("app"),
        "type": "client_credentials", "redirectUris": [REDIRECT] });
    world.control("POST", "/seed", Some(&json!({ "clients": [client] })));
    let (error, _) = told(&mut world, &request(&[("client_id", Some("app"))]));
    assert_eq!(error, "unauthorized_client");
}

#[test]
fn what_is_right_is_put_to_the_player() {
    let mut world = World::new();
    for changes in [
        &[][..],
        &[("state", None)],
        &[("scope", Some(""))],
        &[("scope", Some("player.runtime.write player.runtime.read"))],
        &[("login_hint", Some("mara"))],
        // As the official clients send it.
        &[
            ("client_id", Some("sandbox-code")),
            ("state", None),
            ("code_challenge", None),
            ("code_challenge_method", None),
        ],
        &[("client_id", Some("sandbox-code"))],
    ] {
        let page = Browser::default().open(&mut world, &request(changes));
        assert_eq!(page.status, 200, "{changes:?}");
        let html = html(&page);
        assert_eq!(html.matches("type=\"radio\"").count(), 13);
        assert!(html.contains("http://localhost:8787"));
    }
}

#[test]
fn state_comes_back_as_it_was_unless_it_is_withheld() {
    let mut world = World::new();
    let state = "a b&c=d%20\"<é>/+#";
    let target = request(&[("state", Some(state))]);
    let denied = |world: &mut World| {
        let mut browser = Browser::default();
        let page = browser.open(world, &target);
        browser.submit(world, &page, &[("decision", "deny")])
    };
    let allowed = |world: &mut World| {
        let mut browser = Browser::default();
        let page = browser.open(world, &target);
        browser.submit(world, &page, &[("decision", "allow"), ("player", "mara")])
    };
    for answer in [denied(&mut world), allowed(&mut world)] {
        assert_eq!(parameter(&answer, "state").as_deref(), Some(state));
    }
    world.control("POST", "/seed", Some(&json!({ "echoState": false })));
    for answer in [denied(&mut world), allowed(&mut world)] {
        assert_eq!(parameter(&answer, "state"), None);
    }
    assert_eq!(told(&mut world, &request(&[("scope", Some("x"))])).1, None);

    world.control("POST", "/seed", Some(&json!({ "echoState": true })));
    let without = Browser::default().open(
        &mut world,
        &request(&[("state", None), ("scope", Some("x"))]),
    );
    assert_eq!(parameter(&without, "state"), None, "none is made up");
}

#[test]
fn the_issuer_is_sent_when_there_is_one() {
    let mut world = World::new();
    let answers = |world: &mut World| {
        let mut browser = Browser::default();
        let page = browser.open(world, &request(&[]));
        [
            browser.submit(world, &page, &[("decision", "allow"), ("player", "mara")]),
            browser.submit(world, &page, &[("decision", "deny")]),
            browser.open(world, &request(&[("scope", Some("x"))])),
        ]
        .map(|answer| parameter(&answer, "iss"))
    };
    assert_eq!(answers(&mut world), [None, None, None]);
    let issuer = "https://issuer.example";
    world.control("POST", "/seed", Some(&json!({ "issuer": issuer })));
    assert_eq!(
        answers(&mut world),
        [(); 3].map(|()| Some(issuer.to_owned()))
    );
    world.control("POST", "/seed", Some(&json!({ "codeSeconds": 5 })));
    assert_eq!(answers(&mut world)[0].as_deref(), Some(issuer), "it stays");
    world.control("POST", "/seed", Some(&json!({ "issuer": null })));
    assert_eq!(answers(&mut world), [None, None, None]);
}

#[test]
fn what_the_redirect_address_says_already_stays() {
    let mut world = World::new();
    let address = "http://[::1]:9000/back?tab=1&from=a%20b";
    let path = "/clients/sandbox-public/redirect-uris";
    world.control("POST", path, Some(&json!({ "redirectUris": [address] })));
    let mut browser = Browser::default();
    let page = browser.open(&mut world, &request(&[("redirect_uri", Some(address))]));
    let answer = browser.submit(&mut world, &page, &[("decision", "deny")]);
    let location = answer.header("location").unwrap();
    let expected = format!("{address}&error=access_denied&error_description=");
    assert!(location.starts_with(&expected), "{location}");
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("form-action 'self' http:;"), "{policy}");
}

#[test]
fn the_code_is_for_the_player_the_challenge_and_the_scope() {
    let mut world = World::new();
    let mut browser = Browser::default();
    let page = browser.open(
        &mut world,
        &request(&[("scope", Some("player.runtime.read"))]),
    );
    assert!(!html(&page).contains("change your profile"));
    let answer = browser.submit(
        &mut world,
        &page,
        &[("decision", "allow"), ("player", "mara")],
    );
    let (address, parameters) = redirect(&answer);
    let names: Vec<&str> = parameters.iter().map(|(n, _)| n.as_str()).collect();
    assert_eq!((address.as_str(), names), (REDIRECT, vec!["code", "state"]));

    let exchange = |world: &mut World, verifier: &str, answer| {
        world.token(&json!({
            "grant_type": "authorization_code", "client_id": "sandbox-public",
            "code": parameter(answer, "code"), "redirect_uri": REDIRECT, "code_verifier": verifier,
        }))
    };
    let token = json_of(&exchange(&mut world, VERIFIER, &answer));
    let with_token = |target: &str| with(target, "access_token", text(&token["access_token"]));
    let profile = world.call("GET", &with_token("/v2/runtime/player"), None);
    assert_eq!(json_of(&profile)["id"], "mara");
    let play = with_token("/v2/runtime/actions/greet/play");
    assert_eq!(
        error_of(&world.call("POST", &play, None)),
        error("access_denied", 403)
    );
    let again = exchange(&mut world, VERIFIER, &answer);
    assert_eq!(error_of(&again), error("invalid_grant", 400));
    let profile = world.call("GET", &with_token("/v2/runtime/player"), None);
    assert_eq!(error_of(&profile), error("invalid_access_token", 401));

    let answer = browser.submit(
        &mut world,
        &page,
        &[("decision", "allow"), ("player", "mara")],
    );
    let wrong = exchange(&mut world, CHALLENGE, &answer);
    assert_eq!(error_of(&wrong), error("invalid_grant", 400));
}
