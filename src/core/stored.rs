//! Tokens in the caller's storage. It may fail: then a client does without it.

use std::pin::pin;

use futures_util::future::{Either, select};

use crate::core::client::Client;
use crate::core::error::{Error, code};
use crate::core::event::Event;
use crate::core::host::Host;
use crate::core::percent::encode;
use crate::core::record::Record;
use crate::core::secret::Secret;
use crate::core::session::{Guard, Session};
use crate::core::storage::{Storage, Stored};
use crate::core::text::concat;
use crate::core::token::Token;
use crate::core::told::Told;
use crate::core::value::{Value, said};

/// Milliseconds for which a storage is waited for.
const PATIENCE: u32 = 5_000;

impl<H: Host> Client<H> {
    /// The stored token, if it is newer than what is at hand and wasn't refused. Of one that isn't
    /// good any more, the refresh token still is.
    pub async fn stored(
        &self,
        session: &Session<H::Value>,
        guard: Guard,
    ) -> Option<Token<H::Value>> {
        // In an edge worker nobody waits until what is being removed is gone.
        if session.is_leaving() {
            return None;
        }
        let record = self.load(session, guard).await.ok()??;
        self.take(session, guard, record)
    }

    /// What is stored.
    ///
    /// # Errors
    /// `storage_failed`, which those who listen have been warned of.
    pub async fn load(
        &self,
        session: &Session<H::Value>,
        guard: Guard,
    ) -> Result<Option<Record>, Error<H::Value>> {
        let Some(value) = self.storage(session, Some(guard), Storage::Load).await? else {
            return Ok(None);
        };
        match Record::read(&value, &|text| self.host.date(text)) {
            Ok(record) => Ok(Some(Record {
                // Nobody knows since when.
                expires_in: None,
                ..record
            })),
            Err(found) => {
                let error = unusable(concat(&["`storage` held ", &found, " for a token"]));
                self.warn(error.clone());
                Err(error)
            }
        }
    }

    /// What is stored, and the hash of its access token.
    pub async fn stored_with_hash(&self, session: &Session<H::Value>) -> Option<(Record, String)> {
        let record = self.load(session, session.guard()).await.ok()??;
        let hash = self.host.digest(&record.access_token).await.ok()?;
        Some((record, hash))
    }

    /// The token of a stored record, and of one that isn't good any more the refresh token alone.
    pub fn take(
        &self,
        session: &Session<H::Value>,
        guard: Guard,
        record: Record,
    ) -> Option<Token<H::Value>> {
        if session.is_signed_out_since(guard) {
            return None;
        }
        let refresh = record.refresh_token.clone().map(Secret::new);
        let refresh = refresh.filter(|refresh| !session.is_dead(refresh));
        let is_newer = session.is_older_than(record.expires_at)
            || refresh.as_ref().is_some_and(|one| session.is_news(one));
        let token = Token::new(record, false, self.host.now()).ok();
        let token = token.filter(|token| session.prefers(token));
        let known = session.refresh().filter(|known| !session.is_dead(known));
        let is_wanted = token.is_some() || is_newer || known.is_none() || known == refresh;
        if let Some(refresh) = refresh.filter(|_| is_wanted) {
            session.note_kept(&refresh);
            session.learn_refresh(refresh);
        }
        token.filter(|token| !token.has_ended(self.host.now()))
    }

    /// Stores a token.
    pub async fn save(&self, session: &Session<H::Value>, guard: Guard, token: &Token<H::Value>) {
        let refresh = session.refresh();
        let scheme = self.settings.provider.placement.scheme(0);
        let stored = Stored::new(token, refresh.as_ref(), scheme);
        // Until it is there: whoever waits for it may leave.
        session.set_saved(false);
        let newest = session.guard();
        let saved = self
            .storage(session, Some(newest), Storage::Store(stored))
            .await;
        match session.is_signed_out_since(guard) {
            // It may have been stored behind the back of whoever removed it.
            true => drop(self.forget(session).await),
            false if session.is_overtaken_since(newest) => {}
            false => {
                session.set_saved(saved.is_ok());
                if saved.is_ok() {
                    refresh
                        .iter()
                        .for_each(|refresh| session.note_kept(refresh));
                    self.tell(session, Told::Token);
                }
            }
        }
    }

    /// Removes the stored token.
    ///
    /// # Errors
    /// `storage_failed`.
    pub async fn forget(&self, session: &Session<H::Value>) -> Result<(), Error<H::Value>> {
        self.storage(session, None, Storage::Remove).await.map(drop)
    }

    /// What the storage gives in time; nothing, if somebody has signed out since `guard`. Of failures,
    /// one is told until it works again.
    async fn storage(
        &self,
        session: &Session<H::Value>,
        guard: Option<Guard>,
        what: Storage<'_>,
    ) -> Result<Option<H::Value>, Error<H::Value>> {
        if !self.settings.has_storage {
            return Ok(None);
        }
        let work = async {
            let key = self.storage_key(session).await?;
            // While the name was made, another one may have been kept, and stored.
            let is_late = |guard| {
                session.is_signed_out_since(guard)
                    || (matches!(what, Storage::Store(_)) && session.is_overtaken_since(guard))
            };
            match guard.is_some_and(is_late) {
                true => Ok(None),
                false => self.host.storage(&key, what).await,
            }
        };
        let thrown = match select(pin!(work), pin!(self.host.sleep(PATIENCE))).await {
            Either::Left((Ok(held), _)) => {
                self.sessions.warned.set(false);
                return Ok(held);
            }
            Either::Left((Err(thrown), _)) => Some(thrown),
            Either::Right(_) => None,
        };
        let error = session.scrubbed(failed(thrown));
        self.warn(error.clone());
        Err(error)
    }

    /// The name of a session's token: it tells neither the player nor the service.
    ///
    /// # Errors
    /// What the host threw.
    pub async fn storage_key(&self, session: &Session<H::Value>) -> Result<String, H::Value> {
        let known = session.key.borrow().clone();
        if let Some(key) = known {
            return Ok(key);
        }
        let player = encode(session.player.as_deref().unwrap_or_default());
        let whole = concat(&[&self.settings.token_key, " ", &player]);
        let key = concat(&["playoff-wasm:", &self.host.digest(&whole).await?]);
        *session.key.borrow_mut() = Some(key.clone());
        Ok(key)
    }

    fn warn(&self, error: Error<H::Value>) {
        if !self.sessions.warned.replace(true) {
            self.emit(Event::Warning {
                code: code::STORAGE_FAILED,
                message: error.message.clone(),
                cause: error.cause.clone(),
            });
        }
    }
}

/// It threw, or it gave no answer.
fn failed<V: Value>(thrown: Option<V>) -> Error<V> {
    match thrown {
        Some(thrown) => {
            let said = said(&thrown);
            unusable(concat(&["`storage` failed: ", &said])).caused_by(thrown)
        }
        None => unusable("`storage` gave no answer for 5 s".to_owned()),
    }
}

fn unusable<V>(message: String) -> Error<V> {
    Error::auth(code::STORAGE_FAILED, message)
}
