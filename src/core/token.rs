//! A token and its life.

use std::ops::Deref;
use std::rc::Rc;

use crate::core::claims;
use crate::core::error::{Error, code};
use crate::core::provider::TokenForm;
use crate::core::record::Record;
use crate::core::secret::Secret;
use crate::core::text::{concat, number};
use crate::core::value::Value;

/// The longest time before its end at which a token is renewed, in seconds.
const MARGIN: f64 = 60.0;
/// The share of its life that the margin takes at most.
const MARGIN_SHARE: f64 = 0.1;

/// A token.
///
/// Shared, since it travels far and many hold it: as it is, moving and copying it would take more
/// code than all that is done with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Token<V>(Rc<Known<V>>);

/// A token, and what is known of its life. Times are Unix seconds of the local clock.
#[derive(Debug, PartialEq)]
pub struct Known<V> {
    /// What is sent.
    pub secret: Secret,
    /// Which form it has.
    pub form: TokenForm,
    /// When it ends; `None` where only the service knows.
    pub ends: Option<f64>,
    /// When it should be renewed.
    pub renew: Option<f64>,
    /// What gives another one.
    pub refresh: Option<Secret>,
    /// What it is good for.
    pub scope: Option<String>,
    /// Its claims, where it can be read.
    pub claims: Option<V>,
    /// Whether it says when it was issued: the service judges then whether it has ended.
    pub is_dated: bool,
    /// Whether it was made for us; what was found may have been refused elsewhere.
    pub fresh: bool,
}

impl<V: Value> Token<V> {
    /// From a record. `fresh` says that it was just made for us, so that its `iat`, or the time at
    /// which it was given, tells how far off the local clock is.
    ///
    /// # Errors
    /// `invalid_token` for a text that can't be a token; `token_expired` for a fresh JWT that has
    /// ended by the local clock and has no `iat` by which the clock could be wrong.
    pub fn new(record: Record, fresh: bool, now: f64) -> Result<Self, Error<V>> {
        let text = record.access_token;
        check_text(&text)?;
        let claims = claims::read::<V>(&text);
        let form = claims
            .as_ref()
            .map_or(TokenForm::Access, |claims| claims.form);
        let (exp, iat) = claims.as_ref().map_or((None, None), |c| (c.exp, c.iat));
        // When it was made, or at least given, by a clock that may be another one than ours.
        let then = iat.or(record.given_at).filter(|_| fresh);
        let by_answer = record.expires_in.map(|life| now + life);
        let by_record = match fresh {
            true => by_answer.or(record.expires_at),
            // Nobody knows since when it has been lying there.
            false => record.expires_at.or(by_answer),
        };
        let ends = by_record.or(match (exp, then) {
            (Some(exp), Some(then)) => Some(now + (exp - then)),
            (exp, None) => exp,
            (None, _) => None,
        });
        let assumed = record.lifetime.map(|life| now + life);
        let ends = ends.or(assumed.filter(|_| fresh));
        let token = Self(Rc::new(Known {
            secret: Secret::new(text),
            form,
            ends,
            renew: ends.map(|ends| ends - f64::min(MARGIN, (ends - now) * MARGIN_SHARE)),
            refresh: record.refresh_token.map(Secret::new),
            scope: record.scope,
            claims: claims.map(|claims| claims.all),
            is_dated: iat.is_some(),
            fresh,
        }));
        if by_answer.is_none() {
            token.check(now)?;
        }
        Ok(token)
    }

    /// What calls go out with that need none.
    pub fn none() -> Self {
        Self(Rc::new(Known {
            secret: Secret::new(String::new()),
            form: TokenForm::Access,
            ends: None,
            renew: None,
            refresh: None,
            scope: None,
            claims: None,
            is_dated: false,
            fresh: true,
        }))
    }

    /// Whether it is one.
    pub fn is_there(&self) -> bool {
        !self.secret.expose().is_empty()
    }

    /// Whether it is time for another one.
    pub fn wants_renewal(&self, now: f64) -> bool {
        self.renew.is_some_and(|renew| renew <= now)
    }

    /// Whether it has ended by the local clock.
    pub fn has_ended(&self, now: f64) -> bool {
        self.ends.is_some_and(|ends| ends <= now)
    }

    /// Whether it may still be sent, where nothing brings another one.
    ///
    /// # Errors
    /// `token_expired` for one that has ended by the local clock, and has no `iat` by which the clock
    /// could be wrong.
    pub fn check(&self, now: f64) -> Result<(), Error<V>> {
        let past = self.ends.filter(|ends| *ends <= now);
        match past.filter(|_| !self.is_dated) {
            Some(ends) => Err(ended(ends, now)),
            None => Ok(()),
        }
    }
}

