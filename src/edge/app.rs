//! The token of an app that acts by itself: asked for with its credentials, or through a broker
//! that asks for all isolates.

use std::cell::Cell;
use std::rc::Rc;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::credentials::Credentials;
use super::grants;
use crate::core::client::Client;
use crate::core::error::{Error, Kind};
use crate::core::event::Reason;
use crate::core::grant::{self, Giver, form_request};
use crate::core::host::{Answer, Host, Need};
use crate::core::method::Method;
use crate::core::percent::encode;
use crate::core::provider::Place;
use crate::core::provider::errors::{Decoder, OURS};
use crate::core::provider::token_request::GrantKind;
use crate::core::record::Record;
use crate::core::request::Request;
use crate::core::retry::Retry;
use crate::core::retry_after::retry_after;
use crate::core::secret::Secret;
use crate::core::settings::Settings;
use crate::core::text::concat;
use crate::core::token::Token;
use crate::core::tree::Tree;
use crate::core::value::Value;

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
    /// The number of the provider's scheme that the service wants tokens with.
    scheme: Rc<Cell<usize>>,
}

impl App {
    /// From the settings of its client, and what its clients have in common of the provider's schemes.
    pub fn new(
        settings: Settings,
        credentials: Credentials,
        through: Through,
        scheme: Rc<Cell<usize>>,
    ) -> Self {
        let retry = Retry {
            methods: vec![Method::Post],
            ..settings.retry.clone()
        };
        Self {
            credentials,
            through,
            settings,
            retry,
            scheme,
        }
    }

    /// The request that gives a token.
    ///
    /// # Errors
    /// `invalid_option` where it isn't said whose token it is to be.
    pub fn request<V>(&self, place: Place, need: Need<'_>) -> Result<Request<V>, Error<V>> {
        match self.through {
            Through::TokenEndpoint => grants::own_token(
                &self.settings,
                place,
                &self.credentials,
                need.player_id,
                self.scheme.get(),
            ),
            Through::Broker => {
                let mut fields = vec![("reason", need.reason.as_str())];
                if let Some(refused) = need.refused {
                    fields.push(("refused", refused.expose()));
                }
                let mut whose = self.settings.token_key.clone();
                if let Some(player) = need.player_id {
                    fields.push(("player", player));
                    whose = concat(&[&whose, " ", &encode(player)]);
                }
                let name = Sha256::digest(whose);
                let url = format!("{BROKER}{}", BASE64_URL_SAFE_NO_PAD.encode(name));
                Ok(form_request(url, place, &fields))
            }
        }
    }

    /// Asks for a token until there is one, as far as that may help.
    ///
    /// # Errors
    /// What the service refused, and what the network did; without a trace of the secret.
    pub async fn ask<H: Host>(
        &self,
        host: &H,
        need: Need<'_>,
        send: impl AsyncFn(&Request<H::Value>) -> Result<H::Answer, H::Value>,
    ) -> Result<Record, Error<H::Value>> {
        let mut retried = 0;
        let mut other_scheme = false;
        loop {
            let request = self.request(host.place(), need)?;
            let mut is_final = false;
            let error = match send(&request).await {
                Ok(answer) if !other_scheme && self.is_asked_otherwise(&answer) => {
                    other_scheme = true;
                    continue;
                }
                Ok(answer) => {
                    // A broker has tried it already.
                    is_final = self.through == Through::Broker;
                    let after = retry_after(host, &answer);
                    match self.read(host, answer).await {
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
            let Some(delay) = delay.filter(|_| !is_final) else {
                return Err(grants::scrubbed(error, &[&self.credentials.secret]));
            };
            retried += 1;
            host.sleep(delay).await;
        }
    }

    /// Whether the service wants to be asked by another of the provider's schemes; it is, from now on.
    fn is_asked_otherwise<A: Answer>(&self, answer: &A) -> bool {
        let app = &self.settings.provider.token_request.app;
        let shows_token =
            self.through == Through::TokenEndpoint && app.kind == GrantKind::RefreshToken;
        if !shows_token || answer.status() != 401 {
            return false;
        }
        let challenge = answer.header("www-authenticate").unwrap_or_default();
        let placement = &self.settings.provider.placement;
        let other = placement.asked_for(&challenge, self.scheme.get());
        other.inspect(|other| self.scheme.set(*other)).is_some()
    }

    async fn read<H: Host>(&self, host: &H, answer: H::Answer) -> Result<Record, Error<H::Value>> {
        let giver = match self.through {
            Through::TokenEndpoint => Giver::of(&self.settings.provider),
            Through::Broker if answer.status() >= 400 => return Err(passed_on(answer).await),
            Through::Broker => Giver::OURS,
        };
        grant::record(host, giver, answer).await
    }

    fn not_reached<V>(&self, cause: V) -> Error<V> {
        match self.through {
            Through::TokenEndpoint => grant::not_reached(cause),
            Through::Broker => Error::network("the token broker wasn't reached".to_owned(), cause),
        }
    }
}

/// What a broker tells of an error: it is as if the service had been asked from here. Where it isn't the broker that
/// answers, or an older one, its status has to do.
async fn passed_on<A: Answer<Value: Tree>>(answer: A) -> Error<A::Value> {
    let status = answer.status();
    let body = match answer.text().await {
        Ok(text) => A::Value::parse(&text),
        Err(cause) => return grant::broke_off(cause),
    };
    let mut error = grant::refused(status, Decoder::first(OURS, body.as_ref()));
    let told = |name: &str| body.as_ref().and_then(|body| body.get(name));
    if let Some(retryable) = told("retryable") {
        error.kind = match told("name").and_then(|name| name.as_text()).as_deref() {
            Some("ConfigError") => Kind::Config,
            Some("NetworkError") => Kind::Network,
            Some("TimeoutError") => Kind::Timeout,
            _ => Kind::Auth,
        };
        let status = told("status").and_then(|status| status.as_number());
        error.status = status.map(|status| status as u16);
        error.retryable = retryable.is_true();
    }
    error
}

/// The token that a broker has for all isolates, or another one.
///
/// # Errors
/// What the service refused, and what the network did.
pub async fn brokered<H: Host>(
    client: &Rc<Client<H>>,
    wanted: &Wanted,
) -> Result<Token<H::Value>, Error<H::Value>> {
    let player = wanted.player.as_deref();
    client.check_player(player)?;
    let session = client.session(player);
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
    /// Whose token is wanted, where every player has one.
    pub player: Option<String>,
}
