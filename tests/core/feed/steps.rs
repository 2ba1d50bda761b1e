//! Single steps of a feed, one after the other.

use playoff_wasm::core::feed::session::{Do, Moment, Session, Start, State, Wish};
use playoff_wasm::core::secret::Secret;
use serde_json::{Value as Json, json};

use super::service::wish;

fn at(now: f64) -> Moment {
    Moment {
        now,
        random: 0.5,
        online: true,
        visible: true,
    }
}

fn told(number: usize) -> String {
    format!(r#"4NOTIFICATION {{"id":"id-{number}","timestamp":"2026-01-01T00:00:00.000Z"}}"#)
}

/// One that is live since the beginning, and reads what was told before where it was asked to.
fn live(since: Option<String>) -> Session<Json> {
    let start = Start {
        now: "2026-01-01T00:00:00.000Z".into(),
        streams: true,
        patience: 30_000,
    };
    let wish = Wish { since, ..wish() };
    let mut session = Session::new(wish, start);
    session.tick(at(0.0));
    session.asked(Ok((Secret::new("token".into()), "johny".into())), at(0.0));
    for text in ["0{}", "4AUTH_CHALLENGE", "4AUTH_SUCCESS"] {
        session.heard(text, at(0.0));
    }
    session
}

fn given(todo: &[Do<Json>]) -> usize {
    todo.iter().filter(|one| matches!(one, Do::Give(_))).count()
}

#[test]
fn it_connects_and_says_who_it_is() {
    let response = "4AUTH_RESPONSE token player staging game johny".to_owned();
    let expected = [
        Do::Tell(State::Connecting),
        Do::AskToken,
        Do::Connect,
        Do::Send(response),
        Do::Tell(State::Live),
    ];
    assert_eq!(live(None).take_todo(), expected);
}

#[test]
fn a_ping_without_an_answer_ends_it_after_the_timeout_whatever_was_said_before() {
    let mut session = live(None);
    session.heard(&told(1), at(24_999.0));
    session.take_todo();
    assert_eq!(session.tick(at(25_000.0)), 5_000.0);
    assert_eq!(session.take_todo(), [Do::Send("2".into())]);
    session.tick(at(29_999.0));
    assert_eq!(session.take_todo(), []);
    session.tick(at(30_000.0));
    assert_eq!(session.take_todo(), [Do::Leave, Do::Tell(State::Waiting)]);
}

#[test]
fn more_than_can_wait_is_read_afterwards() {
    let mut session = live(Some("2026-01-01T00:00:00.000Z".into()));
    for number in 0..1_500 {
        session.heard(&told(number), at(1.0));
    }
    assert_eq!(given(&session.take_todo()), 0);
    session.page(Ok(Json::Null), at(2.0));
    assert_eq!(given(&session.take_todo()), 1_000);
    session.tick(at(2.0));
    let [Do::Read(since, 0)] = &session.take_todo()[..] else {
        panic!("it must read what it had no room for");
    };
    assert_eq!(since, "2026-01-01T00:00:00.000Z");
    let rest = (0..1_500).map(|number| json!({ "id": format!("id-{number}") }));
    let page = json!({ "data": rest.collect::<Json>(), "total": 1_500 });
    session.page(Ok(page), at(3.0));
    assert_eq!(given(&session.take_todo()), 500);
}

#[test]
fn what_a_feed_may_be_told_besides_changes_nothing() {
    let mut session = live(None);
    session.take_todo();
    for text in [
        "4AUTH_CHALLENGE",
        "4AUTH_SUCCESS",
        "4NOTIFICATION",
        "4",
        "4x {",
        "6",
    ] {
        session.heard(text, at(1.0));
        assert_eq!(session.take_todo(), [], "{text}");
    }
    session.heard("2probe", at(1.0));
    assert_eq!(session.take_todo(), [Do::Send("3probe".into())]);
}

fn page(numbers: std::ops::Range<usize>, total: usize) -> Json {
    let event =
        |number| json!({ "id": format!("id-{number}"), "timestamp": "2026-01-01T00:00:00.000Z" });
    json!({ "data": numbers.map(event).collect::<Json>(), "total": total })
}

#[test]
fn what_is_being_read_outlives_the_connection() {
    let mut session = live(Some("2026-01-01T00:00:00.000Z".into()));
    session.page(Ok(page(0..100, 150)), at(1.0));
    session.heard(&told(150), at(2.0));
    session.take_todo();
    session.lost(at(3.0));
    assert_eq!(session.take_todo(), [Do::Leave, Do::Tell(State::Waiting)]);
    session.tick(at(60_000.0));
    assert_eq!(session.take_todo(), [], "it reads on before it connects");
    session.page(Ok(page(100..150, 150)), at(60_001.0));
    // The one that the stream told comes later than what nobody has told yet: it is read again.
    assert_eq!(given(&session.take_todo()), 150);
    session.tick(at(60_002.0));
    assert_eq!(
        session.take_todo(),
        [Do::Tell(State::Connecting), Do::Connect]
    );
}

#[test]
fn a_page_that_is_left_connects_within_a_second_of_coming_back_however_often() {
    let mut session = live(None);
    for trip in 0..10 {
        let now = f64::from(trip) * 10_000.0;
        session.take_todo();
        session.left(at(now));
        assert_eq!(session.take_todo(), [Do::Leave, Do::Tell(State::Waiting)]);
        assert_eq!(session.tick(at(now)), 500.0);
        assert_eq!(session.take_todo(), [], "not while it is left");
        session.tick(at(now + 500.0));
        session.heard("4AUTH_SUCCESS", at(now + 600.0));
        let todo = session.take_todo();
        assert!(matches!(todo.last(), Some(Do::Read(..))), "{todo:?}");
        session.page(Ok(Json::Null), at(now + 700.0));
    }
}

#[test]
fn a_page_that_nobody_sees_isnt_woken_but_for_pings_and_to_look_for_eyes_that_a_poll_needs() {
    let unseen = |now| Moment {
        visible: false,
        ..at(now)
    };
    let mut session = live(None);
    session.take_todo();
    assert_eq!(session.tick(unseen(1.0)), 24_999.0);
    session.lost(unseen(2.0));
    assert_eq!(session.tick(unseen(2.0)), 500.0);

    let start = Start {
        now: "2026-01-01T00:00:00.000Z".into(),
        streams: false,
        patience: 30_000,
    };
    let wish = Wish {
        poll: Some(60_000),
        ..wish()
    };
    let mut polling = Session::<Json>::new(wish, start);
    polling.take_todo();
    assert_eq!(polling.tick(unseen(0.0)), 1_000.0);
    assert_eq!(polling.take_todo(), []);
    polling.tick(at(1_000.0));
    assert!(matches!(polling.take_todo()[..], [Do::Read(..)]));
}
