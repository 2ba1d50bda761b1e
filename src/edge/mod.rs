//! What needs a client secret: minting and verifying players' tokens, and the drop-in handler.
//!
//! Behind feature `edge`, so that nothing of it is in what a browser loads.

pub mod admin;
pub mod app;
mod claims;
pub mod credentials;
pub mod grants;
pub mod handler;
pub mod hs256;
pub mod mint;
pub mod minter;
pub mod players;
pub mod shelf;
pub mod verify;
pub mod webhook;

use crate::core::error::Error;
use hs256::Key;

/// Who mints: the app's client at the service, its key prepared.
#[derive(Clone)]
pub struct Issuer {
    client_id: String,
    key: Key,
}

impl Issuer {
    /// From the client's id, which stands in front of the token, and its secret, whose text is the
    /// key.
    ///
    /// # Errors
    /// `invalid_option` for an empty secret, and for an id that is empty or holds a colon.
    pub fn new<V>(client_id: &str, client_secret: &str) -> Result<Self, Error<V>> {
        Self::check(client_id, client_secret)?;
        Ok(Self {
            client_id: client_id.to_owned(),
            key: Key::new(client_secret),
        })
    }

    /// Whether a client can have these.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn check<V>(client_id: &str, client_secret: &str) -> Result<(), Error<V>> {
        if client_id.is_empty() || client_id.contains(':') {
            return Err(Error::option(
                "clientId",
                "the client's id, which isn't empty and holds no colon",
            ));
        }
        if client_secret.is_empty() {
            return Err(Error::option(
                "clientSecret",
                "the client's secret, which isn't empty",
            ));
        }
        Ok(())
    }
}

impl std::fmt::Debug for Issuer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Issuer")
            .field("client_id", &self.client_id)
            .field("key", &crate::core::secret::REDACTED)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_the_secret() {
        let issuer = Issuer::new::<()>("app", "not-a-real-secret").unwrap();
        let shown = format!("{issuer:?}");
        assert!(
            shown.contains("app") && !shown.contains("not-a-real"),
            "{shown}"
        );
    }

    #[test]
    fn refuses_what_no_issuer_is() {
        for (client_id, client_secret) in [("", "s"), ("a:b", "s"), ("a", "")] {
            let issuer = Issuer::new::<()>(client_id, client_secret);
            assert!(issuer.is_err(), "{client_id} {client_secret}");
        }
    }
}
