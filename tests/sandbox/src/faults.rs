//! Faults on demand: which calls fail, and how.

use serde_json::{Map, Value, json};

use crate::codes::{Code, Envelope};
use crate::fields::any_text;
use crate::http::{Answer, Request};

/// The longest delay.
const MAX_DELAY_MS: u64 = 600_000;

/// How a connection is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Closed without an answer; the call isn't carried out.
    Connection,
    /// Closed after the headers and half of the body; the call is carried out,
    /// unless the fault has an answer of its own.
    Body,
}

/// What happens to a call.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The answer in place of the real one.
    pub answer: Option<Answer>,
    /// Nobody said what its body is: it has the usual one of its service.
    pub usual: bool,
    /// How long the answer is held back.
    pub delay_ms: u64,
    /// How the connection is cut.
    pub drop: Option<Cut>,
}

#[derive(Clone, Debug)]
struct Pending {
    left: u64,
    /// Only each so manieth call that matches is meant.
    every: u64,
    matched: u64,
    method: Option<String>,
    path: Option<String>,
    fault: Fault,
}

/// The faults that are still to come, in the order they were asked for.
#[derive(Debug, Default)]
pub struct Faults(Vec<Pending>);

impl Faults {
    /// Reads and adds a fault.
    pub fn add(&mut self, body: &Map<String, Value>) -> Result<(), Envelope> {
        let pending = read(body)?;
        self.0.push(pending);
        Ok(())
    }

    /// Drops all.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// How many calls are still to fail.
    pub fn left(&self) -> u64 {
        self.0.iter().fold(0, |sum, p| sum.saturating_add(p.left))
    }

    /// Whether a connection is still to be closed without an answer.
    pub fn will_drop_connection(&self) -> bool {
        self.0.iter().any(|p| p.fault.drop == Some(Cut::Connection))
    }

    /// The fault for this call, if one is due. Preflights fail only when a
    /// fault names their method.
    pub fn take(&mut self, request: &Request) -> Option<Fault> {
        let at = self.0.iter_mut().position(|p| p.is_due(request))?;
        let pending = &mut self.0[at];
        pending.left -= 1;
        let fault = pending.fault.clone();
        if pending.left == 0 {
            self.0.remove(at);
        }
        Some(fault)
    }
}

impl Pending {
    fn is_due(&mut self, request: &Request) -> bool {
        if !self.matches(request) {
            return false;
        }
        self.matched += 1;
        self.matched.is_multiple_of(self.every)
    }

    fn matches(&self, request: &Request) -> bool {
        let method = match &self.method {
            Some(method) => *method == request.method,
            None => request.method != "OPTIONS",
        };
        let path = self.path.as_deref().unwrap_or_default();
        method && request.path.starts_with(path)
    }
}

const FIELDS: [&str; 9] = [
    "count", "every", "status", "body", "headers", "delay", "drop", "method", "path",
];

fn read(body: &Map<String, Value>) -> Result<Pending, Envelope> {
    if let Some(unknown) = body.keys().find(|k| !FIELDS.contains(&k.as_str())) {
        return Err(Envelope::validation(unknown, "is not a field of a fault"));
    }
    let number = |field: &str, range: std::ops::RangeInclusive<u64>| match body.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value
            .as_u64()
            .filter(|n| range.contains(n))
            .map(Some)
            .ok_or_else(|| {
                let text = format!("must be from {} to {}", range.start(), range.end());
                Envelope::validation(field, &text)
            }),
    };
    let delay = number("delay", 0..=MAX_DELAY_MS)?;
    let status = number("status", 200..=599)?;
    let drop = match any_text(body, "drop")? {
        None => None,
        Some("connection") => Some(Cut::Connection),
        Some("body") => Some(Cut::Body),
        Some(_) => return Err(Envelope::validation("drop", "must be connection or body")),
    };
    // A delay or a drop alone leaves the real answer as it is.
    let replaced = status.is_some()
        || body.contains_key("body")
        || body.contains_key("headers")
        || (delay.is_none() && drop.is_none());
    let answer = match replaced {
        true => Some(answer(status.unwrap_or(503), body)?),
        false => None,
    };
    Ok(Pending {
        left: number("count", 1..=1_000_000)?.unwrap_or(1),
        every: number("every", 1..=1_000_000)?.unwrap_or(1),
        matched: 0,
        method: any_text(body, "method")?.map(|m| m.to_ascii_uppercase()),
        path: any_text(body, "path")?.map(str::to_owned),
        fault: Fault {
            usual: answer.is_some() && !body.contains_key("body"),
            answer,
            delay_ms: delay.unwrap_or(0),
            drop,
        },
    })
}

fn answer(status: u64, body: &Map<String, Value>) -> Result<Answer, Envelope> {
    let status = u16::try_from(status).unwrap_or(503);
    let mut answer = match body.get("body") {
        None => Answer::json_with(status, &envelope(status)),
        Some(Value::String(text)) => Answer::new(
            status,
            "text/plain; charset=utf-8",
            text.clone().into_bytes(),
        ),
        Some(value) => Answer::json_with(status, value),
    };
    match body.get("headers") {
        None | Some(Value::Null) => {}
        Some(Value::Object(headers)) => {
            for (name, value) in headers {
                let value = match value {
                    Value::String(text) => text.clone(),
                    Value::Number(number) => number.to_string(),
                    _ => return Err(Envelope::validation("headers", "must hold strings")),
                };
                if !sendable(name, &value) {
                    return Err(Envelope::validation(
                        "headers",
                        "hold what no header may hold",
                    ));
                }
                answer.set_header(name, &value);
            }
        }
        Some(_) => return Err(Envelope::validation("headers", "must be an object")),
    }
    Ok(answer)
}

/// Whether a header of that name and value can go over the wire: RFC 9110
/// section 5.
fn sendable(name: &str, value: &str) -> bool {
    let in_name = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    let in_value = |b: u8| b == b'\t' || (b >= b' ' && b != 0x7f);
    !name.is_empty() && name.bytes().all(in_name) && value.bytes().all(in_value)
}

fn envelope(status: u16) -> Value {
    let code = Code::for_status(status);
    json!({ "error": code.name(), "error_description": code.text() })
}
