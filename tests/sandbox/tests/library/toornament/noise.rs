//! Whatever organisers send, something orderly goes out.

use std::collections::BTreeMap;

use crate::noise::Noise;

use super::*;

const METHODS: &[&str] = &[
    "GET", "GET", "POST", "POST", "POST", "POST", "PATCH", "PATCH", "DELETE", "PUT", "HEAD",
];
const NAMES: &[&str] = &[
    "tournaments",
    "participants",
    "registrations",
    "stages",
    "matches",
    "ranking-items",
    "standing-items",
    "disciplines",
    "files",
    "webhooks",
    "nothing",
];
const BELOW: &[&str] = &[
    "/games",
    "/games/1",
    "/subscriptions",
    "/participants",
    "/%ff",
];
const QUERIES: &[&str] = &[
    "",
    "is_online=1&statuses=running",
    "sort=scheduled_desc&scheduled_before=2026-13-01",
    "sort=created_desc",
    "min_rank=99999999999999999999",
    "context=tournament_logo",
    "participant_ids=,,&name=%ff",
    "played_after=2026-01-01T00:00:00-99:00",
];
const RANGES: &[&str] = &["0-49", "0-0", "5-4", "99999999999-0", "-", "\u{e4}-1"];
const BODIES: &[&str] = &[
    "",
    "{",
    "[]",
    "{}",
    r#"{"id":null,"status":7,"opponents":[{"number":1,"result":"win"},7,null]}"#,
    r#"{"opponents":null,"name":"x"}"#,
    r#"{"opponents":7,"checked_in":null}"#,
    r#"{"name":"x","url":"http://127.0.0.1:1","enabled":true,"_secret":"mine"}"#,
    r#"{"logo":{"id":7},"background":[]}"#,
    r#"{"event_name":"stage.created","scope":"project","scope_id":"1"}"#,
    r#"{"tournament_id":"618954615000000001","type":"player","name":"Ada","email":"a@b"}"#,
    r#"{"tournament_id":"618954615000000001","number":9,"name":"S","type":"league"}"#,
];

#[test]
fn no_request_brings_it_down() {
    let mut world = World::new();
    let mut noise = Noise(3);
    let mut seen = BTreeMap::new();
    for n in 0..6_000 {
        let name = noise.pick(NAMES);
        let id = match noise.next() % 8 {
            0..4 => String::new(),
            4 => "/0".to_owned(),
            _ => format!("/{}", id(name, 1 + noise.next() % 3)),
        };
        let below = match noise.next() % 4 {
            0 => noise.pick(BELOW),
            _ => "",
        };
        let mut request = world
            .organizer(
                noise.pick(METHODS),
                &format!("/{name}{id}{below}?{}", noise.pick(QUERIES)),
            )
            .with_header("Range", &format!("{name}={}", noise.pick(RANGES)))
            .with_header("Content-Type", "application/json")
            .with_header("Content-Disposition", "inline; filename=x");
        request.body = noise.pick(BODIES).as_bytes().to_vec();
        let reply = world.send(&request);
        let answer = reply.answer;
        *seen.entry(answer.status).or_insert(0) += 1;
        let orderly = match answer.status {
            204 => answer.body.is_empty(),
            200 | 201 | 206 => serde_json::from_slice::<Value>(&answer.body).is_ok(),
            400 | 404 | 405 | 416 => !problems(&answer).1.is_empty(),
            _ => false,
        };
        assert!(orderly, "call {n}: {request:?} gave {answer:?}");
        for delivery in reply.deliveries {
            let status = u16::try_from(200 + noise.next() % 400).unwrap();
            world.sandbox.delivered(delivery.id, Ok(status));
        }
        if n % 100 == 99 {
            world.control("POST", "/reset", None);
        }
    }
    for status in [200, 201, 204, 206, 400, 404, 405, 416] {
        let count = seen.get(&status).copied().unwrap_or(0);
        assert!(count >= 20, "too little noise: {seen:?}");
    }
}
