//! What callers do: they call, they sign out, they leave, whenever they like.

use std::ops::Range;
use std::pin::pin;
use std::rc::Rc;

use futures_util::future::{Either, select};
use playoff_wasm::core::call::call;
use playoff_wasm::core::client::Client;
use playoff_wasm::core::method::Method;
use playoff_wasm::core::provider::Place;
use playoff_wasm::core::request::{As, Body, Call};
use playoff_wasm::core::retry::Wish;
use playoff_wasm::core::route::Route;
use serde_json::{Value as Json, json};

use crate::asked::{Asked, What};
use crate::executor::{Executor, Kind, yield_now};
use crate::faults::Fault;
use crate::host::Simulated;
use crate::world::World;

/// Scheduling points that every schedule has.
pub const POINTS: u64 = 20;

/// One who calls a few times. The last one sees to it that something went wrong before, and that
/// there was room for things to happen in any order.
pub async fn caller(world: Rc<World>, client: Rc<Client<Simulated>>, is_last: bool) {
    for _ in 0..=world.choices.below(5) {
        world.pause().await;
        if is_last && world.struck.total() == 0 {
            jump(&world);
        }
        one_call(&world, &client, is_last).await;
    }
    while is_last && world.executor.points() < POINTS {
        yield_now().await;
    }
}

async fn one_call(world: &Rc<World>, client: &Rc<Client<Simulated>>, is_last: bool) {
    let key = key_for(world, client);
    let (mut wanted, asked) = draw_call(world, key);
    let id = world.asks(asked);
    wanted.route = Route::from_path::<Json>(&format!("/calls/{id}")).expect("a route");
    if world.choices.percent(20) {
        world.asked.borrow_mut()[id].has_signal = true;
        wanted.signal = Some(json!({ "signal": id }));
        abort_some_time(world, id);
    }
    if world.setup.place == Place::Worker && !is_last && world.choices.percent(5) {
        freeze_some_time(world, id);
    }
    let work = pin!(call(client, wanted));
    if !world.choices.percent(5) {
        let ended = work.await.map(|outcome| outcome.data);
        return world.settles(id, ended);
    }
    match select(work, pin!(world.pause())).await {
        Either::Left((ended, _)) => world.settles(id, ended.map(|outcome| outcome.data)),
        Either::Right(_) => {
            world.strike(Fault::Dropped);
            world.leaves(id);
        }
    }
}

/// One of its token keys.
fn key_for(world: &World, client: &Client<Simulated>) -> usize {
    match world.setup.tabs {
        true => client.host.tab,
        false => world.choices.index(world.setup.keys),
    }
}

fn draw_call(world: &World, key: usize) -> (Call<Json>, Asked) {
    let choices = &world.choices;
    let method = choices.one_of(&[
        Method::Get,
        Method::Get,
        Method::Get,
        Method::Post,
        Method::Post,
        Method::Put,
        Method::Patch,
        Method::Delete,
    ]);
    let route = Route::from_path::<Json>("/calls").expect("a route");
    let mut wanted = Call::new(method, route);
    wanted.player_id = world.setup.player(key).map(str::to_owned);
    if method.takes_body() {
        wanted.body = Some(match choices.percent(20) {
            true => Body::Stream(json!("stream")),
            false => Body::Json(json!({ "n": 1 })),
        });
    }
    if choices.percent(10) {
        wanted.form = As::Text;
    }
    if choices.percent(10) {
        wanted.headers.push(("x-app".into(), "1".into()));
    }
    if choices.percent(10) {
        wanted.timeout = Some(choices.one_of(&[100, 2000]));
    }
    if choices.percent(10) {
        wanted.total_timeout = Some(choices.one_of(&[100, 1000, 10_000]));
    }
    if choices.percent(5) {
        wanted.retry = Wish {
            methods: Some(vec![method]),
            ..Wish::default()
        };
    }
    let settings = &world.setup.settings;
    let rules = settings.retry.with(&wanted.retry);
    let total = wanted.total_timeout.or(settings.total_timeout);
    let mut asked = Asked::new(What::Call(method), key);
    asked.repeatable = rules.methods.contains(&method);
    asked.stream = !wanted.can_be_sent_again();
    asked.limit = rules.limit;
    asked.total_timeout = total.map(u64::from);
    asked.json = wanted.form == As::Json;
    (wanted, asked)
}

fn abort_some_time(world: &Rc<World>, id: usize) {
    if world.choices.percent(20) {
        world.strike(Fault::AbortedBefore);
        return world.abort(id);
    }
    let world = Rc::clone(world);
    world.clone().spawn(async move {
        world.some_time().await;
        if !world.is_over(id) {
            world.strike(Fault::Aborted);
            world.abort(id);
        }
    });
}

