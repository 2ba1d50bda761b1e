//! Coming back from the service.

use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;

use futures_util::future::select;

use super::callback::{Callback, Expected, judge};
use super::depart::insecure_origin;
use super::marks::{self, Mark};
use super::page::{Area, Code, Page};
use crate::core::client::Client;
use crate::core::error::{Error, Failure, code};
use crate::core::event::Reason;
use crate::core::secret::Secret;
use crate::core::session::{Guard, Session};
use crate::core::shared::Shared;
use crate::core::source::{Found, Source};
use crate::core::text::concat;
use crate::core::token::Token;

/// Milliseconds for which other tabs are waited for: one that holds the lock only looks for a mark.
const LOCK: u32 = 1_000;
/// Milliseconds between two looks at another tab's mark.
const POLL: u32 = 100;
/// How often is looked.
const LOOKS: u32 = 100;

/// A sign-in that was finished.
pub struct Landed<V> {
    /// Where the caller wanted to go on.
    pub return_to: Option<String>,
    /// What came; nothing where another tab got it.
    token: Option<Token<V>>,
    /// By which other tabs know it.
    hash: String,
    /// The sessions that have it.
    adopters: RefCell<Vec<Rc<Session<V>>>>,
}

/// What comes of an exchange for all who wait for it.
pub type Landing<V> = Result<Rc<Landed<V>>, Error<V>>;

/// The same for one of them; nothing where the page's address answers no sign-in.
pub type Handled<V> = Result<Option<Rc<Landed<V>>>, Failure<V>>;

/// An exchange under way.
type Begun<V> = Result<Option<Shared<Landing<V>>>, Error<V>>;

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
            let Some(landing) = begun? else {
                return Ok(None);
            };
            let work = async {
                let landed = landing.await?;
                client.adopt(guard, &landed).await?;
                Ok(Some(landed))
            };
            client.unless_over(None, work).await
        }
    }

    /// The exchange that the address asks for, or the one that is under way already.
    fn land(self: &Rc<Self>) -> Begun<H::Value> {
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
            && let Some(landing) = flights.of(client, Some(state))
        {
            return Ok(Some(landing));
        }
        let mut slots = self.slots()?;
        let provider = self.settings.provider;
        let expected = Expected {
            client,
            issuer: &concat(&[&self.settings.auth, provider.issuer_path]),
            echoes_state: provider.echoes_state,
            now: self.host.now(),
        };
        let Some(accepted) = judge(&callback, &mut slots, expected) else {
            return Ok(None);
        };
        self.host.replace_address(&callback.cleaned);
        self.keep_slots(&slots)?;
        let (code, slot) = accepted?;
        let code = Code {
            code,
            verifier: slot.verifier,
            redirect_uri: slot.redirect_uri,
        };
        let landing = fly(Rc::clone(self), slot.state.clone(), code, slot.return_to);
        let landing = Shared::new(landing);
        let joined = landing.downgrade().join();
        flights.add(slot.state, client.clone(), landing);
        Ok(joined)
    }

    /// Makes what an exchange brought this client's own. Whatever was there before is over: it may
    /// have been another player's.
    async fn adopt(
        self: &Rc<Self>,
        before: Guard,
        landed: &Landed<H::Value>,
    ) -> Result<(), Error<H::Value>> {
        let session = self.session(None);
        let is_mine = |one: &Rc<Session<H::Value>>| Rc::ptr_eq(one, &session);
        if landed.adopters.borrow().iter().any(is_mine) {
            return Ok(());
        }
        self.check_still(&session, before)?;
        landed.adopters.borrow_mut().push(Rc::clone(&session));
        session.sign_out();
        self.sessions.bell.ring();
        let Some(token) = &landed.token else {
            return self.token(&session).await.map(drop);
        };
        let found = Found {
            token: token.clone(),
            source: Source::Made,
            guard: session.guard_as_asking(session.guard()),
        };
        self.keep(&session, Reason::Login, found).await?;
        self.mark(&landed.hash, Mark::Done);
        Ok(())
    }

    /// Exchanges a code, unless another tab does or did.
    async fn exchange_once(
        &self,
        state: &str,
        code: &Code,
        hash: &str,
    ) -> Result<Option<Token<H::Value>>, Error<H::Value>> {
        if let Some(mark) = self.claim(hash).await {
            return self.elsewhere(hash, mark).await.map(|()| None);
        }
        let given = self.exchange(code).await;
        if given.is_err() {
            self.mark(hash, Mark::Failed);
        }
        let secrets = [&code.code, &code.verifier, &Secret::new(state.to_owned())];
        given.map(Some).map_err(|error| {
            let scrub = |error: Error<_>, secret: &&Secret| error.scrubbed(secret);
            secrets.iter().fold(error, scrub)
        })
    }

    /// Marks a sign-in as this tab's. Gives the mark of another tab that was before.
    async fn claim(&self, hash: &str) -> Option<Mark> {
        let name = concat(&["playoff-wasm:", hash]);
        // Whoever holds it for long stands still, and has set its mark or won't.
        let (lock, patience) = (self.host.lock(&name), self.host.sleep(LOCK));
        let (lock, patience) = (pin!(lock), pin!(patience));
        let lock = select(lock, patience).await;
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
        Err(Error::auth(
            code::CODE_USED,
            "another tab finished this sign-in: a code can be used once",
        ))
    }

    /// The marks of all tabs. Where the platform keeps nothing, tabs have nothing in common either,
    /// their slots included.
    fn marks(&self) -> String {
        let kept = self.host.kept(Area::Marks);
        kept.ok().flatten().unwrap_or_default()
    }

    fn mark(&self, hash: &str, mark: Mark) {
        let marks = marks::with(&self.marks(), hash, mark, self.host.now());
        // As for reading them.
        let _ = self.host.keep_text(Area::Marks, Some(&marks));
    }
}

/// One exchange, for all clients of the page that wait for it.
async fn fly<H: Page>(
    client: Rc<Client<H>>,
    state: String,
    code: Code,
    return_to: Option<String>,
) -> Landing<H::Value> {
    let hash = client.host.digest(&state).await;
    let hash = hash.map_err(|cause| insecure_origin().caused_by(cause));
    let landed = match hash {
        Ok(hash) => match client.exchange_once(&state, &code, &hash).await {
            Ok(token) => Ok(Rc::new(Landed {
                return_to,
                token,
                hash,
                adopters: RefCell::default(),
            })),
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    };
    client.host.flights().landed(&state);
    landed
}
