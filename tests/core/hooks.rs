//! Hooks and events.

use playoff_wasm::core::error::{Failure, Kind};
use playoff_wasm::core::event::{Event, Reason};
use playoff_wasm::core::method::Method;
use playoff_wasm::core::retry::Wish;
use playoff_wasm::core::settings::TokenSource;
use serde_json::{Value as Json, json};

use crate::world::{Act, DONE, Ended, Gift, Hook, START, World, client_with, get, run_one};

const OUTAGE: Act = Act::Answer(503, "");

fn hooked(hook: Hook, script: &[Act]) -> (Ended, std::rc::Rc<World>) {
    let token = json!({"access_token": "one", "expires_in": 3600});
    let world = World::new(script, &[Gift::Value(token)]);
    world.hook.set(hook);
    let client = client_with(&world, TokenSource::Callback, |options| {
        options.retry = Wish::default();
    });
    (run_one(&client, get()), world)
}

#[test]
fn what_a_hook_throws_is_what_the_call_rejects_with() {
    for (hook, script) in [
        (Hook::BeforeRequest, vec![]),
        (Hook::AfterResponse, vec![DONE]),
        (Hook::BeforeRetry, vec![OUTAGE]),
    ] {
        let (ended, world) = hooked(hook, &script);
        assert_eq!(ended, Err(Failure::Thrown(json!("thrown by a hook"))));
        assert_eq!(world.sent.borrow().len(), script.len());
    }
}

#[test]
fn headers_of_a_hook_are_sent_and_the_token_is_added_behind_it() {
    let (_, world) = hooked(Hook::AddHeader, &[OUTAGE, DONE]);
    let sent = world.sent.borrow();
    let named = |index: usize, name: &str| {
        let mut headers = sent[index].headers.iter();
        headers
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.clone())
    };
    assert_eq!(named(0, "x-try").as_deref(), Some("1"));
    assert_eq!(named(1, "x-try").as_deref(), Some("2"));
    assert_eq!(named(1, "authorization").as_deref(), Some("Bearer one"));
}

#[test]
fn an_answer_can_be_replaced() {
    let (ended, _) = hooked(Hook::Replace, &[OUTAGE]);
    assert_eq!(ended.unwrap().data, json!("replaced"));
}

#[test]
fn a_hook_may_give_up() {
    let (ended, world) = hooked(Hook::GiveUp, &[OUTAGE]);
    let Err(Failure::Failed(error)) = ended else {
        panic!("it failed");
    };
    assert_eq!((error.kind, error.status), (Kind::Api, Some(503)));
    assert_eq!(world.sent.borrow().len(), 1);
}

#[test]
fn a_hook_that_hangs_ends_with_the_timeout() {
    let (ended, _) = hooked(Hook::Hang, &[OUTAGE]);
    let Err(Failure::Failed(error)) = ended else {
        panic!("it failed");
    };
    assert_eq!(error.kind, Kind::Timeout);
}

#[test]
fn events_tell_of_tokens_and_retries() {
    let (_, world) = hooked(Hook::None, &[OUTAGE, DONE]);
    let expected: [Event<Json>; 2] = [
        Event::Token {
            reason: Reason::Initial,
            expires_at: Some(START + 0.001 + 3600.0),
            player_id: None,
        },
        Event::Retry {
            method: Method::Get,
            route: "/runtime/player".to_owned(),
            retry: 1,
            delay: 150,
            code: "http_error".to_owned(),
            status: Some(503),
            request_id: Some("r1".to_owned()),
        },
    ];
    assert_eq!(*world.events.borrow(), expected);
}
