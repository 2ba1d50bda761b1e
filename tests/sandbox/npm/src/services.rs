//! The services, as a shell calls them.

use std::cell::Cell;

use playoff_sandbox::door::Door;
use playoff_sandbox::http::MAX_BODY;
use playoff_sandbox::kumite::watch::is_watch;
use playoff_sandbox::stream::is_stream;
use playoff_sandbox::{Moment, Moments, Request, Sandbox};
use serde_json::{Value, json};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

use crate::host;
use crate::todo::{self, Outcome, Timers};

/// All services, with their state.
#[wasm_bindgen]
pub struct Services(Cell<Option<Inside>>);

struct Inside {
    sandbox: Sandbox,
    moments: Moments,
    timers: Timers,
}

impl Inside {
    fn moment(&mut self) -> Moment {
        self.moments.next(host::moment())
    }

    fn outcome(&mut self, door: Door) -> Outcome {
        match door {
            Door::Open(after_ms) => Outcome::let_in(after_ms),
            Door::Shut(reply) => Outcome::of(*reply, &mut self.timers, false),
        }
    }
}

#[wasm_bindgen]
impl Services {
    /// The services with their seed. `seed` and `clock` are the command line's.
    #[wasm_bindgen(constructor)]
    pub fn new(seed: Option<String>, clock: Option<String>) -> Result<Services, JsError> {
        let seed = seed.map(|text| text.parse()).transpose()?;
        let clock = clock.map(|text| text.parse()).transpose()?;
        let moments = Moments::new(clock, seed);
        Ok(Self(Cell::new(Some(Inside {
            sandbox: Sandbox::new(moments.time(host::moment().unix_ms)),
            moments,
            timers: Timers::default(),
        }))))
    }

    /// What stays `None` was lost in a panic: nothing half done is ever looked at again.
    fn with<T>(&self, work: impl FnOnce(&mut Inside) -> T) -> Result<T, JsError> {
        let mut inside = self.0.take().ok_or_else(|| {
            JsError::new("the sandbox has failed in an earlier call; start another one")
        })?;
        let result = work(&mut inside);
        self.0.set(Some(inside));
        Ok(result)
    }

    /// What is where, as one line of JSON.
    pub fn describe(&self, origin: &str) -> Result<String, JsError> {
        self.with(|inside| inside.sandbox.describe(origin).to_string())
    }

    /// Answers a call; without a body it was too large to be read.
    pub fn answer(&self, head: &str, body: Option<Vec<u8>>) -> Result<Outcome, JsError> {
        let mut request = request(head)?;
        self.with(|inside| {
            let moment = inside.moment();
            let dropping = inside.sandbox.faults.will_drop_connection();
            let reply = match body {
                None => inside.sandbox.refuse_large(&request, moment),
                Some(body) => {
                    request.body = body;
                    inside.sandbox.handle(&request, moment)
                }
            };
            let let_idle_go = inside.sandbox.faults.will_drop_connection() && !dropping;
            Outcome::of(reply, &mut inside.timers, let_idle_go)
        })
    }

    /// Lets a request for the notification stream in, or not.
    #[wasm_bindgen(js_name = streamDoor)]
    pub fn stream_door(&self, head: &str) -> Result<Outcome, JsError> {
        let request = request(head)?;
        self.with(|inside| {
            let moment = inside.moment();
            let door = inside.sandbox.stream_door(&request, moment);
            inside.outcome(door)
        })
    }

    /// Notes what the transport answered.
    #[wasm_bindgen(js_name = streamAnswered)]
    pub fn stream_answered(&self, head: &str, status: u16) -> Result<(), JsError> {
        let request = request(head)?;
        self.with(|inside| {
            let moment = inside.moment();
            inside.sandbox.stream_answered(&request, status, moment);
        })
    }

    /// How patient the stream is with those who connect now, as JSON.
    #[wasm_bindgen(js_name = streamSettings)]
    pub fn stream_settings(&self) -> Result<String, JsError> {
        self.with(|inside| inside.sandbox.stream.settings.to_json().to_string())
    }

    /// Somebody has connected: `{id, todo}`.
    #[wasm_bindgen(js_name = streamOpened)]
    pub fn stream_opened(&self) -> Result<String, JsError> {
        self.with(|inside| {
            let moment = inside.moment();
            let (id, effects) = inside.sandbox.stream_opened(moment);
            json!({ "id": id, "todo": inside.timers.stream(effects) }).to_string()
        })
    }

