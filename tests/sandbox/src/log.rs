//! The log of calls, for tests to read. It shows everything, tokens and all:
//! there are only test values here.

use std::collections::VecDeque;

use serde_json::{Map, Value, json};

use crate::http::Request;
use crate::time::iso;

/// How many calls are kept.
const CAP: usize = 10_000;
/// How much of a body is kept.
const BODY_CAP: usize = 16_384;

/// The calls, oldest first.
#[derive(Debug, Default)]
pub struct Log {
    calls: VecDeque<Value>,
    counted: u64,
}

impl Log {
    /// Writes a call down. `status` is `None` when the connection is dropped.
    pub fn write(&mut self, request: &Request, status: Option<u16>, at: i64) {
        self.counted += 1;
        if self.calls.len() == CAP {
            self.calls.pop_front();
        }
        self.calls.push_back(json!({
            "n": self.counted,
            "time": iso(at),
            "method": request.method,
            "path": request.path,
            "query": request.query().to_json(),
            "headers": headers(request),
            "body": body(&request.body),
            "status": status,
        }));
    }

    /// All calls.
    pub fn to_json(&self) -> Value {
        json!({ "calls": self.calls })
    }

    /// Forgets all, and starts to count anew.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
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
