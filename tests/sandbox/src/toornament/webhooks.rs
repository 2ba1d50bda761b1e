//! Telling others: a receiver is asked whether it is one, then hears of what
//! happens. What is to be sent is given to a shell; it says what came of it by
//! [`Sandbox::delivered`].

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::filters::at;
use super::store::{Row, Store};
use crate::Sandbox;
use crate::ids::Entropy;

/// All events that can be subscribed to.
pub const EVENTS: [&str; 35] = [
    "registration.created",
    "registration.info_updated",
    "registration.accepted",
    "registration.refused",
    "registration.reset",
    "registration.cancelled",
    "registration.deleted",
    "participant.checked_in",
    "participant.unchecked_in",
    "participant.created",
    "participant.deleted",
    "participant.info_updated",
    "registration.payment_pending",
    "registration.payment_skipped",
    "registration.payment_completed",
    "registration.payment_refund",
    "registration.payment_failed",
    "tournament.created",
    "tournament.info_updated",
    "tournament.registration_opened",
    "tournament.registration_closed",
    "tournament.check_in_opened",
    "tournament.check_in_closed",
    "tournament.custom_fields_updated",
    "tournament.sponsors_updated",
    "tournament.standing_updated",
    "tournament.deleted",
    "stage.created",
    "stage.info_updated",
    "stage.structure_updated",
    "stage.status_updated",
    "stage.deleted",
    "team.created",
    "team.lineup_changed",
    "team.disbanded",
];
/// What subscriptions can be for.
pub const SCOPES: [&str; 3] = ["tournament", "project", "platform"];
/// How often something is tried to be told.
const ATTEMPTS: u64 = 3;
/// How long after a failure it is tried again.
const AGAIN_AFTER_MS: u64 = 1_000;

/// A request that a shell sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its number.
    pub id: u64,
    /// After how long it is sent.
    pub after_ms: u64,
    /// `HEAD` or `POST`.
    pub method: &'static str,
    /// Where to.
    pub url: String,
    /// Its headers; names in lower case.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Vec<u8>,
}

/// What became of a delivery.
#[derive(Debug)]
struct Record {
    delivery: Delivery,
    webhook: Option<String>,
    attempts: u64,
    outcome: Option<Result<u16, String>>,
}

/// What was told, and what is still to be.
#[derive(Debug, Default)]
pub struct Webhooks {
    records: Vec<Record>,
    outbox: Vec<Delivery>,
    counted: u64,
}

impl Webhooks {
    /// None, but numbers go on: a shell may still speak of the old ones.
    pub fn emptied(&self) -> Self {
        Self {
            counted: self.counted,
            ..Self::default()
        }
    }

    /// What is to be sent.
    pub fn take_outbox(&mut self) -> Vec<Delivery> {
        std::mem::take(&mut self.outbox)
    }

    /// What was sent, and what came of it.
    pub fn to_json(&self) -> Value {
        self.records.iter().map(Record::to_json).collect()
    }

    /// Asks the receiver of a webhook that is to be enabled; until it has
    /// answered, the webhook isn't.
    pub fn enable(&mut self, webhook: &mut Row, entropy: &mut Entropy) {
        if !webhook.get("_secret").is_some_and(Value::is_string) {
            let secret = format!("webhook-secret-{}", entropy.hex());
            webhook.insert("_secret".to_owned(), secret.into());
        }
        if webhook.insert("enabled".to_owned(), false.into()) == Some(true.into()) {
            let text = |field: &str| at(webhook, field).as_str().unwrap_or_default();
            let id = text("id").to_owned();
            self.verify(text("url"), text("_secret"), Some(id));
        }
    }

    /// Asks a receiver whether it is one. Gives the delivery's number.
    pub fn verify(&mut self, url: &str, secret: &str, webhook: Option<String>) -> u64 {
        let headers = vec![("x-webhook-secret".to_owned(), secret.to_owned())];
        self.send(("HEAD", url), headers, Vec::new(), webhook)
    }

