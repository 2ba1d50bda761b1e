//! Who is asking, and `POST /player-token`.

use js_sys::Function;
use serde_json::json;
use wasm_bindgen::prelude::*;

use super::response::Reply;
use super::{Transaction, log_error};
use crate::bindings::edge::{grant, now, read_fields, warn_of_scopes};
use crate::core::error::Error;
use crate::edge::handler::answer::Answer;
use crate::edge::handler::{
    BODY_LIMIT, LOGIN_REQUIRED, MISCONFIGURED, NO_PLAYER, Refusal, UNAVAILABLE,
};
use crate::edge::mint::{Grant, mint};
use crate::host::body::NoBody;
use crate::host::error::{rejection, to_js};
use crate::host::{js, settled};

#[wasm_bindgen]
extern "C" {
    type Resolved;
    #[wasm_bindgen(method)]
    fn then(this: &Resolved, answer: &Function) -> JsValue;
}

const GRANT_NAMES: &[&str] = &["playerId", "scopes", "expiresIn", "allowLongLifetime"];

impl Transaction<'_> {
    /// Mints for whoever is signed in. What the request's body says is nobody's business: who the
    /// player is and what the token may do come from `authenticate` alone.
    pub async fn player_token(&self) -> Result<Reply, Refusal> {
        self.check_length(BODY_LIMIT)?;
        let grant = self.player().await?;
        match self.body(BODY_LIMIT).await {
            Err(NoBody::TooLarge) => return Err(NoBody::TooLarge.into()),
            Ok(_) | Err(NoBody::Used | NoBody::Broken) => {}
        }
        let token = self.mint(&grant)?;
        let body = json!({
            "access_token": token,
            "token_type": "jwt",
            "expires_in": grant.expires_in as i64,
        });
        Ok(Answer::json(200, &body).into())
    }

    /// Who is asking, and what the player may do.
    pub async fn player(&self) -> Result<Grant, Refusal> {
        let said = self.authenticate().await.map_err(|error| {
            log_error("playoff-wasm: authenticate failed:", &error);
            UNAVAILABLE
        })?;
        if said.is_undefined() || said.is_null() || said == false {
            return Err(LOGIN_REQUIRED);
        }
        let read = || grant(&read_fields(&said, GRANT_NAMES, "what authenticate gives")?);
        let grant = read().map_err(not_minted)?;
        warn_of_scopes(&grant);
        if let Some(ensure) = &self.setup.ensure {
            let ensured = ensure.ensure(&self.setup.app.client, &grant.player_id);
            ensured.await.map_err(|failure| {
                log_error("playoff-wasm: ensurePlayer failed:", &rejection(failure));
                NO_PLAYER
            })?;
        }
        Ok(grant)
    }

    /// A token for that player.
    pub fn mint(&self, grant: &Grant) -> Result<String, Refusal> {
        let Some(issuer) = &self.setup.app.issuer else {
            return Err(not_minted(Error::option(
                "proxy",
                "one with `dangerouslyUseAppToken`: this service takes no tokens that a worker mints",
            )));
        };
        mint(issuer, grant, now()).map_err(not_minted)
    }

    /// A promise calls it, so that what it throws comes as a rejection: `call1` would leave a place
    /// in wasm-bindgen's table of values occupied for ever.
    async fn authenticate(&self) -> Result<JsValue, JsValue> {
        let asked: Resolved = js::resolved(self.request).unchecked_into();
        settled(&asked.then(&self.setup.authenticate)).await
    }
}

fn not_minted(error: Error<JsValue>) -> Refusal {
    log_error("playoff-wasm: no token can be minted:", &to_js(error));
    MISCONFIGURED
}
