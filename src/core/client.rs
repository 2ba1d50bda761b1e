//! One client: its settings and its token.

use std::cell::RefCell;
use std::rc::Rc;

use crate::core::deadline::{Limit, within};
use crate::core::error::{Error, code};
use crate::core::given;
use crate::core::host::{Host, Reason};
use crate::core::lease::Lease;
use crate::core::provider::Place;
use crate::core::secret::Secret;
use crate::core::settings::{Settings, TokenSource};
use crate::core::shared::{Shared, WeakShared};
use crate::core::text::concat;
use crate::core::token::Token;
use crate::core::value::Value;

type Renewed<V> = Result<Token<V>, Error<V>>;

/// Settings, the token at hand, and the renewal under way.
pub struct Client<H: Host> {
    /// The world.
    pub host: H,
    /// What it was told.
    pub settings: Settings,
    token: RefCell<Option<Token<H::Value>>>,
    /// Weak, so that a renewal for which nobody waits any more ends.
    renewal: RefCell<Option<WeakShared<Renewed<H::Value>>>>,
    /// In an edge worker, in place of it.
    lease: Lease<Renewed<H::Value>>,
}

impl<H: Host> Client<H> {
    /// A client without a token: it gets one with its first call.
    pub fn new(host: H, settings: Settings) -> Rc<Self> {
        Rc::new(Self {
            host,
            settings,
            token: RefCell::new(None),
            renewal: RefCell::new(None),
            lease: Lease::default(),
        })
    }

    /// The claims of the token at hand, where there is one that can be read.
    pub fn claims(&self) -> Option<H::Value> {
        self.token.borrow().as_ref()?.claims.clone()
    }

    /// A token to send: the one at hand while it is good, else another one.
    ///
    /// # Errors
    /// An `AuthError`, or a `TimeoutError` of the `token` callback.
    pub async fn token(self: &Rc<Self>) -> Renewed<H::Value> {
        let at_hand = self.token.borrow().clone();
        let Some(token) = at_hand else {
            return self.renew(Reason::Initial).await;
        };
        let now = self.host.now();
        if self.settings.token == TokenSource::Fixed || !token.wants_renewal(now) {
            return Ok(token);
        }
        match self.renew(Reason::Expired).await {
            Err(_) if !token.has_ended(self.host.now()) => Ok(token),
            renewed => renewed,
        }
    }

    /// Another token in place of a refused one; `None` where nothing gives another one.
    ///
    /// # Errors
    /// As [`Self::token`].
    pub async fn replace(
        self: &Rc<Self>,
        refused: &Secret,
    ) -> Result<Option<Token<H::Value>>, Error<H::Value>> {
        if self.settings.token != TokenSource::Callback {
            return Ok(None);
        }
        let at_hand = self.token.borrow().clone();
        let token = match at_hand {
            Some(token) if token.secret != *refused => token,
            _ => self.renew(Reason::Refused).await?,
        };
        Ok((token.secret != *refused).then_some(token))
    }

    /// One renewal at a time, however many calls wait for it.
    fn renew(self: &Rc<Self>, reason: Reason) -> Shared<Renewed<H::Value>> {
        let client = Rc::clone(self);
        if self.host.place() == Place::Worker {
            return Shared::new(
                async move { client.lease.run(&client.host, client.ask(reason)).await },
            );
        }
        let mut slot = self.renewal.borrow_mut();
        if let Some(running) = slot.as_ref().and_then(WeakShared::join) {
            return running;
        }
        let renewal = Shared::new(async move { client.ask(reason).await });
        *slot = Some(renewal.downgrade());
        renewal
    }

    async fn ask(&self, reason: Reason) -> Renewed<H::Value> {
        if self.settings.token == TokenSource::Missing {
            return Err(Error::auth(
                code::TOKEN_MISSING,
                "the client has no token: give createClient a `token` (a string, an object, or a callback that fetches one from your backend)",
            ));
        }
        let fresh = self.settings.token == TokenSource::Callback;
        let limit = Limit {
            what: "the `token` callback",
            option: "timeout",
            milliseconds: self.settings.timeout,
        };
        let token = within(&self.host, limit, async {
            let given = self.host.token(reason).await.map_err(callback_failed)?;
            given::judge(given, fresh, || self.host.now()).await
        })
        .await?;
        *self.token.borrow_mut() = Some(token.clone());
        Ok(token)
    }
}

fn callback_failed<V: Value>(thrown: V) -> Error<V> {
    let said = thrown.get("message").and_then(|message| message.as_text());
    let said = said.or_else(|| thrown.as_text()).unwrap_or_default();
    Error::auth(
        code::TOKEN_CALLBACK_FAILED,
        concat(&["the `token` callback failed: ", &said]),
    )
    .caused_by(thrown)
}
