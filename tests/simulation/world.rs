//! The world of one schedule: everything that is around one client.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use playoff_wasm::core::client::Client;
use serde_json::{Value as Json, json};

use crate::asked::Asked;
use crate::choices::Choices;
use crate::executor::{Executor, Kind, yield_now};
use crate::faults::{FAULTS, Fault, Struck};
use crate::host::Simulated;
use crate::keys::Keys;
use crate::rules::{Broken, Rule};
use crate::service::Service;
use crate::setup::Setup;
use crate::storage::Storage;
use crate::tabs::Tabs;
use crate::time::Time;

/// Everything around one client, and what is known of it.
pub struct World {
    /// What happens.
    pub choices: Choices,
    /// When.
    pub time: Time,
    /// Who does it.
    pub executor: Executor,
    /// What it is made of.
    pub setup: Setup,
    /// The service's tokens.
    pub service: Service,
    /// The caller's storage.
    pub storage: Storage,
    /// What tabs have between them.
    pub tabs: Tabs,
    /// What all tabs see.
    pub common: RefCell<BTreeMap<String, String>>,
    /// What is known of each token key.
    pub keys: Keys,
    /// What callers asked for.
    pub asked: RefCell<Vec<Asked>>,
    /// What went wrong.
    pub struck: Struck,
    /// The first rule that didn't hold.
    pub broken: RefCell<Option<Broken>>,
    /// The client, or two that share their tokens.
    pub clients: RefCell<Vec<Rc<Client<Simulated>>>>,
    /// The token that `createClient` was given.
    pub initial: RefCell<Option<Json>>,
    /// The scheduling point at which the client was disposed of.
    pub disposed_at_point: Cell<Option<u64>>,
    signals: RefCell<Vec<(usize, Waker)>>,
    moment: Cell<u64>,
    trace: Option<RefCell<Vec<String>>>,
}

impl World {
    /// A world in which nothing has happened yet.
    pub fn new(seed: u64, traced: bool) -> Rc<Self> {
        let choices = Choices::new(seed);
        let setup = Setup::draw(&choices);
        Rc::new(Self {
            keys: Keys::new(setup.keys),
            choices,
            setup,
            time: Time::default(),
            executor: Executor::new(),
            service: Service::default(),
            storage: Storage::default(),
            tabs: Tabs::default(),
            common: RefCell::default(),
            asked: RefCell::default(),
            struck: Struck::default(),
            broken: RefCell::default(),
            clients: RefCell::default(),
            initial: RefCell::default(),
            disposed_at_point: Cell::new(None),
            signals: RefCell::default(),
            moment: Cell::new(0),
            trace: traced.then(RefCell::default),
        })
    }

    /// A client, while there is one.
    pub fn client(&self) -> Option<Rc<Client<Simulated>>> {
        let clients = self.clients.borrow();
        match clients.len() {
            0 => None,
            1 => clients.first().cloned(),
            count => clients.get(self.choices.index(count)).cloned(),
        }
    }

    /// A moment of its own, later than all before.
    pub fn moment(&self) -> u64 {
        self.moment.set(self.moment.get() + 1);
        self.moment.get()
    }

    /// Puts a line into the trace, if there is one.
    pub fn say(&self, line: impl FnOnce() -> String) {
        if let Some(trace) = &self.trace {
            let task = match Executor::current() {
                usize::MAX => "world".to_owned(),
                task => format!("task {task}"),
            };
            let line = format!("{:>8} ms  {task:<8} {}", self.time.now(), line());
            trace.borrow_mut().push(line);
        }
    }

    /// The trace so far.
    pub fn trace(&self) -> Vec<String> {
        self.trace.as_ref().map(RefCell::take).unwrap_or_default()
    }

    /// A fault strikes.
    pub fn strike(&self, fault: Fault) {
        self.struck.count(fault);
        self.say(|| format!("! {}", FAULTS[fault as usize].1));
    }

    /// One of these faults, or none.
    pub fn draw(&self, faults: &[Fault], trouble: u32) -> Option<Fault> {
        let unlucky = self.choices.percent(trouble);
        unlucky.then(|| self.choices.one_of(faults))
    }

    /// A rule doesn't hold. The first one counts.
    pub fn broke(&self, rule: Rule, how: impl FnOnce() -> String) {
        let mut broken = self.broken.borrow_mut();
        if broken.is_none() {
            *broken = Some(Broken { rule, how: how() });
        }
    }

    /// A rule that may not hold.
    pub fn check(&self, holds: bool, rule: Rule, how: impl FnOnce() -> String) {
        if !holds {
            self.broke(rule, how);
        }
    }

    /// Takes as long as things take.
    pub async fn latency(&self) {
        self.wait(self.setup.latency).await;
    }

    /// Waits as long as callers do between what they do.
    pub async fn pause(&self) {
        self.wait(self.setup.pause).await;
    }

    /// Waits as long as anything may take: a moment, or much longer.
    pub async fn some_time(&self) {
        match self.choices.below(3) {
            0 => self.latency().await,
            1 => self.pause().await,
            _ => self.wait(5000).await,
        }
    }

    async fn wait(&self, longest: u64) {
        match self.choices.percent(30) {
            true => {
                for _ in 0..=self.choices.below(3) {
                    yield_now().await;
                }
            }
            false => self.time.sleep(self.choices.below(longest + 1)).await,
        }
    }

    /// Something that goes on beside what callers do.
    pub fn spawn(&self, work: impl Future<Output = ()> + 'static) -> usize {
        self.executor.spawn(Kind::World, work)
    }

    /// Aborts the signal of something that was asked.
    pub fn abort(&self, id: usize) {
        let reason = json!({ "reason": id });
        {
            let mut asked = self.asked.borrow_mut();
            let one = &mut asked[id];
            if one.aborted.is_some() {
                return;
            }
            one.aborted = Some(reason);
            one.aborted_at_point = self.executor.points();
        }
        self.say(|| format!("abort #{id}"));
        let waiting = std::mem::take(&mut *self.signals.borrow_mut());
        for (signal, waker) in waiting {
            if signal == id {
                waker.wake();
            } else {
                self.signals.borrow_mut().push((signal, waker));
            }
        }
    }

    /// Waits until a signal is aborted.
    pub async fn aborted(&self, id: usize) -> Json {
        poll_fn(|context| {
            if let Some(reason) = &self.asked.borrow()[id].aborted {
                return Poll::Ready(reason.clone());
            }
            let mut signals = self.signals.borrow_mut();
            signals.retain(|(signal, _)| *signal != id);
            signals.push((id, context.waker().clone()));
            Poll::Pending
        })
        .await
    }

    /// The end: nothing keeps anything alive.
    pub fn clear(&self) {
        self.executor.clear();
        self.signals.take();
        self.clients.take();
    }
}
