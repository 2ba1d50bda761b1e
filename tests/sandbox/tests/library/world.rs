//! A sandbox with a clock and random bytes of the test's own.

use playoff_sandbox::{Answer, Moment, Reply, Request, Sandbox};
use serde_json::{Value, json};

pub use playoff_sandbox::oauth::jwt::{sign, sign_with};

/// A Wednesday morning, UTC.
pub const START: i64 = 1_789_545_600_000;

pub struct World {
    pub sandbox: Sandbox,
    pub now: i64,
    calls: u64,
}

impl World {
    pub fn new() -> Self {
        Self {
            sandbox: Sandbox::new(START),
            now: START,
            calls: 0,
        }
    }

    /// A call with whatever the request says.
    pub fn send(&mut self, request: &Request) -> Reply {
        self.calls += 1;
        let mut random = [0; 32];
        random[..8].copy_from_slice(&self.calls.to_be_bytes());
        let unix_ms = self.now;
        self.sandbox.handle(request, Moment { unix_ms, random })
    }

    pub fn call(&mut self, method: &str, target: &str, body: Option<&Value>) -> Answer {
        let mut request = Request::new(method, target);
        if let Some(body) = body {
            request = request.with_json(body);
        }
        self.send(&request).answer
    }

    /// A token for the app, by client credentials.
    pub fn app_token(&mut self) -> String {
        self.token_of("sandbox-app")
    }

    pub fn token_of(&mut self, client: &str) -> String {
        let answer = self.token(&json!({
            "grant_type": "client_credentials",
            "client_id": client,
            "client_secret": secret(client),
        }));
        text(&json_of(&answer)["access_token"]).to_owned()
    }

    /// A token request.
    pub fn token(&mut self, body: &Value) -> Answer {
        self.call("POST", "/auth/token", Some(body))
    }

    /// A code for johny.
    pub fn code(&mut self, client: &str, challenge: Option<&str>) -> String {
        let answer = self.call(
            "POST",
            "/control/code",
            Some(&json!({
                "client_id": client,
                "player_id": "johny",
                "redirect_uri": REDIRECT,
                "code_challenge": challenge,
            })),
        );
        assert_eq!(answer.status, 200, "{:?}", json_of(&answer));
        text(&json_of(&answer)["code"]).to_owned()
    }

    /// A call by the app for that player (`""`: for none); gives status and JSON.
    pub fn app(
        &mut self,
        player: &str,
        method: &str,
        target: &str,
        body: Option<&Value>,
    ) -> (u16, Value) {
        let token = self.app_token();
        let mut target = with(target, "access_token", &token);
        if !player.is_empty() {
            target = with(&target, "player_id", player);
        }
        let answer = self.call(method, &target, body);
        (answer.status, json_of(&answer))
    }

    /// The same, when it must be a success.
    pub fn good(
        &mut self,
        player: &str,
        method: &str,
        target: &str,
        body: Option<&Value>,
    ) -> Value {
        let (status, json) = self.app(player, method, target, body);
        assert_eq!(status, 200, "{method} {target}: {json}");
        json
    }

    /// The same, when it must be an error: its code and status.
    pub fn bad(
        &mut self,
        player: &str,
        method: &str,
        target: &str,
        body: Option<&Value>,
    ) -> (String, u16) {
        let (status, json) = self.app(player, method, target, body);
        (text(&json["error"]).to_owned(), status)
    }

    pub fn control(&mut self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let answer = self.call(method, &format!("/control{path}"), body);
        assert_eq!(answer.status, 200, "{method} {path}: {}", json_of(&answer));
        json_of(&answer)
    }

    /// A JWT of the seeded client for that player, an hour long.
    pub fn jwt(&self, player: &str, scopes: &[&str]) -> String {
        let now = self.now / 1_000;
        let claims =
            json!({ "player_id": player, "scopes": scopes, "iat": now, "exp": now + 3_600 });
        sign("sandbox-jwt", &secret("sandbox-jwt"), &claims).unwrap()
    }
}

pub const REDIRECT: &str = "http://localhost:8787/callback";

/// The pair of RFC 7636, appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

pub fn secret(client: &str) -> String {
    format!("{client}-secret-not-a-real-secret")
}

pub fn with(target: &str, name: &str, value: &str) -> String {
    let sign = if target.contains('?') { '&' } else { '?' };
    let value: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
    format!("{target}{sign}{name}={value}")
}

pub fn json_of(answer: &Answer) -> Value {
    assert_eq!(
        answer.header("content-type"),
        Some("application/json; charset=utf-8")
    );
    serde_json::from_slice(&answer.body).unwrap()
}

pub fn error_of(answer: &Answer) -> (String, u16) {
    (text(&json_of(answer)["error"]).to_owned(), answer.status)
}

pub fn error(code: &str, status: u16) -> (String, u16) {
    (code.to_owned(), status)
}

pub fn text(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("not a string: {value}"))
}

/// The score of that metric in a profile; `null` when there is none.
pub fn score(profile: &Value, metric: &str) -> Value {
    let scores = profile["scores"].as_array().unwrap();
    let found = scores.iter().find(|s| s["metric"]["id"] == metric);
    found.map_or(Value::Null, |s| s["value"].clone())
}
