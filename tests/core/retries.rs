//! Trying again.

use std::rc::Rc;

use playoff_wasm::core::error::{Failure, Kind};
use playoff_wasm::core::event::Event;
use playoff_wasm::core::method::Method;
use playoff_wasm::core::request::{Body, Call};
use playoff_wasm::core::retry::Wish;
use playoff_wasm::core::settings::{Options, TokenSource};
use serde_json::{Value as Json, json};

use crate::world::{
    Act, DONE, Ended, Gift, IN_TEN_SECONDS, REFUSED, World, call, client_with, get, run_one,
};

const OUTAGE: Act = Act::Answer(503, "");

/// How a call ends by the default rules, how many requests it took, and how many milliseconds.
fn tried(script: &[Act], wanted: Call<Json>) -> (Ended, usize, f64) {
    let (ended, world) = tried_with(script, wanted, |_| {});
    let sent = world.sent.borrow().len();
    (ended, sent, world.elapsed())
}

fn tried_with(
    script: &[Act],
    wanted: Call<Json>,
    change: impl Fn(&mut Options),
) -> (Ended, Rc<World>) {
    let tokens = ["one", "two"].map(|token| Gift::Value(json!(token)));
    let world = World::new(script, &tokens);
    let client = client_with(&world, TokenSource::Callback, |options| {
        options.retry = Wish::default();
        change(options);
    });
    (run_one(&client, wanted), world)
}

