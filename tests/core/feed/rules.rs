//! What must hold of a feed, whatever goes wrong: every notification once, in order.

use fastrand::Rng;
use playoff_wasm::core::error::{Failure, code};
use playoff_wasm::core::feed::session::{State, Wish};

use super::service::{Faults, Service, wish};

const MANY: u64 = 300;
const SCHEDULES: u64 = 500;

fn up_to(last: u64) -> Vec<u64> {
    (1..=last).collect()
}

#[test]
fn each_is_given_once_and_in_order_whatever_goes_wrong() {
    for seed in 0..SCHEDULES {
        let mut random = Rng::with_seed(seed);
        let mut often = |most: f64| {
            if random.bool() {
                random.f64() * most
            } else {
                0.0
            }
        };
        let faults = Faults {
            cuts: often(0.2),
            silences: often(0.05),
            doubles: often(0.5),
            failures: often(0.6),
            pauses: often(0.05),
            offline: often(0.1),
            departures: often(0.1),
        };
        let polls = often(1.0) > 0.5;
        let since = seed
            .is_multiple_of(5)
            .then(|| "2026-01-01T00:00:00.000Z".to_owned());
        let wish = Wish {
            poll: polls.then_some(10_000),
            since,
            ..wish()
        };
        let mut service = Service::new(seed, MANY, wish, faults.clone());
        service.run_out();
        assert!(
            service.given == up_to(MANY),
            "seed {seed}, {faults:?}: {:?}",
            service.given
        );
        assert_eq!(service.ended, None, "seed {seed}");
    }
}

#[test]
fn a_long_time_is_made_up_for_in_order_whatever_goes_wrong() {
    const TOLD: u64 = 1_500;
    for seed in 0..8 {
        let faults = Faults {
            cuts: 0.05,
            doubles: 0.2,
            failures: if seed < 4 { 0.0 } else { 0.005 },
            pauses: 0.001,
            ..Faults::default()
        };
        let wish = Wish {
            poll: Some(10_000).filter(|_| seed % 2 == 0),
            since: Some("2026-01-01T00:00:00.000Z".to_owned()),
            ..wish()
        };
        let mut service = Service::new(seed, MANY, wish, faults);
        service.has_told(TOLD);
        service.lists_oldest_first = seed % 3 == 1;
        service.run_out();
        assert!(
            service.given == up_to(TOLD + MANY),
            "seed {seed}: {:?}",
            service.given
        );
        assert_eq!(service.ended, None, "seed {seed}");
    }
}

#[test]
fn of_a_long_time_as_much_is_read_as_there_is_room_for() {
    let wish = Wish {
        poll: Some(1_000_000),
        since: Some("2026-01-01T00:00:00.000Z".to_owned()),
        ..wish()
    };
    // By its seed it has no stream.
    let mut service = Service::new(3, 0, wish, Faults::default());
    service.has_told(5_000);
    service.is_slow = true;
    for round in 1..=5 {
        service.run(60_000.0);
        // Each page has ten, and each round sixteen again.
        let (given, reads) = (service.given.len(), service.reads);
        assert!(given <= round * 1_000 && given >= round * 980, "{given}");
        assert!(reads as usize <= round * 102, "{reads}");
        service.take_all();
    }
    service.run(60_000.0);
    assert_eq!(service.given, up_to(5_000));
}

#[test]
fn more_of_one_moment_than_are_read_at_a_time_are_given_too() {
    for oldest_first in [false, true] {
        let wish = Wish {
            poll: Some(1_000),
            since: Some("2026-01-01T00:00:00.000Z".to_owned()),
            ..wish()
        };
        let mut service = Service::new(3, 0, wish, Faults::default());
        service.has_told_at_once(3_500);
        service.lists_oldest_first = oldest_first;
        service.run(600_000.0);
        let mut given = service.given.clone();
        given.sort_unstable();
        assert_eq!(given, up_to(3_500), "none is left out");
    }
}

#[test]
fn where_nothing_goes_wrong_nothing_is_read() {
    let mut service = Service::new(1, MANY, wish(), Faults::default());
    service.run_out();
    assert_eq!(service.given, up_to(MANY));
    assert_eq!((service.reads, service.connections), (0, 1));
    assert_eq!(service.states, [State::Connecting, State::Live]);
}

#[test]
fn a_silent_server_is_left_within_a_heartbeat() {
    let silent = Faults {
        silences: 1.0,
        ..Faults::default()
    };
    let mut service = Service::new(2, MANY, wish(), silent);
    service.run(30_000.0);
    assert_eq!(service.connections, 1);
    service.run(10_000.0);
    assert_eq!(service.connections, 2);
}

#[test]
fn a_refused_token_is_tried_twice_and_ends_it_with_one_error() {
    let mut service = Service::new(3, MANY, wish(), Faults::default());
    service.refuses = true;
    service.run_out();
    let Some(Failure::Failed(error)) = &service.ended else {
        panic!("it must have ended: {:?}", service.ended);
    };
    assert_eq!(error.code, code::STREAM_REFUSED);
    assert_eq!(
        error.message, "the notification stream refused a fresh token too: unauthorized [redacted]",
        "the service's words, without the token",
    );
    assert_eq!(service.connections, 2);
}

#[test]
fn a_service_that_is_away_isnt_stormed() {
    let away = Faults {
        failures: 1.0,
        ..Faults::default()
    };
    let mut service = Service::new(4, MANY, wish(), away);
    service.run(120_000.0);
    // Two minutes of full jitter up to half a minute.
    let tries = service
        .states
        .iter()
        .filter(|state| **state == State::Connecting);
    let tries = tries.count();
    assert!((6..30).contains(&tries), "{tries}");
    assert_eq!(service.connections, 0);
    assert_eq!(service.reads, 0, "nobody asked it to poll");
}

#[test]
fn a_page_that_nobody_sees_doesnt_poll() {
    let wish = Wish {
        poll: Some(10_000),
        ..wish()
    };
    // By its seed it has no stream.
    let mut service = Service::new(3, 10, wish, Faults::default());
    service.run(60_000.0);
    assert!((5..10).contains(&service.reads), "{}", service.reads);
    service.is_visible = false;
    let before = service.reads;
    service.run(600_000.0);
    assert_eq!(service.reads, before);
    service.is_visible = true;
    service.run_out();
    assert!(service.reads > before);
    assert_eq!(service.given, up_to(10));
    assert_eq!(
        (service.connections, service.states),
        (0, vec![State::Polling])
    );
}

#[test]
fn without_a_network_nobody_connects() {
    let offline = Faults {
        offline: 1.0,
        cuts: 1.0,
        ..Faults::default()
    };
    let mut service = Service::new(5, MANY, wish(), offline);
    service.run(900.0);
    assert_eq!(service.connections, 1);
    service.run_out();
    assert_eq!(service.given, up_to(MANY));
}
