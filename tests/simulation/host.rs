//! The world as one client's host.

use std::rc::Rc;

use playoff_wasm::core::error::{Error, Failure};
use playoff_wasm::core::event::Event;
use playoff_wasm::core::host::{Given, Host, Need, Try, Work};
use playoff_wasm::core::provider::Place;
use playoff_wasm::core::request::Request;
use playoff_wasm::core::storage::Storage;
use playoff_wasm::core::told::Told;
use serde_json::Value as Json;

use crate::answer::Scripted;
use crate::setup::key_of;
use crate::storage::PREFIX;
use crate::tabs::Held;
use crate::world::World;

/// The world as one client's host.
pub struct Simulated {
    /// The world.
    pub world: Rc<World>,
    /// Which tab's it is, where there are several.
    pub tab: usize,
}

impl Simulated {
    /// The token key of a player, or the tab's view of the one that all tabs share.
    fn key(&self, player: Option<&str>) -> usize {
        match self.world.setup.tabs {
            true => self.tab,
            false => key_of(player),
        }
    }

    /// The same of a name under which something is stored.
    fn key_in(&self, name: &str) -> usize {
        self.key(name.strip_prefix(PREFIX))
    }
}

impl Host for Simulated {
    type Value = Json;
    type Answer = Scripted;
    type Lock = Held;

    fn now(&self) -> f64 {
        self.world.time.shown_unix()
    }

    fn random(&self) -> f64 {
        self.world.choices.fraction()
    }

    fn date(&self, text: &str) -> Option<f64> {
        self.world.date(text)
    }

    fn place(&self) -> Place {
        self.world.setup.place
    }

    async fn sleep(&self, milliseconds: u32) {
        self.world.time.sleep(milliseconds.into()).await;
    }

    fn spawn(&self, work: Work) {
        self.world.spawn(work);
    }

    async fn aborted(&self, signal: &Json) -> Json {
        let id = signal["signal"].as_u64().expect("a signal");
        self.world.aborted(id as usize).await
    }

    async fn send(&self, request: &Request<Json>) -> Result<Scripted, Json> {
        self.world.send(self.tab, request).await
    }

    async fn token(&self, need: Need<'_>) -> Result<Given<Json, Scripted>, Failure<Json>> {
        let gift = self
            .world
            .token(need.reason, self.key(need.player_id))
            .await;
        gift.map_err(Failure::Thrown)
    }

    async fn before_request(
        &self,
        one: &Try,
        headers: &mut Vec<(String, String)>,
    ) -> Result<(), Failure<Json>> {
        self.world
            .check_no_secret("beforeRequest", &format!("{headers:?}"));
        self.world.before_request(one).await
    }

    async fn after_response(&self, one: &Try, answer: Scripted) -> Result<Scripted, Failure<Json>> {
        self.world.after_response(one, answer).await
    }

    async fn before_retry(
        &self,
        error: &Error<Json>,
        _: u32,
        _: u32,
    ) -> Result<bool, Failure<Json>> {
        self.world.before_retry(error).await
    }

    fn emit(&self, event: Event<Json>) {
        self.world.listen(self.tab, &event);
    }

    async fn digest(&self, text: &str) -> Result<String, Json> {
        self.world
            .digest(text, self.key(text.rsplit(' ').next()))
            .await
    }

    async fn storage(&self, key: &str, what: Storage<'_>) -> Result<Option<Json>, Json> {
        let key = self.key_in(key);
        match what {
            Storage::Load => self.world.load(key).await,
            Storage::Store(token) => self.world.store(key, &token).await.map(|()| None),
            Storage::Remove => self.world.remove(key).await.map(|()| None),
        }
    }

    async fn lock(&self, name: &str) -> Option<Held> {
        assert!(name.starts_with(PREFIX), "{name}");
        self.world.latency().await;
        Some(self.world.lock(self.tab).await)
    }

    fn common(&self, name: &str) -> Option<String> {
        self.world.common.borrow().get(name).cloned()
    }

    fn set_common(&self, name: &str, text: &str) {
        let mut common = self.world.common.borrow_mut();
        common.insert(name.to_owned(), text.to_owned());
    }

    fn tell(&self, key: &str, told: Told) {
        self.world.tell_others(self.tab, key, told);
    }
}
