//! What a confidential client asks of the service.

use std::rc::Rc;

use playoff_wasm::core::error::{Error, Kind};
use playoff_wasm::core::provider::Place;
use playoff_wasm::core::request::{Body, Redirect, Request};
use playoff_wasm::core::secret::Secret;
use playoff_wasm::core::settings::{Options, Settings};
use playoff_wasm::core::token::Token;
use playoff_wasm::edge::credentials::Credentials;
use playoff_wasm::edge::grants::{self, Code};
use serde_json::Value as Json;

use crate::world::{Act, START, Simulated, World, outcome};

const GIVEN: Act = Act::Answer(
    200,
    r#"{"access_token": "access-1", "token_type": "Bearer", "expires_in": 60, "refresh_token": "refresh-2"}"#,
);

fn secret(text: &str) -> Secret {
    Secret::new(text.into())
}

fn credentials() -> Credentials {
    Credentials {
        client_id: "app & co".into(),
        secret: secret("not/a/real/secret"),
        scope: Some("x y".into()),
    }
}

fn settings() -> Settings {
    let options = Options {
        api_url: Some("https://api.example".into()),
        auth_url: Some("https://example".into()),
        timeout: Some(1000),
        ..Options::default()
    };
    Settings::new::<Json>(options).unwrap()
}

fn exchange(world: &Rc<World>, code: &str) -> Result<Token<Json>, Error<Json>> {
    let host = Simulated(Rc::clone(world));
    let code = Code {
        code: secret(code),
        code_verifier: Some(secret("verifier-1")),
        redirect_uri: "https://app.example/back?a=b".into(),
    };
    outcome(world, async move {
        grants::exchange_code(&host, &settings(), Place::Worker, &credentials(), &code).await
    })
}

fn refresh(world: &Rc<World>, token: &'static str) -> Result<Token<Json>, Error<Json>> {
    let host = Simulated(Rc::clone(world));
    outcome(world, async move {
        let token = secret(token);
        grants::refresh(&host, &settings(), Place::Worker, &credentials(), &token).await
    })
}

fn revoke(world: &Rc<World>, token: &'static str) -> Result<(), Error<Json>> {
    let host = Simulated(Rc::clone(world));
    outcome(world, async move {
        grants::revoke(&host, &settings(), &secret(token)).await
    })
}

fn form(request: &Request<Json>) -> &str {
    match &request.body {
        Some(Body::Form(form)) => form,
        other => panic!("a form, not {other:?}"),
    }
}

#[test]
fn a_code_brings_tokens() {
    let world = World::new(&[GIVEN], &[]);
    let token = exchange(&world, "code-1").unwrap();
    assert_eq!(token.secret, secret("access-1"));
    assert_eq!(token.refresh, Some(secret("refresh-2")));
    assert!(token.ends.unwrap() > START + 59.0);
    let sent = world.sent.borrow();
    assert_eq!(sent[0].url, "https://example/auth/token");
    assert_eq!(sent[0].redirect, Redirect::Manual);
    assert_eq!(
        form(&sent[0]),
        "grant_type=authorization_code&client_id=app%20%26%20co&client_secret=not%2Fa%2Freal%2Fsecret\
         &code=code-1&redirect_uri=https%3A%2F%2Fapp.example%2Fback%3Fa%3Db&code_verifier=verifier-1"
    );
}

#[test]
fn a_refresh_token_brings_tokens() {
    let world = World::new(&[GIVEN], &[]);
    assert!(refresh(&world, "refresh-1").is_ok());
    assert_eq!(
        form(&world.sent.borrow()[0]),
        "grant_type=refresh_token&client_id=app%20%26%20co&client_secret=not%2Fa%2Freal%2Fsecret\
         &refresh_token=refresh-1"
    );
}

#[test]
fn the_app_asks_for_itself() {
    let request =
        grants::own_token::<Json>(&settings(), Place::Worker, &credentials(), None, 0).unwrap();
    assert_eq!(
        form(&request),
        "grant_type=client_credentials&client_id=app%20%26%20co&client_secret=not%2Fa%2Freal%2Fsecret\
         &scope=x%20y"
    );
}

/// What goes wrong with a request, the service's answer with all that was sent among it.
const WRONG: [Act; 8] = [
    Act::Answer(
        400,
        r#"{"error": "code-1 refresh-1", "error_description": "code-1 refresh-1 verifier-1 not/a/real/secret not%2Fa%2Freal%2Fsecret"}"#,
    ),
    Act::Answer(503, "<html>"),
    Act::Answer(200, "{}"),
    Act::Answer(200, r#"{"access_token": "code-1 refresh-1"}"#),
    Act::Redirect(302, "https://evil.example/code-1/refresh-1"),
    Act::Fail,
    Act::BreakOff,
    Act::Silence,
];

fn fails_once<T: std::fmt::Debug>(
    ask: impl Fn(&Rc<World>) -> Result<T, Error<Json>>,
    hidden: &[&str],
) {
    for act in WRONG {
        let world = World::new(&[act], &[]);
        let error = ask(&world).unwrap_err();
        let shown = format!("{error:?}");
        for hidden in hidden {
            assert!(!shown.contains(hidden), "{shown}");
        }
        assert_eq!(world.sent.borrow().len(), 1);
        assert!(world.elapsed() <= 1000.0);
    }
}

#[test]
fn nothing_is_sent_twice_and_no_error_shows_what_was_sent() {
    fails_once(
        |world| exchange(world, "code-1"),
        &["code-1", "verifier-1", "real"],
    );
    fails_once(|world| refresh(world, "refresh-1"), &["refresh-1", "real"]);
}

#[test]
fn a_code_of_a_letter_hides_no_error_code() {
    let refused = Act::Answer(400, r#"{"error": "invalid_grant"}"#);
    let error = exchange(&World::new(&[refused], &[]), "a").unwrap_err();
    assert_eq!((&*error.code, error.status), ("invalid_grant", Some(400)));
}

#[test]
fn a_token_is_revoked_in_the_header() {
    let world = World::new(&[Act::Answer(204, "")], &[]);
    revoke(&world, "access-1").unwrap();
    let sent = world.sent.borrow();
    assert_eq!(sent[0].url, "https://api.example/v2/logout");
    let authorization = ("authorization".to_owned(), "Bearer access-1".to_owned());
    assert_eq!(sent[0].headers, [authorization]);
    assert_eq!(sent[0].redirect, Redirect::Manual);
}

#[test]
fn what_is_not_revoked_is_told() {
    for act in [
        Act::Answer(500, "access-1"),
        Act::Redirect(302, "/access-1"),
        Act::Fail,
        Act::Silence,
    ] {
        let world = World::new(&[act], &[]);
        let error = revoke(&world, "access-1").unwrap_err();
        assert!(!format!("{error:?}").contains("access-1"));
    }
    let world = World::new(&[], &[]);
    let error = revoke(&world, "a\r\nx-evil: 1").unwrap_err();
    assert_eq!(error.kind, Kind::Auth);
    assert!(world.sent.borrow().is_empty());
}
