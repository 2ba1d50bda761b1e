//! Getting a token: the one at hand while it is good, else another one.

use std::pin::pin;
use std::rc::Rc;

use futures_util::future::{Either, select};

use crate::core::client::Client;
use crate::core::deadline::{Limit, within};
use crate::core::error::{Error, code};
use crate::core::event::{Event, SignedOut};
use crate::core::given;
use crate::core::grant;
use crate::core::host::{Host, Reason};
use crate::core::provider::Place;
use crate::core::record::Record;
use crate::core::secret::Secret;
use crate::core::session::{Guard, Renewed, Session};
use crate::core::settings::{Login, TokenSource};
use crate::core::shared::Shared;
use crate::core::text::concat;
use crate::core::token::Token;
use crate::core::value::{Value, said};

/// A token, and where it comes from.
struct Found<V> {
    token: Token<V>,
    source: Source,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    /// `createClient` was given it.
    Given,
    /// It was stored.
    Stored,
    /// It was made for us.
    Made,
}

impl<H: Host> Client<H> {
    /// A token to send.
    ///
    /// # Errors
    /// An `AuthError`, or what the network did to a request for a token.
    pub async fn token(self: &Rc<Self>, session: &Rc<Session<H::Value>>) -> Renewed<H::Value> {
        let Some(token) = session.token() else {
            return self.renew(session, Reason::Initial).await;
        };
        if !token.wants_renewal(self.host.now()) || !self.can_renew(session) {
            return Ok(token);
        }
        match self.renew(session, Reason::Expired).await {
            Err(_) if session.holds(&token) && !token.has_ended(self.host.now()) => Ok(token),
            renewed => renewed,
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
        let cooling = session.cooldown.error(self.host.now());
        if let Some(error) = cooling.filter(|_| reason != Reason::Requested) {
            return Err(error);
        }
        let renewal = renewal(Rc::clone(self), Rc::clone(session), reason);
        match self.place {
            Place::Worker => session.lease.run(&self.host, renewal).await,
            Place::Page | Place::Server => session.renewal_or(|| Shared::new(renewal)).await,
        }
    }

    /// Looks for a token: what was given, what is stored, what a refresh token brings, what the
    /// callback gives.
    async fn find(
        &self,
        session: &Session<H::Value>,
        guard: Guard,
        reason: Reason,
    ) -> Result<Found<H::Value>, Error<H::Value>> {
        if reason == Reason::Initial
            && let Some(token) = self.given(session).await?
        {
            return found(token, Source::Given);
        }
        if reason != Reason::Requested
            && let Some(token) = self.stored(session, guard).await
        {
            return found(token, Source::Stored);
        }
        found(self.make(session, reason).await?, Source::Made)
    }

    /// The token that `createClient` was given. Signed out of, it is gone.
    async fn given(
        &self,
        session: &Session<H::Value>,
    ) -> Result<Option<Token<H::Value>>, Error<H::Value>> {
        if self.settings.token != TokenSource::Fixed || !session.is_fresh() {
            return Ok(None);
        }
        let record = self.called(Reason::Initial, None).await?;
        let refresh = record.refresh_token.clone().map(Secret::new);
        let token = Token::new(record, false, self.host.now());
        let Some(refresh) = refresh.filter(|_| self.settings.login.is_some()) else {
            return token.map(Some);
        };
        session.learn_refresh(refresh);
        Ok(token.ok().filter(|token| !token.has_ended(self.host.now())))
    }

    /// A new token, within the time that one try may take.
    async fn make(&self, session: &Session<H::Value>, reason: Reason) -> Renewed<H::Value> {
        let settings = &self.settings;
        let refresh = session.refresh().filter(|_| settings.login.is_some());
        let limit = Limit {
            what: match refresh {
                Some(_) => "the token request",
                None => "the `token` callback",
            },
            option: "timeout",
            milliseconds: settings.timeout,
        };
        let work = async {
            if let (Some(login), Some(refresh)) = (&settings.login, refresh) {
                let refreshed = self.refresh(login, &refresh).await;
                let refreshed = refreshed.map_err(|error| error.scrubbed(&refresh));
                if !is_dead(&refreshed) {
                    return refreshed;
                }
                session.drop_refresh(&refresh);
                if settings.token != TokenSource::Callback {
                    return refreshed;
                }
            }
            self.ask(session, reason).await
        };
        within(&self.host, limit, work).await
    }

    /// Gives a refresh token for another token. It is never sent again by itself: where services
    /// rotate refresh tokens, one that comes twice ends the session.
    async fn refresh(&self, login: &Login, refresh: &Secret) -> Renewed<H::Value> {
        let request = grant::refresh(&self.settings, self.place, login, refresh);
        let answer = self.host.send(&request).await.map_err(|cause| {
            Error::network("the token endpoint wasn't reached".to_owned(), cause)
        })?;
        grant::judge(&self.host, answer).await
    }

    /// Asks the `token` callback, if there is one.
    async fn ask(&self, session: &Session<H::Value>, reason: Reason) -> Renewed<H::Value> {
        match self.settings.token {
            TokenSource::Callback => {}
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
        let record = self.called(reason, session.player.as_deref()).await?;
        Token::new(record, true, self.host.now())
    }

    /// What the `token` option gives.
    async fn called(
        &self,
        reason: Reason,
        player: Option<&str>,
    ) -> Result<Record, Error<H::Value>> {
        let given = self.host.token(reason, player).await;
        given::read(&self.host, given.map_err(callback_failed)?).await
    }

    /// Keeps what was found, unless it comes too late.
    async fn keep(
        &self,
        session: &Session<H::Value>,
        guard: Guard,
        reason: Reason,
        found: Found<H::Value>,
    ) -> Renewed<H::Value> {
        let Found { token, source } = found;
        self.check_still(session, guard)?;
        if session.is_overtaken_since(guard)
            && let Some(newer) = session.token()
        {
            return Ok(newer);
        }
        session.commit(&token);
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
            self.check_still(session, guard)?;
        }
        Ok(token)
    }

    fn check_still(
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
    reason: Reason,
) -> Renewed<H::Value> {
    if client.place != Place::Worker {
        client.bell.until(|| !session.is_leaving()).await;
    }
    client.check()?;
    let guard = session.guard();
    let over = client.until(|| client.check_still(&session, guard).is_err());
    let find = client.find(&session, guard, reason);
    let found = match select(pin!(over), pin!(find)).await {
        Either::Left(_) => return Err(gone(&client)),
        Either::Right((found, _)) => found,
    };
    match found {
        Ok(found) => client.keep(&session, guard, reason, found).await,
        Err(error) => {
            client.check_still(&session, guard)?;
            fail(&client, &session, &error).await;
            Err(error)
        }
    }
}

/// What a failure means for those who come later.
async fn fail<H: Host>(client: &Client<H>, session: &Session<H::Value>, error: &Error<H::Value>) {
    let own_refresh =
        client.settings.token != TokenSource::Callback && client.settings.login.is_some();
    if own_refresh && error.code == grant::INVALID_GRANT {
        session.sign_out();
        client.tell_signed_out(session, SignedOut::Refused);
        // Who listens has been warned already.
        let _ = client.forget(session).await;
    } else if error.code != code::TOKEN_MISSING {
        session.cooldown.begin(error, client.host.now());
    }
}

fn gone<H: Host>(client: &Client<H>) -> Error<H::Value> {
    client.check().err().unwrap_or_else(signed_out)
}

fn is_dead<V>(refreshed: &Renewed<V>) -> bool {
    matches!(refreshed, Err(error) if error.code == grant::INVALID_GRANT)
}

fn found<V, E>(token: Token<V>, source: Source) -> Result<Found<V>, E> {
    Ok(Found { token, source })
}

fn missing<V>(message: &str) -> Error<V> {
    Error::auth(code::TOKEN_MISSING, message)
}

fn signed_out<V>() -> Error<V> {
    Error::auth(
        code::SIGNED_OUT,
        "the client was signed out while the call waited for a token",
    )
}

fn callback_failed<V: Value>(thrown: V) -> Error<V> {
    let message = concat(&["the `token` callback failed: ", &said(&thrown)]);
    Error::auth(code::TOKEN_CALLBACK_FAILED, message).caused_by(thrown)
}
