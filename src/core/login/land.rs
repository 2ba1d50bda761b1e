//! Coming back from the service.

use std::cell::RefCell;
use std::rc::Rc;

use super::callback::{Callback, Expected, judge};
use super::depart::insecure_origin;
use super::flights::{Flight, Joined};
use super::landed::Landed;
use super::marks::{self, Mark};
use super::page::Page;
use super::slots;
use crate::core::client::Client;
use crate::core::deadline::{Limit, within};
use crate::core::error::{Error, Failure, code};
use crate::core::event::Reason;
use crate::core::grant::Code;
use crate::core::secret::Secret;
use crate::core::session::{Guard, Renewal, Session};
use crate::core::shared::Shared;
use crate::core::source::{Found, Source};
use crate::core::text::concat;
use crate::core::token::Token;

/// Milliseconds between two looks at another tab's mark.
const POLL: u32 = 100;
/// How often is looked.
const LOOKS: u32 = 100;

/// What comes of a page's address; nothing where it answers no sign-in.
pub type Handled<V> = Result<Option<Rc<Landed<V>>>, Failure<V>>;

/// What comes of a code; nothing where another tab has the token.
type Exchanged<V> = Result<Option<Token<V>>, Error<V>>;

impl<H: Page> Client<H> {
    /// Finishes the sign-in that the page's address answers, if it does. The address is cleaned and
    /// the sign-in taken when this returns; the future brings the token.
    ///
    /// # Errors
    /// What the service answered, or why its answer isn't taken.
    pub fn handle_redirect(self: &Rc<Self>) -> impl Future<Output = Handled<H::Value>> + use<H> {
        let guard = self.session(None).guard();
        let begun = self.land();
        let client = Rc::clone(self);
        async move {
            let Some((landed, landing)) = begun? else {
                return Ok(None);
            };
            let work = async {
                landing.await?;
                Ok(client.adopt(guard, &landed).await?)
            };
            client.unless_over(None, work).await?;
            Ok(Some(landed))
        }
    }

    /// The exchange that the address asks for, or the one that is under way already.
    fn land(self: &Rc<Self>) -> Result<Option<Joined<H::Value>>, Error<H::Value>> {
        self.check()?;
        let Some(here) = self.host.address() else {
            return Ok(None);
        };
        let (_, redirect_uri) = self.login_from(&here)?;
        let flights = self.host.flights();
        let client = &self.settings.token_key;
        let redirect_uri = self.host.resolve(redirect_uri, &here).unwrap_or_default();
        let Some(callback) = Callback::read(&here, &redirect_uri) else {
            return Ok(flights.of(client, None));
        };
        if let Some(state) = &callback.state
            && let Some(joined) = flights.of(client, Some(state))
        {
            return Ok(Some(joined));
        }
        let slots = self.slots()?;
        let sign_in = &self.settings.provider.sign_in;
        let expected = Expected {
            client,
            issuer: &concat(&[&self.settings.auth, &sign_in.issuer_path]),
            echoes_state: sign_in.echoes_state,
            now: self.host.now(),
        };
        let Some(accepted) = judge(&callback, &slots, expected) else {
            return Ok(None);
        };
        self.host.replace_address(&callback.cleaned);
        if let Some(state) = &callback.state {
            self.keep_slots(&slots::without(&slots, state))?;
        }
        let (code, slot) = accepted?;
        let landed = Rc::new(Landed {
            return_to: slot.return_to,
            before: slot.before,
            token: RefCell::new(None),
            hash: RefCell::default(),
            adopters: RefCell::default(),
        });
        let code = Code {
            code,
            verifier: slot.verifier,
            redirect_uri: slot.redirect_uri,
        };
        let state = slot.state.clone();
        flights.begin(Flight {
            state: slot.state,
            client: client.clone(),
            landing: Shared::new(fly(
                Rc::clone(self),
                state.clone(),
                code,
                Rc::clone(&landed),
            )),
            landed,
        });
        Ok(flights.of(client, Some(&state)))
    }