/// What belongs to a request of an edge worker may end with it: then it is never polled again.
fn freeze_some_time(world: &Rc<World>, id: usize) {
    let task = Executor::current();
    let world = Rc::clone(world);
    world.clone().spawn(async move {
        world.some_time().await;
        if !world.is_over(id) {
            world.strike(Fault::Frozen);
            world.leaves(id);
            world.executor.freeze(task);
        }
    });
}

/// Disposes of all clients.
pub fn dispose(world: &World) {
    let point = world.disposed_at_point.get();
    let now = world.executor.points();
    world.disposed_at_point.set(point.or(Some(now)));
    world.say(|| "dispose()".to_owned());
    for client in world.clients.borrow().iter() {
        client.dispose();
    }
}

/// Signs out, beginning at once or in a while.
pub fn logout(world: &Rc<World>) {
    let task = world.spawn(log_out(Rc::clone(world)));
    if world.choices.percent(50) {
        world.executor.poll(task, &world.choices);
    }
}

/// Asks for another token, beginning at once or in a while.
pub fn get_token(world: &Rc<World>) {
    let refresh = world.choices.percent(50);
    let task = world.spawn(ask_for_token(Rc::clone(world), refresh));
    if world.choices.percent(50) {
        world.executor.poll(task, &world.choices);
    }
}

/// Signs out.
pub async fn log_out(world: Rc<World>) {
    let Some(client) = world.client() else {
        return;
    };
    let id = world.asks(Asked::new(What::Logout, 0));
    if world.disposed_at_point.get().is_none() {
        for key in keys_of(&world, &client) {
            world.logs_out(key);
        }
    }
    let ended = client.logout().await;
    let worked = ended.is_ok();
    world.settles(id, ended.map(|()| Json::Null).map_err(Into::into));
    if !worked {
        // The caller has been told that a token may still be stored.
        keys_of(&world, &client).for_each(|key| world.fail_storage(key));
    }
    if worked && !world.is_logging_out() {
        world.check_stored();
    }
}

/// All of its token keys.
fn keys_of(world: &World, client: &Client<Simulated>) -> Range<usize> {
    match world.setup.tabs {
        true => client.host.tab..client.host.tab + 1,
        false => 0..world.setup.keys,
    }
}

/// Asks for a token.
pub async fn ask_for_token(world: Rc<World>, refresh: bool) {
    let Some(client) = world.client() else {
        return;
    };
    let key = key_for(&world, &client);
    let id = world.asks(Asked::new(What::Token { refresh }, key));
    let signal = json!({ "signal": id });
    let has_signal = world.choices.percent(20);
    if has_signal {
        abort_some_time(&world, id);
    }
    let player = world.setup.player(key);
    let ended = client
        .get_token(player, refresh, has_signal.then_some(&signal))
        .await;
    world.settles(id, ended.map(|_| Json::Null));
}

/// What others do meanwhile.
pub async fn other(world: Rc<World>) {
    world.pause().await;
    match world.choices.below(16) {
        0..2 => {
            world.strike(Fault::LogsOut);
            log_out(world).await;
        }
        2 => {
            world.some_time().await;
            world.strike(Fault::Disposes);
            dispose(&world);
        }
        3..7 => {
            world.strike(Fault::Refreshes);
            ask_for_token(world, true).await;
        }
        7..9 => ask_for_token(world, false).await,
        9 if world.setup.tabs => {
            world.strike(Fault::SignsIn);
            world.sign_in_elsewhere().await;
        }
        9..12 => {
            world.strike(Fault::RevokedAll);
            world.service.revoke_all();
        }
        _ => jump(&world),
    }
}

/// Somebody sets the clock.
fn jump(world: &World) {
    let far = world.choices.one_of(&[2_000, 30_000, 600_000]);
    let by = world.choices.below(far) as i64 + 500;
    let (fault, by) = match world.choices.percent(50) {
        true => (Fault::ClockForward, by),
        false => (Fault::ClockBack, -by),
    };
    world.strike(fault);
    world.say(|| format!("the clock is set by {by} ms"));
    world.time.jump(by);
}

/// The tasks of a schedule.
pub fn spawn_all(world: &Rc<World>) {
    let callers = 3 + world.choices.below(4);
    for index in 0..callers {
        let is_last = index + 1 == callers;
        if let Some(client) = world.client() {
            let work = caller(Rc::clone(world), client, is_last);
            world.executor.spawn(Kind::Request, work);
        }
    }
    for _ in 0..world.choices.below(4) {
        let work = other(Rc::clone(world));
        world.executor.spawn(Kind::Request, work);
    }
}
