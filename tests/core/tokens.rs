//! The life of a token.

use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Waker};

use playoff_wasm::core::client::Client;
use playoff_wasm::core::error::{Failure, Kind, code};
use playoff_wasm::core::event::Reason;
use playoff_wasm::core::method::Method;
use playoff_wasm::core::request::Body;
use playoff_wasm::core::settings::TokenSource;
use serde_json::{Value as Json, json};

use crate::world::{
    Act, DONE, Ended, Gift, REFUSED, START, Simulated, World, call, client, client_with, get, jwt,
    run, run_one,
};

fn record(name: &str, expires_in: u32) -> Gift {
    Gift::Value(json!({"access_token": name, "expires_in": expires_in}))
}

fn failed_code(ended: &Ended) -> (Kind, String) {
    match ended {
        Err(Failure::Failed(error)) => (error.kind, error.code.to_string()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn many_calls_ask_for_one_token() {
    let world = World::new(&vec![DONE; 50], &[record("one", 3600)]);
    let client = client(&world);
    let ended = run(&client, (0..50).map(|_| get()).collect());
    assert!(ended.iter().all(Result::is_ok));
    assert_eq!(*world.asked.borrow(), [Reason::Initial]);
    assert_eq!(world.sent.borrow().len(), 50);
}

fn worker(world: &Rc<World>) -> Rc<Client<Simulated>> {
    world.is_worker.set(true);
    client(world)
}

#[test]
fn in_a_worker_many_calls_ask_for_one_token_too() {
    let world = World::new(&vec![DONE; 50], &[record("one", 3600)]);
    let ended = run(&worker(&world), (0..50).map(|_| get()).collect());
    assert!(ended.iter().all(Result::is_ok));
    assert_eq!(*world.asked.borrow(), [Reason::Initial]);
}

#[test]
fn in_a_worker_a_failing_renewal_is_everybodys_error_too() {
    let world = World::new(&[], &[Gift::Throw("no")]);
    let ended = run(&worker(&world), (0..50).map(|_| get()).collect());
    assert!(ended.iter().all(Result::is_err));
    assert_eq!(world.asked.borrow().len(), 1);
}

#[test]
fn in_a_worker_somebody_takes_over_from_one_who_is_gone() {
    let gifts = [Gift::Silence, record("two", 3600)];
    let world = World::new(&vec![DONE; 5], &gifts);
    let client = worker(&world);
    // Its request has ended, and nobody wakes what it began.
    let gone = playoff_wasm::core::call::call(&client, get());
    let mut gone = pin!(gone);
    let mut context = Context::from_waker(Waker::noop());
    assert!(gone.as_mut().poll(&mut context).is_pending());
    let ended = run(&client, (0..5).map(|_| get()).collect());
    assert!(ended.iter().all(Result::is_ok));
    assert_eq!(world.asked.borrow().len(), 2);
    assert!(world.elapsed() < 3000.0);
}

#[test]
fn in_a_worker_nobody_takes_over_from_one_who_is_slow() {
    let world = World::new(&[], &[Gift::Silence]);
    world.is_worker.set(true);
    let client = client_with(&world, TokenSource::Callback, |o| o.timeout = Some(20_000));
    let ended = run(&client, (0..5).map(|_| get()).collect());
    for ended in &ended {
        assert_eq!(failed_code(ended).0, Kind::Timeout);
    }
    assert_eq!(world.asked.borrow().len(), 1);
}

#[test]
fn in_a_worker_one_who_leaves_gives_way_at_once() {
    let world = World::new(&[DONE], &[Gift::Silence, record("two", 3600)]);
    world.abort_after(10.0, json!("enough"));
    let mut leaving = get();
    leaving.signal = Some(json!("signal"));
    let ended = run(&worker(&world), vec![leaving, get()]);
    assert!(ended[0].is_err() && ended[1].is_ok());
}

#[test]
fn a_failing_renewal_is_everybodys_error() {
    let world = World::new(&[], &[Gift::Throw("no")]);
    let ended = run(&client(&world), (0..50).map(|_| get()).collect());
    for ended in &ended {
        let expected = (Kind::Auth, code::TOKEN_CALLBACK_FAILED.to_owned());
        assert_eq!(failed_code(ended), expected);
    }
    assert_eq!(world.asked.borrow().len(), 1);
    assert!(world.sent.borrow().is_empty());
}

#[test]
fn after_a_failure_nobody_asks_for_a_second_and_then_for_two() {
    let gifts = [Gift::Throw("no"), Gift::Throw("no"), record("three", 3600)];
    let world = World::new(&[DONE], &gifts);
    let client = client(&world);
    for (pass, asked) in [(0.0, 1), (0.9, 1), (0.2, 2), (1.9, 2)] {
        world.set_clock(pass);
        let expected = (Kind::Auth, code::TOKEN_CALLBACK_FAILED.to_owned());
        assert_eq!(failed_code(&run_one(&client, get())), expected);
        assert_eq!(world.asked.borrow().len(), asked, "after {pass} s more");
    }
    world.set_clock(0.2);
    assert!(run_one(&client, get()).is_ok());
}

#[test]
fn one_whose_waiters_all_left_is_begun_anew() {
    let world = World::new(&[DONE], &[Gift::Silence, record("two", 3600)]);
    let client = client(&world);
    world.abort_after(10.0, json!("enough"));
    let mut aborted = get();
    aborted.signal = Some(json!("signal"));
    assert_eq!(
        run_one(&client, aborted),
        Err(Failure::Thrown(json!("enough")))
    );
    assert!(run_one(&client, get()).is_ok());
}

#[test]
fn it_is_renewed_before_it_ends() {
    let world = World::new(&vec![DONE; 3], &[record("one", 3600), record("two", 3600)]);
    let client = client(&world);
    run_one(&client, get()).unwrap();
    world.set_clock(3500.0);
    run_one(&client, get()).unwrap();
    world.set_clock(50.0);
    run_one(&client, get()).unwrap();
    assert_eq!(*world.asked.borrow(), [Reason::Initial, Reason::Expired]);
}

#[test]
fn within_the_margin_the_old_one_serves_until_it_ends() {
    let gifts = [record("one", 100), Gift::Throw("no"), Gift::Throw("no")];
    let world = World::new(&vec![DONE; 2], &gifts);
    let client = client(&world);
    run_one(&client, get()).unwrap();
    world.set_clock(95.0);
    run_one(&client, get()).unwrap();
    world.set_clock(10.0);
    assert!(run_one(&client, get()).is_err());
}

#[test]
fn a_refusal_brings_one_renewal_and_one_replay() {
    for method in [Method::Get, Method::Post, Method::Delete] {
        let world = World::new(&[REFUSED, DONE], &[record("one", 60), record("two", 60)]);
        run_one(&client(&world), call(method)).unwrap();
        assert_eq!(*world.asked.borrow(), [Reason::Initial, Reason::Refused]);
        let sent = world.sent.borrow();
        let carried = |index: usize| {
            let find = |(name, _): &&(String, String)| name == "authorization";
            sent[index]
                .headers
                .iter()
                .find(find)
                .map(|(_, value)| value.clone())
        };
        assert_eq!(carried(0).as_deref(), Some("Bearer one"));
        assert_eq!(carried(1).as_deref(), Some("Bearer two"));
    }
}

#[test]
fn a_second_refusal_is_the_callers() {
    let world = World::new(&[REFUSED, REFUSED], &[record("one", 60), record("two", 60)]);
    let ended = run_one(&client(&world), get());
    assert_eq!(
        failed_code(&ended),
        (Kind::Auth, "invalid_access_token".to_owned())
    );
    assert_eq!(world.sent.borrow().len(), 2);
}

#[test]
fn the_refused_token_again_is_not_sent_again() {
    let world = World::new(&[REFUSED], &[record("one", 60), record("one", 60)]);
    let ended = run_one(&client(&world), get());
    assert_eq!(
        failed_code(&ended),
        (Kind::Auth, "invalid_access_token".to_owned())
    );
    assert_eq!(world.sent.borrow().len(), 1);
}

#[test]
fn calls_refused_together_share_the_renewal() {
    let script = [vec![REFUSED; 10], vec![DONE; 10]].concat();
    let world = World::new(&script, &[record("one", 60), record("two", 60)]);
    let ended = run(&client(&world), (0..10).map(|_| get()).collect());
    assert!(ended.iter().all(Result::is_ok));
    assert_eq!(*world.asked.borrow(), [Reason::Initial, Reason::Refused]);
}

#[test]
fn what_the_callback_throws_shows_no_token_that_is_known() {
    let gifts = [
        record("token-of-a-test", 60),
        Gift::Throw("token-of-a-test?"),
    ];
    let world = World::new(&[REFUSED], &gifts);
    let ended = run_one(&client(&world), get());
    assert!(
        !format!("{ended:?}").contains("token-of-a-test"),
        "{ended:?}"
    );
}

#[test]
fn a_stream_is_not_sent_twice() {
    let world = World::new(&[REFUSED], &[record("one", 60), record("two", 60)]);
    let mut upload = call(Method::Post);
    upload.body = Some(Body::Stream(json!("stream")));
    assert!(run_one(&client(&world), upload).is_err());
    assert_eq!(world.sent.borrow().len(), 1);
}

#[test]
fn one_that_nothing_renews_is_sent_as_it_is() {
    let world = World::new(&[REFUSED], &[Gift::Value(json!("fixed"))]);
    let client = client_with(&world, TokenSource::Fixed, |_| {});
    let ended = run_one(&client, get());
    assert_eq!(
        failed_code(&ended),
        (Kind::Auth, "invalid_access_token".to_owned())
    );
    assert_eq!(world.asked.borrow().len(), 1);
}

/// What becomes of two calls with a token that nothing renews, the second when it has ended.
fn fixed_and_ended(given: Json, script: &[Act]) -> (Vec<Ended>, usize) {
    let world = World::new(script, &[Gift::Value(given)]);
    let client = client_with(&world, TokenSource::Fixed, |_| {});
    let first = run_one(&client, get());
    world.set_clock(61.0);
    let second = run_one(&client, get());
    let sent = world.sent.borrow().len();
    (vec![first, second], sent)
}

#[test]
fn one_that_nothing_renews_is_not_sent_once_it_has_ended() {
    let ends = START + 60.0;
    for given in [
        json!({"access_token": "fixed", "expires_at": ends}),
        json!({"access_token": "fixed", "expires_in": 60}),
        json!(jwt(&json!({"exp": ends}))),
    ] {
        let (ended, sent) = fixed_and_ended(given, &[DONE]);
        assert!(ended[0].is_ok());
        let expected = (Kind::Auth, code::TOKEN_EXPIRED.to_owned());
        assert_eq!(failed_code(&ended[1]), expected);
        assert_eq!(sent, 1);
    }
}

#[test]
fn unless_the_clock_may_be_wrong() {
    let dated = jwt(&json!({"iat": START, "exp": START + 60.0}));
    let (ended, sent) = fixed_and_ended(json!(dated), &[DONE, DONE]);
    assert!(ended.iter().all(Result::is_ok));
    assert_eq!(sent, 2);
}

#[test]
fn without_one_nothing_is_sent() {
    let world = World::new(&[], &[]);
    let client = client_with(&world, TokenSource::Missing, |_| {});
    let ended = run_one(&client, get());
    assert_eq!(
        failed_code(&ended),
        (Kind::Auth, code::TOKEN_MISSING.to_owned())
    );
}

#[test]
fn a_callback_that_hangs_ends_with_the_timeout() {
    let world = World::new(&[], &[Gift::Silence]);
    let ended = run_one(&client(&world), get());
    assert_eq!(
        failed_code(&ended),
        (Kind::Timeout, code::TIMEOUT.to_owned())
    );
}

#[test]
fn the_backends_answer_is_judged() {
    for (status, body, expected) in [
        (500, "<html></html>", code::TOKEN_REQUEST_FAILED),
        (401, r#"{"error":"login_required"}"#, "login_required"),
        (200, "<html></html>", code::INVALID_TOKEN),
        (200, "{}", code::INVALID_TOKEN),
        (200, "null", code::INVALID_TOKEN),
    ] {
        let world = World::new(&[], &[Gift::Answer(status, body)]);
        let ended = run_one(&client(&world), get());
        assert_eq!(
            failed_code(&ended),
            (Kind::Auth, expected.to_owned()),
            "{body}"
        );
    }
    let good = Gift::Answer(200, r#"{"access_token":"abc","expires_in":60}"#);
    let world = World::new(&[DONE], &[good]);
    run_one(&client(&world), get()).unwrap();
}
