//! Keys, tokens and the token endpoint.

use serde_json::{Value, json};

use super::Toornament;
use super::failure::Failure;
use super::scopes::{self, Scope};
use crate::http::{Answer, Request};
use crate::ids::Entropy;
use crate::jws;
use crate::oauth::tokens::Grant;

/// The application's key.
pub const API_KEY: &str = "toornament-sandbox-key-not-a-real-key";
/// Its client id.
pub const CLIENT_ID: &str = "toornament-sandbox-client";
/// Its client secret.
pub const CLIENT_SECRET: &str = "toornament-sandbox-secret-not-a-real-secret";

/// How token requests are sent.
const FORM: &str = "application/x-www-form-urlencoded";

/// What a call needs besides the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// It can't be made.
    Unserved,
    /// Nothing.
    Key,
    /// A token, whatever it may be used for.
    Token,
    /// A token with one of these scopes.
    OneOf(&'static [Scope]),
}

impl Toornament {
    /// Refuses calls without the application's key. In a query it is for
    /// development only, but it counts.
    pub fn check_key(&self, request: &Request) -> Result<(), Failure> {
        let query = request.query();
        let key = request
            .header("x-api-key")
            .or_else(|| query.filled("api_key"));
        match key {
            Some(API_KEY) => Ok(()),
            Some(_) => Err(Failure::new(403, "header", "The API key is invalid")),
            None => Err(Failure::new(403, "header", "The API key is missing")),
        }
    }

    /// Refuses calls without what they need.
    pub fn check_needs(&self, request: &Request, needs: Needs, now: i64) -> Result<(), Failure> {
        let wanted = match needs {
            Needs::Unserved => return Err(Failure::not_allowed()),
            Needs::Key => return Ok(()),
            Needs::Token => &[],
            Needs::OneOf(scopes) => scopes,
        };
        let token = request
            .authorization()
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token)
            .ok_or_else(|| Failure::new(401, "header", "The access token is missing"))?;
        let grant = self
            .tokens
            .check(token, now)
            .map_err(|dead| Failure::new(401, "header", dead.text()))?;
        if wanted.is_empty() || wanted.iter().any(|s| grant.rights.contains(s)) {
            return Ok(());
        }
        let names: Vec<&str> = wanted.iter().map(|s| s.0).collect();
        let text = format!("The access token needs the scope {}", names.join(" or "));
        Err(Failure::new(403, "header", text))
    }

    /// Answers `POST /oauth/v2/token`: a form, and the client's credentials in it.
    pub fn token_endpoint(&mut self, request: &Request, now: i64, entropy: &mut Entropy) -> Answer {
        match self.token(request, now, entropy) {
            Ok(body) => Answer::json(&body).with_header("cache-control", "no-store"),
            Err((status, body)) => Answer::json_with(status, &body),
        }
    }

    fn token(
        &mut self,
        request: &Request,
        now: i64,
        entropy: &mut Entropy,
    ) -> Result<Value, (u16, Value)> {
        let kind = request.header("content-type").unwrap_or_default();
        if !kind.starts_with(FORM) {
            return Err(invalid_request(&format!("Send it as {FORM}")));
        }
        let form = request.form();
        let needed = |name: &str| {
            form.filled(name)
                .ok_or_else(|| invalid_request(&format!("Check the `{name}` parameter")))
        };
        if needed("grant_type")? != "client_credentials" {
            return Err(refusal(
                (400, "unsupported_grant_type"),
                "The grant type is not supported",
                "Only client_credentials is served here",
            ));
        }
        if (needed("client_id")?, needed("client_secret")?) != (CLIENT_ID, CLIENT_SECRET) {
            return Err(refusal(
                (401, "invalid_client"),
                "Client authentication failed",
                "",
            ));
        }
        let scopes = scopes::read(form.get("scope").unwrap_or_default()).map_err(|unknown| {
            refusal(
                (400, "invalid_scope"),
                "The requested scope is invalid, unknown, or malformed",
                &format!("Check the `{unknown}` scope"),
            )
        })?;
        Ok(self.give_token(scopes, now, entropy))
    }

    fn give_token(&mut self, scopes: Vec<Scope>, now: i64, entropy: &mut Entropy) -> Value {
        let seconds = self.settings.access_seconds;
        let second = now.div_euclid(1_000);
        let names: Vec<&str> = scopes.iter().map(|s| s.0).collect();
        let claims = json!({
            "aud": CLIENT_ID,
            "jti": entropy.uuid(),
            "iat": second,
            "exp": second.saturating_add(seconds),
            "scopes": names,
        });
        // HMAC takes a key of any length: signing by this one can't fail.
        let text = jws::sign(CLIENT_SECRET, &claims).unwrap_or_default();
        let scope = (!names.is_empty()).then(|| names.join(" "));
        let grant = Grant {
            client: CLIENT_ID.to_owned(),
            player: None,
            rights: scopes,
            family: self.tokens.new_family(),
        };
        let ends = now.saturating_add(seconds.saturating_mul(1_000));
        self.tokens.keep_access(&text, &grant, ends);
        json!({
            "access_token": text,
            "expires_in": seconds,
            "token_type": self.settings.token_type,
            "scope": scope,
        })
    }
}

fn invalid_request(hint: &str) -> (u16, Value) {
    let text = "The request is missing a required parameter";
    refusal((400, "invalid_request"), text, hint)
}

/// An error of the token endpoint, in the form of the PHP league's server.
fn refusal((status, code): (u16, &str), text: &str, hint: &str) -> (u16, Value) {
    let mut body = json!({ "error": code, "error_description": text, "message": text });
    if !hint.is_empty() {
        body["hint"] = hint.into();
    }
    (status, body)
}
