//! Minting a player's token: `client_id:jws`, signed with HS256.

use super::Issuer;
use super::minter::{Minter, Times};
use crate::core::error::Error;

/// Seconds that a token lives unless the caller says otherwise.
pub const LIFETIME: f64 = 3600.0;
/// The longest life, in seconds, without a loud word: a token can't be taken back.
const LONGEST: f64 = 24.0 * 3600.0;
/// The longest life with it: a hundred years.
const LONGEST_OF_ALL: f64 = 100.0 * 365.0 * 24.0 * 3600.0;

/// The last second of the year 9999.
const LAST_SECOND: f64 = 253_402_300_799.0;

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

/// Scopes of which nobody knows whether the service knows them: perhaps they are mistyped.
pub fn unknown_scopes(scopes: &[String]) -> impl Iterator<Item = &str> {
    let scopes = scopes.iter().map(String::as_str);
    scopes.filter(|scope| !SCOPES.contains(scope))
}

/// When a token begins and ends. `now` is Unix time in seconds.
///
/// # Errors
/// `invalid_option` for a life that makes no sense.
pub fn times<V>(expires_in: f64, allow_long_lifetime: bool, now: f64) -> Result<Times, Error<V>> {
    let positive = (1.0..=LONGEST_OF_ALL).contains(&expires_in);
    if !positive {
        return Err(Error::option(
            "expiresIn",
            "a number of seconds, at least 1 and less than a hundred years",
        ));
    }
    if expires_in > LONGEST && !allow_long_lifetime {
        return Err(Error::option(
            "expiresIn",
            "at most 86400 seconds (24 hours), since a token can't be taken back; `allowLongLifetime: true` lifts that",
        ));
    }
    if !(0.0..=LAST_SECOND).contains(&now) {
        return Err(Error::option("now", "a time that a clock can show"));
    }
    let issued_at = now as i64;
    Ok(Times {
        issued_at,
        expires_at: issued_at + expires_in as i64,
    })
}

/// The token. `now` is Unix time in seconds.
///
/// # Errors
/// `invalid_option` for what can't be minted.
pub fn mint<V>(issuer: &Issuer, grant: &Grant, now: f64) -> Result<String, Error<V>> {
    if grant.player_id.is_empty() {
        return Err(Error::option(
            "playerId",
            "the player's id, which isn't empty",
        ));
    }
    let times = times(grant.expires_in, grant.allow_long_lifetime, now)?;
    let mut minter = Minter::new(issuer.clone(), &grant.scopes);
    let token = minter.mint(&grant.player_id, times).to_vec();
    Ok(String::from_utf8(token).unwrap_or_else(|_| unreachable!()))
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
        let unknown: Vec<_> = unknown_scopes(&mistyped.scopes).collect();
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

    #[test]
    fn refuses_times_that_no_clock_shows() {
        for now in [f64::NAN, f64::INFINITY, -1.0, 1e300] {
            let error = mint::<()>(&issuer(), &grant(60.0), now).unwrap_err();
            assert!(error.message.contains("now"), "{now}");
        }
    }
}
