//! Minting a player's token: `client_id:jws`, signed with HS256.

use chrono::{DateTime, Duration};
use jwt_compact::prelude::*;
use serde::Serialize;

use super::Issuer;
use super::hs256::Hs256;
use crate::core::error::Error;

/// Seconds that a token lives unless the caller says otherwise.
pub const LIFETIME: f64 = 3600.0;
/// The longest life, in seconds, without a loud word: a token can't be taken back.
const LONGEST: f64 = 24.0 * 3600.0;
/// The longest life with it: a hundred years.
const LONGEST_OF_ALL: f64 = 100.0 * 365.0 * 24.0 * 3600.0;

/// The scopes that the service is known to know.
const SCOPES: [&str; 2] = ["player.runtime.read", "player.runtime.write"];

/// For whom, for what and for how long.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The player.
    pub player_id: String,
    /// What the player may do; none means what the client may.
    pub scopes: Vec<String>,
    /// Seconds that the token lives.
    pub expires_in: f64,
    /// Whether it may live longer than a day.
    pub allow_long_lifetime: bool,
}

impl Grant {
    /// Scopes of which nobody knows whether the service knows them: perhaps they are mistyped.
    pub fn unknown_scopes(&self) -> impl Iterator<Item = &str> {
        let scopes = self.scopes.iter().map(String::as_str);
        scopes.filter(|scope| !SCOPES.contains(scope))
    }

    fn check<V>(&self) -> Result<Duration, Error<V>> {
        if self.player_id.is_empty() {
            return Err(Error::option(
                "playerId",
                "the player's id, which isn't empty",
            ));
        }
        let seconds = self.expires_in;
        let positive = (1.0..=LONGEST_OF_ALL).contains(&seconds);
        if !positive {
            return Err(Error::option(
                "expiresIn",
                "a number of seconds, at least 1 and less than a hundred years",
            ));
        }
        if seconds > LONGEST && !self.allow_long_lifetime {
            return Err(Error::option(
                "expiresIn",
                "at most 86400 seconds (24 hours), since a token can't be taken back; `allowLongLifetime: true` lifts that",
            ));
        }
        Ok(Duration::seconds(seconds as i64))
    }
}

#[derive(Serialize)]
struct Player<'a> {
    player_id: &'a str,
    scopes: &'a [String],
}

/// The token. `now` is Unix time in seconds.
///
/// # Errors
/// `invalid_option` for what can't be minted.
pub fn mint<V>(issuer: &Issuer, grant: &Grant, now: f64) -> Result<String, Error<V>> {
    let lifetime = grant.check()?;
    let issued = DateTime::from_timestamp(now as i64, 0)
        .ok_or_else(|| Error::option("now", "a time that a clock can show"))?;
    let times = TimeOptions::new(Duration::zero(), || issued);
    let claims = Claims::new(Player {
        player_id: &grant.player_id,
        scopes: &grant.scopes,
    })
    .set_duration_and_issuance(&times, lifetime);
    let header = Header::empty().with_token_type("JWT");
    let jws = Hs256
        .token(&header, &claims, &issuer.key)
        .map_err(|_| Error::option("playerId", "text that JSON can hold"))?;
    Ok(format!("{}:{jws}", issuer.client_id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use serde_json::{Value as Json, json};

    const NOW: f64 = 1_800_000_000.75;

    fn issuer() -> Issuer {
        Issuer::new::<()>("app", "not-a-real-secret").unwrap()
    }

    fn grant(expires_in: f64) -> Grant {
        Grant {
            player_id: "johny".into(),
            scopes: vec!["player.runtime.read".into()],
            expires_in,
            allow_long_lifetime: false,
        }
    }

    fn part(token: &str, index: usize) -> Json {
        let jws = token.strip_prefix("app:").unwrap();
        let text = jws.split('.').nth(index).unwrap();
        let bytes = base64::prelude::BASE64_URL_SAFE_NO_PAD
            .decode(text)
            .unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    #[test]
    fn mints_what_the_service_reads() {
        let token = mint::<()>(&issuer(), &grant(3600.0), NOW).unwrap();
        assert_eq!(part(&token, 0), json!({"alg": "HS256", "typ": "JWT"}));
        assert_eq!(
            part(&token, 1),
            json!({
                "player_id": "johny",
                "scopes": ["player.runtime.read"],
                "iat": 1_800_000_000,
                "exp": 1_800_003_600,
            })
        );
    }

    #[test]
    fn names_scopes_that_nobody_knows() {
        let mut mistyped = grant(60.0);
        mistyped.scopes.push("player.runtime.reed".into());
        let unknown: Vec<_> = mistyped.unknown_scopes().collect();
        assert_eq!(unknown, ["player.runtime.reed"]);
        assert!(mint::<()>(&issuer(), &mistyped, NOW).is_ok());
    }

    #[test]
    fn refuses_lives_that_make_no_sense() {
        for bad in [0.0, -1.0, 0.5, f64::NAN, f64::INFINITY, 1e300, 86_401.0] {
            let error = mint::<()>(&issuer(), &grant(bad), NOW).unwrap_err();
            assert!(error.message.contains("expiresIn"), "{bad}");
        }
        let mut long = grant(86_401.0);
        long.allow_long_lifetime = true;
        assert!(mint::<()>(&issuer(), &long, NOW).is_ok());
    }
}
