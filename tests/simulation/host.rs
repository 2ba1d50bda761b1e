//! The world as one client's host.

use std::rc::Rc;

use playoff_wasm::core::error::{Error, Failure};
use playoff_wasm::core::event::Event;
use playoff_wasm::core::host::{Given, Host, Need, Try};
use playoff_wasm::core::provider::Place;
use playoff_wasm::core::request::Request;
use playoff_wasm::core::storage::Storage;
use serde_json::Value as Json;

use crate::answer::Scripted;
use crate::world::World;

/// The world as one client's host.
#[derive(Clone)]
pub struct Simulated(pub Rc<World>);

impl Host for Simulated {
    type Value = Json;
    type Answer = Scripted;

    fn now(&self) -> f64 {
        self.0.time.shown_unix()
    }

    fn random(&self) -> f64 {
        self.0.choices.fraction()
    }

    fn date(&self, text: &str) -> Option<f64> {
        self.0.date(text)
    }

    fn place(&self) -> Place {
        self.0.setup.place
    }

    async fn sleep(&self, milliseconds: u32) {
        self.0.time.sleep(milliseconds.into()).await;
    }

    async fn aborted(&self, signal: &Json) -> Json {
        let id = signal["signal"].as_u64().expect("a signal");
        self.0.aborted(id as usize).await
    }

    async fn send(&self, request: &Request<Json>) -> Result<Scripted, Json> {
        self.0.send(request).await
    }

    async fn token(&self, need: Need<'_>) -> Result<Given<Json, Scripted>, Failure<Json>> {
        let gift = self.0.token(need.reason, need.player_id).await;
        gift.map_err(Failure::Thrown)
    }

    async fn before_request(
        &self,
        one: &Try,
        headers: &mut Vec<(String, String)>,
    ) -> Result<(), Failure<Json>> {
        self.0
            .check_no_secret("beforeRequest", &format!("{headers:?}"));
        self.0.before_request(one).await
    }

    async fn after_response(&self, one: &Try, answer: Scripted) -> Result<Scripted, Failure<Json>> {
        self.0.after_response(one, answer).await
    }

    async fn before_retry(
        &self,
        error: &Error<Json>,
        _: u32,
        _: u32,
    ) -> Result<bool, Failure<Json>> {
        self.0.before_retry(error).await
    }

    fn emit(&self, event: Event<Json>) {
        self.0.listen(&event);
    }

    async fn digest(&self, text: &str) -> Result<String, Json> {
        self.0.digest(text).await
    }

    async fn storage(&self, key: &str, what: Storage<'_>) -> Result<Option<Json>, Json> {
        match what {
            Storage::Load => self.0.load(key).await,
            Storage::Store(token) => self.0.store(key, &token).await.map(|()| None),
            Storage::Remove => self.0.remove(key).await.map(|()| None),
        }
    }
}