    /// Tells a receiver of an event. Gives the delivery's number.
    pub fn post(
        &mut self,
        url: &str,
        event: &Value,
        signature: Signature,
        webhook: Option<String>,
    ) -> u64 {
        let body = event.to_string().into_bytes();
        let mut headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        let signature = match signature {
            Signature::By(secret) => sign(&body, secret),
            Signature::Is(text) => text.to_owned(),
        };
        if !signature.is_empty() {
            headers.push(("x-webhook-signature".to_owned(), signature));
        }
        self.send(("POST", url), headers, body, webhook)
    }

    fn send(
        &mut self,
        (method, url): (&'static str, &str),
        headers: Vec<(String, String)>,
        body: Vec<u8>,
        webhook: Option<String>,
    ) -> u64 {
        self.counted += 1;
        let delivery = Delivery {
            id: self.counted,
            after_ms: 0,
            method,
            url: url.to_owned(),
            headers,
            body,
        };
        self.outbox.push(delivery.clone());
        self.records.push(Record {
            delivery,
            webhook,
            attempts: 1,
            outcome: None,
        });
        self.counted
    }

    /// Tells all receivers that have subscribed to an event of that tournament.
    pub fn happen(
        &mut self,
        store: &Store,
        event: &str,
        (object, id): (&str, &str),
        tournament: &str,
    ) {
        let enabled = store
            .list("webhooks")
            .iter()
            .filter(|w| at(w, "enabled") == true);
        for webhook in enabled {
            let mut subscriptions = store.list("subscriptions").iter();
            let Some(subscription) = subscriptions.find(|s| {
                s.get("_webhook_id") == webhook.get("id")
                    && at(s, "event_name") == event
                    && (at(s, "scope") != "tournament" || at(s, "scope_id") == tournament)
            }) else {
                continue;
            };
            let told = json!({
                "name": event,
                "object_type": object,
                "object_id": id,
                "scope": at(subscription, "scope"),
                "scope_id": at(subscription, "scope_id"),
            });
            let text = |field: &str| at(webhook, field).as_str().unwrap_or_default();
            let signature = Signature::By(text("_secret"));
            let webhook_id = Some(text("id").to_owned());
            self.post(text("url"), &told, signature, webhook_id);
        }
    }
}

/// What an event is signed with.
#[derive(Clone, Copy, Debug)]
pub enum Signature<'a> {
    /// The receiver's secret.
    By(&'a str),
    /// That text in place of a signature; nothing when it is empty.
    Is(&'a str),
}

/// The hash of the body followed by the secret.
fn sign(body: &[u8], secret: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(body);
    hash.update(secret.as_bytes());
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

impl Record {
    fn to_json(&self) -> Value {
        let (status, error) = match &self.outcome {
            None => (None, None),
            Some(Ok(status)) => (Some(*status), None),
            Some(Err(error)) => (None, Some(error.as_str())),
        };
        json!({
            "delivery": self.delivery.id,
            "webhook_id": self.webhook,
            "method": self.delivery.method,
            "url": self.delivery.url,
            "body": serde_json::from_slice::<Value>(&self.delivery.body).unwrap_or_default(),
            "attempts": self.attempts,
            "status": status,
            "error": error,
        })
    }
}

impl Sandbox {
    /// What came of a delivery: the receiver's status, or why there is none.
    /// Gives what is to be sent now.
    pub fn delivered(&mut self, id: u64, outcome: Result<u16, String>) -> Vec<Delivery> {
        let toornament = &mut self.toornament;
        let mut records = toornament.webhooks.records.iter_mut();
        let Some(record) = records.find(|r| r.delivery.id == id) else {
            return Vec::new();
        };
        let reached = matches!(outcome, Ok(status) if status < 500);
        let accepted = matches!(outcome, Ok(200));
        record.outcome = Some(outcome);
        if record.delivery.method == "HEAD" {
            let webhook = record.webhook.clone().filter(|_| accepted);
            for row in toornament.store.list_mut("webhooks") {
                if webhook.is_some() && at(row, "id").as_str() == webhook.as_deref() {
                    row.insert("enabled".to_owned(), true.into());
                }
            }
        } else if !reached && record.attempts < ATTEMPTS {
            record.attempts += 1;
            let again = Delivery {
                after_ms: AGAIN_AFTER_MS,
                ..record.delivery.clone()
            };
            toornament.webhooks.outbox.push(again);
        }
        toornament.webhooks.take_outbox()
    }
}