    /// A text message of a connection: what is done.
    #[wasm_bindgen(js_name = streamMessage)]
    pub fn stream_message(&self, id: f64, text: &str) -> Result<String, JsError> {
        self.with(|inside| {
            let moment = inside.moment();
            let effects = inside.sandbox.stream_message(id as u64, text, moment);
            Value::from(inside.timers.stream(effects)).to_string()
        })
    }

    /// A connection has ended by itself, by that reason.
    #[wasm_bindgen(js_name = streamClosed)]
    pub fn stream_closed(&self, id: f64, reason: &str) -> Result<(), JsError> {
        self.with(|inside| {
            let moment = inside.moment();
            inside.sandbox.stream_closed(id as u64, reason, moment);
        })
    }

    /// A timer has come to its end: what is done.
    pub fn ring(&self, timer: u32) -> Result<String, JsError> {
        self.with(|inside| {
            let moment = inside.moment();
            let effects = match inside.timers.take(timer) {
                Some(timer) => inside.sandbox.ring(timer, moment),
                None => Vec::new(),
            };
            Value::from(inside.timers.stream(effects)).to_string()
        })
    }

    /// Lets a request for Kumite's WebSocket in, or not.
    #[wasm_bindgen(js_name = watchDoor)]
    pub fn watch_door(&self, head: &str) -> Result<Outcome, JsError> {
        let request = request(head)?;
        self.with(|inside| {
            let moment = inside.moment();
            let door = inside.sandbox.watch_door(&request, moment);
            inside.outcome(door)
        })
    }

    /// Somebody watches from now on: their number.
    #[wasm_bindgen(js_name = watchOpened)]
    pub fn watch_opened(&self) -> Result<f64, JsError> {
        self.with(|inside| inside.sandbox.watch_opened() as f64)
    }

    /// A connection of Kumite's WebSocket has ended by itself.
    #[wasm_bindgen(js_name = watchClosed)]
    pub fn watch_closed(&self, id: f64) -> Result<(), JsError> {
        self.with(|inside| inside.sandbox.watch_closed(id as u64))
    }

    /// Something is due at Kumite: what is done.
    pub fn wake(&self) -> Result<String, JsError> {
        self.with(|inside| {
            let moment = inside.moment();
            Value::from(todo::watch(inside.sandbox.wake(moment))).to_string()
        })
    }

    /// What came of a delivery: a status, or what went wrong. Gives what is done.
    pub fn delivered(
        &self,
        id: f64,
        status: Option<u16>,
        error: Option<String>,
    ) -> Result<String, JsError> {
        let outcome = status.ok_or(error.unwrap_or_default());
        self.with(|inside| {
            let next = inside.sandbox.delivered(id as u64, outcome);
            let todo: Vec<Value> = todo::deliveries(next).into_iter().collect();
            Value::from(todo).to_string()
        })
    }
}

/// Which of the sockets a request is for: `stream`, `watch`, or `call`.
#[wasm_bindgen]
pub fn kind(target: &str) -> String {
    let request = Request::new("GET", origin_form(target));
    let kind = match () {
        () if is_stream(&request) => "stream",
        () if is_watch(&request) => "watch",
        () => "call",
    };
    kind.to_owned()
}

/// The largest body that is read.
#[wasm_bindgen(js_name = maxBody)]
pub fn max_body() -> usize {
    MAX_BODY
}

/// The request of `{method, target, headers}`, without its body.
fn request(head: &str) -> Result<Request, JsError> {
    let head: Value = serde_json::from_str(head)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut request = Request::new(&text(&head["method"]), origin_form(&text(&head["target"])));
    let headers = head["headers"].as_array().into_iter().flatten();
    request.headers = headers
        .map(|header| (text(&header[0]), text(&header[1])))
        .collect();
    Ok(request)
}

/// The path and query of a target, which may be a whole address (RFC 9112 section 3.2.2).
fn origin_form(target: &str) -> &str {
    let Some((_, rest)) = target
        .split_once("://")
        .filter(|_| !target.starts_with('/'))
    else {
        return target;
    };
    rest.find(['/', '?']).map_or("/", |at| &rest[at..])
}