    /// Makes what an exchange brought this client's own. Whatever was there before is over: it may
    /// have been another player's.
    async fn adopt(
        self: &Rc<Self>,
        before: Guard,
        landed: &Landed<H::Value>,
    ) -> Result<(), Error<H::Value>> {
        let session = self.session(None);
        // No other tab stores what it gets for an old refresh token behind this. One that takes too
        // long hears of the new one, and stores nothing.
        let turn = match self.has_tabs() {
            true => self.turn(&session).await.ok(),
            false => None,
        };
        // `handleRedirect()` may have been called twice.
        let is_mine = |one: &Rc<Session<H::Value>>| Rc::ptr_eq(one, &session);
        if landed.adopters.borrow().iter().any(is_mine) {
            return Ok(());
        }
        self.check_still(&session, before)?;
        landed.adopters.borrow_mut().push(Rc::clone(&session));
        session.sign_out();
        self.sessions.bell.ring();
        let token = landed.token.borrow().clone();
        let Some(token) = token else {
            // Whoever asks the worker takes a turn by itself.
            drop(turn);
            return self.take_over(&session, landed.before.as_deref()).await;
        };
        let found = Found {
            token,
            source: Source::Made,
            guard: session.guard_as_asking(session.guard()),
        };
        self.keep(&session, Reason::Login, found).await?;
        self.mark(&landed.hash.borrow(), Mark::Done);
        Ok(())
    }

    /// Gets what another tab got, or the worker's cookie for it. A storage may be this tab's alone: what
    /// was in it before isn't what this sign-in brought.
    async fn take_over(
        self: &Rc<Self>,
        session: &Rc<Session<H::Value>>,
        before: Option<&str>,
    ) -> Result<(), Error<H::Value>> {
        if let Some((record, hash)) = self.stored_with_hash(session).await
            && before == Some(&hash)
        {
            session.refuse(&Secret::new(record.access_token));
            if let Some(refresh) = record.refresh_token {
                session.refuse_refresh(&Secret::new(refresh));
            }
        }
        match self.token(session).await {
            Err(error) if error.code == code::LOGIN_REQUIRED => Err(code_used()),
            taken => taken.map(drop),
        }
    }

    /// Exchanges a code, unless another tab does or did; then nothing comes of it here.
    async fn exchange_once(&self, code: &Code, hash: &str) -> Exchanged<H::Value> {
        let limit = Limit {
            what: "giving the code for a token",
            option: "timeout",
            milliseconds: self.settings.timeout,
        };
        let work = async {
            match self.claim(hash).await {
                Some(mark) => Ok(Err(mark)),
                None => self.exchange(code).await.map(Ok),
            }
        };
        match within(&self.host, limit, work).await {
            Ok(Ok(token)) => Ok(Some(token)),
            Ok(Err(mark)) => self.elsewhere(hash, mark).await.map(|()| None),
            Err(error) => {
                self.mark(hash, Mark::Failed);
                Err(error.scrubbed(&code.code).scrubbed(&code.verifier))
            }
        }
    }

    /// Marks a sign-in as this tab's. Gives the mark of another tab that was before.
    async fn claim(&self, hash: &str) -> Option<Mark> {
        // Whoever has it only looks for a mark, and sets one.
        let lock = self.host.lock(&concat(&["playoff-wasm:", hash])).await;
        let found = marks::find(&self.marks(), hash);
        if found.is_none() {
            self.mark(hash, Mark::Begun);
        }
        drop(lock);
        found
    }

    /// Another tab was before: its token will do, where tokens are shared.
    async fn elsewhere(&self, hash: &str, mark: Mark) -> Result<(), Error<H::Value>> {
        let mut mark = Some(mark);
        if self.settings.has_storage || self.worker().is_some() {
            for _ in 0..LOOKS {
                match mark {
                    Some(Mark::Begun) => self.host.sleep(POLL).await,
                    Some(Mark::Done) => return Ok(()),
                    Some(Mark::Failed) | None => break,
                }
                mark = marks::find(&self.marks(), hash);
            }
        }
        Err(code_used())
    }

    /// The marks of all tabs. Where the platform keeps nothing, tabs have nothing in common either,
    /// their slots included.
    fn marks(&self) -> String {
        self.host.common(marks::NAME).unwrap_or_default()
    }

    fn mark(&self, hash: &str, mark: Mark) {
        let marks = marks::with(&self.marks(), hash, mark, self.host.now());
        self.host.set_common(marks::NAME, &marks);
    }
}

fn code_used<V>() -> Error<V> {
    Error::auth(
        code::CODE_USED,
        "another tab finished this sign-in: a code can be used once",
    )
}

/// One exchange, for all clients of the page that wait for it.
async fn fly<H: Page>(
    client: Rc<Client<H>>,
    state: String,
    code: Code,
    landed: Rc<Landed<H::Value>>,
) -> Renewal<H::Value> {
    let work = async {
        let hash = client.host.digest(&state).await;
        let hash = hash.map_err(|cause| insecure_origin().caused_by(cause))?;
        landed.hash.replace(hash.clone());
        let token = client.exchange_once(&code, &hash).await?;
        landed.token.replace(token);
        Ok(())
    };
    let ended = work.await;
    client.host.flights().landed(&state);
    ended
}
