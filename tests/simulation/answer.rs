//! An answer on its way.

use std::rc::Rc;

use playoff_wasm::core::host::{Answer, Unreadable};
use playoff_wasm::core::json;
use playoff_wasm::core::request::As;
use serde_json::{Value as Json, json};

use crate::asked::Seen;
use crate::world::World;

/// The head of an answer; its body comes later, or breaks off.
pub struct Scripted {
    world: Rc<World>,
    status: u16,
    header: Option<(&'static str, String)>,
    body: String,
    /// Whether it breaks off.
    pub breaks: bool,
    /// The call that it answers, and as what.
    pub answers: Option<(usize, Seen)>,
    /// Milliseconds for which the service doesn't want to be asked.
    pub rest: u64,
    /// The refresh token for which it gives another one.
    pub spends: Option<usize>,
    /// The key for which it gives a token, since when that is asked for, and the refresh token that
    /// is good from now on.
    pub grants: Option<(usize, u64, usize)>,
    /// The key whose renewal has succeeded with it.
    pub renews: Option<usize>,
    /// The key whose renewal has failed with it.
    pub fails_renewal_of: Option<usize>,
}

impl Scripted {
    /// A status and a body.
    pub fn new(world: &Rc<World>, status: u16, body: &str) -> Self {
        Self {
            world: Rc::clone(world),
            status,
            header: None,
            body: body.to_owned(),
            breaks: false,
            answers: None,
            rest: 0,
            spends: None,
            grants: None,
            renews: None,
            fails_renewal_of: None,
        }
    }

    /// The same with a header.
    pub fn with(mut self, name: &'static str, value: String) -> Self {
        self.header = Some((name, value));
        self
    }

    /// The client has read it all.
    fn arrives(&self) {
        let world = &self.world;
        if let Some((id, seen)) = self.answers {
            let mut asked = world.asked.borrow_mut();
            asked[id].seen = seen;
            asked[id].not_before = world.time.now() + self.rest;
        }
        if let Some(serial) = self.spends {
            world.service.set_answered(serial);
        }
        if let Some((key, asked, next)) = self.grants {
            world.granted(key, asked, next);
        }
        if let Some(key) = self.renews {
            world.renewal_succeeded(key);
        }
        if let Some(key) = self.fails_renewal_of {
            world.renewal_failed(key);
        }
    }
}

impl Answer for Scripted {
    type Value = Json;

    fn status(&self) -> u16 {
        self.status
    }

    fn header(&self, name: &str) -> Option<String> {
        let known = self.header.as_ref().filter(|(known, _)| *known == name);
        known.map(|(_, value)| value.clone())
    }

    fn headers(&self) -> Json {
        json!({})
    }

    async fn text(self) -> Result<String, Json> {
        self.world.latency().await;
        if self.breaks {
            if let Some(key) = self.fails_renewal_of {
                self.world.renewal_failed(key);
            }
            return Err(json!({ "message": "terminated" }));
        }
        self.arrives();
        Ok(self.body)
    }

    async fn read(self, form: As) -> Result<Json, Unreadable<Json>> {
        let text = self.text().await.map_err(Unreadable::Lost)?;
        json::body(text, form)
    }
}
