//! Where tokens come from: what was given, what is stored, what a refresh token brings, what the
//! callback gives.

use std::cell::Cell;

use crate::core::client::Client;
use crate::core::deadline::{Limit, within};
use crate::core::error::Failure;
use crate::core::error::{Error, code};
use crate::core::event::Reason;
use crate::core::given;
use crate::core::grant::{self, Giver};
use crate::core::host::{Host, Need};
use crate::core::login::{Login, login_required, worker};
use crate::core::record::Record;
use crate::core::secret::Secret;
use crate::core::session::{Guard, Renewed, Session};
use crate::core::settings::TokenSource;
use crate::core::text::concat;
use crate::core::token::Token;
use crate::core::value::{Value, said};

/// A token, and where it comes from.
pub struct Found<V> {
    /// The token.
    pub token: Token<V>,
    /// Where it comes from.
    pub source: Source,
    /// What must not have changed since it was asked for.
    pub guard: Guard,
}

/// How far looking for a token has come.
pub struct Course<L> {
    /// While it is held, no other tab spends what brings another token.
    pub turn: Cell<Option<L>>,
    /// Whether something is on its way that can be spent once.
    pub spends: Cell<bool>,
}

impl<L> Default for Course<L> {
    fn default() -> Self {
        Self {
            turn: Cell::new(None),
            spends: Cell::new(false),
        }
    }
}

/// Where a token comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// `createClient` was given it.
    Given,
    /// It was stored.
    Stored,
    /// It was made for us.
    Made,
}

impl<H: Host> Client<H> {
    /// Looks for a token in all these places, one after the other.
    ///
    /// # Errors
    /// An `AuthError`, or what the network did to a request for a token.
    pub async fn find(
        &self,
        session: &Session<H::Value>,
        guard: Guard,
        reason: Reason,
        course: &Course<H::Lock>,
    ) -> Result<Found<H::Value>, Error<H::Value>> {
        if reason == Reason::Initial
            && let Some(token) = self.given(session).await?
        {
            return found(token, Source::Given, guard);
        }
        if reason != Reason::Requested
            && let Some(token) = self.stored(session, guard).await
        {
            return found(token, Source::Stored, guard);
        }
        // Whoever listens to warnings may have ended the client.
        self.check_still(session, guard)?;
        let is_ours = self.refresh_token(session).is_some() || self.worker().is_some();
        if self.has_tabs() && is_ours {
            course.turn.set(self.turn(session).await?);
            if let Some(token) = self.stored_by_others(session, guard, reason).await? {
                return found(token, Source::Stored, guard);
            }
        }
        let dead = match self.make(session, guard, reason, course).await {
            Err(error) if error.code == grant::INVALID_GRANT => error,
            made => return made,
        };
        // Somebody else may have spent it, and stored what it was spent for.
        let stored = self.stored(session, guard).await;
        session.drop_refused_refresh();
        if let Some(token) = stored {
            return found(token, Source::Stored, guard);
        }
        self.check_still(session, guard)?;
        match self.refresh_token(session) {
            Some(_) => self.make(session, guard, reason, course).await,
            None => Err(dead),
        }
    }

    /// What gives another token without the `token` option.
    fn refresh_token(&self, session: &Session<H::Value>) -> Option<Secret> {
        session.refresh().filter(|_| self.settings.login.is_some())
    }

    /// The token that `createClient` was given. Signed out of, it is gone; and once its refresh token
    /// is known, newer ones come from that.
    async fn given(
        &self,
        session: &Session<H::Value>,
    ) -> Result<Option<Token<H::Value>>, Error<H::Value>> {
        let is_past = !session.is_fresh() || session.refresh().is_some();
        if self.settings.token != TokenSource::Fixed || is_past {
            return Ok(None);
        }
        let record = self.called(session, Reason::Initial).await?;
        let refresh = record.refresh_token.clone().map(Secret::new);
        let ends = record.expires_at;
        let token = Token::new(record, false, self.host.now());
        let Some(refresh) = refresh.filter(|_| self.settings.login.is_some()) else {
            return token.map(Some);
        };
        session.learn_refresh(refresh);
        session.note_end(ends);
        Ok(token.ok().filter(|token| !token.has_ended(self.host.now())))
    }

