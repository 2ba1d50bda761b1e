//! Signing out, and the end of a client.

use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::future::join3;
use playoff_wasm::core::client::Client;
use playoff_wasm::core::error::{Error, Failure, code};
use playoff_wasm::core::event::{Event, Reason, SignedOut};
use playoff_wasm::core::settings::TokenSource;
use serde_json::{Value as Json, json};

use crate::world::{
    Act, DONE, Ended, Gift, Hook, Simulated, World, client, client_with, finish, get, outcome, run,
    run_one,
};

fn tokens(names: &[&str]) -> Vec<Gift> {
    let record = |name| Gift::Value(json!({"access_token": name, "expires_in": 3600}));
    names.iter().map(record).collect()
}

fn code_of(ended: &Ended) -> &str {
    match ended {
        Err(Failure::Failed(error)) => &error.code,
        other => panic!("{other:?}"),
    }
}

fn logout(client: &Rc<Client<Simulated>>) -> Result<(), Error<Json>> {
    let leaving = Rc::clone(client);
    outcome(&client.host.0, async move { leaving.logout().await })
}

/// Ends of calls that wait while something else is done to their client after a moment.
fn meanwhile(
    client: &Rc<Client<Simulated>>,
    calls: usize,
    after: f64,
    act: impl AsyncFn(Rc<Client<Simulated>>) + 'static,
) -> Vec<Ended> {
    let ended: Rc<std::cell::RefCell<Vec<Ended>>> = Rc::default();
    let mut tasks = Vec::new();
    for _ in 0..calls {
        let (client, ended) = (Rc::clone(client), Rc::clone(&ended));
        let call = async move {
            let outcome = playoff_wasm::core::call::call(&client, get()).await;
            ended.borrow_mut().push(outcome);
        };
        tasks.push(call.boxed_local());
    }
    let actor = Rc::clone(client);
    let act = async move {
        actor.host.0.sleep(after).await;
        act(Rc::clone(&actor)).await;
    };
    tasks.push(act.boxed_local());
    finish(&client.host.0, tasks);
    ended.take()
}

#[test]
fn after_a_sign_out_a_call_asks_anew() {
    let world = World::new(&[DONE, DONE], &tokens(&["one", "two"]));
    let client = client(&world);
    run_one(&client, get()).unwrap();
    logout(&client).unwrap();
    let told = world.events.borrow().last().cloned();
    let expected = Event::SignedOut {
        reason: SignedOut::Logout,
        player_id: None,
    };
    assert_eq!(told, Some(expected));
    run_one(&client, get()).unwrap();
    assert_eq!(*world.asked.borrow(), [Reason::Initial, Reason::Initial]);
}

#[test]
fn a_token_that_was_given_is_gone_after_a_sign_out() {
    let world = World::new(&[DONE], &tokens(&["one"]));
    let client = client_with(&world, TokenSource::Fixed, |_| {});
    run_one(&client, get()).unwrap();
    logout(&client).unwrap();
    assert_eq!(code_of(&run_one(&client, get())), code::TOKEN_MISSING);
}

#[test]
fn a_sign_out_ends_the_renewal_under_way() {
    let world = World::new(&[], &[Gift::Silence]);
    let ended = meanwhile(&client(&world), 3, 10.0, async |client| {
        client.logout().await.unwrap();
    });
    assert!(ended.iter().all(|ended| code_of(ended) == code::SIGNED_OUT));
    assert_eq!(ended.len(), 3);
    assert_eq!(world.elapsed(), 10.0);
}

#[test]
fn a_call_between_two_tries_ends_with_a_sign_out() {
    let outage = Act::Header(503, "retry-after", "3");
    let world = World::new(&[outage, DONE], &tokens(&["one", "two"]));
    let client = client_with(&world, TokenSource::Callback, |o| o.retry.limit = Some(1));
    let ended = meanwhile(&client, 1, 1000.0, async |client| {
        client.logout().await.unwrap();
    });
    assert_eq!(code_of(&ended[0]), code::SIGNED_OUT);
    let (sent, asked) = (world.sent.borrow().len(), world.asked.borrow().len());
    assert_eq!((sent, asked), (1, 1));
}

