//! Toornament's knobs.

use serde_json::{Map, Value, json};

use super::settings::{flag, seconds};
use super::{only, whole};
use crate::codes::Envelope;
use crate::fields::{any_text, needed, text};
use crate::sandbox::{Call, Sandbox};
use crate::toornament::resources;
use crate::toornament::rows::{self, SEEDED_AT_MOST};
use crate::toornament::settings::Settings;
use crate::toornament::webhooks::Signature;

/// Answers one of the routes; `None` where there is none of that name.
pub fn answer(
    sandbox: &mut Sandbox,
    call: &Call,
    (method, route): (&str, &[&str]),
) -> Result<Option<Value>, Envelope> {
    let body = call.request.json_object()?;
    Ok(Some(match (method, route) {
        ("GET", []) => shown(sandbox),
        ("POST", []) => change(sandbox, &body)?,
        ("POST", ["seed"]) => seed(sandbox, &body)?,
        ("GET", ["tokens"]) => sandbox.toornament.tokens.live(call.now).into(),
        ("GET", ["webhooks"]) => webhooks(sandbox),
        ("POST", ["deliver"]) => deliver(sandbox, &body)?,
        ("GET", ["deliveries"]) => sandbox.toornament.webhooks.to_json(),
        _ => return Ok(None),
    }))
}

fn shown(sandbox: &Sandbox) -> Value {
    let mut all = sandbox.toornament.settings.to_json();
    all["totals"] = sandbox.toornament.store.counts();
    all
}

fn change(sandbox: &mut Sandbox, body: &Map<String, Value>) -> Result<Value, Envelope> {
    only(
        body,
        &[
            "accessTokenSeconds",
            "tokenType",
            "contentRange",
            "cors",
            "exposeContentRange",
            "emptyIs416",
            "listStatus",
        ],
    )?;
    let current = sandbox.toornament.settings.clone();
    let list_status = match whole(body, "listStatus", 200..=299)? {
        None if body.contains_key("listStatus") => None,
        None => current.list_status,
        Some(status) => u16::try_from(status).ok(),
    };
    sandbox.toornament.settings = Settings {
        access_seconds: seconds(body, "accessTokenSeconds")?.unwrap_or(current.access_seconds),
        token_type: any_text(body, "tokenType")?.map_or(current.token_type, str::to_owned),
        content_range: flag(body, "contentRange")?.unwrap_or(current.content_range),
        cors: flag(body, "cors")?.unwrap_or(current.cors),
        expose_content_range: flag(body, "exposeContentRange")?
            .unwrap_or(current.expose_content_range),
        empty_is_416: flag(body, "emptyIs416")?.unwrap_or(current.empty_is_416),
        list_status,
    };
    Ok(shown(sandbox))
}

/// Puts exactly so many rows in place of all there are: `{resource: total}`.
fn seed(sandbox: &mut Sandbox, body: &Map<String, Value>) -> Result<Value, Envelope> {
    let most = SEEDED_AT_MOST as u64;
    let mut totals = Vec::new();
    for name in body.keys() {
        let resource = resources::named(name)
            .ok_or_else(|| Envelope::validation(name, "is not a resource of Toornament"))?;
        let total = whole(body, name, 0..=most)?
            .ok_or_else(|| Envelope::validation(name, "must be a number"))?;
        totals.push((resource, usize::try_from(total).unwrap_or(0)));
    }
    for (resource, total) in totals {
        sandbox.toornament.store.fill(resource, total);
    }
    Ok(sandbox.toornament.store.counts())
}

/// The webhooks with what the API doesn't show: their secrets.
fn webhooks(sandbox: &Sandbox) -> Value {
    let rows = sandbox.toornament.store.list("webhooks").iter();
    rows.map(|row| {
        let mut row = row.clone();
        if let Some(secret) = row.remove("_secret") {
            row.insert("secret".to_owned(), secret);
        }
        Value::Object(row)
    })
    .collect()
}

/// Sends to a receiver: `{url, secret, method?, event?, signature?, count?}`.
fn deliver(sandbox: &mut Sandbox, body: &Map<String, Value>) -> Result<Value, Envelope> {
    only(
        body,
        &["url", "secret", "method", "event", "signature", "count"],
    )?;
    let url = needed(body, "url")?;
    let secret = needed(body, "secret")?;
    let signature = match any_text(body, "signature")? {
        Some(text) => Signature::Is(text),
        None => Signature::By(secret),
    };
    let event = match body.get("event") {
        None | Some(Value::Null) => json!({
            "name": "participant.created",
            "object_type": "participant",
            "object_id": rows::id("participants", 1),
            "scope": "tournament",
            "scope_id": rows::id("tournaments", 1),
        }),
        Some(event) => event.clone(),
    };
    let count = whole(body, "count", 1..=1_000)?.unwrap_or(1);
    let webhooks = &mut sandbox.toornament.webhooks;
    let mut send = || match text(body, "method")?.unwrap_or("POST") {
        "POST" => Ok(webhooks.post(url, &event, signature, None)),
        "HEAD" => Ok(webhooks.verify(url, secret, None)),
        _ => Err(Envelope::validation("method", "must be POST or HEAD")),
    };
    let sent: Vec<u64> = (0..count).map(|_| send()).collect::<Result<_, _>>()?;
    Ok(json!({ "deliveries": sent }))
}
