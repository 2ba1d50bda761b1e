//! A world in which nothing happens by itself: requests are answered by a script, and time passes
//! only when everybody waits for it.

#[cfg(feature = "edge")]
use std::cell::OnceCell;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::future::{pending, poll_fn};
use std::rc::Rc;
use std::task::{Poll, Waker};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use futures_executor::LocalPool;
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use futures_util::task::LocalSpawnExt;
use playoff_wasm::core::answer::Outcome;
use playoff_wasm::core::client::Client;
use playoff_wasm::core::error::{Error, Failure};
use playoff_wasm::core::event::{Event, Reason};
use playoff_wasm::core::host::{Answer, Given, Host, Need, Try, Unreadable, Work};
use playoff_wasm::core::json;
use playoff_wasm::core::method::Method;
use playoff_wasm::core::provider::Place;
use playoff_wasm::core::request::{As, Call, Request};
use playoff_wasm::core::retry::Wish;
use playoff_wasm::core::route::Route;
use playoff_wasm::core::settings::{Options, Settings, TokenSource};
use playoff_wasm::core::storage;
use playoff_wasm::core::told::Told;
#[cfg(feature = "edge")]
use playoff_wasm::edge::app::App;
use serde_json::{Value as Json, json};

use crate::page::Browser;

/// Unix time at which every world begins.
pub const START: f64 = 1_800_000_000.0;
/// Ten seconds later.
pub const IN_TEN_SECONDS: &str = "Fri, 15 Jan 2027 08:00:10 GMT";

/// A JWT with these claims, whose signature nobody looks at.
pub fn jwt(claims: &Json) -> String {
    let payload = BASE64_URL_SAFE_NO_PAD.encode(claims.to_string());
    format!("e30.{payload}.not-a-signature")
}

/// How a call ended.
pub type Ended = Result<Outcome<Json>, Failure<Json>>;

