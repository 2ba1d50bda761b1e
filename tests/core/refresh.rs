//! Refresh tokens.

use std::rc::Rc;

use playoff_wasm::core::client::Client;
use playoff_wasm::core::error::{Failure, Kind};
use playoff_wasm::core::event::{Event, SignedOut};
use playoff_wasm::core::request::{Body, Redirect};
use playoff_wasm::core::settings::{Login, TokenSource};
use serde_json::json;

use crate::world::{
    Act, DEAD, DONE, Ended, Gift, REFUSED, START, Simulated, World, client_with, get, run, run_one,
};

const ROTATED: Act = Act::Answer(
    200,
    r#"{"access_token":"two","expires_in":3600,"refresh_token":"r2"}"#,
);
const ROTATED_AGAIN: Act = Act::Answer(
    200,
    r#"{"access_token":"three","expires_in":3600,"refresh_token":"r3"}"#,
);
const KEPT: Act = Act::Answer(200, r#"{"access_token":"two","expires_in":3600}"#);

fn given() -> Gift {
    Gift::Value(json!({"access_token": "one", "expires_in": 3600, "refresh_token": "r1"}))
}

fn signed_in(world: &Rc<World>, token: TokenSource) -> Rc<Client<Simulated>> {
    client_with(world, token, |options| {
        options.login = Some(Login {
            client_id: "app".to_owned(),
            ..Login::default()
        });
    })
}

/// The refresh tokens that were sent, in turn.
fn refreshes(world: &World) -> Vec<String> {
    let sent = world.sent.borrow();
    let forms = sent.iter().filter_map(|request| match &request.body {
        Some(Body::Form(form)) => form.split_once("&refresh_token="),
        _ => None,
    });
    forms.map(|(_, token)| token.to_owned()).collect()
}

fn code(ended: &Ended) -> (Kind, String) {
    match ended {
        Err(Failure::Failed(error)) => (error.kind, error.code.to_string()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn they_rotate() {
    let script = [DONE, REFUSED, ROTATED, DONE, REFUSED, ROTATED_AGAIN, DONE];
    let world = World::new(&script, &[given()]);
    let client = signed_in(&world, TokenSource::Fixed);
    for _ in 0..3 {
        run_one(&client, get()).unwrap();
    }
    assert_eq!(refreshes(&world), ["r1", "r2"]);
    let sent = world.sent.borrow();
    assert_eq!(sent[2].url, "https://playoffgamification.io/auth/token");
    assert_eq!(sent[2].redirect, Redirect::Manual);
}

#[test]
fn an_answer_without_a_new_one_keeps_the_old() {
    let world = World::new(&[DONE, KEPT, DONE, KEPT, DONE], &[given()]);
    let client = signed_in(&world, TokenSource::Fixed);
    for _ in 0..3 {
        run_one(&client, get()).unwrap();
        world.set_clock(3590.0);
    }
    assert_eq!(refreshes(&world), ["r1", "r1"]);
}

#[test]
fn many_calls_send_one() {
    let script = [vec![REFUSED; 10], vec![ROTATED], vec![DONE; 10]].concat();
    let world = World::new(&script, &[given()]);
    let client = signed_in(&world, TokenSource::Fixed);
    let ended = run(&client, (0..10).map(|_| get()).collect());
    assert!(ended.iter().all(Result::is_ok));
    assert_eq!(refreshes(&world), ["r1"]);
}

#[test]
fn a_dead_one_signs_out() {
    let world = World::new(&[DONE, REFUSED, DEAD], &[given()]);
    let client = signed_in(&world, TokenSource::Fixed);
    run_one(&client, get()).unwrap();
    let refused = (Kind::Auth, "invalid_grant".to_owned());
    assert_eq!(code(&run_one(&client, get())), refused);
    let told = world.events.borrow().last().cloned();
    let expected = Event::SignedOut {
        reason: SignedOut::Refused,
        player_id: None,
    };
    assert_eq!(told, Some(expected));
    assert_eq!(code(&run_one(&client, get())).1, "token_missing");
}

#[test]
fn behind_a_dead_one_stands_the_callback() {
    let other = Gift::Value(json!({"access_token": "three", "expires_in": 3600}));
    let world = World::new(&[DONE, REFUSED, DEAD, DONE], &[given(), other]);
    let client = signed_in(&world, TokenSource::Callback);
    run_one(&client, get()).unwrap();
    run_one(&client, get()).unwrap();
    assert_eq!(world.asked.borrow().len(), 2);
}

#[test]
fn an_outage_of_the_token_endpoint_is_not_tried_again_at_once() {
    let world = World::new(&[REFUSED, Act::Answer(503, "")], &[given()]);
    let client = signed_in(&world, TokenSource::Fixed);
    let failed = (Kind::Auth, "token_request_failed".to_owned());
    assert_eq!(code(&run_one(&client, get())), failed);
    assert_eq!(code(&run_one(&client, get())), failed);
    assert_eq!(refreshes(&world), ["r1"]);
}

#[test]
fn after_a_failure_the_one_that_was_given_is_not_taken_again() {
    let script = [
        REFUSED,
        ROTATED,
        DONE,
        REFUSED,
        Act::Fail,
        ROTATED_AGAIN,
        DONE,
    ];
    let world = World::new(&script, &[given(), given()]);
    let client = signed_in(&world, TokenSource::Fixed);
    run_one(&client, get()).unwrap();
    assert!(run_one(&client, get()).is_err());
    world.set_clock(1.1);
    run_one(&client, get()).unwrap();
    assert_eq!(refreshes(&world), ["r1", "r2", "r2"]);
}

#[test]
fn nothing_shows_one() {
    let echo = Act::Answer(
        400,
        r#"{"error":"invalid_request","error_description":"bad r1-of-a-test"}"#,
    );
    let given = json!({"access_token": "one", "refresh_token": "r1-of-a-test"});
    let world = World::new(&[REFUSED, echo], &[Gift::Value(given)]);
    let ended = run_one(&signed_in(&world, TokenSource::Fixed), get());
    assert!(!format!("{ended:?}").contains("r1-of-a-test"), "{ended:?}");
}

/// A program that begins again with the record it was once given: what it was given for the refresh
/// token since then is stored, and the given one is spent.
#[test]
fn after_a_restart_the_stored_one_counts_if_it_is_newer() {
    for (stored_ends, sent) in [(START - 10.0, "r2"), (START - 90.0, "r1")] {
        let given =
            json!({"access_token": "one", "expires_at": START - 60.0, "refresh_token": "r1"});
        let world = World::new(&[KEPT, DONE], &[Gift::Value(given)]);
        let record =
            json!({"access_token": "old", "expires_at": stored_ends, "refresh_token": "r2"});
        let client = client_with(&world, TokenSource::Fixed, |options| {
            options.has_storage = true;
            options.login = Some(Login {
                client_id: "app".to_owned(),
                ..Login::default()
            });
        });
        let key = format!("playoff-wasm:[{} ]", client.settings.token_key);
        world.stored.borrow_mut().insert(key, record);
        run_one(&client, get()).unwrap();
        assert_eq!(refreshes(&world), [sent]);
    }
}
