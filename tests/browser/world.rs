//! What the tests need of the sandbox and of JavaScript.

use js_sys::{Function, JSON, Promise, Reflect};
use playoff_wasm::bindings::client::Client;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The browser for which the tests are built.
pub const BROWSER: &str = env!("PLAYOFF_EXPECT_BROWSER");
/// The sandbox's address.
pub const SANDBOX: &str = env!("PLAYOFF_SANDBOX_URL");

/// A value written as JavaScript.
pub fn js(source: &str) -> JsValue {
    let function = Function::new_no_args(&format!("return ({source});"));
    function
        .call0(&JsValue::UNDEFINED)
        .expect("it is JavaScript")
}

/// Waits for what a piece of JavaScript promises.
pub async fn settled(source: &str) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::resolve(&js(source))).await
}

/// What a control route of the sandbox answers.
pub async fn control(method: &str, path: &str, body: &str) -> JsValue {
    let body = match body {
        "" => String::new(),
        json => format!(
            ", body: JSON.stringify({json}), headers: {{'content-type': 'application/json'}}"
        ),
    };
    let source = format!(
        "fetch('{SANDBOX}/control{path}', {{ method: '{method}'{body} }}).then((answer) => answer.json())"
    );
    settled(&source).await.expect("the sandbox answers")
}

/// An access token of the app, which needs a `player_id`.
pub async fn access_token() -> String {
    let source = format!(
        "fetch('{SANDBOX}/auth/token', {{ method: 'POST', body: new URLSearchParams({{
            grant_type: 'client_credentials',
            client_id: 'sandbox-app',
            client_secret: 'sandbox-app-secret-not-a-real-secret',
        }}) }}).then((answer) => answer.json()).then((answer) => answer.access_token)"
    );
    let token = settled(&source).await.expect("the sandbox answers");
    token.as_string().expect("a token")
}

/// A client of johny's with some more options, written as members of an object.
pub fn client(token: &str, more: &str) -> Client {
    let options = format!("{{ apiUrl: '{SANDBOX}', playerId: 'johny', token: {token}, {more} }}");
    match Client::new(
        &js(&options),
        Function::new_no_args(""),
        None,
        JsValue::UNDEFINED,
        JsValue::UNDEFINED,
        JsValue::UNDEFINED,
    ) {
        Ok(client) => client,
        Err(error) => panic!("the options don't hold: {}", text(&error, "message")),
    }
}

/// How a call ends.
pub async fn ended(
    client: &Client,
    method: &str,
    route: &str,
    body: &JsValue,
    options: &str,
) -> Result<JsValue, JsValue> {
    let promise = client.request(&method.into(), &route.into(), body, &js(options));
    JsFuture::from(promise).await
}

/// How a GET of the player's profile ends.
pub async fn profile(client: &Client, options: &str) -> Result<JsValue, JsValue> {
    ended(
        client,
        "GET",
        "/runtime/player",
        &JsValue::UNDEFINED,
        options,
    )
    .await
}

/// A member as text.
pub fn text(value: &JsValue, name: &str) -> String {
    let found = Reflect::get(value, &name.into()).expect("an object");
    found.as_string().unwrap_or_else(|| format!("{found:?}"))
}

/// A value as JSON.
pub fn json(value: &JsValue) -> String {
    JSON::stringify(value)
        .expect("JSON")
        .unchecked_into::<js_sys::JsString>()
        .into()
}
