//! What the world must give the SDK. `host` (wasm32) gives it by JavaScript, tests by simulation.

use std::pin::Pin;

use crate::core::error::{Error, Failure};
use crate::core::event::{Event, Reason};
use crate::core::method::Method;
use crate::core::provider::Place;
use crate::core::record::Record;
use crate::core::request::{As, Request};
use crate::core::secret::Secret;
use crate::core::storage::Storage;
use crate::core::told::Told;
use crate::core::tree::Tree;
use crate::core::value::Value;

/// Work that nobody waits for.
pub type Work = Pin<Box<dyn Future<Output = ()>>>;

/// Why a body couldn't be read.
#[derive(Debug)]
pub enum Unreadable<V> {
    /// The connection broke.
    Lost(V),
    /// It isn't JSON.
    NotJson,
}

/// The head of an answer, whose body can be read once. Dropping it ends the request.
#[allow(async_fn_in_trait, reason = "hosts have one thread")]
pub trait Answer {
    /// The values of the host that it came from.
    type Value: Value;

    /// The HTTP status; 0 for a redirect that the host hides.
    fn status(&self) -> u16;
    /// A header's value.
    fn header(&self, name: &str) -> Option<String>;
    /// All headers that the host shows, as the caller gets them.
    fn headers(&self) -> Self::Value;
    /// The whole body as text.
    async fn text(self) -> Result<String, Self::Value>;
    /// The whole body as the caller wants it.
    async fn read(self, form: As) -> Result<Self::Value, Unreadable<Self::Value>>;
}

/// One try of a call, as hooks see it: before the token is in it.
#[derive(Clone, Debug)]
pub struct Try {
    /// The method.
    pub method: Method,
    /// The URL, without a token.
    pub url: String,
    /// Which try it is; the first one is 1.
    pub number: u32,
}

/// What a token is asked for with.
#[derive(Clone, Copy, Debug)]
pub struct Need<'a> {
    /// Why it is.
    pub reason: Reason,
    /// Whose it shall be, where every player has one.
    pub player_id: Option<&'a str>,
    /// The one that the service refused last.
    pub refused: Option<&'a Secret>,
}

/// What there was for a token.
pub enum Given<V, A> {
    /// A string or an object, or what was given in their place.
    Value(V),
    /// A `Response`, still to be judged.
    Answer(A),
    /// A token of the service's own.
    Record(Record),
}

/// The world around one client.
#[allow(async_fn_in_trait, reason = "hosts have one thread")]
pub trait Host: 'static {
    /// Its values.
    type Value: Tree;
    /// Its answers.
    type Answer: Answer<Value = Self::Value> + 'static;
    /// A lock that is held; dropping it lets it go.
    type Lock: 'static;

    /// Unix time in seconds, by a clock that may be wrong.
    fn now(&self) -> f64;
    /// A number in `0..1`, another one every time.
    fn random(&self) -> f64;
    /// The Unix time in seconds that a text such as an HTTP date names.
    fn date(&self, text: &str) -> Option<f64>;
    /// Where the client runs.
    fn place(&self) -> Place;
    /// Waits.
    async fn sleep(&self, milliseconds: u32);
    /// Does work to its end, whoever is still there.
    fn spawn(&self, work: Work);
    /// Waits until the caller's signal is aborted, and gives its reason.
    async fn aborted(&self, signal: &Self::Value) -> Self::Value;
    /// Sends a request and gives the head of its answer, or what was thrown. Dropping the future
    /// ends the request.
    async fn send(&self, request: &Request<Self::Value>) -> Result<Self::Answer, Self::Value>;
    /// What the `token` option gives, or what it threw; in its place, what the service gives for
    /// credentials. Dropping the future ends what it waits for.
    async fn token(
        &self,
        need: Need<'_>,
    ) -> Result<Given<Self::Value, Self::Answer>, Failure<Self::Value>>;

    /// Lets the `beforeRequest` hook change the headers; what it threw ends the call.
    async fn before_request(
        &self,
        one: &Try,
        headers: &mut Vec<(String, String)>,
    ) -> Result<(), Failure<Self::Value>>;
    /// Lets the `afterResponse` hook see an answer, or put another one in its place.
    async fn after_response(
        &self,
        one: &Try,
        answer: Self::Answer,
    ) -> Result<Self::Answer, Failure<Self::Value>>;
    /// Asks the `beforeRetry` hook whether a try is made again after `delay` milliseconds.
    async fn before_retry(
        &self,
        error: &Error<Self::Value>,
        retry: u32,
        delay: u32,
    ) -> Result<bool, Failure<Self::Value>>;
    /// Tells those who listen.
    fn emit(&self, event: Event<Self::Value>);

    /// A one-way hash of a text, the same everywhere.
    async fn digest(&self, text: &str) -> Result<String, Self::Value>;
    /// Lets the `storage` option do something under a key; it gives what it holds, if that was asked
    /// for.
    async fn storage(
        &self,
        key: &str,
        what: Storage<'_>,
    ) -> Result<Option<Self::Value>, Self::Value>;
    /// Waits until no other tab holds the lock of that name, and takes it. Nothing, where there are
    /// no locks. Dropping the future leaves the queue.
    async fn lock(&self, name: &str) -> Option<Self::Lock>;
    /// A text that all tabs of the origin see; nothing where there is none, or they have nothing in
    /// common.
    fn common(&self, name: &str) -> Option<String>;
    /// Lets all tabs of the origin see a text, where they can.
    fn set_common(&self, name: &str, text: &str);
    /// Tells other tabs what became of the token that is stored under a key.
    fn tell(&self, key: &str, told: Told);
}
