//! Tokens that are kept.

use std::rc::Rc;

use playoff_wasm::core::client::Client;
use playoff_wasm::core::error::code;
use playoff_wasm::core::event::Event;
use playoff_wasm::core::method::Method;
use playoff_wasm::core::settings::TokenSource;
use serde_json::{Value as Json, json};

use crate::world::{
    DONE, Gift, REFUSED, START, Simulated, Storage, World, call, client_with, get, outcome, run_one,
};

fn record(name: &str) -> Gift {
    Gift::Value(json!({"access_token": name, "expires_in": 3600}))
}

fn keeping(world: &Rc<World>) -> Rc<Client<Simulated>> {
    client_with(world, TokenSource::Callback, |o| o.has_storage = true)
}

fn stored(world: &World) -> Option<Json> {
    world.stored.borrow().values().next().cloned()
}

fn put(world: &World, record: Json) {
    let first = keeping(&World::new(&[DONE], &[self::record("key")]));
    run_one(&first, get()).unwrap();
    let key = first.host.0.stored.borrow().keys().next().cloned();
    world
        .stored
        .borrow_mut()
        .insert(key.expect("a key"), record);
}

fn warnings(world: &World) -> Vec<String> {
    let events = world.events.borrow();
    let warnings = events.iter().filter_map(|event| match event {
        Event::Warning { code, message, .. } => Some(format!("{code}: {message}")),
        _ => None,
    });
    warnings.collect()
}

#[test]
fn a_token_is_kept_and_found_again() {
    let world = World::new(&[DONE, DONE], &[record("one")]);
    run_one(&keeping(&world), get()).unwrap();
    let kept = stored(&world).expect("a record");
    assert_eq!(
        (&kept["access_token"], &kept["token_type"]),
        (&json!("one"), &json!("Bearer"))
    );
    assert!(kept["expires_at"].as_f64().unwrap() > START + 3599.0);
    run_one(&keeping(&world), get()).unwrap();
    assert_eq!(world.asked.borrow().len(), 1);
}

#[test]
fn one_that_has_ended_or_was_refused_counts_as_absent() {
    let world = World::new(&[DONE], &[record("two")]);
    put(
        &world,
        json!({"access_token": "one", "expires_at": START - 1.0}),
    );
    run_one(&keeping(&world), get()).unwrap();
    assert_eq!(world.asked.borrow().len(), 1);

    let world = World::new(&[REFUSED, DONE], &[record("two")]);
    put(
        &world,
        json!({"access_token": "one", "expires_at": START + 3600.0}),
    );
    run_one(&keeping(&world), get()).unwrap();
    assert_eq!(world.asked.borrow().len(), 1);
}

#[test]
fn what_others_stored_may_have_been_refused_too() {
    let script = [DONE, REFUSED, REFUSED, DONE];
    let world = World::new(&script, &[record("one"), record("two")]);
    let client = keeping(&world);
    run_one(&client, get()).unwrap();
    let others = json!({"access_token": "others", "expires_at": START + 9999.0});
    for stored in world.stored.borrow_mut().values_mut() {
        *stored = others.clone();
    }
    run_one(&client, call(Method::Post)).unwrap();
    assert_eq!(world.asked.borrow().len(), 2);
    assert_eq!(world.sent.borrow().len(), 4);
}

#[test]
fn a_storage_that_fails_is_done_without() {
    for (storage, said) in [(Storage::Throws, "QuotaExceeded"), (Storage::Hangs, "5 s")] {
        let world = World::new(&[DONE, REFUSED, DONE], &[record("one"), record("two")]);
        world.storage.set(storage);
        let client = keeping(&world);
        run_one(&client, get()).unwrap();
        run_one(&client, get()).unwrap();
        let warnings = warnings(&world);
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert!(warnings[0].starts_with(code::STORAGE_FAILED) && warnings[0].contains(said));
        let leaving = Rc::clone(&client);
        let left = outcome(&world, async move { leaving.logout().await });
        assert_eq!(left.unwrap_err().code, code::STORAGE_FAILED);
    }
}

#[test]
fn what_is_no_record_is_warned_of() {
    for garbage in [json!(7), json!({}), json!({"access_token": 7})] {
        let world = World::new(&[DONE], &[record("one")]);
        put(&world, garbage);
        run_one(&keeping(&world), get()).unwrap();
        assert_eq!(warnings(&world).len(), 1);
    }
}

#[test]
fn a_sign_out_removes_it() {
    let world = World::new(&[DONE], &[record("one")]);
    let client = keeping(&world);
    run_one(&client, get()).unwrap();
    assert!(stored(&world).is_some());
    let leaving = Rc::clone(&client);
    outcome(&world, async move { leaving.logout().await }).unwrap();
    assert_eq!(stored(&world), None);
}

#[test]
fn keys_differ_by_player_and_tell_apart_what_is_joined() {
    let world = World::new(
        &vec![DONE; 3],
        &[record("one"), record("two"), record("three")],
    );
    let client = client_with(&world, TokenSource::Callback, |options| {
        options.has_storage = true;
        options.token_per_player = Some(true);
    });
    for player in [None, Some("a"), Some("a b")] {
        let mut call = get();
        call.player_id = player.map(str::to_owned);
        run_one(&client, call).unwrap();
    }
    assert_eq!(world.stored.borrow().len(), 3);
}
