//! Calls from a page.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::world::{SANDBOX, access_token, client, control, ended, js, json, profile, text};

async fn fixed_client() -> playoff_wasm::bindings::client::Client {
    client(&format!("'{}'", access_token().await), "")
}

/// Query and headers of the last call that reached the sandbox.
async fn last_call(path: &str) -> JsValue {
    let log = control("GET", "/log", "").await;
    let calls: js_sys::Array = Reflect::get(&log, &"calls".into())
        .unwrap()
        .unchecked_into();
    let mut calls = calls.iter().rev();
    calls
        .find(|call| text(call, "path") == path && text(call, "method") != "OPTIONS")
        .expect("a call in the log")
}

#[wasm_bindgen_test]
async fn reads_the_players_profile() {
    let client = fixed_client().await;
    let got = profile(&client, "{}").await.unwrap();
    assert_eq!(
        json(&got),
        json(&control("GET", "/players/johny", "").await)
    );
}

#[wasm_bindgen_test]
async fn sends_the_token_in_the_query_and_no_header_of_its_own() {
    let client = fixed_client().await;
    profile(&client, "{}").await.unwrap();
    let call = last_call("/v2/runtime/player").await;
    let query = Reflect::get(&call, &"query".into()).unwrap();
    assert_eq!(text(&query, "player_id"), "johny");
    assert_eq!(text(&query, "access_token").len(), 48);
    let headers = Reflect::get(&call, &"headers".into()).unwrap();
    for absent in ["authorization", "referer", "content-type"] {
        assert!(
            Reflect::get(&headers, &absent.into())
                .unwrap()
                .is_undefined(),
            "{absent}"
        );
    }
}

#[wasm_bindgen_test]
async fn plays_an_action() {
    let client = fixed_client().await;
    let body = js("{ variables: { n: 1 } }");
    let answer = ended(
        &client,
        "POST",
        "/runtime/actions/collect/play",
        &body,
        "{}",
    )
    .await;
    let events = Reflect::get(&answer.unwrap(), &"events".into()).unwrap();
    assert!(json(&events).contains("\"local\""));
}

#[wasm_bindgen_test]
async fn gives_every_form_of_body() {
    let client = fixed_client().await;
    let form = async |form: &str| {
        let options = format!("{{ as: '{form}' }}");
        profile(&client, &options).await.unwrap()
    };
    assert!(form("text").await.as_string().unwrap().starts_with('{'));
    assert!(form("bytes").await.is_instance_of::<js_sys::Uint8Array>());
    assert_eq!(js_type(&form("blob").await), "Blob");
    let response = form("response").await;
    assert_eq!(
        (js_type(&response), text(&response, "url")),
        ("Response".into(), String::new())
    );
}

fn js_type(value: &JsValue) -> String {
    text(&Reflect::get(value, &"constructor".into()).unwrap(), "name")
}

#[wasm_bindgen_test]
async fn rejects_with_errors_of_its_own_classes() {
    let client = fixed_client().await;
    let body = JsValue::UNDEFINED;
    let error = ended(&client, "GET", "/nowhere", &body, "{}")
        .await
        .unwrap_err();
    assert!(error.is_instance_of::<js_sys::Error>());
    assert_eq!(text(&error, "name"), "ApiError");
    assert_eq!(text(&error, "code"), "route_not_found");
    let error = ended(&client, "GET", "//evil.example", &body, "{}")
        .await
        .unwrap_err();
    assert_eq!(text(&error, "name"), "ConfigError");
}

#[wasm_bindgen_test]
async fn an_abort_rejects_with_its_reason_whatever_that_is() {
    let client = fixed_client().await;
    for reason in ["'enough'", "42", "new Error('enough')"] {
        let before = format!("{{ signal: AbortSignal.abort({reason}) }}");
        let meanwhile = format!(
            "(() => {{ const c = new AbortController(); setTimeout(() => c.abort({reason}), 5); return {{ signal: c.signal }}; }})()"
        );
        control(
            "POST",
            "/fail",
            "{ count: 1, delay: 2000, path: '/v2/runtime/player' }",
        )
        .await;
        for options in [before, meanwhile] {
            let got = profile(&client, &options).await.unwrap_err();
            let expected = js(reason);
            let same = got == expected || text(&got, "message") == text(&expected, "message");
            assert!(same, "{got:?} for {reason}");
        }
        control("DELETE", "/fail", "").await;
    }
    profile(&client, "{}").await.unwrap();
}

#[wasm_bindgen_test]
async fn a_dropped_connection_is_a_network_error_without_the_token() {
    let token = access_token().await;
    let client = client(&format!("'{token}'"), "");
    // More often than a browser repeats a GET by itself: Firefox does ten times.
    control(
        "POST",
        "/fail",
        "{ count: 100, drop: 'connection', path: '/v2/runtime/player' }",
    )
    .await;
    let error = profile(&client, "{}").await.unwrap_err();
    control("DELETE", "/fail", "").await;
    assert_eq!(text(&error, "name"), "NetworkError");
    let cause = Reflect::get(&error, &"cause".into()).unwrap();
    for shown in [json(&error), text(&error, "stack"), text(&cause, "message")] {
        assert!(!shown.contains(&token), "{shown}");
    }
}

#[wasm_bindgen_test]
async fn a_refused_token_is_replaced_once() {
    let source = format!(
        "(() => {{ const tokens = ['bogus-token', '{}']; return ({{ reason }}) => tokens.shift(); }})()",
        access_token().await
    );
    let client = client(&source, "");
    let got = profile(&client, "{}").await.unwrap();
    assert_eq!(text(&got, "id"), "johny");
}

#[wasm_bindgen_test]
async fn a_token_callback_may_give_a_response() {
    let source = format!(
        "({{ signal }}) => fetch('{SANDBOX}/auth/token', {{ signal, method: 'POST', body: new URLSearchParams({{
            grant_type: 'client_credentials',
            client_id: 'sandbox-app',
            client_secret: 'sandbox-app-secret-not-a-real-secret',
        }}) }})"
    );
    let client = client(&source, "");
    assert_eq!(text(&profile(&client, "{}").await.unwrap(), "id"), "johny");
}

#[wasm_bindgen_test]
async fn silence_ends_with_a_timeout() {
    let client = fixed_client().await;
    control(
        "POST",
        "/fail",
        "{ count: 9, delay: 5000, path: '/v2/runtime/player' }",
    )
    .await;
    let error = profile(&client, "{ timeout: 50 }").await.unwrap_err();
    control("DELETE", "/fail", "").await;
    assert_eq!(
        (text(&error, "name"), text(&error, "code")),
        ("TimeoutError".into(), "timeout".into())
    );
}