impl<V> Deref for Token<V> {
    type Target = Known<V>;

    fn deref(&self) -> &Known<V> {
        &self.0
    }
}

fn check_text<V>(text: &str) -> Result<(), Error<V>> {
    if text.is_empty() {
        return Err(Error::auth(code::INVALID_TOKEN, "the token is empty"));
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Error::auth(
            code::INVALID_TOKEN,
            "the token holds white space or other characters that no token has (is it an error page?)",
        ));
    }
    Ok(())
}

fn ended<V>(ends: f64, now: f64) -> Error<V> {
    Error::auth(
        code::TOKEN_EXPIRED,
        concat(&[
            "the token ended ",
            &number((now - ends) as u64),
            " seconds ago by this machine's clock; mint a new one, or give it an `iat` claim if the clock may be wrong",
        ]),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value as Json, json};

    const NOW: f64 = 1_800_000_000.0;

    fn jwt(claims: Json) -> String {
        use base64::Engine;
        let payload = base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(claims.to_string());
        format!("client:e30.{payload}.sig")
    }

    fn token(text: String) -> Result<Token<Json>, Error<Json>> {
        Token::new(Record::bare(text), true, NOW)
    }

    #[test]
    fn lives_by_expires_in_before_all_else() {
        let record = Record {
            expires_in: Some(100.0),
            ..Record::bare(jwt(json!({"exp": NOW - 500.0})))
        };
        let token = Token::<Json>::new(record, true, NOW).unwrap();
        assert_eq!(token.ends, Some(NOW + 100.0));
        assert_eq!(token.renew, Some(NOW + 90.0));
    }

    #[test]
    fn a_stored_one_lives_by_expires_at() {
        let record = Record {
            expires_in: Some(100.0),
            expires_at: Some(NOW + 50.0),
            ..Record::bare("opaque".into())
        };
        let token = Token::<Json>::new(record, false, NOW).unwrap();
        assert_eq!(token.ends, Some(NOW + 50.0));
    }

    #[test]
    fn learns_the_clocks_offset_from_iat() {
        for offset in [-600.0, 0.0, 600.0] {
            let iat = NOW + offset;
            let token = token(jwt(json!({"iat": iat, "exp": iat + 3600.0}))).unwrap();
            assert_eq!(token.ends, Some(NOW + 3600.0));
            assert_eq!(token.renew, Some(NOW + 3540.0));
            assert!(!token.wants_renewal(NOW));
        }
    }

    #[test]
    fn or_from_the_time_at_which_it_was_given() {
        for offset in [-600.0, 600.0] {
            let record = Record {
                given_at: Some(NOW + offset),
                ..Record::bare(jwt(json!({"exp": NOW + offset + 100.0})))
            };
            let token = Token::<Json>::new(record, true, NOW).unwrap();
            assert_eq!(token.ends, Some(NOW + 100.0));
        }
    }

    #[test]
    fn sends_an_ended_one_with_iat_and_refuses_one_without() {
        let iat = NOW - 7200.0;
        let stored = Record::bare(jwt(json!({"iat": iat, "exp": iat + 3600.0})));
        let old = Token::<Json>::new(stored, false, NOW).unwrap();
        assert!(old.has_ended(NOW));
        let refused = token(jwt(json!({"exp": NOW - 1.0}))).unwrap_err();
        assert_eq!(refused.code, code::TOKEN_EXPIRED);
        assert!(refused.message.contains("clock"));
    }

    #[test]
    fn an_opaque_one_without_a_word_lives_until_refused() {
        let token = token("b3BhcXVl".into()).unwrap();
        assert_eq!((token.form, token.ends), (TokenForm::Access, None));
        assert!(!token.wants_renewal(f64::MAX));
    }

    #[test]
    fn a_default_life_counts_where_nothing_else_does() {
        let token = |text: String, expires_in| {
            let record = Record {
                expires_in,
                lifetime: Some(600.0),
                ..Record::bare(text)
            };
            Token::<Json>::new(record, true, NOW).unwrap().ends
        };
        assert_eq!(token("opaque".into(), None), Some(NOW + 600.0));
        assert_eq!(token("opaque".into(), Some(60.0)), Some(NOW + 60.0));
        let exp = jwt(json!({"exp": NOW + 100.0}));
        assert_eq!(token(exp, None), Some(NOW + 100.0));
    }

    #[test]
    fn refuses_what_no_token_is() {
        for bad in ["", "<html> </html>", "a\nb", "tökén"] {
            let refused = token(bad.into()).unwrap_err();
            assert_eq!(refused.code, code::INVALID_TOKEN);
        }
    }
}
