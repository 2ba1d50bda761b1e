//! Players' JWTs: `client_id:jws`, HS256 with the client's secret.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::clients::{Client, Right};
use crate::jws;

/// A JWT that was found good.
#[derive(Debug)]
pub struct Verified {
    /// The client that signed it.
    pub client: String,
    /// The player it is for.
    pub player: String,
    /// What it may be used for.
    pub rights: Vec<Right>,
}

/// Checks a JWT. The error says in words what was wrong with it.
pub fn check(
    text: &str,
    clients: &BTreeMap<String, Client>,
    ended: &Ended,
    now_ms: i64,
) -> Result<Verified, String> {
    let (client_id, jws) = text
        .split_once(':')
        .ok_or("The JWT must be the client id, a colon and the token")?;
    let (client, secret) = clients
        .get(client_id)
        .filter(|c| c.kind.signs_jwts())
        .and_then(|c| c.secret.as_deref().map(|s| (c, s)))
        .ok_or_else(|| format!("'{client_id}' is not a client that signs JWTs"))?;
    let claims = jws::verify(jws, secret)?;

    let exp = claims["exp"]
        .as_i64()
        .ok_or("The JWT has no exp, or one that is no whole number")?;
    if exp <= now_ms.div_euclid(1_000) {
        return Err("The JWT has expired".to_owned());
    }
    let player = claims["player_id"]
        .as_str()
        .filter(|p| !p.is_empty())
        .ok_or("The JWT has no player_id")?
        .to_owned();
    let iat = match &claims["iat"] {
        Value::Null => None,
        iat => Some(iat.as_i64().ok_or("The JWT's iat is no whole number")?),
    };
    if let Some(why) = ended.find(text, client_id, &player, iat) {
        return Err(why.to_owned());
    }
    Ok(Verified {
        client: client_id.to_owned(),
        player,
        rights: rights(client, &claims["scopes"])?,
    })
}

/// No scopes: what the client may do for a player. Otherwise what is in both.
fn rights(client: &Client, scopes: &Value) -> Result<Vec<Right>, String> {
    let granted = client.player_rights();
    let scopes = match scopes {
        Value::Null => return Ok(granted),
        Value::Array(scopes) if scopes.is_empty() => return Ok(granted),
        Value::Array(scopes) => scopes,
        _ => return Err("The JWT's scopes are no array".to_owned()),
    };
    let asked: Vec<Right> = scopes
        .iter()
        .filter_map(|s| s.as_str().and_then(Right::of_scope))
        .collect();
    Ok(granted.into_iter().filter(|r| asked.contains(r)).collect())
}

/// Which JWTs no longer count, by what the control routes were told.
#[derive(Debug, Default)]
pub struct Ended {
    texts: BTreeSet<String>,
    cutoffs: Vec<Cutoff>,
}

/// Those of this client and player that were issued up to then.
#[derive(Debug)]
struct Cutoff {
    client: Option<String>,
    player: Option<String>,
    iat: i64,
    why: &'static str,
}

impl Ended {
    /// Ends this JWT.
    pub fn end_text(&mut self, text: &str) {
        self.texts.insert(text.to_owned());
    }

    /// Ends all of this client and player (`None`: of any) whose `iat` isn't
    /// after that second. `why` is what their callers are told.
    pub fn end_issued(
        &mut self,
        client: Option<&str>,
        player: Option<&str>,
        iat: i64,
        why: &'static str,
    ) {
        self.cutoffs.push(Cutoff {
            client: client.map(str::to_owned),
            player: player.map(str::to_owned),
            iat,
            why,
        });
    }

    fn find(
        &self,
        text: &str,
        client: &str,
        player: &str,
        iat: Option<i64>,
    ) -> Option<&'static str> {
        if self.texts.contains(text) {
            return Some("The JWT has been revoked");
        }
        let same = |wanted: &Option<String>, is: &str| wanted.as_deref().is_none_or(|w| w == is);
        self.cutoffs
            .iter()
            .find(|c| {
                same(&c.client, client)
                    && same(&c.player, player)
                    // Without iat nobody knows when it was issued: such a JWT
                    // is ended by its text only.
                    && iat.is_some_and(|iat| iat <= c.iat)
            })
            .map(|c| c.why)
    }
}

/// Signs claims as a JWT of that client. The sandbox itself gives out none:
/// this is for tests.
pub fn sign(client_id: &str, secret: &str, claims: &Value) -> Option<String> {
    Some(format!("{client_id}:{}", jws::sign(secret, claims)?))
}

/// The same with a header of one's own.
pub fn sign_with(header: &str, client_id: &str, secret: &str, claims: &Value) -> Option<String> {
    let jws = jws::sign_with(header, secret, claims)?;
    Some(format!("{client_id}:{jws}"))
}
