//! Clients that have their tokens in common.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::FutureExt;
use playoff_wasm::core::call::call;
use playoff_wasm::core::client::Client;
use playoff_wasm::core::error::{Failure, code};
use playoff_wasm::core::sessions::Sessions;
use playoff_wasm::core::settings::{Options, Settings, TokenSource};
use serde_json::{Value as Json, json};

use crate::world::{DONE, Ended, Gift, Simulated, World, finish, get, outcome, run_one};

type Tenant = Rc<Client<Simulated>>;

fn tokens(names: &[&str]) -> Vec<Gift> {
    let record = |name| Gift::Value(json!({"access_token": name, "expires_in": 3600}));
    names.iter().map(record).collect()
}

/// Two clients with one set of sessions.
fn pair(world: &Rc<World>) -> (Tenant, Tenant) {
    let sessions = Sessions::shared();
    let client = || {
        let options = Options {
            token: TokenSource::Service,
            ..Options::default()
        };
        let settings = Settings::new::<Json>(options).unwrap();
        Client::sharing(Simulated(Rc::clone(world)), settings, Rc::clone(&sessions))
    };
    (client(), client())
}

/// What comes of a call of each, begun in this order, and of what `act` does after 0.5 ms.
fn at_once(first: &Tenant, second: &Tenant, act: impl AsyncFnOnce() + 'static) -> [Ended; 2] {
    let ended: Rc<RefCell<[Option<Ended>; 2]>> = Rc::default();
    let one = |index: usize, client: &Tenant| {
        let (client, ended) = (Rc::clone(client), Rc::clone(&ended));
        async move {
            let outcome = call(&client, get()).await;
            ended.borrow_mut()[index] = Some(outcome);
        }
        .boxed_local()
    };
    let world = Rc::clone(&first.host.0);
    let acting = async move {
        world.sleep(0.5).await;
        act().await;
    };
    let tasks = vec![one(0, first), one(1, second), acting.boxed_local()];
    finish(&first.host.0, tasks);
    ended.take().map(|ended| ended.expect("it has ended"))
}

fn code_of(ended: &Ended) -> &str {
    match ended {
        Err(Failure::Failed(error)) => &error.code,
        other => panic!("{other:?}"),
    }
}

#[test]
fn they_ask_for_one_token() {
    for is_worker in [false, true] {
        let world = World::new(&[DONE, DONE, DONE], &tokens(&["one"]));
        world.is_worker.set(is_worker);
        let (first, second) = pair(&world);
        let ended = at_once(&first, &second, async || {});
        assert!(ended.iter().all(Result::is_ok), "{ended:?}");
        assert!(run_one(&second, get()).is_ok());
        assert_eq!(world.asked.borrow().len(), 1);
    }
}

#[test]
fn the_end_of_one_is_not_the_others() {
    for is_worker in [false, true] {
        let world = World::new(&[DONE, DONE], &tokens(&["one", "two"]));
        world.is_worker.set(is_worker);
        let (first, second) = pair(&world);
        let leader = Rc::clone(&first);
        let ended = at_once(&first, &second, async move || leader.dispose());
        assert_eq!(code_of(&ended[0]), code::DISPOSED);
        assert!(ended[1].is_ok(), "{:?}", ended[1]);
        assert!(run_one(&second, get()).is_ok());
        assert!(world.asked.borrow().len() <= 2);
    }
}

#[test]
fn what_is_at_hand_survives_the_end_of_one() {
    let world = World::new(&[DONE, DONE], &tokens(&["one"]));
    let (first, second) = pair(&world);
    assert!(run_one(&first, get()).is_ok());
    first.dispose();
    assert!(run_one(&second, get()).is_ok());
    assert_eq!(world.asked.borrow().len(), 1);
}

#[test]
fn the_sign_out_of_one_is_everybodys() {
    let world = World::new(&[DONE, DONE], &tokens(&["one", "two"]));
    let (first, second) = pair(&world);
    assert!(run_one(&first, get()).is_ok());
    let leaving = Rc::clone(&first);
    outcome(&world, async move { leaving.logout().await }).unwrap();
    assert!(run_one(&second, get()).is_ok());
    assert_eq!(world.asked.borrow().len(), 2);
}

#[test]
fn the_sign_out_of_one_wakes_the_others() {
    let world = World::new(&[], &[Gift::Silence]);
    let (first, second) = pair(&world);
    let leaving = Rc::clone(&second);
    let ended = at_once(&first, &second, async move || {
        leaving.logout().await.unwrap();
    });
    for ended in &ended {
        assert_eq!(code_of(ended), code::SIGNED_OUT);
    }
    assert!(world.elapsed() <= 1.0);
}
