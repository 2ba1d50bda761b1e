//! The token of an app that acts by itself: asked for with its credentials, or through a broker
//! that asks for all isolates.

use std::rc::Rc;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::credentials::Credentials;
use super::grants;
use crate::core::client::Client;
use crate::core::error::Error;
use crate::core::event::Reason;
use crate::core::grant::{self, form_request};
use crate::core::host::{Host, Need};
use crate::core::method::Method;
use crate::core::provider::Place;
use crate::core::record::Record;
use crate::core::request::Request;
use crate::core::retry::Retry;
use crate::core::retry_after::retry_after;
use crate::core::secret::Secret;
use crate::core::settings::Settings;
use crate::core::token::Token;

/// Where a broker is: nowhere on the network. The host's way to it knows it by name.
const BROKER: &str = "https://token-broker.internal/";

/// Whom an app asks for its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Through {
    /// The service itself.
    TokenEndpoint,
    /// A broker, which asks the service once for all isolates.
    Broker,
}

/// How an app gets its token.
#[derive(Clone, Debug)]
pub struct App {
    /// What it shows.
    pub credentials: Credentials,
    /// Whom it asks.
    pub through: Through,
    settings: Settings,
    /// Asking the service as the app may be done twice.
    retry: Retry,
}

impl App {
    /// From the settings of its client.
    pub fn new(settings: Settings, credentials: Credentials, through: Through) -> Self {
        let retry = Retry {
            methods: vec![Method::Post],
            ..settings.retry.clone()
        };
        Self {
            credentials,
            through,
            settings,
            retry,
        }
    }

    /// The request that gives a token.
    pub fn request<V>(&self, place: Place, need: Need<'_>) -> Request<V> {
        match self.through {
            Through::TokenEndpoint => {
                grants::client_credentials(&self.settings, place, &self.credentials)
            }
            Through::Broker => {
                let mut fields = vec![("reason", need.reason.as_str())];
                if let Some(refused) = need.refused {
                    fields.push(("refused", refused.expose()));
                }
                let name = Sha256::digest(&self.settings.token_key);
                let url = format!("{BROKER}{}", BASE64_URL_SAFE_NO_PAD.encode(name));
                form_request(url, place, &fields)
            }
        }
    }

    /// Sends that request until there is a token, as far as that may help.
    ///
    /// # Errors
    /// What the service refused, and what the network did; without a trace of the secret.
    pub async fn ask<H: Host>(
        &self,
        host: &H,
        request: &Request<H::Value>,
        send: impl AsyncFn(&Request<H::Value>) -> Result<H::Answer, H::Value>,
    ) -> Result<Record, Error<H::Value>> {
        let mut retried = 0;
        loop {
            let error = match send(request).await {
                Ok(answer) => {
                    let after = retry_after(host, &answer);
                    match grant::record(host, answer).await {
                        Ok(record) => return Ok(record),
                        Err(mut error) => {
                            error.retry_after = after;
                            error
                        }
                    }
                }
                Err(cause) => self.not_reached(cause),
            };
            let delay = self
                .retry
                .wait(Method::Post, &error, retried, host.random());
            // A broker has tried it already.
            let is_final = self.through == Through::Broker && error.status.is_some();
            let Some(delay) = delay.filter(|_| !is_final) else {
                return Err(grants::scrubbed(error, &[&self.credentials.client_secret]));
            };
            retried += 1;
            host.sleep(delay).await;
        }
    }

    fn not_reached<V>(&self, cause: V) -> Error<V> {
        match self.through {
            Through::TokenEndpoint => grant::not_reached(cause),
            Through::Broker => Error::network("the token broker wasn't reached".to_owned(), cause),
        }
    }
}

/// The token that a broker has for all isolates, or another one.
///
/// # Errors
/// What the service refused, and what the network did.
pub async fn brokered<H: Host>(
    client: &Rc<Client<H>>,
    wanted: &Wanted,
) -> Result<Token<H::Value>, Error<H::Value>> {
    let session = client.session(None);
    if wanted.renewed {
        return client.renew(&session, Reason::Requested).await;
    }
    if let Some(refused) = &wanted.refused {
        session.refuse(refused);
    }
    client.token(&session).await
}

/// What a broker is asked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Whether another token than the one at hand is wanted, whatever it is.
    pub renewed: bool,
    /// One that the service refused.
    pub refused: Option<Secret>,
}
