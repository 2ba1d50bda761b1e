//! Requests and answers.

use std::rc::Rc;
use std::slice;

use playoff_wasm::core::error::{Error, Failure, Kind, code};
use playoff_wasm::core::method::Method;
use playoff_wasm::core::provider::presets::TOORNAMENT;
use playoff_wasm::core::request::As;
use playoff_wasm::core::secret::Secret;
use playoff_wasm::core::settings::TokenSource;
use serde_json::{Value as Json, json};

use crate::world::{Act, DONE, Ended, Gift, World, call, client, client_with, get, run_one};

const TOKEN: &str = "access-token-of-a-test";

fn with(script: &[Act], wanted: playoff_wasm::core::request::Call<Json>) -> (Ended, usize) {
    let world = World::new(script, &[Gift::Value(json!(TOKEN))]);
    let ended = run_one(&client(&world), wanted);
    let sent = world.sent.borrow().len();
    (ended, sent)
}

fn failed(ended: Ended) -> Error<Json> {
    match ended {
        Err(Failure::Failed(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn gives_what_the_service_answers() {
    for (body, data) in [
        (r#"{"id":"johny"}"#, json!({"id": "johny"})),
        ("[]", json!([])),
        ("null", json!(null)),
        ("\"Infinity\"", json!("Infinity")),
        ("", json!(null)),
    ] {
        let (ended, _) = with(&[Act::Answer(200, body)], get());
        let outcome = ended.unwrap();
        assert_eq!((outcome.status, outcome.data), (200, data));
        assert_eq!(outcome.request_id.as_deref(), Some("r1"));
    }
}

#[test]
fn a_page_instead_of_json_is_an_error_that_says_so() {
    for body in ["<html></html>", "{\"id\":"] {
        let error = failed(with(&[Act::Answer(200, body)], get()).0);
        assert_eq!(
            (error.kind, &*error.code),
            (Kind::Api, code::INVALID_RESPONSE)
        );
        assert_eq!(error.request_id.as_deref(), Some("r1"));
    }
    let mut as_text = get();
    as_text.form = As::Text;
    let (ended, _) = with(&[Act::Answer(200, "<html></html>")], as_text);
    assert_eq!(ended.unwrap().data, json!("<html></html>"));
}

#[test]
fn errors_come_from_the_envelope() {
    let body =
        r#"{"error":"validation_exception","error_description":"no","data":{"valid":false}}"#;
    let error = failed(with(&[Act::Answer(400, body)], get()).0);
    assert_eq!(error.kind, Kind::Api);
    assert_eq!(error.code, "validation_exception");
    assert_eq!(error.message, "no");
    assert_eq!(error.status, Some(400));
    assert_eq!(error.data, Some(json!({"valid": false})));
    assert!(!error.retryable);
}

#[test]
fn an_outage_is_retryable_and_a_domain_error_is_not() {
    for (status, body, retryable) in [
        (503, "", true),
        (503, "<html></html>", true),
        (503, r#"{"error":"temporarily_unavailable"}"#, true),
        (503, r#"{"error":"rate_limit_exceeded"}"#, false),
        (429, "", true),
        (404, "", false),
    ] {
        let error = failed(with(&[Act::Answer(status, body)], get()).0);
        assert_eq!(error.retryable, retryable, "{status} {body}");
    }
}

#[test]
fn nothing_that_fails_shows_the_token() {
    let echo = r#"{"error":"oops","error_description":"bad access-token-of-a-test","data":["access-token-of-a-test"]}"#;
    for script in [
        Act::Answer(400, echo),
        Act::Fail,
        Act::BreakOff,
        Act::Silence,
    ] {
        let error = failed(with(&[script], get()).0);
        assert!(!format!("{error:?}").contains(TOKEN), "{error:?}");
    }
}

#[test]
fn nor_does_what_the_service_says_however_it_writes_it() {
    const KEY: &str = "key/of+a=test";
    // As PHP escapes slashes, and Gson the signs of HTML.
    let echoes = [
        r#"{"error":"oops","error_description":"bad a\/b+c\u003d","data":{"sent":"a\/b+c\u003d","key":"key\/of+a\u003dtest"}}"#,
        r#"{"error":"oops","data":[{"for a\/b+c=":["key%2Fof%2Ba%3Dtest"]}]}"#,
        r#"{"error":"a\/b+c="}"#,
    ];
    let mut script: Vec<Act> = Vec::new();
    for echo in echoes {
        script.extend([400, 401].map(|status| Act::Answer(status, echo)));
    }
    script.push(Act::Header(400, "x-request-id", "for a/b+c="));
    for answer in script {
        // The same again, so that the refusal is the caller's.
        let world = World::new(
            slice::from_ref(&answer),
            &vec![Gift::Value(json!("a/b+c=")); 2],
        );
        let client = client_with(&world, TokenSource::Callback, |options| {
            options.provider = Some(Rc::new(TOORNAMENT));
            options.api_key = Some(Secret::new(KEY.into()));
        });
        let error = failed(run_one(&client, get()));
        let shown = format!("{error:?}");
        for secret in ["a/b+c=", "a%2Fb%2Bc%3D", KEY, "key%2Fof%2Ba%3Dtest"] {
            assert!(!shown.contains(secret), "{answer:?}: {shown}");
        }
        assert!(shown.contains("[redacted]"), "{answer:?}: {shown}");
    }
}

#[test]
fn a_lost_connection_and_a_broken_body_are_network_errors() {
    for script in [Act::Fail, Act::BreakOff] {
        let error = failed(with(&[script], get()).0);
        assert_eq!(
            (error.kind, &*error.code),
            (Kind::Network, code::NETWORK_ERROR)
        );
        assert!(error.retryable && error.cause.is_some());
    }
}

#[test]
fn silence_ends_with_the_timeout() {
    let error = failed(with(&[Act::Silence], get()).0);
    assert_eq!((error.kind, &*error.code), (Kind::Timeout, code::TIMEOUT));
    assert!(error.message.contains("1000 ms"));
}

#[test]
fn a_body_on_a_get_is_never_sent() {
    let mut wanted = get();
    wanted.body = Some(playoff_wasm::core::request::Body::Json(json!("{}")));
    let (ended, sent) = with(&[], wanted);
    assert_eq!((&*failed(ended).code, sent), (code::INVALID_BODY, 0));
}

#[test]
fn follows_a_redirect_of_its_own_origin_only() {
    let done = Act::Answer(200, "1");
    let home = [Act::Redirect(302, "/v2/other"), done.clone()];
    let (ended, sent) = with(&home, get());
    assert_eq!((ended.unwrap().data, sent), (json!(1), 2));

    for (method, location) in [
        (Method::Get, "https://evil.example/"),
        (Method::Get, ""),
        (Method::Post, "/v2/other"),
    ] {
        let (ended, sent) = with(&[Act::Redirect(307, location)], call(method));
        assert_eq!((&*failed(ended).code, sent), (code::REDIRECT_REFUSED, 1));
    }
    let forever = vec![Act::Redirect(302, "/v2/runtime/player"); 10];
    let (ended, sent) = with(&forever, get());
    assert_eq!((&*failed(ended).code, sent), (code::REDIRECT_REFUSED, 6));
}

#[test]
fn a_token_in_the_query_arrives_where_a_redirect_leads() {
    let world = World::new(
        &[Act::Redirect(307, "/v2/other"), DONE],
        &[Gift::Value(json!("client:e30.e30.sig"))],
    );
    assert!(run_one(&client(&world), get()).is_ok());
    let urls: Vec<_> = world
        .sent
        .borrow()
        .iter()
        .map(|sent| sent.url.clone())
        .collect();
    let token = "jwt=client%3Ae30.e30.sig";
    let expected = [
        format!("https://api.example/v2/runtime/player?{token}"),
        format!("https://api.example/v2/other?{token}"),
    ];
    assert_eq!(urls, expected);
}

#[test]
fn an_abort_ends_the_call_with_its_reason() {
    for (milliseconds, sent) in [(0.0, 0), (0.5, 0), (1.5, 1), (500.0, 1)] {
        let world = World::new(&[Act::Silence], &[Gift::Value(json!(TOKEN))]);
        world.abort_after(milliseconds, json!("enough"));
        let mut wanted = get();
        wanted.signal = Some(json!("signal"));
        let ended = run_one(&client(&world), wanted);
        assert_eq!(ended, Err(Failure::Thrown(json!("enough"))));
        assert_eq!(world.sent.borrow().len(), sent, "after {milliseconds} ms");
    }
}
