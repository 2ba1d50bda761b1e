//! One client: its settings, its tokens, its end.

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use futures_util::future::{Either, select};

use crate::core::bugs::{self, Bug};
use crate::core::error::{Error, Failure, code};
use crate::core::event::{Event, Reason, SignedOut};
use crate::core::host::Host;
use crate::core::provider::Place;
use crate::core::request::Call;
use crate::core::session::{Leaving, Renewal, Session};
use crate::core::sessions::Sessions;
use crate::core::settings::Settings;
use crate::core::shared::Shared;
use crate::core::token::Token;
use crate::core::told::Told;

/// A session that is being left, and the renewal that was under way in it.
type Left<V> = (Rc<Session<V>>, Leaving, Option<Shared<Renewal<V>>>);

/// Settings, and a session for every token key.
pub struct Client<H: Host> {
    /// The world.
    pub host: H,
    /// What it was told.
    pub settings: Settings,
    /// Where it runs.
    pub place: Place,
    /// Its tokens, which others may share.
    pub sessions: Rc<Sessions<H::Value>>,
    disposed: Cell<bool>,
}

impl<H: Host> Client<H> {
    /// A client without a token: it gets one with its first call.
    pub fn new(host: H, settings: Settings) -> Rc<Self> {
        Self::sharing(host, settings, Sessions::own())
    }

    /// A client that has its tokens in common with others.
    pub fn sharing(host: H, settings: Settings, sessions: Rc<Sessions<H::Value>>) -> Rc<Self> {
        Rc::new(Self {
            place: host.place(),
            host,
            settings,
            sessions,
            disposed: Cell::new(false),
        })
    }

    /// The player for whom a call acts, where it isn't said by the token.
    pub fn player<'a>(&'a self, player: Option<&'a str>) -> Option<&'a str> {
        self.settings.player(player)
    }

    /// The session of a player, or of the client as a whole where its players share a token.
    pub fn session(&self, player: Option<&str>) -> Rc<Session<H::Value>> {
        let player = self.player(player);
        self.sessions
            .of(player.filter(|_| self.settings.token_per_player))
    }

    /// Whether the client may act for a player, or for the one of its settings.
    ///
    /// # Errors
    /// `player_not_granted`.
    pub fn check_player(&self, player: Option<&str>) -> Result<(), Error<H::Value>> {
        let granted = self.settings.players.as_deref();
        let subject = &self.settings.provider.subject;
        subject.check_granted(granted, self.player(player))
    }

    /// Whether a token is for whom a call names, however it does.
    ///
    /// # Errors
    /// `player_not_granted`.
    pub fn check_token(
        &self,
        call: &Call<H::Value>,
        token: &Token<H::Value>,
    ) -> Result<(), Error<H::Value>> {
        let subject = &self.settings.provider.subject;
        let named = call.query.text(&subject.query);
        subject.check_token(token, named.or(self.player(call.player_id.as_deref())))
    }

    /// The claims of the token at hand, where there is one that can be read.
    pub fn claims(&self) -> Option<H::Value> {
        self.session(None).token()?.claims.clone()
    }

    /// A token for the caller's own use; another one than that at hand if `refresh` says so.
    ///
    /// # Errors
    /// What went wrong, or the reason of the caller's signal.
    pub async fn get_token(
        self: &Rc<Self>,
        player: Option<&str>,
        refresh: bool,
        signal: Option<&H::Value>,
    ) -> Result<Token<H::Value>, Failure<H::Value>> {
        let work = async {
            self.check_player(player)?;
            let session = self.session(player);
            let token = match refresh {
                true => self.renew(&session, Reason::Requested).await,
                false => self.token(&session).await,
            };
            Ok(token?)
        };
        self.unless_over(signal, work).await
    }

