//! Getting a token: the one at hand while it is good, else another one.

use std::pin::pin;
use std::rc::Rc;

use futures_util::future::{Either, select};

use crate::core::client::Client;
use crate::core::error::{Error, code};
use crate::core::event::{Event, Reason, SignedOut};
use crate::core::grant;
use crate::core::host::Host;
use crate::core::provider::Place;
use crate::core::provider::page::check_token;
use crate::core::secret::Secret;
use crate::core::session::{Guard, Renewal, Renewed, Session};
use crate::core::settings::TokenSource;
use crate::core::shared::Shared;
use crate::core::source::{Course, Found, Source};
use crate::core::token::Token;
use crate::core::told::Told;

impl<H: Host> Client<H> {
    /// A token to send.
    ///
    /// # Errors
    /// An `AuthError`, or what the network did to a request for a token.
    pub async fn token(self: &Rc<Self>, session: &Rc<Session<H::Value>>) -> Renewed<H::Value> {
        let Some(token) = session.token() else {
            return self.renew(session, Reason::Initial).await;
        };
        if !token.wants_renewal(self.host.now()) {
            return Ok(token);
        }
        if !self.can_renew(session) {
            return token.check(self.host.now()).map(|()| token);
        }
        match self.renew(session, Reason::Expired).await {
            Err(_)
                if !self.is_disposed()
                    && session.holds(&token)
                    && !token.has_ended(self.host.now()) =>
            {
                Ok(token)
            }
            renewed => renewed,
        }
    }

    /// What a call goes out with: a token, unless the app's key is all that the client has.
    ///
    /// # Errors
    /// As [`Self::token`].
    pub async fn token_to_send(
        self: &Rc<Self>,
        session: &Rc<Session<H::Value>>,
    ) -> Renewed<H::Value> {
        match self.settings.is_anonymous() && session.token().is_none() {
            true => Ok(Token::none()),
            false => self.token(session).await,
        }
    }

    /// Another token in place of a refused one; `None` where nothing gives another one.
    ///
    /// # Errors
    /// As [`Self::token`].
    pub async fn replace(
        self: &Rc<Self>,
        session: &Rc<Session<H::Value>>,
        refused: &Secret,
    ) -> Result<Option<Token<H::Value>>, Error<H::Value>> {
        if !self.can_renew(session) {
            return Ok(None);
        }
        session.refuse(refused);
        let token = match session.token() {
            Some(newer) => newer,
            None => self.renew(session, Reason::Refused).await?,
        };
        Ok((token.secret != *refused).then_some(token))
    }

    /// A token that was given once, as it is, is all there is.
    fn can_renew(&self, session: &Session<H::Value>) -> bool {
        let settings = &self.settings;
        settings.token != TokenSource::Fixed
            || (settings.login.is_some() && session.refresh().is_some())
            || self.worker().is_some()
    }

