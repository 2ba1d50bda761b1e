//! One schedule, from its seed to its end.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use playoff_wasm::core::client::Client;
use playoff_wasm::core::sessions::Sessions;
use playoff_wasm::core::settings::TokenSource;
use serde_json::{Value as Json, json};

use crate::asked::What;
use crate::callers::{POINTS, spawn_all};
use crate::faults::Struck;
use crate::host::Simulated;
use crate::rules::{Broken, Rule};
use crate::secrets;
use crate::service::record;
use crate::world::World;

/// What came of a schedule.
pub struct Ran {
    /// The rule that didn't hold, if there is one.
    pub broken: Option<Broken>,
    /// Calls that were made.
    pub calls: u64,
    /// Scheduling points that there were.
    pub points: u64,
    /// What went wrong.
    pub struck: Struck,
    /// What happened, where that was to be told.
    pub trace: Vec<String>,
}

/// Runs one.
pub fn run(seed: u64, traced: bool) -> Ran {
    let world = World::new(seed, traced);
    let ran = catch_unwind(AssertUnwindSafe(|| play(&world)));
    if ran.is_err() {
        world.broke(Rule::Panic, || "see above".to_owned());
    }
    let asked = world.asked.borrow();
    let calls = asked
        .iter()
        .filter(|one| matches!(one.what, What::Call(_)))
        .count() as u64;
    drop(asked);
    let ran = Ran {
        broken: world.broken.take(),
        calls,
        points: world.executor.points(),
        struck: world.struck.clone(),
        trace: world.trace(),
    };
    world.clear();
    if ran.broken.is_none() {
        assert!(calls >= 3, "seed {seed}: {calls} calls");
        assert!(ran.points >= POINTS, "seed {seed}: {} points", ran.points);
        assert!(ran.struck.total() >= 1, "seed {seed}: no fault");
    }
    ran
}

fn play(world: &Rc<World>) {
    prepare(world);
    *world.clients.borrow_mut() = clients(world);
    world.say(|| describe(world));
    spawn_all(world);
    let choices = &world.choices;
    while world.broken.borrow().is_none() && world.executor.one_alive(choices).is_some() {
        let ready = world.executor.one_ready(choices);
        if ready.is_none() {
            world.check_quiet();
            let goes_on = world.time.pass(choices, world.setup.hurry);
            world.check(goes_on, Rule::Settles, || "all wait for nothing".to_owned());
            continue;
        }
        if world.setup.hurry && choices.percent(5) {
            world.time.pass(choices, true);
            continue;
        }
        let for_nothing = choices.percent(2);
        let task = match for_nothing {
            true => world.executor.one_alive(choices),
            false => ready,
        };
        task.into_iter()
            .for_each(|task| world.executor.poll(task, choices));
        world.check_point();
    }
    world.check_end();
}

fn clients(world: &Rc<World>) -> Vec<Rc<Client<Simulated>>> {
    let host = |tab| Simulated {
        world: Rc::clone(world),
        tab,
    };
    let settings = || world.setup.settings.clone();
    if world.setup.tabs {
        let tab = |tab| Client::new(host(tab), settings());
        return (0..world.setup.keys).map(tab).collect();
    }
    if !world.setup.shared {
        return vec![Client::new(host(0), settings())];
    }
    let sessions = Sessions::shared();
    let sharing = |_| Client::sharing(host(0), settings(), Rc::clone(&sessions));
    (0..2).map(sharing).collect()
}

/// What was there before: the token that `createClient` is given, and what is stored.
fn prepare(world: &World) {
    let setup = &world.setup;
    if setup.settings.token == TokenSource::Fixed {
        let life = world.choices.one_of(&[None, Some(3600), Some(1)]);
        *world.initial.borrow_mut() = Some(sign_in(world, 0, life));
    }
    for key in world.shelves() {
        if setup.stored && setup.settings.token != TokenSource::Fixed {
            let life = world.choices.one_of(&[None, Some(3600), Some(30), Some(0)]);
            let stored = sign_in(world, key, life);
            world.storage.put(key, stored);
        }
    }
}

/// A player signs in.
pub fn sign_in(world: &World, key: usize, life: Option<u64>) -> Json {
    let family = world.service.family();
    let ends = life.map(|life| world.time.now() + life * 1000);
    let moments = (world.moment(), world.moment());
    let serial = world.service.make(key, family, ends, moments);
    let has_login = world.setup.settings.login.is_some();
    let refresh = has_login.then(|| world.service.make_refresh(key, family));
    let mut record = record(secrets::opaque(serial), None, refresh);
    if let Some(life) = life {
        record["expires_at"] = json!(world.time.true_unix() + life as f64);
    }
    record
}

fn describe(world: &World) -> String {
    let setup = &world.setup;
    let settings = &setup.settings;
    format!(
        "{:?}, shared {}, tabs {}, token {:?}, login {}, storage {}, keys {}, timeout {}, total {:?}, {:?}, {:?}",
        setup.place,
        setup.shared,
        setup.tabs,
        settings.token,
        settings.login.is_some(),
        settings.has_storage,
        setup.keys,
        settings.timeout,
        settings.total_timeout,
        settings.retry,
        setup.rotation,
    )
}
