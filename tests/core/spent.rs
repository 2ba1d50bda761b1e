//! Refresh tokens that come twice are spent once.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, select};
use playoff_wasm::core::host::Host;
use playoff_wasm::core::record::Record;
use playoff_wasm::core::secret::Secret;
use playoff_wasm::core::token::Token;
use playoff_wasm::edge::handler::auth::{SIGNED_IN_ANEW, SIGNED_OUT, Tokens};
use playoff_wasm::edge::handler::spent::{Brought, Spent};
use playoff_wasm::edge::handler::{LOGIN_REQUIRED, Refusal, UNAVAILABLE};
use serde_json::Value as Json;

use crate::world::{Simulated, World, finish};

const LIMIT: u32 = 1000;

/// Requests that refresh, and what they got.
#[derive(Default)]
struct Requests {
    spent: Spent,
    asked: Cell<u32>,
    got: RefCell<Vec<(&'static str, Brought)>>,
}

impl Requests {
    /// A request that comes after some milliseconds; asking takes as long and brings that.
    fn request(
        self: &Rc<Self>,
        world: &Rc<World>,
        refresh: &'static str,
        comes: f64,
        takes: f64,
        brings: Brought,
    ) -> LocalBoxFuture<'static, ()> {
        let (all, world) = (Rc::clone(self), Rc::clone(world));
        let request = async move {
            world.sleep(comes).await;
            let host = Simulated(Rc::clone(&world));
            let ask = async {
                all.asked.set(all.asked.get() + 1);
                world.sleep(takes).await;
                brings
            };
            let secret = Secret::new(refresh.into());
            let got = all.spent.share(&host, &secret, LIMIT, ask).await;
            all.got.borrow_mut().push((refresh, got));
        };
        request.boxed_local()
    }

    /// Somebody signs out or in after some milliseconds.
    fn end(
        self: &Rc<Self>,
        world: &Rc<World>,
        refresh: &'static str,
        refusal: Refusal,
        comes: f64,
    ) -> LocalBoxFuture<'static, ()> {
        let (all, world) = (Rc::clone(self), Rc::clone(world));
        let end = async move {
            world.sleep(comes).await;
            let now = Simulated(Rc::clone(&world)).now();
            all.spent.end(&Secret::new(refresh.into()), &refusal, now);
        };
        end.boxed_local()
    }

    fn asked(&self) -> u32 {
        self.asked.get()
    }

    fn got(&self) -> Vec<Brought> {
        self.got
            .borrow()
            .iter()
            .map(|(_, got)| got.clone())
            .collect()
    }
}

fn tokens(access: &str) -> Brought {
    with_refresh(access, Some("next"))
}

fn with_refresh(access: &str, refresh: Option<&str>) -> Brought {
    let record = Record {
        refresh_token: refresh.map(str::to_owned),
        ..Record::bare(access.into())
    };
    let token = Token::<Json>::new(record, true, 0.0);
    Ok(Tokens::of(&token.unwrap()))
}

fn worker() -> (Rc<World>, Rc<Requests>) {
    (World::new(&[], &[]), Rc::default())
}

#[test]
fn two_tabs_spend_one() {
    let (world, all) = worker();
    let comes = [0.0, 1.0, 200.0, 999.0, 9_000.0];
    let requests = comes.map(|at| all.request(&world, "r1", at, 500.0, tokens("a1")));
    let other = all.request(&world, "r2", 0.0, 1.0, tokens("a2"));
    finish(&world, requests.into_iter().chain([other]).collect());
    assert_eq!(all.asked(), 2);
    for (refresh, got) in &*all.got.borrow() {
        assert_eq!(*got, tokens(&refresh.replace('r', "a")));
    }
}

#[test]
fn it_is_forgotten_after_a_while() {
    let (world, all) = worker();
    let requests =
        [0.0, 10_200.0].map(|at| all.request(&world, "r1", at, 100.0, Err(LOGIN_REQUIRED)));
    finish(&world, requests.into());
    assert_eq!(all.asked(), 2);
}

#[test]
fn a_dead_one_is_not_asked_for_again_and_a_failure_is() {
    for (brings, asked) in [(LOGIN_REQUIRED, 1), (UNAVAILABLE, 2)] {
        let (world, all) = worker();
        let requests =
            [0.0, 50.0, 300.0].map(|at| all.request(&world, "r1", at, 100.0, Err(brings.clone())));
        finish(&world, requests.into());
        assert_eq!(all.asked(), asked, "{brings:?}");
        assert!(all.got().iter().all(|got| *got == Err(brings.clone())));
    }
}

