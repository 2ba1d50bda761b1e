//! The notification stream: its settings, and disturbing it.

use serde_json::{Map, Value, json};

use super::{only, settings, whole};
use crate::codes::Envelope;
use crate::fields::{any_text, text};
use crate::sandbox::{Call, Sandbox};
use crate::stream::{Settings, auth};

/// The longest time, in milliseconds.
const MAX_MS: u64 = 600_000;

/// Answers one of the routes; `None` where there is none of that name.
pub fn answer(
    sandbox: &mut Sandbox,
    call: &Call,
    (method, route): (&str, &[&str]),
) -> Result<Option<Value>, Envelope> {
    let body = call.request.json_object()?;
    Ok(Some(match (method, route) {
        ("GET", []) => sandbox.stream.to_json(),
        ("POST", []) => change(sandbox, &body)?,
        ("POST", ["restart"]) => restart(sandbox, call, &body)?,
        ("POST", ["silence"]) => silence(sandbox, call, &body)?,
        ("POST", ["drop"]) => drop_connections(sandbox, call, &body)?,
        ("POST", ["refuse"]) => refuse(sandbox, &body)?,
        _ => return Ok(None),
    }))
}

fn change(sandbox: &mut Sandbox, body: &Map<String, Value>) -> Result<Value, Envelope> {
    only(body, &["pingInterval", "pingTimeout", "authTimeout"])?;
    let current = sandbox.stream.settings.clone();
    let time = |field, current| {
        let wanted = whole(body, field, 1..=MAX_MS)?;
        Ok::<u64, Envelope>(wanted.unwrap_or(current))
    };
    sandbox.stream.change(Settings {
        ping_interval_ms: time("pingInterval", current.ping_interval_ms)?,
        ping_timeout_ms: time("pingTimeout", current.ping_timeout_ms)?,
        auth_timeout_ms: time("authTimeout", current.auth_timeout_ms)?,
    });
    Ok(sandbox.stream.to_json())
}

fn restart(
    sandbox: &mut Sandbox,
    call: &Call,
    body: &Map<String, Value>,
) -> Result<Value, Envelope> {
    only(body, &["refuse", "drop"])?;
    let refuse = whole(body, "refuse", 0..=MAX_MS)?.unwrap_or(0);
    let cut = settings::flag(body, "drop")?.unwrap_or(false);
    let until = call.world.saturating_add_unsigned(refuse);
    let ended = sandbox
        .stream
        .restart(cut, until, &mut sandbox.log, call.now);
    Ok(json!({ "connections": ended }))
}

fn silence(
    sandbox: &mut Sandbox,
    call: &Call,
    body: &Map<String, Value>,
) -> Result<Value, Envelope> {
    only(body, &["ms", "newcomers"])?;
    let ms = whole(body, "ms", 1..=MAX_MS)?.unwrap_or(1_000);
    let newcomers = settings::flag(body, "newcomers")?.unwrap_or(false);
    let silent = sandbox.stream.silence(ms, newcomers, call.world);
    Ok(json!({ "connections": silent }))
}

fn drop_connections(
    sandbox: &mut Sandbox,
    call: &Call,
    body: &Map<String, Value>,
) -> Result<Value, Envelope> {
    only(body, &["player_id"])?;
    let player = text(body, "player_id")?;
    let dropped = sandbox.stream.cut(player, &mut sandbox.log, call.now);
    Ok(json!({ "connections": dropped }))
}

fn refuse(sandbox: &mut Sandbox, body: &Map<String, Value>) -> Result<Value, Envelope> {
    only(body, &["count", "reason"])?;
    let count = whole(body, "count", 0..=1_000_000)?.unwrap_or(1);
    let reason = any_text(body, "reason")?.unwrap_or(auth::UNAUTHORIZED);
    sandbox.stream.refuse(count, reason);
    Ok(json!({ "left": count }))
}