    /// A new token, within the time that one try may take.
    async fn make(
        &self,
        session: &Session<H::Value>,
        guard: Guard,
        reason: Reason,
        course: &Course<H::Lock>,
    ) -> Result<Found<H::Value>, Error<H::Value>> {
        let settings = &self.settings;
        let refresh = self.refresh_token(session);
        let limit = Limit {
            what: match (&refresh, settings.token) {
                (None, TokenSource::Callback) => "the `token` callback",
                _ => "the token request",
            },
            option: "timeout",
            milliseconds: settings.timeout,
        };
        let work = async {
            if let (Some(login), Some(refresh)) = (&settings.login, refresh) {
                let asked = session.guard_as_asking(guard);
                match self.refresh(session, course, login, &refresh).await {
                    Ok(token) => {
                        session.rotate(&refresh, &token);
                        return found(token, Source::Made, asked);
                    }
                    Err(error) if error.code == grant::INVALID_GRANT => {
                        session.refuse_refresh(&refresh);
                        if settings.token != TokenSource::Callback {
                            return Err(error);
                        }
                        session.drop_refused_refresh();
                    }
                    Err(error) => return Err(error),
                }
            }
            if let Some(worker) = self.worker()
                && (reason == Reason::Requested || !session.needs_login())
            {
                let asked = session.guard_as_asking(guard);
                let spending = worker::refresh(&self.host, worker);
                match self.spend(session, course, spending).await {
                    Ok(token) => return found(token, Source::Made, asked),
                    Err(error) if error.status == Some(401) => session.require_login(),
                    Err(error) => return Err(error),
                }
            }
            // No tab waits for another one's callback.
            course.turn.take();
            self.check_still(session, guard)?;
            let asked = session.guard_as_asking(guard);
            found(self.ask(session, reason).await?, Source::Made, asked)
        };
        within(&self.host, limit, work).await
    }

    /// Gives a refresh token for another token.
    async fn refresh(
        &self,
        session: &Session<H::Value>,
        course: &Course<H::Lock>,
        login: &Login,
        refresh: &Secret,
    ) -> Renewed<H::Value> {
        let mark = self.unspent(refresh).await?;
        let request = grant::refresh(&self.settings, self.place, login, refresh);
        let spending = grant::ask(&self.host, Giver::of(&self.settings.provider), &request);
        let token = self.spend(session, course, spending).await?;
        // Some services give the same one again.
        if token.refresh.as_ref().is_some_and(|next| next != refresh) {
            self.mark_as_spent(mark);
        }
        Ok(token)
    }

    /// Gives what can be spent once for another token. It is never sent again by itself: where
    /// services rotate refresh tokens, one that comes twice ends the session. So what it is spent
    /// for is kept, whoever still waits for that.
    async fn spend(
        &self,
        session: &Session<H::Value>,
        course: &Course<H::Lock>,
        spending: impl Future<Output = Renewed<H::Value>>,
    ) -> Renewed<H::Value> {
        if let Some(renewal) = session.renewal() {
            let carried = async move { drop(renewal.await) };
            self.host.spawn(Box::pin(carried));
        }
        course.spends.set(true);
        let made = spending.await;
        course.spends.set(false);
        made
    }

    /// Asks the `token` callback, if there is one.
    async fn ask(&self, session: &Session<H::Value>, reason: Reason) -> Renewed<H::Value> {
        match self.settings.token {
            TokenSource::Callback | TokenSource::Service => {}
            _ if self.can_sign_in() => return Err(login_required()),
            TokenSource::Missing => {
                return Err(missing(
                    "the client has no token: give createClient a `token` (a string, an object, or a callback that fetches one from your backend)",
                ));
            }
            TokenSource::Fixed => {
                return Err(missing(
                    "the token that createClient was given is all there is: give it a `token` callback that fetches others",
                ));
            }
        }
        let record = self.called(session, reason).await?;
        Token::new(record, true, self.host.now())
    }

    /// Whether players sign in by this client.
    fn can_sign_in(&self) -> bool {
        let login = self.settings.login.as_ref();
        login.is_some_and(|login| login.redirect_uri.is_some())
    }

    /// What the `token` option gives.
    async fn called(
        &self,
        session: &Session<H::Value>,
        reason: Reason,
    ) -> Result<Record, Error<H::Value>> {
        let refused = session.refused();
        let need = Need {
            reason,
            player_id: session.player.as_deref(),
            refused: refused.as_ref(),
        };
        match self.host.token(need).await {
            Ok(given) => given::read(&self.host, "the `token` option", given).await,
            Err(Failure::Thrown(thrown)) => Err(callback_failed("`token` callback", thrown)),
            Err(Failure::Failed(error)) => Err(error),
        }
    }
}

fn found<V, E>(token: Token<V>, source: Source, guard: Guard) -> Result<Found<V>, E> {
    Ok(Found {
        token,
        source,
        guard,
    })
}

fn missing<V>(message: &str) -> Error<V> {
    Error::auth(code::TOKEN_MISSING, message)
}

/// A function of the caller's threw.
pub fn callback_failed<V: Value>(name: &str, thrown: V) -> Error<V> {
    let message = concat(&["the ", name, " failed: ", &said(&thrown)]);
    Error::auth(code::TOKEN_CALLBACK_FAILED, message).caused_by(thrown)
}
