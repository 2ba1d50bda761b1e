//! Receivers: asked, told, and told again.

use playoff_sandbox::Reply;
use playoff_sandbox::toornament::webhooks::Delivery;
use sha2::{Digest, Sha256};

use super::*;

const URL: &str = "http://127.0.0.1:9000/hook";

fn header<'a>(delivery: &'a Delivery, name: &str) -> Option<&'a str> {
    let found = delivery.headers.iter().find(|(n, _)| n == name);
    found.map(|(_, value)| value.as_str())
}

fn reply(world: &mut World, method: &str, route: &str, body: &Value) -> Reply {
    let request = world.organizer(method, route).with_json(body);
    world.send(&request)
}

/// A webhook, its secret, and the question that its receiver is asked.
fn webhook(world: &mut World) -> (String, String, Delivery) {
    let body = json!({ "name": "Mine", "url": URL, "enabled": true });
    let mut made = reply(world, "POST", "/webhooks", &body);
    let shown = json_of(&made.answer);
    assert_eq!(made.answer.status, 201);
    assert_eq!(
        shown.as_object().unwrap().len(),
        4,
        "the secret isn't shown: {shown}"
    );
    assert_eq!(
        shown["enabled"], false,
        "not before its receiver has answered"
    );
    let known = world.control("GET", "/toornament/webhooks", None);
    let secret = text(&known[0]["secret"]).to_owned();
    (
        text(&shown["id"]).to_owned(),
        secret,
        made.deliveries.remove(0),
    )
}

fn is_enabled(world: &mut World, webhook: &str) -> bool {
    world.single(&format!("/webhooks/{webhook}"))["enabled"] == true
}

#[test]
fn a_receiver_is_asked_before_its_webhook_is_enabled() {
    let mut world = World::new();
    let (id, secret, question) = webhook(&mut world);
    assert_eq!((question.method, question.url.as_str()), ("HEAD", URL));
    assert_eq!(header(&question, "x-webhook-secret"), Some(secret.as_str()));
    assert_eq!(world.sandbox.delivered(question.id, Ok(404)), []);
    assert!(!is_enabled(&mut world, &id));
    let again = reply(
        &mut world,
        "PATCH",
        &format!("/webhooks/{id}"),
        &json!({ "enabled": true }),
    );
    let question = &again.deliveries[0];
    assert_eq!(header(question, "x-webhook-secret"), Some(secret.as_str()));
    world.sandbox.delivered(question.id, Ok(200));
    assert!(is_enabled(&mut world, &id));
    let long = json!({ "name": "x".repeat(41), "url": URL, "enabled": true });
    assert_eq!(problems(&world.write("POST", "/webhooks", &long)).0, 400);
}

#[test]
fn what_was_subscribed_to_is_told_and_signed() {
    let mut world = World::new();
    let (webhook, secret, question) = webhook(&mut world);
    let tournament = id("tournaments", 1);
    let route = format!("/webhooks/{webhook}/subscriptions");
    let unknown = json!({ "event_name": "match.played", "scope": "tournament", "scope_id": "1" });
    assert_eq!(
        problems(&world.write("POST", &route, &unknown)).1,
        ["body.event_name"]
    );
    for event in [
        "participant.created",
        "participant.checked_in",
        "tournament.deleted",
    ] {
        let body = json!({ "event_name": event, "scope": "tournament", "scope_id": tournament });
        let answer = world.write("POST", &route, &body);
        assert_eq!(answer.status, 201);
        assert_eq!(json_of(&answer).as_object().unwrap().len(), 4);
    }
    assert_eq!(world.ids(&route, "subscriptions").len(), 3);
    let person = json!({ "tournament_id": tournament, "type": "player", "name": "Ada" });
    let before = reply(&mut world, "POST", "/participants", &person);
    assert_eq!(before.deliveries, [], "it isn't enabled yet");
    world.sandbox.delivered(question.id, Ok(200));
    let mut made = reply(&mut world, "POST", "/participants", &person);
    let told = made.deliveries.remove(0);
    assert_eq!(made.deliveries, []);
    let event: Value = serde_json::from_slice(&told.body).unwrap();
    let participant = json_of(&made.answer)["id"].clone();
    assert_eq!(
        event,
        json!({
            "name": "participant.created", "object_type": "participant",
            "object_id": participant, "scope": "tournament", "scope_id": tournament,
        })
    );
    let mut hash = Sha256::new();
    hash.update(&told.body);
    hash.update(&secret);
    let expected: String = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(
        header(&told, "x-webhook-signature"),
        Some(expected.as_str())
    );

    let route = format!("/participants/{}", text(&participant));
    let renamed = reply(&mut world, "PATCH", &route, &json!({ "name": "Eve" }));
    assert_eq!(renamed.deliveries, [], "nobody has subscribed to that");
    let there = reply(&mut world, "PATCH", &route, &json!({ "checked_in": true }));
    assert_eq!(there.deliveries.len(), 1);
    let mut other = person.clone();
    other["tournament_id"] = id("tournaments", 2).into();
    let elsewhere = reply(&mut world, "POST", "/participants", &other);
    assert_eq!(elsewhere.deliveries, [], "that is another tournament");
}

