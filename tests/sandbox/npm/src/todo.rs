//! What a shell carries out, as JSON: one list, in order.

use std::collections::BTreeMap;

use playoff_sandbox::faults::Cut;
use playoff_sandbox::kumite::watch;
use playoff_sandbox::stream::{self, Timer};
use playoff_sandbox::toornament::webhooks::Delivery;
use playoff_sandbox::{Answer, Reply};
use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

/// An answer. `head` says everything but the body.
#[wasm_bindgen(getter_with_clone)]
pub struct Outcome {
    /// `{status, headers, delayMs, drop, close, todo}`, or `{letIn: milliseconds}`.
    pub head: String,
    /// The whole body.
    pub body: Vec<u8>,
}

impl Outcome {
    /// The outcome of a reply. `let_idle_go`: connections that nobody uses have to be closed.
    pub fn of(reply: Reply, timers: &mut Timers, let_idle_go: bool) -> Self {
        let mut todo = timers.stream(reply.effects);
        todo.extend(watch(reply.watch));
        todo.extend(deliveries(reply.deliveries));
        if let_idle_go {
            todo.push(json!({ "do": "letIdleGo" }));
        }
        let Answer {
            status,
            headers,
            body,
        } = reply.answer;
        let head = json!({
            "status": status,
            "headers": headers,
            "delayMs": reply.delay_ms,
            "drop": reply.drop.map(|cut| match cut {
                Cut::Connection => "connection",
                Cut::Body => "body",
            }),
            "close": reply.close,
            "todo": todo,
        });
        Self {
            head: head.to_string(),
            body,
        }
    }

    /// A request is let in, after so many milliseconds.
    pub fn let_in(after_ms: u64) -> Self {
        Self {
            head: json!({ "letIn": after_ms }).to_string(),
            body: Vec::new(),
        }
    }
}

/// The stream's timers that are running, by the numbers that JavaScript knows them by.
#[derive(Default)]
pub struct Timers {
    running: BTreeMap<u32, Timer>,
    started: u32,
}

impl Timers {
    /// What is done at the sockets of the stream.
    pub fn stream(&mut self, effects: Vec<stream::Effect>) -> Vec<Value> {
        let todo = |effect| match effect {
            stream::Effect::Send(id, text) => json!({ "do": "send", "id": id, "text": text }),
            stream::Effect::Close(id) => json!({ "do": "close", "id": id }),
            stream::Effect::Cut(id) => json!({ "do": "cut", "id": id }),
            stream::Effect::Silence { connection, ms } => {
                json!({ "do": "silence", "id": connection, "ms": ms })
            }
            // Settings are asked for whenever somebody connects.
            stream::Effect::Renew => json!({ "do": "renew" }),
            stream::Effect::Later { ms, timer } => {
                json!({ "do": "ring", "ms": ms, "timer": self.start(timer) })
            }
        };
        effects.into_iter().map(todo).collect()
    }

    fn start(&mut self, timer: Timer) -> u32 {
        self.started += 1;
        self.running.insert(self.started, timer);
        self.started
    }

    /// The timer of that number has come to its end.
    pub fn take(&mut self, number: u32) -> Option<Timer> {
        self.running.remove(&number)
    }
}

/// What is done at the sockets of Kumite's WebSocket.
pub fn watch(effects: Vec<watch::Effect>) -> Vec<Value> {
    let todo = |effect| match effect {
        watch::Effect::Send(id, text) => json!({ "do": "tell", "id": id, "text": text }),
        watch::Effect::Cut(id) => json!({ "do": "leave", "id": id }),
        watch::Effect::WakeAfter(ms) => json!({ "do": "wake", "ms": ms }),
    };
    effects.into_iter().map(todo).collect()
}

/// What is sent to receivers of webhooks, one after the other.
pub fn deliveries(deliveries: Vec<Delivery>) -> Option<Value> {
    let rows: Vec<Value> = deliveries
        .into_iter()
        .map(|delivery| {
            json!({
                "id": delivery.id,
                "afterMs": delivery.after_ms,
                "method": delivery.method,
                "url": delivery.url,
                "headers": delivery.headers,
                "body": String::from_utf8_lossy(&delivery.body),
            })
        })
        .collect();
    (!rows.is_empty()).then(|| json!({ "do": "deliver", "deliveries": rows }))
}