    /// Forgets all tokens, here and in storage. Here they are gone when this returns, and what is
    /// under way can't bring them back; the future removes what is stored, and tells the worker by
    /// which the player signed in.
    ///
    /// # Errors
    /// `disposed`; `storage_failed` if a token is still stored; `sign_out_failed` if the worker may
    /// still know the player.
    pub fn logout(self: &Rc<Self>) -> impl Future<Output = Result<(), Error<H::Value>>> + use<H> {
        let token = self.session(None).token();
        let left = self.leave();
        let client = Rc::clone(self);
        async move {
            let mut removed = Ok(());
            let mut all = Vec::new();
            for (session, _leaving, renewal) in left? {
                // It ends at once, unless it is just storing what came.
                if let Some(renewal) = renewal {
                    let _ = renewal.await;
                }
                removed = removed.and(client.forget(&session).await);
                if client.worker().is_none() {
                    client.tell(&session, Told::Logout);
                }
                client.forget_what_came_late(&session).await;
                all.push(session);
            }
            client.sessions.bell.ring();
            if let Some(worker) = client.worker() {
                removed = removed.and(client.tell_worker(worker, token).await);
                // Not before: the page of another tab may load anew, and ask the worker for a token.
                for session in all {
                    client.tell(&session, Told::Logout);
                }
            }
            removed
        }
    }

    /// Signs all sessions out. Until what it gives is dropped, nothing is looked for in them.
    fn leave(&self) -> Result<Vec<Left<H::Value>>, Error<H::Value>> {
        self.check()?;
        self.sessions.definitions.borrow_mut().forget();
        self.session(None);
        let leave = |session: Rc<Session<H::Value>>| {
            let leaving = session.leave();
            // Those that begin from here on wait for us, so we don't wait for them.
            let renewal = session.renewal();
            session.sign_out();
            session.require_login();
            (session, leaving, renewal)
        };
        let left: Vec<Left<H::Value>> = self.sessions.all().into_iter().map(leave).collect();
        self.sessions.bell.ring();
        for (session, ..) in &left {
            self.tell_signed_out(session, SignedOut::Logout);
        }
        Ok(left)
    }

    /// Tells that a session has no token any more.
    pub fn tell_signed_out(&self, session: &Session<H::Value>, reason: SignedOut) {
        self.emit(Event::SignedOut {
            reason,
            player_id: session.player.clone(),
        });
    }

    /// Ends the client: whatever waits ends, nothing is sent any more. What is stored stays.
    pub fn dispose(&self) {
        self.disposed.set(true);
        self.sessions.end();
    }

    /// Whether the client has ended.
    pub fn is_disposed(&self) -> bool {
        self.disposed.get() && !bugs::has(Bug::SendAfterDispose)
    }

    /// Nothing goes out of a client that has ended.
    ///
    /// # Errors
    /// `disposed`.
    pub fn check(&self) -> Result<(), Error<H::Value>> {
        match self.is_disposed() {
            true => Err(disposed()),
            false => Ok(()),
        }
    }

    /// Tells those who listen.
    pub fn emit(&self, event: Event<H::Value>) {
        if !self.is_disposed() {
            self.host.emit(event);
        }
    }

    /// What `work` gives, unless the caller's signal is aborted first, or the client ends.
    pub async fn unless_over<T>(
        &self,
        signal: Option<&H::Value>,
        work: impl Future<Output = Result<T, Failure<H::Value>>>,
    ) -> Result<T, Failure<H::Value>> {
        match select(pin!(self.over(signal)), pin!(work)).await {
            Either::Left((over, _)) => Err(over),
            Either::Right((done, _)) => done,
        }
    }

    async fn over(&self, signal: Option<&H::Value>) -> Failure<H::Value> {
        let ended = pin!(self.until(|| self.is_disposed()));
        let Some(signal) = signal.filter(|_| !bugs::has(Bug::IgnoreAbort)) else {
            ended.await;
            return disposed().into();
        };
        match select(pin!(self.host.aborted(signal)), ended).await {
            Either::Left((reason, _)) => Failure::Thrown(reason),
            Either::Right(_) => disposed().into(),
        }
    }

    /// Waits until `done` says so. In an edge worker nobody may be woken by another request: there
    /// it looks whenever the request itself is woken.
    pub async fn until(&self, done: impl Fn() -> bool + Unpin) {
        match self.place {
            Place::Worker => {
                poll_fn(|_| match done() {
                    true => Poll::Ready(()),
                    false => Poll::Pending,
                })
                .await;
            }
            Place::Page | Place::Server => self.sessions.bell.until(done).await,
        }
    }
}

fn disposed<V>() -> Error<V> {
    Error::config(
        code::DISPOSED,
        "the client was disposed of: make another one with createClient",
    )
}