/// What the script does with a request.
#[derive(Clone, Debug)]
pub enum Act {
    /// Answers.
    Answer(u16, &'static str),
    /// Answers with a `Location`.
    Redirect(u16, &'static str),
    /// Answers with an empty body and a header.
    Header(u16, &'static str, &'static str),
    /// Never answers.
    Silence,
    /// Fails as a network does.
    Fail,
    /// Answers, and breaks off in the body.
    BreakOff,
}

/// A call that works.
pub const DONE: Act = Act::Answer(200, "1");
/// A call whose token isn't taken.
pub const REFUSED: Act = Act::Answer(401, r#"{"error":"invalid_access_token"}"#);
/// A refresh token that isn't taken.
pub const DEAD: Act = Act::Answer(400, r#"{"error":"invalid_grant"}"#);

/// What the `token` option gives, in turn.
#[derive(Clone, Debug)]
pub enum Gift {
    /// A value.
    Value(Json),
    /// A `Response`.
    Answer(u16, &'static str),
    /// It throws.
    Throw(&'static str),
    /// It never gives anything.
    Silence,
}

/// What the hooks do.
#[derive(Clone, Copy, Debug, Default)]
pub enum Hook {
    /// Nothing.
    #[default]
    None,
    /// `beforeRequest` throws.
    BeforeRequest,
    /// `beforeRequest` adds a header.
    AddHeader,
    /// `afterResponse` throws.
    AfterResponse,
    /// `afterResponse` gives another answer.
    Replace,
    /// `beforeRetry` throws.
    BeforeRetry,
    /// `beforeRetry` says no.
    GiveUp,
    /// `beforeRetry` never says anything.
    Hang,
}

/// What the storage does.
#[derive(Clone, Copy, Debug, Default)]
pub enum Storage {
    /// What it should.
    #[default]
    Works,
    /// It throws.
    Throws,
    /// It never answers.
    Hangs,
}

/// Everything that a test can look at afterwards.
#[derive(Default)]
pub struct World {
    clock: Cell<f64>,
    timers: RefCell<Vec<(f64, Waker)>>,
    script: RefCell<VecDeque<Act>>,
    gifts: RefCell<VecDeque<Gift>>,
    aborted: RefCell<Option<(f64, Json)>>,
    /// Whether it is an edge worker's.
    pub is_worker: Cell<bool>,
    /// Whether it is a page's.
    pub is_page: Cell<bool>,
    spawned: RefCell<Vec<Work>>,
    /// Which locks are held.
    pub locked: RefCell<BTreeSet<String>>,
    /// What all tabs see.
    pub common: RefCell<BTreeMap<String, String>>,
    /// What other tabs were told.
    pub told: RefCell<Vec<Told>>,
    /// What was sent.
    pub sent: RefCell<Vec<Request<Json>>>,
    /// Why tokens were asked for.
    pub asked: RefCell<Vec<Reason>>,
    /// For whom tokens were asked for.
    pub asked_for: RefCell<Vec<Option<String>>>,
    /// What the hooks do.
    pub hook: Cell<Hook>,
    /// What the storage does.
    pub storage: Cell<Storage>,
    /// What is stored.
    pub stored: RefCell<BTreeMap<String, Json>>,
    /// What those who listen were told.
    pub events: RefCell<Vec<Event<Json>>>,
    /// The page, where there is one.
    pub page: Browser,
    /// What asks the service for tokens in place of the gifts.
    #[cfg(feature = "edge")]
    pub app: OnceCell<App>,
}

/// The world as one client's host.
#[derive(Clone)]
pub struct Simulated(pub Rc<World>);

impl World {
    /// A world at a fixed time with a script of answers and of tokens.
    pub fn new(script: &[Act], gifts: &[Gift]) -> Rc<Self> {
        let world = Self::default();
        world.clock.set(START);
        world.script.borrow_mut().extend(script.iter().cloned());
        world.gifts.borrow_mut().extend(gifts.iter().cloned());
        Rc::new(world)
    }

    /// The caller's signal fires after some milliseconds.
    pub fn abort_after(&self, milliseconds: f64, reason: Json) {
        let at = self.clock.get() + milliseconds / 1000.0;
        *self.aborted.borrow_mut() = Some((at, reason));
    }

    /// Milliseconds since the world began.
    pub fn elapsed(&self) -> f64 {
        ((self.clock.get() - START) * 1000.0).round()
    }

    /// Another tab has finished a sign-in.
    pub fn set_finished(&self, marks: String) {
        let mut common = self.common.borrow_mut();
        common.insert("finished-logins".to_owned(), marks);
    }

    /// Waits, for a test that does something meanwhile.
    pub async fn sleep(&self, milliseconds: f64) {
        self.until(self.clock.get() + milliseconds / 1000.0).await;
    }

    /// Moves the clock, as if somebody set it.
    pub fn set_clock(&self, seconds: f64) {
        self.clock.set(self.clock.get() + seconds);
    }

    async fn until(&self, at: f64) {
        poll_fn(|context| {
            if self.clock.get() >= at {
                return Poll::Ready(());
            }
            self.timers.borrow_mut().push((at, context.waker().clone()));
            Poll::Pending
        })
        .await;
    }

    /// Lets the time pass until the next timer; false where there is none.
    fn advance(&self) -> bool {
        let mut timers = self.timers.borrow_mut();
        let Some(next) = timers.iter().map(|(at, _)| *at).reduce(f64::min) else {
            return false;
        };
        self.clock.set(next.max(self.clock.get()));
        for (_, waker) in timers.drain(..) {
            waker.wake();
        }
        true
    }
}

/// A client in the world, with a callback for tokens, that tries once.
pub fn client(world: &Rc<World>) -> Rc<Client<Simulated>> {
    client_with(world, TokenSource::Callback, |_| {})
}

/// A client in the world.
pub fn client_with(
    world: &Rc<World>,
    token: TokenSource,
    change: impl Fn(&mut Options),
) -> Rc<Client<Simulated>> {
    let mut options = Options {
        api_url: Some("https://api.example".into()),
        timeout: Some(1000),
        token,
        retry: Wish {
            limit: Some(0),
            ..Wish::default()
        },
        ..Options::default()
    };
    change(&mut options);
    let settings = Settings::new::<Json>(options).expect("the options hold");
    Client::new(Simulated(Rc::clone(world)), settings)
}

/// A call of `GET /runtime/player`.
pub fn get() -> Call<Json> {
    call(Method::Get)
}

/// A call of `/runtime/player`.
pub fn call(method: Method) -> Call<Json> {
    Call::new(
        method,
        Route::from_path::<Json>("/runtime/player").expect("a route"),
    )
}

/// Makes calls at the same time and waits until every one has ended.
pub fn run(client: &Rc<Client<Simulated>>, calls: Vec<Call<Json>>) -> Vec<Ended> {
    let ended: Rc<RefCell<Vec<Option<Ended>>>> =
        Rc::new(RefCell::new(calls.iter().map(|_| None).collect()));
    let tasks = calls.into_iter().enumerate().map(|(index, call)| {
        let (client, ended) = (Rc::clone(client), Rc::clone(&ended));
        let task = async move {
            let outcome = playoff_wasm::core::call::call(&client, call).await;
            ended.borrow_mut()[index] = Some(outcome);
        };
        task.boxed_local()
    });
    finish(&client.host.0, tasks.collect());
    ended.take().into_iter().flatten().collect()
}

/// Does everything at the same time and waits until all of it has ended.
pub fn finish(world: &World, tasks: Vec<LocalBoxFuture<'static, ()>>) {
    let mut pool = LocalPool::new();
    let open = Rc::new(Cell::new(tasks.len()));
    for task in tasks {
        let open = Rc::clone(&open);
        let task = task.map(move |()| open.set(open.get() - 1));
        pool.spawner().spawn_local(task).expect("the pool is there");
    }
    loop {
        pool.run_until_stalled();
        for work in world.spawned.take() {
            pool.spawner().spawn_local(work).expect("the pool is there");
        }
        pool.run_until_stalled();
        if open.get() == 0 {
            break;
        }
        assert!(world.advance(), "something waits for nothing");
    }
}

/// What comes of one thing.
pub fn outcome<T: 'static>(world: &World, work: impl Future<Output = T> + 'static) -> T {
    let slot = Rc::new(RefCell::new(None));
    let put = Rc::clone(&slot);
    let task = work.map(move |done| *put.borrow_mut() = Some(done));
    finish(world, vec![task.boxed_local()]);
    slot.take().expect("it has ended")
}

/// Makes one call.
pub fn run_one(client: &Rc<Client<Simulated>>, call: Call<Json>) -> Ended {
    run(client, vec![call]).remove(0)
}

impl Host for Simulated {
    type Value = Json;
    type Answer = Scripted;
    type Lock = Held;

    fn now(&self) -> f64 {
        self.0.clock.get()
    }

    fn random(&self) -> f64 {
        0.5
    }

    /// The only date that tests name; and what engines read as one all the same.
    fn date(&self, text: &str) -> Option<f64> {
        match text {
            IN_TEN_SECONDS => Some(START + 10.0),
            "0.5" | "1.5" | "-1" => Some(978_303_600.0),
            _ => None,
        }
    }

    fn place(&self) -> Place {
        match (self.0.is_worker.get(), self.0.is_page.get()) {
            (true, _) => Place::Worker,
            (_, true) => Place::Page,
            _ => Place::Server,
        }
    }

    fn spawn(&self, work: Work) {
        self.0.spawned.borrow_mut().push(work);
    }

    async fn sleep(&self, milliseconds: u32) {
        let at = self.now() + f64::from(milliseconds) / 1000.0;
        self.0.until(at).await;
    }

    async fn aborted(&self, _signal: &Json) -> Json {
        let Some((at, reason)) = self.0.aborted.borrow().clone() else {
            return pending().await;
        };
        self.0.until(at).await;
        reason
    }

    async fn send(&self, request: &Request<Json>) -> Result<Scripted, Json> {
        let url = request.url.clone();
        self.0.sent.borrow_mut().push(request.clone());
        let act = self.0.script.borrow_mut().pop_front();
        // An answer takes a moment, so that calls at the same time overlap.
        self.sleep(1).await;
        match act.expect("a request that the script doesn't know") {
            Act::Answer(status, body) => Ok(Scripted::new(status, Some(body), None)),
            Act::Redirect(status, to) => {
                Ok(Scripted::new(status, Some(""), Some(("location", to))))
            }
            Act::Header(status, name, value) => {
                Ok(Scripted::new(status, Some(""), Some((name, value))))
            }
            Act::BreakOff => Ok(Scripted::new(200, None, None)),
            Act::Fail => Err(json!({ "message": format!("connect to {url} failed") })),
            Act::Silence => pending().await,
        }
    }

    async fn token(&self, need: Need<'_>) -> Result<Given<Json, Scripted>, Failure<Json>> {
        self.0
            .asked_for
            .borrow_mut()
            .push(need.player_id.map(str::to_owned));
        self.0.asked.borrow_mut().push(need.reason);
        #[cfg(feature = "edge")]
        if let Some(app) = self.0.app.get() {
            let send = async |request: &Request<Json>| self.send(request).await;
            return Ok(Given::Record(app.ask(self, need, send).await?));
        }
        let gift = self.0.gifts.borrow_mut().pop_front();
        self.sleep(1).await;
        match gift.expect("a token that the script doesn't know") {
            Gift::Value(value) => Ok(Given::Value(value)),
            Gift::Answer(status, body) => {
                Ok(Given::Answer(Scripted::new(status, Some(body), None)))
            }
            Gift::Throw(message) => Err(Failure::Thrown(json!({ "message": message }))),
            Gift::Silence => pending().await,
        }
    }

    async fn before_request(
        &self,
        one: &Try,
        headers: &mut Vec<(String, String)>,
    ) -> Result<(), Failure<Json>> {
        match self.0.hook.get() {
            Hook::BeforeRequest => Err(Failure::Thrown(json!("thrown by a hook"))),
            Hook::AddHeader => {
                headers.push(("x-try".to_owned(), one.number.to_string()));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    async fn after_response(&self, _: &Try, answer: Scripted) -> Result<Scripted, Failure<Json>> {
        match self.0.hook.get() {
            Hook::AfterResponse => Err(Failure::Thrown(json!("thrown by a hook"))),
            Hook::Replace => Ok(Scripted::new(200, Some("\"replaced\""), None)),
            _ => Ok(answer),
        }
    }

    async fn before_retry(&self, _: &Error<Json>, _: u32, _: u32) -> Result<bool, Failure<Json>> {
        match self.0.hook.get() {
            Hook::BeforeRetry => Err(Failure::Thrown(json!("thrown by a hook"))),
            Hook::GiveUp => Ok(false),
            Hook::Hang => pending().await,
            _ => Ok(true),
        }
    }

    fn emit(&self, event: Event<Json>) {
        self.0.events.borrow_mut().push(event);
    }

    async fn digest(&self, text: &str) -> Result<String, Json> {
        Ok(format!("[{text}]"))
    }

    async fn storage(&self, key: &str, what: storage::Storage<'_>) -> Result<Option<Json>, Json> {
        self.sleep(1).await;
        match self.0.storage.get() {
            Storage::Works => Ok(self.0.store(key, what)),
            Storage::Throws => Err(json!({ "message": "QuotaExceededError" })),
            Storage::Hangs => pending().await,
        }
    }

    async fn lock(&self, name: &str) -> Option<Held> {
        while self.0.locked.borrow().contains(name) {
            self.sleep(1).await;
        }
        self.0.locked.borrow_mut().insert(name.to_owned());
        Some(Held(Rc::clone(&self.0), name.to_owned()))
    }

    fn common(&self, name: &str) -> Option<String> {
        self.0.common.borrow().get(name).cloned()
    }

    fn set_common(&self, name: &str, text: &str) {
        let mut common = self.0.common.borrow_mut();
        common.insert(name.to_owned(), text.to_owned());
    }

    fn tell(&self, _key: &str, told: Told) {
        self.0.told.borrow_mut().push(told);
    }
}

/// A lock that is held.
pub struct Held(Rc<World>, String);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.locked.borrow_mut().remove(&self.1);
    }
}

impl World {
    fn store(&self, key: &str, what: storage::Storage<'_>) -> Option<Json> {
        let mut stored = self.stored.borrow_mut();
        match what {
            storage::Storage::Load => return stored.get(key).cloned(),
            storage::Storage::Store(token) => {
                stored.insert(key.to_owned(), json::record(&token));
            }
            storage::Storage::Remove => drop(stored.remove(key)),
        }
        None
    }
}

/// An answer of the script; without a body it breaks off.
pub struct Scripted {
    status: u16,
    body: Option<&'static str>,
    header: Option<(&'static str, &'static str)>,
}

impl Scripted {
    fn new(
        status: u16,
        body: Option<&'static str>,
        header: Option<(&'static str, &'static str)>,
    ) -> Self {
        Self {
            status,
            body,
            header,
        }
    }
}

impl Answer for Scripted {
    type Value = Json;

    fn status(&self) -> u16 {
        self.status
    }

    fn header(&self, name: &str) -> Option<String> {
        let (known, value) = self.header.unwrap_or(("x-request-id", "r1"));
        (known == name).then(|| value.to_owned())
    }

    fn headers(&self) -> Json {
        json!({ "x-request-id": "r1" })
    }

    async fn text(self) -> Result<String, Json> {
        let lost = || json!({ "message": "terminated" });
        self.body.map(str::to_owned).ok_or_else(lost)
    }

    async fn read(self, form: As) -> Result<Json, Unreadable<Json>> {
        let text = self.text().await.map_err(Unreadable::Lost)?;
        json::body(text, form)
    }
}
