//! Tabs: two clients of pages, which have their sessions to themselves and one storage.

use std::rc::Rc;

use futures_util::FutureExt;
use playoff_wasm::core::call::call;
use playoff_wasm::core::client::Client;
use playoff_wasm::core::error::{Failure, Kind, code};
use playoff_wasm::core::event::{Event, SignedOut};
use playoff_wasm::core::request::Body;
use playoff_wasm::core::settings::{Login, TokenSource};
use playoff_wasm::core::told::Told;
use serde_json::{Value as Json, json};

use crate::world::{Act, START, Simulated, World, client_with, finish, get, outcome, run_one};

const DONE: Act = Act::Answer(200, "1");
const REFUSED: Act = Act::Answer(401, r#"{"error":"invalid_access_token"}"#);
const DEAD: Act = Act::Answer(400, r#"{"error":"invalid_grant"}"#);
/// It lives shorter than the one before.
const ROTATED: Act = Act::Answer(
    200,
    r#"{"access_token":"two","expires_in":60,"refresh_token":"r2"}"#,
);
const WITHOUT_END: Act = Act::Answer(200, r#"{"access_token":"three","refresh_token":"r3"}"#);

type Tab = Rc<Client<Simulated>>;

fn tab(world: &Rc<World>) -> Tab {
    client_with(world, TokenSource::Missing, |options| {
        options.has_storage = true;
        options.login = Some(Login {
            client_id: "app".to_owned(),
            ..Login::default()
        });
    })
}

fn key(tab: &Tab) -> String {
    format!("playoff-wasm:[{} ]", tab.settings.token_key)
}

/// Two tabs whose player is signed in.
fn tabs(script: &[Act]) -> (Rc<World>, Tab, Tab) {
    let world = World::new(script, &[]);
    world.is_page.set(true);
    let (first, second) = (tab(&world), tab(&world));
    let record =
        json!({"access_token": "one", "expires_at": START + 3600.0, "refresh_token": "r1"});
    put(&first, record);
    (world, first, second)
}

fn put(tab: &Tab, record: Json) {
    let mut stored = tab.host.0.stored.borrow_mut();
    stored.insert(key(tab), record);
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

fn both(first: &Tab, second: &Tab) {
    let one = |tab: &Tab| {
        let tab = Rc::clone(tab);
        async move { drop(call(&tab, get()).await.expect("it works")) }.boxed_local()
    };
    finish(&first.host.0, vec![one(first), one(second)]);
}

fn hears(tab: &Tab, told: Told) {
    let (hearing, name) = (Rc::clone(tab), key(tab));
    outcome(&tab.host.0, async move { hearing.hear(&name, told).await });
}

fn sign_outs(world: &World) -> Vec<SignedOut> {
    let events = world.events.borrow();
    let reasons = events.iter().filter_map(|event| match event {
        Event::SignedOut { reason, .. } => Some(*reason),
        _ => None,
    });
    reasons.collect()
}

#[test]
fn one_renews_and_the_other_takes_what_it_stored() {
    let script = [DONE, DONE, REFUSED, REFUSED, ROTATED, DONE, DONE];
    let (world, first, second) = tabs(&script);
    both(&first, &second);
    both(&first, &second);
    assert_eq!(refreshes(&world), ["r1"]);
    assert!(world.locked.borrow().is_empty());
}

/// Lifetimes differ, and there are tokens without one: what another tab stored is newer all the
/// same.
#[test]
fn whatever_its_life_the_stored_refresh_token_is_the_one_that_counts() {
    let script = [
        vec![DONE, DONE],
        vec![REFUSED, ROTATED, DONE],
        vec![REFUSED, DONE],
        vec![REFUSED, WITHOUT_END, DONE],
        vec![REFUSED, DONE],
    ];
    let (world, first, second) = tabs(&script.concat());
    both(&first, &second);
    for tab in [&first, &second, &first, &second] {
        run_one(tab, get()).unwrap();
    }
    assert_eq!(refreshes(&world), ["r1", "r2"]);
}

#[test]
fn who_wants_another_token_gets_one_by_the_newest_refresh_token() {
    let (world, first, second) = tabs(&[DONE, DONE, ROTATED, WITHOUT_END]);
    both(&first, &second);
    for tab in [&first, &second] {
        let asking = Rc::clone(tab);
        let work = async move { asking.get_token(None, true, None).await.map(drop) };
        outcome(&world, work).unwrap();
    }
    assert_eq!(refreshes(&world), ["r1", "r2"]);
}

#[test]
fn a_lock_that_is_held_for_long_is_an_error_and_no_second_request() {
    let (world, first, _) = tabs(&[DONE, REFUSED]);
    run_one(&first, get()).unwrap();
    world.locked.borrow_mut().insert(key(&first));
    match run_one(&first, get()) {
        Err(Failure::Failed(error)) => {
            assert_eq!((error.kind, &*error.code), (Kind::Timeout, code::TIMEOUT));
            assert!(error.retryable && error.message.contains("another tab"));
        }
        other => panic!("{other:?}"),
    }
    assert!(world.elapsed() >= 10_000.0 && world.elapsed() < 10_100.0);
    assert!(refreshes(&world).is_empty());
}

/// Whoever called may leave: what a refresh token was spent for is stored all the same.
#[test]
fn a_spent_refresh_token_is_replaced_whoever_still_waits() {
    let (world, first, second) = tabs(&[DONE, DONE, REFUSED, ROTATED, REFUSED, DONE]);
    both(&first, &second);
    let mut leaving = get();
    leaving.signal = Some(json!("signal"));
    world.abort_after(3.5, json!("left"));
    let (calling, goes_on) = (Rc::clone(&first), Rc::clone(&world));
    let left = async move {
        let ended = call(&calling, leaving).await;
        assert!(matches!(ended, Err(Failure::Thrown(_))));
    };
    let page = async move { goes_on.sleep(20.0).await };
    finish(&world, vec![left.boxed_local(), page.boxed_local()]);
    run_one(&second, get()).unwrap();
    assert_eq!(refreshes(&world), ["r1"]);
}

/// As React's StrictMode does: it ends the first client in the middle of whatever it does.
#[test]
fn a_spent_refresh_token_is_replaced_even_if_its_client_ends() {
    let (world, first, second) = tabs(&[DONE, DONE, REFUSED, ROTATED, REFUSED, DONE]);
    both(&first, &second);
    let (calling, ending, goes_on) = (Rc::clone(&first), Rc::clone(&first), Rc::clone(&world));
    let called = async move {
        match call(&calling, get()).await {
            Err(Failure::Failed(error)) => assert_eq!(error.code, code::DISPOSED),
            other => panic!("{other:?}"),
        }
    };
    let page = async move {
        goes_on.sleep(3.5).await;
        ending.dispose();
        goes_on.sleep(20.0).await;
    };
    finish(&world, vec![called.boxed_local(), page.boxed_local()]);
    run_one(&second, get()).unwrap();
    assert_eq!(refreshes(&world), ["r1"]);
    let tokens = world.events.borrow().len();
    assert_eq!(tokens, 3, "who has ended tells nothing: {:?}", world.events);
    assert!(world.locked.borrow().is_empty());
}

/// What somebody signed out of stays away, even if the client ends right then.
#[test]
fn who_signs_out_and_ends_leaves_nothing_behind() {
    let (world, first, second) = tabs(&[DONE, DONE, REFUSED, ROTATED]);
    both(&first, &second);
    let (calling, ending, goes_on) = (Rc::clone(&first), Rc::clone(&first), Rc::clone(&world));
    let called = async move { assert!(call(&calling, get()).await.is_err()) };
    let page = async move {
        goes_on.sleep(3.5).await;
        let left = ending.logout();
        ending.dispose();
        drop(left.await);
        goes_on.sleep(20.0).await;
    };
    finish(&world, vec![called.boxed_local(), page.boxed_local()]);
    assert!(world.stored.borrow().is_empty());
}

/// A tab that is duplicated takes its `sessionStorage` along.
#[test]
fn of_two_copies_of_a_refresh_token_one_is_used() {
    let (world, first, _) = tabs(&[DONE, REFUSED, ROTATED, DONE]);
    run_one(&first, get()).unwrap();
    let (other, copy, _) = tabs(&[DONE, REFUSED]);
    run_one(&copy, get()).unwrap();
    run_one(&first, get()).unwrap();
    *other.common.borrow_mut() = world.common.borrow().clone();
    assert!(!format!("{:?}", other.common).contains("r1\n"));
    match run_one(&copy, get()) {
        Err(Failure::Failed(error)) => assert!(error.message.contains("storage of its own")),
        ended => panic!("{ended:?}"),
    }
    assert!(refreshes(&other).is_empty());
    assert_eq!(sign_outs(&other), [SignedOut::Refused]);
    assert!(other.stored.borrow().is_empty());
    // Whoever was first stays.
    hears(&first, Told::Refused);
    assert!(sign_outs(&world).is_empty());
}

#[test]
fn a_sign_out_is_heard_by_the_others() {
    let (world, first, second) = tabs(&[DONE, DONE]);
    both(&first, &second);
    let leaving = Rc::clone(&first);
    outcome(&world, async move { leaving.logout().await }).unwrap();
    assert_eq!(*world.told.borrow(), [Told::Logout]);
    hears(&second, Told::Logout);
    hears(&second, Told::Logout);
    assert_eq!(sign_outs(&world), [SignedOut::Logout, SignedOut::OtherTab]);
    assert!(second.claims().is_none() && run_one(&second, get()).is_err());
}

#[test]
fn whose_token_is_still_stored_has_another_storage_and_stays() {
    let (world, first, second) = tabs(&[DONE, DONE, DONE]);
    both(&first, &second);
    hears(&second, Told::Logout);
    run_one(&second, get()).unwrap();
    assert!(sign_outs(&world).is_empty());
}

#[test]
fn who_did_not_hear_of_a_sign_out_learns_of_it_before_renewing() {
    let (world, first, second) = tabs(&[DONE, DONE, REFUSED]);
    both(&first, &second);
    world.stored.borrow_mut().clear();
    match run_one(&second, get()) {
        Err(Failure::Failed(error)) => assert_eq!(error.code, code::SIGNED_OUT),
        other => panic!("{other:?}"),
    }
    assert_eq!(sign_outs(&world), [SignedOut::OtherTab]);
    assert!(refreshes(&world).is_empty());
}

/// The browser kept its page as it was, and nothing was heard there.
#[test]
fn who_was_away_learns_at_the_return_that_somebody_signed_out() {
    let (world, first, second) = tabs(&[DONE, DONE, DONE]);
    both(&first, &second);
    let looks = |tab: &Tab| {
        let looking = Rc::clone(tab);
        outcome(&world, async move { looking.look_again().await });
    };
    looks(&second);
    run_one(&second, get()).unwrap();
    assert!(sign_outs(&world).is_empty());
    let leaving = Rc::clone(&first);
    outcome(&world, async move { leaving.logout().await }).unwrap();
    looks(&second);
    looks(&second);
    assert_eq!(sign_outs(&world), [SignedOut::Logout, SignedOut::OtherTab]);
    assert!(run_one(&second, get()).is_err());
    assert!(refreshes(&world).is_empty());
}

/// Somebody may have signed in since, or renewed: that is taken when it is needed.
#[test]
fn who_was_away_stays_signed_in_where_another_tab_stored_another_token() {
    let (world, first, second) = tabs(&[DONE, DONE, DONE]);
    both(&first, &second);
    put(
        &first,
        json!({"access_token": "two", "expires_at": START + 60.0, "refresh_token": "r2"}),
    );
    let looking = Rc::clone(&second);
    outcome(&world, async move { looking.look_again().await });
    run_one(&second, get()).unwrap();
    assert!(sign_outs(&world).is_empty());
}

#[test]
fn of_a_refused_refresh_token_each_tab_is_told_once_and_one_asks() {
    let (world, first, second) = tabs(&[DONE, DONE, REFUSED, DEAD]);
    both(&first, &second);
    assert!(run_one(&first, get()).is_err());
    assert_eq!(*world.told.borrow(), [Told::Refused]);
    hears(&second, Told::Refused);
    assert_eq!(sign_outs(&world), [SignedOut::Refused, SignedOut::Refused]);
    assert!(run_one(&second, get()).is_err());
    assert_eq!(refreshes(&world), ["r1"]);
}

/// Another tab spent it without a lock.
#[test]
fn a_refused_one_is_no_end_where_another_tab_stored_a_newer() {
    let (world, first, _) = tabs(&[DONE, REFUSED, DEAD, DONE]);
    run_one(&first, get()).unwrap();
    let (storing, other) = (Rc::clone(&world), Rc::clone(&first));
    let meanwhile = async move {
        // The lock, a look, and the request is on its way.
        storing.sleep(4.0).await;
        put(
            &other,
            json!({"access_token": "other", "expires_at": START + 9999.0, "refresh_token": "r9"}),
        );
    };
    let calling = Rc::clone(&first);
    let work = async move { drop(call(&calling, get()).await.expect("it works")) };
    finish(&world, vec![meanwhile.boxed_local(), work.boxed_local()]);
    assert_eq!(refreshes(&world), ["r1"]);
    assert!(sign_outs(&world).is_empty());
}

#[test]
fn a_sign_in_is_heard_by_who_has_no_token() {
    let (world, first, second) = tabs(&[]);
    world.stored.borrow_mut().clear();
    assert!(run_one(&second, get()).is_err());
    put(
        &first,
        json!({"access_token": "one", "expires_at": START + 3600.0}),
    );
    hears(&second, Told::Token);
    let told = world.events.borrow().last().cloned();
    assert!(matches!(told, Some(Event::Token { .. })), "{told:?}");
}