#[test]
fn two_sign_outs_dont_wait_for_each_other() {
    let world = World::new(&[], &[]);
    let client = client_with(&world, TokenSource::Callback, |o| o.has_storage = true);
    meanwhile(&client, 0, 0.0, async |client| {
        let first = client.logout();
        // It waits until the first one is done, and the second one ends it.
        let waits = playoff_wasm::core::call::call(&client, get());
        let second = async {
            client.host.0.sleep(0.5).await;
            client.logout().await
        };
        let (first, ended, second) = join3(first, waits, second).await;
        assert!(first.is_ok() && second.is_ok());
        assert_eq!(code_of(&ended), code::SIGNED_OUT);
    });
}

#[test]
fn in_a_worker_no_hook_is_called_after_the_end_of_a_client() {
    let world = World::new(&[DONE], &tokens(&["one"]));
    world.is_worker.set(true);
    world.hook.set(Hook::Replace);
    let ended = meanwhile(&client(&world), 1, 1.5, async |client| client.dispose());
    assert_eq!(code_of(&ended[0]), code::DISPOSED);
    assert_eq!(world.sent.borrow().len(), 1);
}

#[test]
fn the_end_of_a_client_ends_everything() {
    for (script, gifts, sent) in [
        (vec![], vec![Gift::Silence], 0),
        (vec![Act::Silence; 3], tokens(&["one"]), 3),
    ] {
        let world = World::new(&script, &gifts);
        let client = client(&world);
        let ended = meanwhile(&client, 3, 10.0, async |client| client.dispose());
        assert!(ended.iter().all(|ended| code_of(ended) == code::DISPOSED));
        assert_eq!(world.elapsed(), 10.0);
        assert_eq!(code_of(&run_one(&client, get())), code::DISPOSED);
        assert_eq!(logout(&client).unwrap_err().code, code::DISPOSED);
        assert_eq!(world.sent.borrow().len(), sent);
    }
}

#[test]
fn a_token_for_the_callers_own_use() {
    let gifts = [
        tokens(&["one"]),
        vec![Gift::Throw("no")],
        tokens(&["three"]),
    ]
    .concat();
    let world = World::new(&[], &gifts);
    let client = client(&world);
    let token = |refresh| {
        let asking = Rc::clone(&client);
        outcome(&world, async move {
            asking.get_token(None, refresh, None).await
        })
        .map(|token| token.secret.expose().to_owned())
    };
    assert_eq!(token(false).unwrap(), "one");
    assert_eq!(token(false).unwrap(), "one");
    assert!(token(true).is_err());
    assert_eq!(token(false).unwrap(), "one");
    // Shortly after a failure, since the caller wants it.
    assert_eq!(token(true).unwrap(), "three");
    let reasons = [Reason::Initial, Reason::Requested, Reason::Requested];
    assert_eq!(*world.asked.borrow(), reasons);
}

#[test]
fn a_backend_that_says_signed_out_is_asked_once() {
    let gone = Gift::Answer(401, r#"{"error":"signed_out"}"#);
    let world = World::new(&[], &[vec![gone], tokens(&["two"])].concat());
    let asking = client(&world);
    let token = outcome(
        &world,
        async move { asking.get_token(None, true, None).await },
    );
    assert!(token.is_err());
    assert_eq!(world.asked.borrow().len(), 1);
}

#[test]
fn every_player_has_a_token_where_they_are_told_apart() {
    let world = World::new(&vec![DONE; 4], &tokens(&["one", "two"]));
    let client = client_with(&world, TokenSource::Callback, |o| {
        o.token_per_player = Some(true)
    });
    let call = |player: &str| {
        let mut call = get();
        call.player_id = Some(player.to_owned());
        call
    };
    let players = ["johny", "mary", "johny", "mary"];
    let ended = run(&client, players.map(call).into());
    assert!(ended.iter().all(Result::is_ok));
    let asked_for = world.asked_for.borrow();
    let asked_for: Vec<_> = asked_for.iter().flatten().collect();
    assert_eq!(asked_for, ["johny", "mary"]);
}
