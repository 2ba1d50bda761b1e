//! The app's own token is asked for once.

use std::rc::Rc;

use futures_util::FutureExt;
use playoff_wasm::core::host::Host;
use playoff_wasm::core::provider::Place;
use playoff_wasm::core::secret::Secret;
use playoff_wasm::core::settings::{Options, Settings};
use playoff_wasm::edge::app_token::AppToken;
use playoff_wasm::edge::credentials::Credentials;
use serde_json::Value as Json;

use crate::world::{Act, Simulated, World, finish, outcome};

const ONE: Act = Act::Answer(200, r#"{"access_token": "one", "expires_in": 3600}"#);
const TWO: Act = Act::Answer(200, r#"{"access_token": "two", "expires_in": 3600}"#);

/// The token's text, or the error's code.
async fn get(shared: Rc<AppToken<Json>>, world: Rc<World>) -> String {
    let host = Simulated(world);
    let settings = Settings::new::<Json>(Options::default()).unwrap();
    let credentials = Credentials {
        client_id: "app".into(),
        client_secret: Secret::new("not-a-real-secret".into()),
        scope: None,
    };
    let got = shared
        .get(&host, &settings, host.place(), &credentials)
        .await;
    match got {
        Ok(token) => token.secret.expose().to_owned(),
        Err(error) => error.code.to_string(),
    }
}

fn one_after_the_other(world: &Rc<World>, shared: &Rc<AppToken<Json>>) -> String {
    outcome(world, get(Rc::clone(shared), Rc::clone(world)))
}

#[test]
fn many_ask_for_one() {
    for is_worker in [false, true] {
        let world = World::new(&[ONE], &[]);
        world.is_worker.set(is_worker);
        let shared = Rc::default();
        let ask = || {
            let got = get(Rc::clone(&shared), Rc::clone(&world));
            got.map(|got| assert_eq!(got, "one")).boxed_local()
        };
        finish(&world, (0..10).map(|_| ask()).collect());
        assert_eq!(one_after_the_other(&world, &shared), "one");
        assert_eq!(world.sent.borrow().len(), 1);
        let place = Simulated(Rc::clone(&world)).place();
        assert_eq!(place == Place::Worker, is_worker);
    }
}

#[test]
fn another_one_comes_when_it_ends_or_is_refused() {
    let world = World::new(&[ONE, TWO, ONE], &[]);
    let shared = Rc::default();
    assert_eq!(one_after_the_other(&world, &shared), "one");
    world.set_clock(3_590.0);
    assert_eq!(one_after_the_other(&world, &shared), "two");
    shared.refuse(&Secret::new("one".into()));
    assert_eq!(one_after_the_other(&world, &shared), "two");
    shared.refuse(&Secret::new("two".into()));
    assert_eq!(one_after_the_other(&world, &shared), "one");
}

#[test]
fn a_renewal_that_fails_costs_nothing_before_the_end() {
    let world = World::new(&[ONE, Act::Fail, Act::Fail, TWO], &[]);
    let shared = Rc::default();
    assert_eq!(one_after_the_other(&world, &shared), "one");
    world.set_clock(3_590.0);
    assert_eq!(one_after_the_other(&world, &shared), "one");
    world.set_clock(20.0);
    assert_eq!(one_after_the_other(&world, &shared), "network_error");
    assert_eq!(one_after_the_other(&world, &shared), "two");
}