#[test]
fn who_isnt_reached_is_told_again() {
    let mut world = World::new();
    let body = json!({ "url": URL, "secret": "s" });
    let request = Request::new("POST", "/control/toornament/deliver").with_json(&body);
    let told = world.send(&request).deliveries.remove(0);
    let again = world.sandbox.delivered(told.id, Err("refused".into()));
    assert_eq!(again[0].body, told.body);
    assert!(again[0].after_ms > 0);
    assert_eq!(world.sandbox.delivered(told.id, Ok(503)).len(), 1);
    let listed =
        |world: &mut World| world.control("GET", "/toornament/deliveries", None)[0].clone();
    assert_eq!(
        (
            &listed(&mut world)["attempts"],
            &listed(&mut world)["status"]
        ),
        (&json!(3), &json!(503))
    );
    assert_eq!(world.sandbox.delivered(told.id, Ok(503)), []);
    let request = Request::new("POST", "/control/toornament/deliver").with_json(&body);
    let told = world.send(&request).deliveries.remove(0);
    assert_eq!(
        world.sandbox.delivered(told.id, Ok(401)),
        [],
        "an answer is an answer"
    );
    world.control("POST", "/reset", None);
    assert_eq!(world.sandbox.delivered(told.id, Ok(503)), []);
    assert_eq!(
        world.control("GET", "/toornament/deliveries", None),
        json!([])
    );
}

#[test]
fn a_test_sends_what_it_wants() {
    let mut world = World::new();
    let send = |world: &mut World, more: Value| {
        let mut body = json!({ "url": URL, "secret": "s" });
        for (field, value) in more.as_object().unwrap() {
            body[field] = value.clone();
        }
        let request = Request::new("POST", "/control/toornament/deliver").with_json(&body);
        world.send(&request).deliveries
    };
    let twice = send(
        &mut world,
        json!({ "count": 2, "event": { "name": "stage.created" } }),
    );
    assert_eq!(twice.len(), 2);
    assert_eq!(
        (&twice[0].body, &twice[0].headers),
        (&twice[1].body, &twice[1].headers)
    );
    assert_eq!(twice[0].body, br#"{"name":"stage.created"}"#);
    let wrong = send(&mut world, json!({ "signature": "00" }));
    assert_eq!(header(&wrong[0], "x-webhook-signature"), Some("00"));
    let unsigned = send(&mut world, json!({ "signature": "" }));
    assert_eq!(header(&unsigned[0], "x-webhook-signature"), None);
    let question = send(&mut world, json!({ "method": "HEAD" }));
    assert_eq!((question[0].method, question[0].body.len()), ("HEAD", 0));
    assert_eq!(header(&question[0], "x-webhook-secret"), Some("s"));
}