#[test]
fn one_that_is_not_spent_brings_another_one() {
    for refresh in [None, Some("r1")] {
        let (world, all) = worker();
        let brings = with_refresh("a1", refresh);
        let requests =
            [0.0, 50.0, 300.0].map(|at| all.request(&world, "r1", at, 100.0, brings.clone()));
        finish(&world, requests.into());
        assert_eq!(all.asked(), 2, "{refresh:?}");
    }
}

#[test]
fn who_gives_up_keeps_nobody_waiting() {
    let (world, all) = worker();
    let leaving = {
        let (request, world) = (
            all.request(&world, "r1", 0.0, 900.0, tokens("never")),
            Rc::clone(&world),
        );
        async move {
            let later = world.sleep(100.0).boxed_local();
            drop(select(request, later).await);
        }
    };
    let other = all.request(&world, "r1", 10.0, 100.0, tokens("a1"));
    finish(&world, vec![leaving.boxed_local(), other]);
    assert_eq!((all.asked(), all.got()), (2, vec![tokens("a1")]));
    assert!(world.elapsed() < 300.0);
}

/// A worker's request can end without anything of it being told.
#[test]
fn who_vanishes_is_waited_for_as_long_as_asking_may_take() {
    let (world, all) = worker();
    let vanished = all.request(&world, "r1", 0.0, 1e9, tokens("never"));
    let polled = Box::leak(Box::new(vanished));
    assert!(polled.now_or_never().is_none());
    let other = all.request(&world, "r1", 10.0, 100.0, tokens("a1"));
    finish(&world, vec![other]);
    assert_eq!((all.asked(), all.got()), (2, vec![tokens("a1")]));
    let waited = world.elapsed();
    assert!((2_000.0..2_300.0).contains(&waited), "{waited}");
}

#[test]
fn who_signs_out_or_in_ends_what_is_under_way() {
    for refusal in [SIGNED_OUT, SIGNED_IN_ANEW] {
        let (world, all) = worker();
        let mut tasks: Vec<_> = [0.0, 50.0, 300.0]
            .map(|at| all.request(&world, "r1", at, 200.0, tokens("a1")))
            .into();
        tasks.push(all.end(&world, "r1", refusal.clone(), 100.0));
        finish(&world, tasks);
        assert_eq!(all.asked(), 1);
        assert!(all.got().iter().all(|got| *got == Err(refusal.clone())));
    }
}

/// A tab that sent the older cookie before would otherwise get the newer one, once more.
#[test]
fn who_signs_out_ends_what_brought_the_token_too() {
    let (world, all) = worker();
    let tasks = vec![
        all.request(&world, "r1", 0.0, 1.0, with_refresh("a1", Some("r2"))),
        all.end(&world, "r2", SIGNED_OUT, 100.0),
        all.request(&world, "r1", 200.0, 1.0, tokens("a2")),
    ];
    finish(&world, tasks);
    let expected = [with_refresh("a1", Some("r2")), Err(SIGNED_OUT)];
    assert_eq!((all.asked(), all.got()), (1, expected.into()));
}

/// Anybody can send cookies that they made up.
#[test]
fn others_do_not_make_forget_what_is_being_asked_for() {
    let (world, all) = worker();
    let names = (0..300).map(|n| &*format!("forged-{n}").leak());
    let mut tasks: Vec<_> = names
        .map(|name| all.request(&world, name, 10.0, 500.0, Err(LOGIN_REQUIRED)))
        .collect();
    tasks.extend([0.0, 100.0].map(|at| all.request(&world, "r1", at, 500.0, tokens("a1"))));
    finish(&world, tasks);
    assert_eq!(all.asked(), 301);
}

#[test]
fn a_clock_that_is_set_back_stops_nobody() {
    let (world, all) = worker();
    let first = all.request(&world, "r1", 0.0, 1.0, tokens("a1"));
    finish(&world, vec![first]);
    world.set_clock(-1e6);
    let second = all.request(&world, "r1", 1.0, 1.0, tokens("a2"));
    finish(&world, vec![second]);
    assert_eq!(all.got(), [tokens("a1"), tokens("a2")]);
}

#[test]
fn few_are_remembered() {
    let (world, all) = worker();
    let names: Vec<&'static str> = (0..101).map(|n| &*format!("r{n}").leak()).collect();
    for name in names.iter().chain([&"r100", &"r0"]) {
        let request = all.request(&world, name, 0.0, 1.0, tokens("a"));
        finish(&world, vec![request]);
    }
    assert_eq!(all.asked(), 102);
}