    /// Another token: one renewal at a time, however many calls wait for it.
    ///
    /// # Errors
    /// As [`Self::token`].
    pub async fn renew(
        self: &Rc<Self>,
        session: &Rc<Session<H::Value>>,
        reason: Reason,
    ) -> Renewed<H::Value> {
        let guard = session.guard();
        loop {
            let cooling = session.cooldown.error(self.host.now());
            if let Some(error) = cooling.filter(|_| reason != Reason::Requested) {
                return Err(error);
            }
            let renewal = renewal(Rc::clone(self), Rc::clone(session), guard, reason);
            let renewed = match self.place {
                Place::Worker => session.lease.run(&self.host, renewal).await,
                Place::Page | Place::Server => session.renewal_or(|| Shared::new(renewal)).await,
            };
            let still = self.check_still(session, guard);
            match renewed {
                // Between its end and our turn, somebody may have signed out, a newer one may have
                // come, and it may have been refused.
                Ok(()) => {
                    still?;
                    if let Some(at_hand) = session.token() {
                        return Ok(at_hand);
                    }
                }
                // It was of those before the last sign-out, and we came after; or of another client,
                // which has ended.
                Err(error) if is_over(&error) && still.is_ok() => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Keeps what was found, unless it comes too late.
    ///
    /// # Errors
    /// That it does.
    pub async fn keep(
        &self,
        session: &Session<H::Value>,
        reason: Reason,
        found: Found<H::Value>,
    ) -> Renewal<H::Value> {
        let Found {
            token,
            source,
            guard,
        } = found;
        self.check_still(session, guard)?;
        check_token(&self.settings.provider, self.place, &token, self.host.now())?;
        if session.is_overtaken_since(guard) {
            if token.refresh.is_some()
                && let Some(newer) = session.token()
            {
                self.save(session, guard, &newer).await;
                self.check_still(session, guard)?;
            }
            return Ok(());
        }
        session.commit(&token, (source == Source::Made).then_some(guard));
        if source != Source::Given {
            self.emit(Event::Token {
                reason,
                expires_at: token.ends,
                player_id: session.player.clone(),
            });
        }
        // Whoever listens may have signed out.
        self.check_still(session, guard)?;
        if source == Source::Made {
            self.save(session, guard, &token).await;
        }
        self.check_still(session, guard)
    }

    /// The client has ended: what its refresh token was spent for is stored for those who come after,
    /// such as the next client of the same page.
    async fn leave_behind(
        &self,
        session: &Session<H::Value>,
        found: Result<Found<H::Value>, Error<H::Value>>,
    ) {
        // Of a failure, they hear by themselves.
        if let Ok(Found { token, .. }) = found
            && token.refresh.is_some()
        {
            self.save(session, session.guard(), &token).await;
        }
    }

    /// What was begun goes on only while nobody ends the client or signs out.
    ///
    /// # Errors
    /// `disposed` and `signed_out`.
    pub fn check_still(
        &self,
        session: &Session<H::Value>,
        guard: Guard,
    ) -> Result<(), Error<H::Value>> {
        self.check()?;
        match session.is_signed_out_since(guard) {
            true => Err(signed_out()),
            false => Ok(()),
        }
    }
}

/// Finds a token and keeps it. It ends when somebody signs out, so that nothing more is asked for.
async fn renewal<H: Host>(
    client: Rc<Client<H>>,
    session: Rc<Session<H::Value>>,
    guard: Guard,
    reason: Reason,
) -> Renewal<H::Value> {
    if client.place != Place::Worker {
        // Who signs out a second time waits for this one, which then mustn't wait for them.
        let over = || client.check_still(&session, guard).is_err();
        let bell = &client.sessions.bell;
        bell.until(|| over() || !session.is_leaving()).await;
    }
    client.check_still(&session, guard)?;
    // Until what was found is stored, or what is stored is removed.
    let course = Course::default();
    let found = {
        let over = client.until(|| client.check_still(&session, guard).is_err());
        let mut find = pin!(client.find(&session, guard, reason, &course));
        match select(pin!(over), find.as_mut()).await {
            Either::Right((found, _)) => found,
            Either::Left(_) => {
                if course.spends.get() && session.has_but_ended_since(guard) {
                    client.leave_behind(&session, find.await).await;
                }
                return Err(gone(&client));
            }
        }
    };
    match found {
        Ok(found) => {
            let kept = client.keep(&session, reason, found).await;
            if let Err(error) = &kept
                && error.code == code::SECRET_IN_PAGE
            {
                // Whoever gives it would give it again.
                session.cooldown.begin(error, client.host.now());
            }
            kept
        }
        Err(error) => {
            client.check_still(&session, guard)?;
            let error = session.scrubbed(error);
            fail(&client, &session, &error).await;
            // In an edge worker, another one may have brought a token while this one hung.
            match session.token() {
                Some(_) if session.is_overtaken_since(guard) => Ok(()),
                _ => Err(error),
            }
        }
    }
}

/// What a failure means for those who come later.
async fn fail<H: Host>(client: &Client<H>, session: &Session<H::Value>, error: &Error<H::Value>) {
    let own_refresh =
        client.settings.token != TokenSource::Callback && client.settings.login.is_some();
    if own_refresh && error.code == grant::INVALID_GRANT {
        // An old one that is refused says nothing of the session that a newer one keeps.
        if session.refresh().is_none() {
            session.sign_out();
            client.tell_signed_out(session, SignedOut::Refused);
            // Who listens has been warned already.
            let _ = client.forget(session).await;
            client.tell(session, Told::Refused);
        }
    } else if error.code == code::LOGIN_REQUIRED && error.status.is_none() {
        // What is at hand serves until it ends.
        let now = client.host.now();
        let is_over = session.token().is_none_or(|token| token.has_ended(now));
        if is_over && session.had_token() {
            session.sign_out();
            client.tell_signed_out(session, SignedOut::Refused);
            // What is stored is as dead, or it would have been found. Who listens has been warned.
            let _ = client.forget(session).await;
        }
    } else if error.code != code::TOKEN_MISSING {
        session.cooldown.begin(error, client.host.now());
    }
}

fn gone<H: Host>(client: &Client<H>) -> Error<H::Value> {
    client.check().err().unwrap_or_else(signed_out)
}

/// Somebody signed out.
pub fn signed_out<V>() -> Error<V> {
    Error::auth(
        code::SIGNED_OUT,
        "the client was signed out while the call was under way",
    )
}

/// A backend may use these codes too; then there was an answer.
fn is_over<V>(error: &Error<V>) -> bool {
    (error.code == code::SIGNED_OUT || error.code == code::DISPOSED) && error.status.is_none()
}
