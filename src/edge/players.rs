//! Creating players who don't exist yet.

use std::rc::Rc;

use serde_json::json;

use crate::core::call::call;
use crate::core::client::Client;
use crate::core::error::{Error, Failure};
use crate::core::host::Host;
use crate::core::method::Method;
use crate::core::request::{Body, Call};
use crate::core::retry::Wish;
use crate::core::route::Route;
use crate::core::settings::Settings;
use crate::core::typed;

/// Codes by which the service says that a player's id is taken; the status is 409.
const EXISTS: &str = "player_exists";
const CONFLICT: u16 = 409;
/// The same for an id that nobody has.
const NOT_FOUND: &str = "player_not_found";

/// A player to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPlayer {
    /// Its id.
    pub id: String,
    /// Its name for people; the service wants one, so it is the id where there is none.
    pub alias: Option<String>,
    /// Its address.
    pub email: Option<String>,
}

impl NewPlayer {
    /// What the service takes for it.
    pub fn to_json(&self) -> String {
        let mut body = json!({ "id": self.id, "alias": self.alias.as_ref().unwrap_or(&self.id) });
        if let Some(email) = &self.email {
            body["email"] = email.as_str().into();
        }
        body.to_string()
    }
}

/// A player, and whether we made it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ensured<V> {
    /// Whether there was none before. Where the service's answer to the creation was lost, the next
    /// try finds the player there, and nobody knows who made it.
    pub created: bool,
    /// The profile.
    pub player: V,
}

/// Creates a player unless there is one. `body` is what the service takes for a new one, in the
/// host's form. Somebody else may do the same at the same time.
///
/// # Errors
/// What the service refused, and what the network did.
pub async fn ensure<H: Host>(
    client: &Rc<Client<H>>,
    id: &str,
    body: Body<H::Value>,
) -> Result<Ensured<H::Value>, Failure<H::Value>> {
    let Settings {
        provider, version, ..
    } = &client.settings;
    // v1 has nothing that gives one player.
    if typed::find::<()>(&provider.own, version, "admin.player").is_err() {
        return Err(typed::unsupported("ensurePlayer", version).into());
    }
    if let Some(player) = find(client, id).await? {
        return Ok(existing(player));
    }
    let mut creation = Call::new(Method::Post, route(&[])?);
    creation.body = Some(body);
    // Of two that arrive, the second one finds the player there.
    creation.retry = Wish {
        methods: Some(vec![Method::Post]),
        ..Wish::default()
    };
    let error = match call(client, creation).await {
        Ok(created) => {
            return Ok(Ensured {
                created: true,
                player: created.data,
            });
        }
        Err(Failure::Failed(error)) if is_taken(&error) => error,
        Err(failure) => return Err(failure),
    };
    match find(client, id).await? {
        Some(player) => Ok(existing(player)),
        None => Err(error.into()),
    }
}

async fn find<H: Host>(
    client: &Rc<Client<H>>,
    id: &str,
) -> Result<Option<H::Value>, Failure<H::Value>> {
    match call(client, Call::new(Method::Get, route(&[id])?)).await {
        Ok(found) => Ok(Some(found.data)),
        Err(Failure::Failed(error)) if error.code == NOT_FOUND => Ok(None),
        Err(failure) => Err(failure),
    }
}

fn route<V>(below: &[&str]) -> Result<Route, Error<V>> {
    let whole = ["admin", "players"].iter().chain(below);
    Route::from_segments(&whole.map(|one| (*one).to_owned()).collect::<Vec<_>>())
}

fn existing<V>(player: V) -> Ensured<V> {
    Ensured {
        created: false,
        player,
    }
}

fn is_taken<V>(error: &Error<V>) -> bool {
    error.code == EXISTS || error.status == Some(CONFLICT)
}
