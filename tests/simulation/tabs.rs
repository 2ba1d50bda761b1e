//! Two tabs: their lock, what they tell each other, and the rules of having one storage.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::ops::Range;
use std::rc::Rc;
use std::task::{Poll, Waker};

use playoff_wasm::core::told::Told;

use crate::asked::What;
use crate::rules::Rule;
use crate::schedule::sign_in;
use crate::world::World;

/// What tabs have between them.
#[derive(Default)]
pub struct Tabs {
    held: Cell<bool>,
    waiting: RefCell<Vec<Waker>>,
    /// Refresh tokens on their way to the token endpoint.
    spending: RefCell<Vec<usize>>,
}

/// A lock that is held.
pub struct Held(Rc<World>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.say(|| "the lock is let go".to_owned());
        self.0.tabs.held.set(false);
        for waker in self.0.tabs.waiting.take() {
            waker.wake();
        }
    }
}

/// Until it is dropped, a refresh token is on its way.
pub struct Spending<'a>(&'a World, usize);

impl Drop for Spending<'_> {
    fn drop(&mut self) {
        let mut spending = self.0.tabs.spending.borrow_mut();
        spending.retain(|one| *one != self.1);
    }
}

impl World {
    /// Where the token of a key is stored.
    pub fn shelf(&self, key: usize) -> usize {
        if self.setup.tabs { 0 } else { key }
    }

    /// All places of stored tokens.
    pub fn shelves(&self) -> Range<usize> {
        0..if self.setup.tabs { 1 } else { self.setup.keys }
    }

    /// All who have the same stored token.
    pub fn views(&self, key: usize) -> Range<usize> {
        match self.setup.tabs {
            true => 0..self.setup.keys,
            false => key..key + 1,
        }
    }

    /// Whether storage failed anybody who has the same stored token.
    pub fn has_failed_storage(&self, key: usize) -> bool {
        let keys = self.keys.all.borrow();
        self.views(key).any(|key| keys[key].storage_failed)
    }

    /// Waits for the lock.
    pub async fn lock(self: &Rc<Self>, tab: usize) -> Held {
        poll_fn(|context| {
            if self.tabs.held.replace(true) {
                let waker = context.waker().clone();
                self.tabs.waiting.borrow_mut().push(waker);
                return Poll::Pending;
            }
            Poll::Ready(())
        })
        .await;
        self.say(|| format!("tab {tab} holds the lock"));
        Held(Rc::clone(self))
    }

    /// The other tabs hear it some time.
    pub fn tell_others(self: &Rc<Self>, tab: usize, name: &str, told: Told) {
        self.say(|| format!("tab {tab} tells: {}", told.as_str()));
        self.check_no_secret("a message", name);
        self.spread(Some(tab), name, told);
    }

    fn spread(self: &Rc<Self>, from: Option<usize>, name: &str, told: Told) {
        let clients = self.clients.borrow().clone();
        let others = clients
            .into_iter()
            .filter(|client| Some(client.host.tab) != from);
        for other in others {
            let (world, name) = (Rc::clone(self), name.to_owned());
            self.spawn(async move {
                world.latency().await;
                other.hear(&name, told).await;
            });
        }
    }

    /// Somebody signs in, in a tab of its own.
    pub async fn sign_in_elsewhere(self: &Rc<Self>) {
        let _lock = self.lock(self.setup.keys).await;
        let life = self.choices.one_of(&[Some(3600), Some(1)]);
        let record = sign_in(self, 0, life);
        // From here on nobody knows which sign-in a tab goes by.
        for key in self.keys.all.borrow_mut().iter_mut() {
            key.refresh = None;
        }
        self.storage.put(0, record);
        self.say(|| "another tab signs in".to_owned());
        self.spread(None, "playoff-wasm:#", Told::Token);
    }

    /// A refresh token is on its way; no other tab may send it meanwhile.
    pub fn spends(&self, key: usize, given: usize) -> Spending<'_> {
        let mut spending = self.tabs.spending.borrow_mut();
        let again = spending.contains(&given) && self.setup.tabs && !self.is_logging_out();
        self.check(!again, Rule::RefreshReuse, || {
            format!("tab {key}: r{given} is given while another tab gives it")
        });
        spending.push(given);
        Spending(self, given)
    }

    /// Who is told that another tab signed out, isn't told so for nothing.
    pub fn check_other_tab(&self, key: usize) {
        let keys = self.keys.all.borrow();
        let last = keys[key].signed_out;
        let mut others = self.views(key).filter(|one| *one != key);
        let asked = self.asked.borrow();
        let mut logouts = asked.iter().filter(|one| one.what == What::Logout);
        let told =
            others.any(|one| keys[one].signed_out > last) || logouts.any(|one| one.ended > last);
        self.check(told, Rule::GoodSession, || {
            format!("tab {key}: told that another tab signed out, which none did")
        });
    }
}
