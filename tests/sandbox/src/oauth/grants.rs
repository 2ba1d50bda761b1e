//! The token endpoint: client credentials, authorization code, refresh token.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::OAuth;
use super::clients::{Client, ClientType};
use super::codes::{SignIn, Taken};
use super::pkce;
use super::tokens::{Grant, Refreshed};
use crate::codes::{Code, Envelope};
use crate::http::{Answer, Request};
use crate::ids::Entropy;

/// The fields of a token request.
struct Fields(BTreeMap<String, String>);

impl Fields {
    /// Reads JSON and form bodies: real clients send both.
    fn read(request: &Request) -> Result<Self, Envelope> {
        let kind = request.header("content-type").unwrap_or_default();
        let is_json =
            kind.contains("json") || !kind.contains("form") && request.body.first() == Some(&b'{');
        if !is_json {
            let fields = form_urlencoded::parse(&request.body).into_owned();
            return Ok(Self(fields.collect()));
        }
        let body: Value = serde_json::from_slice(&request.body)
            .map_err(|e| invalid_request(&format!("The body is not JSON: {e}")))?;
        let Value::Object(map) = body else {
            return Err(invalid_request("The body must be an object"));
        };
        let text = |(name, value): (String, Value)| match value {
            Value::String(text) => Some((name, text)),
            _ => None,
        };
        Ok(Self(map.into_iter().filter_map(text).collect()))
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|v| !v.is_empty())
    }

    fn required(&self, name: &str) -> Result<&str, Envelope> {
        self.get(name)
            .ok_or_else(|| invalid_request(&format!("The field '{name}' is required")))
    }
}

fn invalid_request(text: &str) -> Envelope {
    Envelope::new(Code::InvalidRequest, text)
}

fn invalid_grant(text: &str) -> Envelope {
    Envelope::new(Code::InvalidGrant, text)
}

impl OAuth {
    /// Answers `POST /auth/token`.
    pub fn token_endpoint(
        &mut self,
        request: &Request,
        now: i64,
        entropy: &mut Entropy,
    ) -> Result<Answer, Envelope> {
        let fields = Fields::read(request)?;
        let grant_type = fields.required("grant_type")?;
        let client = self.authenticate(&fields)?;
        let body = match grant_type {
            "client_credentials" => self.client_credentials(&client, now, entropy)?,
            "authorization_code" => self.authorization_code(&client, &fields, now, entropy)?,
            "refresh_token" => self.refresh_token(&client, &fields, now, entropy)?,
            _ => return Err(Code::UnsupportedGrantType.into()),
        };
        Ok(Answer::json(&body)
            .with_header("cache-control", "no-store")
            .with_header("pragma", "no-cache"))
    }

    fn authenticate(&self, fields: &Fields) -> Result<Client, Envelope> {
        let id = fields.required("client_id")?;
        let client = self.clients.get(id).ok_or(Code::ClientAuthFail)?;
        if let Some(secret) = &client.secret {
            if fields.required("client_secret")? != secret {
                return Err(Code::ClientAuthFail.into());
            }
        } else if fields.get("client_secret").is_some() {
            return Err(Code::ClientAuthFail.into());
        }
        Ok(client.clone())
    }

    fn client_credentials(
        &mut self,
        client: &Client,
        now: i64,
        entropy: &mut Entropy,
    ) -> Result<Value, Envelope> {
        if client.kind != ClientType::ClientCredentials {
            return Err(Code::UnauthorizedClient.into());
        }
        let grant = Grant {
            client: client.id.clone(),
            player: None,
            rights: client.rights.clone(),
            family: self.tokens.new_family(),
        };
        Ok(self.answer(&grant, now, entropy))
    }

    fn authorization_code(
        &mut self,
        client: &Client,
        fields: &Fields,
        now: i64,
        entropy: &mut Entropy,
    ) -> Result<Value, Envelope> {
        if !client.kind.takes_codes() {
            return Err(Code::UnauthorizedClient.into());
        }
        let code = fields.required("code")?;
        let redirect_uri = fields.required("redirect_uri")?;
        let family = self.tokens.new_family();
        let sign_in = match self.codes.take(code, &client.id, family, now) {
            Taken::Good(sign_in) => sign_in,
            Taken::Gone => return Err(invalid_grant("The code is unknown or its time is over")),
            Taken::Reused(family) => {
                self.tokens.revoke_family(family);
                return Err(invalid_grant("The code has already been used"));
            }
        };
        if sign_in.redirect_uri != redirect_uri {
            return Err(invalid_grant("The redirect_uri is not the one of the code"));
        }
        check_verifier(&sign_in, fields.get("code_verifier"))?;
        let grant = Grant {
            client: client.id.clone(),
            player: Some(sign_in.player),
            rights: sign_in.rights,
            family,
        };
        Ok(self.answer_with_refresh(&grant, now, entropy))
    }

    fn refresh_token(
        &mut self,
        client: &Client,
        fields: &Fields,
        now: i64,
        entropy: &mut Entropy,
    ) -> Result<Value, Envelope> {
        if !client.kind.takes_codes() {
            return Err(Code::UnauthorizedClient.into());
        }
        let token = fields.required("refresh_token")?;
        let rotate = self.settings.rotate_refresh_tokens;
        match self.tokens.refresh(token, &client.id, rotate, now) {
            Refreshed::Good(grant) if rotate => Ok(self.answer_with_refresh(&grant, now, entropy)),
            Refreshed::Good(grant) => Ok(self.answer(&grant, now, entropy)),
            Refreshed::Dead => Err(invalid_grant("The refresh token is not valid")),
            Refreshed::Reused => Err(invalid_grant(
                "The refresh token has been used before: all tokens of this sign-in are revoked",
            )),
        }
    }

    fn answer(&mut self, grant: &Grant, now: i64, entropy: &mut Entropy) -> Value {
        let seconds = self.settings.access_seconds;
        let ends = now.saturating_add(seconds.saturating_mul(1_000));
        json!({
            "access_token": self.tokens.issue_access(grant, ends, entropy),
            "token_type": "Bearer",
            "expires_in": seconds,
        })
    }

    fn answer_with_refresh(&mut self, grant: &Grant, now: i64, entropy: &mut Entropy) -> Value {
        let mut body = self.answer(grant, now, entropy);
        body["refresh_token"] = self.tokens.issue_refresh(grant, now, entropy).into();
        body
    }
}

fn check_verifier(sign_in: &SignIn, verifier: Option<&str>) -> Result<(), Envelope> {
    match (&sign_in.challenge, verifier) {
        (None, None) => Ok(()),
        (Some(challenge), Some(verifier)) if pkce::matches(challenge, verifier) => Ok(()),
        (Some(_), Some(_)) => Err(invalid_grant("The code_verifier is not the code's")),
        (Some(_), None) => Err(invalid_grant("The code needs its code_verifier")),
        // RFC 9700 section 4.8.2: otherwise PKCE could be stripped on the way.
        (None, Some(_)) => Err(invalid_grant("The code was issued without a challenge")),
    }
}