fn kind(ended: &Ended) -> Kind {
    match ended {
        Err(Failure::Failed(error)) => error.kind,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_get_survives_two_outages() {
    for passing in [OUTAGE, Act::Answer(429, ""), Act::Fail, Act::BreakOff] {
        let (ended, sent, elapsed) = tried(&[passing.clone(), passing, DONE], get());
        assert_eq!((ended.unwrap().data, sent), (json!(1), 3));
        // The token, three tries, and half of 300 and 600 ms between them.
        assert_eq!(elapsed, 1.0 + 3.0 + 150.0 + 300.0);
    }
}

#[test]
fn the_third_outage_is_the_callers() {
    let (ended, sent, _) = tried(&[OUTAGE, OUTAGE, OUTAGE], get());
    assert_eq!((kind(&ended), sent), (Kind::Api, 3));
}

#[test]
fn silence_is_tried_again_too() {
    let (ended, sent, _) = tried(&vec![Act::Silence; 3], get());
    assert_eq!((kind(&ended), sent), (Kind::Timeout, 3));
}

#[test]
fn what_must_not_be_done_twice_is_sent_once() {
    for method in [Method::Post, Method::Patch] {
        for passing in [OUTAGE, Act::Fail, Act::BreakOff, Act::Silence] {
            let (ended, sent, _) = tried(&[passing], call(method));
            assert!(ended.is_err());
            assert_eq!(sent, 1);
        }
    }
}

#[test]
fn unless_the_caller_says_it_may() {
    let mut wanted = call(Method::Post);
    wanted.retry.methods = Some(vec![Method::Post]);
    let (ended, sent, _) = tried(&[OUTAGE, DONE], wanted);
    assert!(ended.is_ok());
    assert_eq!(sent, 2);
}

#[test]
fn a_stream_is_never_sent_twice() {
    let mut wanted = call(Method::Put);
    wanted.body = Some(Body::Stream(json!("stream")));
    let (ended, sent, _) = tried(&[OUTAGE], wanted);
    assert!(ended.is_err());
    assert_eq!(sent, 1);
}

#[test]
fn a_domain_error_is_no_outage() {
    let limit = Act::Answer(503, r#"{"error":"rate_limit_exceeded"}"#);
    for lasting in [limit, Act::Answer(404, ""), Act::Answer(400, "")] {
        let (ended, sent, _) = tried(&[lasting], get());
        assert_eq!((kind(&ended), sent), (Kind::Api, 1));
    }
}

#[test]
fn the_service_says_when() {
    for (name, value, waited) in [
        ("retry-after", "3", 3000.0),
        ("retry-after", IN_TEN_SECONDS, 10_000.0 - 2.0),
        ("retry-after", "Thu, 01 Jan", 150.0),
        ("ratelimit-reset", "2", 2000.0),
        ("x-ratelimit-retry-after", "2", 2000.0),
        ("x-ratelimit-reset", "1800000010", 10_000.0 - 2.0),
    ] {
        let (ended, _, elapsed) = tried(&[Act::Header(503, name, value), DONE], get());
        assert!(ended.is_ok(), "{name}: {value}");
        // The token and two tries take a millisecond each.
        assert!(
            (elapsed - waited - 3.0).abs() <= 1.0,
            "{name}: {value}: {elapsed}"
        );
    }
}

#[test]
fn what_a_service_says_of_a_quota_counts_where_too_much_was_asked() {
    for (status, value, waited) in [
        (429, "2", 2000.0),
        (503, "2", 2000.0),
        (502, "2", 150.0),
        (500, "1800000010", 150.0),
        (504, "3600", 150.0),
    ] {
        for name in [
            "ratelimit-reset",
            "x-ratelimit-retry-after",
            "x-ratelimit-reset",
        ] {
            let (ended, _, elapsed) = tried(&[Act::Header(status, name, value), DONE], get());
            assert!(ended.is_ok(), "{status}, {name}: {value}");
            assert_eq!(elapsed, waited + 3.0, "{status}, {name}: {value}");
        }
    }
    let (_, _, elapsed) = tried(&[Act::Header(502, "retry-after", "2"), DONE], get());
    assert_eq!(elapsed, 2003.0, "that one is of every answer");
}

#[test]
fn what_is_no_time_isnt_taken_for_one() {
    // Engines read these as days of long ago.
    for value in ["0.5", "1.5", "-1", ""] {
        let (ended, _, elapsed) = tried(&[Act::Header(429, "retry-after", value), DONE], get());
        assert!(ended.is_ok(), "{value}");
        assert_eq!(elapsed, 153.0, "{value}");
    }
}

#[test]
fn a_service_that_wants_too_long_a_wait_is_not_asked_early() {
    let (ended, sent, elapsed) = tried(&[Act::Header(503, "retry-after", "61")], get());
    assert_eq!((kind(&ended), sent, elapsed), (Kind::Api, 1, 2.0));
}

#[test]
fn a_refusal_between_outages_still_brings_one_replay() {
    let (ended, world) = tried_with(&[OUTAGE, REFUSED, OUTAGE, DONE], get(), |_| {});
    assert!(ended.is_ok());
    assert_eq!(
        (world.sent.borrow().len(), world.asked.borrow().len()),
        (4, 2)
    );
    let (ended, world) = tried_with(&[REFUSED, OUTAGE, REFUSED], get(), |_| {});
    assert_eq!(kind(&ended), Kind::Auth);
    assert_eq!(world.sent.borrow().len(), 3);
}

#[test]
fn all_of_it_ends_with_the_total_timeout() {
    let script = [Act::Header(503, "retry-after", "1"), Act::Silence];
    let (ended, world) = tried_with(&script, get(), |o| o.total_timeout = Some(2000));
    assert_eq!((kind(&ended), world.elapsed()), (Kind::Timeout, 2000.0));
    let Err(Failure::Failed(error)) = ended else {
        panic!("it failed");
    };
    assert!(error.message.contains("`totalTimeout` of 2000 ms"));
}

#[test]
fn what_would_come_after_the_total_timeout_is_not_waited_for() {
    let slow = Act::Header(503, "retry-after", "50");
    let (ended, world) = tried_with(&[slow], get(), |o| o.total_timeout = Some(2000));
    // The token and one try.
    assert_eq!((kind(&ended), world.elapsed()), (Kind::Api, 2.0));
    let events = world.events.borrow();
    let retried = |event: &Event<Json>| matches!(event, Event::Retry { .. });
    assert!(!events.iter().any(retried), "{events:?}");
}

#[test]
fn an_abort_ends_the_wait() {
    let script = [Act::Header(503, "retry-after", "50")];
    let world = World::new(&script, &[Gift::Value(json!("one"))]);
    let client = client_with(&world, TokenSource::Callback, |o| o.retry = Wish::default());
    world.abort_after(5000.0, json!("enough"));
    let mut wanted = get();
    wanted.signal = Some(json!("signal"));
    let ended = run_one(&client, wanted);
    assert_eq!(ended, Err(Failure::Thrown(json!("enough"))));
    assert_eq!((world.sent.borrow().len(), world.elapsed()), (1, 5000.0));
}
