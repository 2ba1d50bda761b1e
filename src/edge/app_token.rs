//! The app's own token, by client credentials, as the requests of one isolate share it.

use std::cell::RefCell;

use super::credentials::Credentials;
use super::grants;
use crate::core::error::Error;
use crate::core::host::Host;
use crate::core::lease::Lease;
use crate::core::provider::Place;
use crate::core::secret::Secret;
use crate::core::settings::Settings;
use crate::core::token::Token;
use crate::core::value::Value;

/// The token at hand, if there is one, and who is getting another one.
pub struct AppToken<V> {
    token: RefCell<Option<Token<V>>>,
    lease: Lease<Result<Token<V>, Error<V>>>,
}

impl<V: Clone> Default for AppToken<V> {
    fn default() -> Self {
        Self {
            token: RefCell::default(),
            lease: Lease::default(),
        }
    }
}

impl<V: Value> AppToken<V> {
    /// The token at hand while it is good, else another one.
    ///
    /// # Errors
    /// What the service refused, and what the network did.
    pub async fn get<H: Host<Value = V>>(
        &self,
        host: &H,
        settings: &Settings,
        place: Place,
        credentials: &Credentials,
    ) -> Result<Token<V>, Error<V>> {
        let at_hand = self.token.borrow().clone();
        if let Some(token) = at_hand
            .clone()
            .filter(|token| !token.wants_renewal(host.now()))
        {
            return Ok(token);
        }
        let ask = async {
            let request = grants::client_credentials(settings, place, credentials);
            let secrets = [&credentials.client_secret];
            let token = grants::ask(host, settings, &request, &secrets).await?;
            *self.token.borrow_mut() = Some(token.clone());
            Ok(token)
        };
        let renewed = self.lease.run(host, ask).await;
        match (renewed, at_hand) {
            (Err(_), Some(token)) if !token.has_ended(host.now()) => Ok(token),
            (renewed, _) => renewed,
        }
    }

    /// The service takes that token no more.
    pub fn refuse(&self, refused: &Secret) {
        let mut token = self.token.borrow_mut();
        if token.as_ref().is_some_and(|token| token.secret == *refused) {
            *token = None;
        }
    }
}
