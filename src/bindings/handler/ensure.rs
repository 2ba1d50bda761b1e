//! The `ensurePlayer` option: players who ask are created where the service doesn't know them yet.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::bindings::edge::read_fields;
use crate::bindings::fields::Fields;
use crate::core::client::Client;
use crate::core::error::{Error, Failure};
use crate::core::request::Body;
use crate::edge::handler::known::Known;
use crate::edge::players::{NewPlayer, ensure};
use crate::host::{JsHost, settled};

const NAMES: &[&str] = &["alias", "email"];

/// What is known of the players who asked.
pub struct Ensure {
    /// Says more of a player than the id.
    describe: Option<Function>,
    known: RefCell<Known>,
}

impl Ensure {
    /// `true`, or a function that describes a player.
    pub fn read(fields: &Fields) -> Result<Option<Self>, Error<JsValue>> {
        let given = fields.get("ensurePlayer")?.unwrap_or_default();
        let describe = given.dyn_ref::<Function>().cloned();
        let wanted = match (given.as_bool(), &describe) {
            (Some(wanted), _) => wanted,
            (None, Some(_)) => true,
            (None, None) if given.is_undefined() => false,
            _ => {
                let takes = "true, or a function that gives a player's alias and email";
                return Err(Error::option("ensurePlayer", takes));
            }
        };
        Ok(wanted.then(|| Self {
            describe,
            known: RefCell::default(),
        }))
    }

    /// Creates a player, unless there is one or this was done before.
    pub async fn ensure(
        &self,
        client: &Rc<Client<JsHost>>,
        player_id: &str,
    ) -> Result<(), Failure<JsValue>> {
        if self.known.borrow().holds(player_id) {
            return Ok(());
        }
        let player = self.describe(player_id).await?;
        let body = Body::Json(player.to_json().into());
        ensure(client, player_id, body).await?;
        self.known.borrow_mut().add(player_id);
        Ok(())
    }

    async fn describe(&self, player_id: &str) -> Result<NewPlayer, Failure<JsValue>> {
        let mut player = NewPlayer {
            id: player_id.to_owned(),
            alias: None,
            email: None,
        };
        if let Some(describe) = &self.describe {
            let said = describe.call1(&JsValue::UNDEFINED, &player_id.into());
            let said = settled(&said.map_err(Failure::Thrown)?).await;
            let said = said.map_err(Failure::Thrown)?;
            let fields = read_fields(&said, NAMES, "what ensurePlayer gives")?;
            player.alias = fields.text("alias")?;
            player.email = fields.text("email")?;
        }
        Ok(player)
    }
}
