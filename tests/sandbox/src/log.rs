//! The log of calls, for tests to read. It shows everything, tokens and all:
//! there are only test values here.

use std::collections::VecDeque;

use serde_json::{Map, Value, json};

use crate::http::Request;
use crate::time::iso;

/// How many calls are kept, and how many entries of the stream.
const CAP: usize = 10_000;
/// How much of a body is kept.
const BODY_CAP: usize = 16_384;

/// The calls, and what happened at the notification stream, oldest first. They
/// are counted together: their numbers tell which came first.
#[derive(Debug, Default)]
pub struct Log {
    calls: VecDeque<Value>,
    stream: VecDeque<Value>,
    counted: u64,
}

/// What happened to a connection of the stream.
#[derive(Clone, Copy, Debug)]
pub struct StreamEntry<'a> {
    /// `opened`, `authenticated`, `refused` or `closed`.
    pub what: &'a str,
    /// Its number.
    pub connection: u64,
    /// Whose it is, once that is known.
    pub player: Option<&'a str>,
    /// Why.
    pub reason: Option<&'a str>,
}

impl Log {
    /// Writes a call down. `status` is `None` when the connection is dropped.
    pub fn write(&mut self, request: &Request, status: Option<u16>, at: i64) {
        self.counted += 1;
        let call = json!({
            "n": self.counted,
            "time": iso(at),
            "method": request.method,
            "path": request.path,
            "query": request.query().to_json(),
            "headers": headers(request),
            "body": body(&request.body),
            "status": status,
        });
        push(&mut self.calls, call);
    }

    /// Writes down what happened at the stream.
    pub fn write_stream(&mut self, entry: StreamEntry, at: i64) {
        self.counted += 1;
        let entry = json!({
            "n": self.counted,
            "time": iso(at),
            "what": entry.what,
            "connection": entry.connection,
            "player_id": entry.player,
            "reason": entry.reason,
        });
        push(&mut self.stream, entry);
    }

    /// All of it.
    pub fn to_json(&self) -> Value {
        json!({ "calls": self.calls, "stream": self.stream })
    }

    /// Forgets all, and starts to count anew.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

fn push(entries: &mut VecDeque<Value>, entry: Value) {
    if entries.len() == CAP {
        entries.pop_front();
    }
    entries.push_back(entry);
}

fn headers(request: &Request) -> Value {
    let mut map = Map::new();
    for (name, value) in &request.headers {
        let joined = match map.get(name).and_then(Value::as_str) {
            Some(first) => format!("{first}, {value}"),
            None => value.clone(),
        };
        map.insert(name.clone(), joined.into());
    }
    Value::Object(map)
}

/// JSON as JSON, anything else as text, nothing as `null`.
fn body(bytes: &[u8]) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    if bytes.len() > BODY_CAP {
        let text = String::from_utf8_lossy(&bytes[..BODY_CAP]);
        return format!("{text}... ({} bytes)", bytes.len()).into();
    }
    serde_json::from_slice(bytes)
        .unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned().into())
}
