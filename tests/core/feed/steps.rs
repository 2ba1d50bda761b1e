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
