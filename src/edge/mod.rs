//! What needs a client secret: minting and verifying players' tokens, and the drop-in handler.
//!
//! Behind feature `edge`, so that nothing of it is in what a browser loads.

pub mod handler;
pub mod mint;
pub mod verify;

use crate::core::error::Error;

/// Who mints: the app's client at the service.
#[derive(Clone)]
pub struct Issuer {
    /// The client's id; it stands in front of the token.
    pub client_id: String,
    /// The client's secret; its text is the key.
    pub client_secret: String,
}

impl Issuer {
    /// Checks that tokens can be made with it.
    ///
    /// # Errors
    /// `invalid_option` for an empty secret, and for an id that is empty or holds a colon.
    pub fn check<V>(&self) -> Result<(), Error<V>> {
        if self.client_id.is_empty() || self.client_id.contains(':') {
            return Err(Error::option(
                "clientId",
                "the client's id, which isn't empty and holds no colon",
            ));
        }
        if self.client_secret.is_empty() {
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
            .field("client_secret", &crate::core::secret::REDACTED)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_the_secret() {
        let issuer = Issuer {
            client_id: "app".into(),
            client_secret: "not-a-real-secret".into(),
        };
        let shown = format!("{issuer:?}");
        assert!(
            shown.contains("app") && !shown.contains("not-a-real"),
            "{shown}"
        );
    }

    #[test]
    fn refuses_what_no_issuer_is() {
        for (client_id, client_secret) in [("", "s"), ("a:b", "s"), ("a", "")] {
            let issuer = Issuer {
                client_id: client_id.into(),
                client_secret: client_secret.into(),
            };
            assert!(issuer.check::<()>().is_err(), "{issuer:?}");
        }
    }
}
