//! Tabs: pages of one origin whose clients have one storage.
//!
//! Where a service rotates refresh tokens, one that comes twice ends the sign-in. So one tab at a
//! time spends one, and the others look first whether it has stored another. What is told between
//! tabs is a hint to look into storage: that alone says what is.

use std::pin::pin;
use std::rc::Rc;

use futures_util::future::{Either, select};

use crate::core::bugs::{self, Bug};
use crate::core::client::Client;
use crate::core::error::Error;
use crate::core::event::{Reason, SignedOut};
use crate::core::host::Host;
use crate::core::provider::Place;
use crate::core::renewal::signed_out;
use crate::core::session::{Guard, Session};
use crate::core::source::{Found, Source};
use crate::core::token::Token;
use crate::core::told::Told;

/// Milliseconds for which another tab's renewal is waited for.
const PATIENCE: u32 = 10_000;
/// Milliseconds after which a change of the storage can be seen: in a browser of several processes,
/// what is told of it may come first.
const LAG: u32 = 200;
/// Milliseconds in which a tab that removed a token tells why.
const WORD: u32 = 500;

impl<H: Host> Client<H> {
    /// Whether other tabs may have the same storage, or the same cookie of the worker.
    pub fn has_tabs(&self) -> bool {
        self.place == Place::Page && (self.settings.has_storage || self.worker().is_some())
    }

    /// Waits until no other tab renews this token. Nothing, where there are no locks: then it goes
    /// on without.
    ///
    /// # Errors
    /// That it takes too long. To go on all the same would spend a refresh token twice.
    pub async fn turn(
        &self,
        session: &Session<H::Value>,
    ) -> Result<Option<H::Lock>, Error<H::Value>> {
        if bugs::has(Bug::NoTabLock) {
            return Ok(None);
        }
        let lock = async {
            // Without a name there is nothing stored, either.
            let name = self.storage_key(session).await.ok()?;
            self.host.lock(&name).await
        };
        match select(pin!(lock), pin!(self.host.sleep(PATIENCE))).await {
            Either::Left((lock, _)) => Ok(lock),
            Either::Right(_) => Err(Error::busy(PATIENCE)),
        }
    }

    /// What another tab stored while this one waited for its turn. Whoever wants another token than
    /// the one at hand gets a new one, by the newest refresh token.
    ///
    /// # Errors
    /// `signed_out`, where another tab has removed what was stored.
    pub async fn stored_by_others(
        &self,
        session: &Session<H::Value>,
        guard: Guard,
        reason: Reason,
    ) -> Result<Option<Token<H::Value>>, Error<H::Value>> {
        let stored = self.load(session, guard).await;
        self.check_still(session, guard)?;
        match stored {
            Ok(Some(record)) => {
                let token = self.take(session, guard, record);
                Ok(token.filter(|_| reason != Reason::Requested))
            }
            Ok(None) if session.was_kept() => {
                // It tells why; then this isn't reached.
                self.host.sleep(WORD).await;
                self.follow_out(session, SignedOut::OtherTab);
                Err(signed_out())
            }
            // A storage that fails is done without.
            Ok(None) | Err(_) => Ok(None),
        }
    }

    /// Tells the other tabs.
    pub fn tell(&self, session: &Session<H::Value>, told: Told) {
        if let Some(key) = &*session.key.borrow()
            && self.has_tabs()
        {
            self.host.tell(key, told);
        }
    }

    /// After a sign-out: another tab that hadn't heard of it may have stored what it was just given.
    pub async fn forget_what_came_late(&self, session: &Session<H::Value>) {
        if !self.has_tabs() || self.settings.login.is_none() {
            return;
        }
        // Who holds it for long hears of the sign-out meanwhile, and stores nothing.
        let _turn = self.turn(session).await;
        if let Ok(Some(_)) = self.load(session, session.guard()).await {
            // Whoever listens has been warned.
            let _ = self.forget(session).await;
            self.tell(session, Told::Logout);
        }
    }

    /// Another tab has told something.
    pub async fn hear(self: &Rc<Self>, key: &str, told: Told) {
        self.session(None);
        for session in self.sessions.all() {
            let own = self.storage_key(&session).await;
            if own.is_ok_and(|own| own == key) && self.has_tabs() {
                match told {
                    Told::Token => self.follow_in(&session).await,
                    Told::Logout => self.look_out(&session, SignedOut::OtherTab).await,
                    Told::Refused => self.look_out(&session, SignedOut::Refused).await,
                }
            }
        }
    }

    /// The page was away, and heard nothing meanwhile. Who calls next takes what else is new.
    pub async fn look_again(&self) {
        for session in self.sessions.all() {
            let guard = session.guard();
            let is_gone = session.was_kept()
                && matches!(self.load(&session, guard).await, Ok(None))
                && self.check_still(&session, guard).is_ok();
            if is_gone {
                self.follow_out(&session, SignedOut::OtherTab);
            }
        }
    }

    /// Who has no good token takes the one that another tab stored. Who is about to get one looks
    /// by itself.
    async fn follow_in(self: &Rc<Self>, session: &Rc<Session<H::Value>>) {
        let is_good = |token: Token<H::Value>| !token.wants_renewal(self.host.now());
        if session.token().is_some_and(is_good) || session.renewal().is_some() {
            return;
        }
        let guard = session.guard();
        let mut stored = self.stored(session, guard).await;
        if stored.is_none() {
            self.host.sleep(LAG).await;
            stored = self.stored(session, guard).await;
        }
        if let Some(token) = stored {
            let found = Found {
                token,
                source: Source::Stored,
                guard,
            };
            // Whether it came too late is of no interest to anybody.
            let _ = self.keep(session, Reason::Initial, found).await;
        } else if !self.settings.has_storage && session.needs_login() {
            // The worker's cookie is this tab's too.
            session.allow_worker();
            // Who calls next is told what goes wrong.
            let _ = self.renew(session, Reason::Initial).await;
        }
    }

    /// Signs out, unless what is at hand is still stored: then the other tab has another storage.
    async fn look_out(self: &Rc<Self>, session: &Rc<Session<H::Value>>, why: SignedOut) {
        let guard = session.guard();
        if session.is_empty() {
            return;
        }
        if self.is_stored(session, guard).await {
            self.host.sleep(LAG).await;
            if self.is_stored(session, guard).await {
                return;
            }
        }
        if self.check_still(session, guard).is_ok() {
            self.follow_out(session, why);
            // Somebody may have signed in since, and told it before.
            if self.settings.has_storage {
                self.follow_in(session).await;
            }
        }
    }

    /// Whether what is at hand is what is stored.
    async fn is_stored(&self, session: &Session<H::Value>, guard: Guard) -> bool {
        let stored = self.load(session, guard).await;
        matches!(&stored, Ok(Some(record)) if session.is_of(record))
    }

    /// Signs out as another tab did. Who has nothing isn't told again, but gets nothing by what is
    /// under way.
    fn follow_out(&self, session: &Session<H::Value>, why: SignedOut) {
        let had_any = session.token().is_some() || session.refresh().is_some();
        session.sign_out();
        // The other tab may still be telling the worker.
        session.require_login();
        self.sessions.bell.ring();
        if had_any {
            self.tell_signed_out(session, why);
        }
    }
}
