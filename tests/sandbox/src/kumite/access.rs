//! Whose call it is, and the token endpoint.

use serde_json::{Value, json};

use super::failure::Failure;
use super::settings::Manner;
use super::{Kumite, query};
use crate::http::Request;
use crate::ids::Entropy;
use crate::jws;
use crate::oauth::tokens::{Dead, Grant, Scope};

/// What all tokens are signed by.
pub const SIGNING_KEY: &str = "kumite-sandbox-signing-key-not-a-real-secret";
const ISSUER: &str = "https://unsafe.oauth2.kumite/api/v1/oauth2";
const AUDIENCE: &str = "Kumite-Server";
/// How long a refresh token lives.
const REFRESH_SECONDS: i64 = 365 * 86_400;

/// There are no scopes.
#[derive(Clone, Debug)]
pub enum NoScope {}

impl Scope for NoScope {
    fn scope(&self) -> &str {
        match *self {}
    }
}

/// Who calls.
#[derive(Debug)]
pub struct Caller {
    /// The account.
    pub account: String,
    /// The players of a refresh token; with an access token there are none.
    players: Option<Vec<String>>,
    family: u64,
}

impl Kumite {
    /// Finds and checks the token of a call. A refresh token opens the ordinary
    /// routes as well.
    pub fn caller(&self, request: &Request, now: i64) -> Result<Caller, Failure> {
        let (scheme, text) = request.authorization().ok_or(Failure::NoToken)?;
        if !scheme.eq_ignore_ascii_case(self.settings.manner.scheme()) {
            return Err(Failure::NoToken);
        }
        let (grant, players) = match self.tokens.check(text, now) {
            Ok(grant) => (grant, None),
            Err(Dead::Unknown) => {
                let grant = self.tokens.check_refresh(text, now);
                (grant.map_err(Failure::DeadToken)?, Some(players_in(text)))
            }
            Err(dead) => return Err(Failure::DeadToken(dead)),
        };
        Ok(Caller {
            account: grant.client.clone(),
            players,
            family: grant.family,
        })
    }

    /// Answers `GET /api/v1/oauth2/token`.
    pub fn token_endpoint(
        &mut self,
        request: &Request,
        caller: &Caller,
        now: i64,
        entropy: &mut Entropy,
    ) -> Result<Value, Failure> {
        // The real server looks for the claim before it looks at anything else.
        let players = caller
            .players
            .as_ref()
            .ok_or_else(|| Failure::internal("The token has no playerIds"))?;
        let query = request.query();
        let player = match self.settings.manner {
            Manner::Server => query::uuid(&query, "player_id")?,
            Manner::Page if query.get("refresh_token") != Some("true") => {
                return Err(Failure::argument("`refresh_token` must be true"));
            }
            Manner::Page => match query::optional_uuid(&query, "player_id")? {
                Some(player) => player,
                None => players
                    .first()
                    .cloned()
                    .ok_or_else(|| Failure::argument("The token is for no player"))?,
            },
        };
        if !players.contains(&player) {
            return Err(Failure::internal(format!(
                "playerId={player} is not in {players:?}"
            )));
        }
        Ok(self.give_access_token(caller, &player, now, entropy))
    }

    fn give_access_token(
        &mut self,
        caller: &Caller,
        player: &str,
        now: i64,
        entropy: &mut Entropy,
    ) -> Value {
        let seconds = self.settings.access_seconds;
        let mut claims = claims(&caller.account, now, seconds, entropy);
        claims["refresh_token"] = false.into();
        claims["playerId"] = player.into();
        let text = signed(&claims);
        let grant = Grant {
            client: caller.account.clone(),
            player: Some(player.to_owned()),
            rights: Vec::new(),
            family: caller.family,
        };
        let ends = now.saturating_add(seconds.saturating_mul(1_000));
        self.tokens.keep_access(&text, &grant, ends);
        json!({
            "access_token": text,
            "player_id": player,
            "token_type": "Bearer",
            "expires_in": seconds,
        })
    }

    /// Gives out a refresh token, as the page for people does.
    pub fn give_refresh_token(
        &mut self,
        account: &str,
        players: &[String],
        now: i64,
        entropy: &mut Entropy,
    ) -> String {
        let mut claims = claims(account, now, REFRESH_SECONDS, entropy);
        claims["refresh_token"] = true.into();
        claims["playerIds"] = players.into();
        let text = signed(&claims);
        let grant = Grant {
            client: account.to_owned(),
            player: None,
            rights: Vec::new(),
            family: self.tokens.new_family(),
        };
        let ends = now.saturating_add(REFRESH_SECONDS * 1_000);
        self.tokens.keep_refresh(&text, &grant, ends);
        text
    }
}

fn claims(account: &str, now: i64, seconds: i64, entropy: &mut Entropy) -> Value {
    let second = now.div_euclid(1_000);
    json!({
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": account,
        "jti": entropy.uuid(),
        "iat": second,
        "nbf": second,
        "exp": second.saturating_add(seconds),
    })
}

/// HMAC takes a key of any length: signing by this one can't fail.
fn signed(claims: &Value) -> String {
    jws::sign(SIGNING_KEY, claims).unwrap_or_default()
}

/// The players that a refresh token names.
fn players_in(token: &str) -> Vec<String> {
    let claims = jws::verify(token, SIGNING_KEY).unwrap_or_default();
    let players = claims["playerIds"].as_array().into_iter().flatten();
    players
        .filter_map(|p| p.as_str().map(str::to_owned))
        .collect()
}
