//! What is known of each token key, and the rules of renewing.

use std::cell::RefCell;

use playoff_wasm::core::percent::encode;
use playoff_wasm::core::provider::Place;

use crate::asked::What;
use crate::executor::Executor;
use crate::rules::Rule;
use crate::world::World;

/// Milliseconds for which nobody begins a renewal while another's is under way in a worker, even if
/// timers are so late that it seems to stand still.
const LEASE: u64 = 2000;
/// Milliseconds after a failed renewal in which none is begun.
const COOL_DOWN: u64 = 1000;

/// When something was.
#[derive(Clone, Copy)]
struct When {
    moment: u64,
    now: u64,
    jumps: u32,
}

/// A renewal under way.
struct Renewing {
    name: u64,
    task: usize,
    began: When,
}

/// One token key.
#[derive(Default)]
pub struct Key {
    renewing: Vec<Renewing>,
    /// When what failed last began, and when it failed.
    failed: Option<(When, When)>,
    /// The moment of the last success.
    succeeded: u64,
    /// Whether the client has had anything to do with it.
    pub known: bool,
    /// The moment of the last sign-out by `logout()`.
    pub logged_out: u64,
    /// The moment of the last sign-out, whatever its reason.
    pub signed_out: u64,
    /// Which tokens were used: when they were asked for, and when they were first used.
    pub used: Vec<(u64, u64)>,
    /// Whether storing or removing failed.
    pub storage_failed: bool,
    /// The refresh token that the client got last.
    pub refresh: Option<usize>,
    /// The token that was sent last, which the client knows.
    held: Option<usize>,
    /// The one that it held before the last sign-out.
    forgotten: Option<usize>,
}

/// All of them.
pub struct Keys {
    /// By index.
    pub all: RefCell<Vec<Key>>,
    /// Where a task's renewal began.
    began: RefCell<Vec<(usize, When)>>,
}

impl Keys {
    /// So many, of which nothing is known.
    pub fn new(count: usize) -> Self {
        let all = (0..count).map(|_| Key::default()).collect();
        Self {
            all: RefCell::new(all),
            began: RefCell::default(),
        }
    }
}

/// Until it is dropped, a renewal is under way.
pub struct UnderWay<'a> {
    world: &'a World,
    key: usize,
    name: u64,
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        let mut keys = self.world.keys.all.borrow_mut();
        keys[self.key].renewing.retain(|one| one.name != self.name);
    }
}

impl World {
    fn when(&self) -> When {
        When {
            moment: self.moment(),
            now: self.time.now(),
            jumps: self.time.jumps(),
        }
    }

    /// A task looks for a token: gives the moment at which it began to.
    pub fn renewal_looks(&self, key: usize) -> u64 {
        self.renewal_began(key).moment
    }

    fn renewal_began(&self, key: usize) -> When {
        self.keys.all.borrow_mut()[key].known = true;
        let task = Executor::current();
        let mut began = self.keys.began.borrow_mut();
        if let Some((_, when)) = began.iter().find(|(one, _)| *one == task) {
            return *when;
        }
        let when = self.when();
        began.push((task, when));
        when
    }

    /// A task has what it looked for.
    pub fn renewal_over(&self, task: usize) {
        let mut began = self.keys.began.borrow_mut();
        began.retain(|(one, _)| *one != task);
    }

    /// Somebody begins to ask for a token, at the callback or the token endpoint.
    pub fn renewal_asks(&self, key: usize) -> UnderWay<'_> {
        let task = Executor::current();
        let mut began = self.renewal_began(key);
        let now = self.when();
        if self.setup.place != Place::Worker {
            // There, a renewal is nobody's own.
            began = now;
        }
        self.check_one_renewal(key, task, began);
        self.check_cool_down(key, began, now);
        let name = now.moment;
        let one = Renewing { name, task, began };
        self.keys.all.borrow_mut()[key].renewing.push(one);
        UnderWay {
            world: self,
            key,
            name,
        }
    }

    fn check_one_renewal(&self, key: usize, task: usize, began: When) {
        let keys = self.keys.all.borrow();
        for other in &keys[key].renewing {
            let allowed = self.setup.place == Place::Worker
                && (self.executor.is_frozen(other.task)
                    || began.jumps != other.began.jumps
                    || (self.setup.hurry && began.now.abs_diff(other.began.now) + 1 >= LEASE));
            self.check(allowed, Rule::OneRenewal, || {
                format!(
                    "key {key}: task {task} asks for a token, task {} does since {} ms",
                    other.task, other.began.now
                )
            });
        }
    }

    fn check_cool_down(&self, key: usize, began: When, now: When) {
        let keys = self.keys.all.borrow();
        let Some((asked, failed)) = keys[key].failed else {
            return;
        };
        let wished = self.asked.borrow().iter().any(|one| {
            one.what == What::Token { refresh: true }
                && one.key == key
                && (!one.over || one.begun > failed.moment)
        });
        let early = began.moment > failed.moment && now.now < failed.now + COOL_DOWN;
        let excused = wished
            || keys[key].succeeded > asked.moment
            || now.jumps != failed.jumps
            || keys[key].signed_out > failed.moment
            || keys[key].logged_out > failed.moment;
        self.check(!early || excused, Rule::CoolDown, || {
            format!(
                "key {key}: asked again {} ms after it failed",
                now.now - failed.now
            )
        });
    }

    /// What was asked for a token gave none.
    pub fn renewal_failed(&self, key: usize) {
        let began = self.renewal_began(key);
        let failed = self.when();
        self.keys.all.borrow_mut()[key].failed = Some((began, failed));
    }

    /// What was asked for a token gave one.
    pub fn renewal_succeeded(&self, key: usize) {
        let moment = self.moment();
        self.keys.all.borrow_mut()[key].succeeded = moment;
    }

    /// Whether anything is under way for nobody.
    pub fn check_nothing_is_under_way(&self) {
        for (index, key) in self.keys.all.borrow().iter().enumerate() {
            for one in &key.renewing {
                self.check(self.executor.is_frozen(one.task), Rule::NothingLeft, || {
                    format!("key {index}: a renewal goes on for nobody")
                });
            }
        }
    }

    /// A token is about to be sent by something that was asked at the moment `begun`.
    pub fn check_token(&self, key: usize, serial: usize, begun: u64) {
        let given = self.service.given(serial);
        let asked = self.service.asked(serial);
        self.check(
            self.service.key_of(serial).map(|one| self.shelf(one)) == Some(self.shelf(key)),
            Rule::OwnToken,
            || format!("key {key}: token a{serial} is another key's"),
        );
        let moment = self.moment();
        // A tab that can't see what another one stored goes by what it has.
        let blind = self.setup.tabs && self.has_failed_storage(key);
        let mut keys = self.keys.all.borrow_mut();
        let one = &mut keys[key];
        one.known = true;
        let from_before = asked < one.logged_out && !one.storage_failed;
        self.check(!from_before, Rule::SignedOut, || {
            format!("key {key}: token a{serial} is from before the sign-out")
        });
        let newer = one
            .used
            .iter()
            .find(|(newer, used)| given < *newer && *used < begun);
        self.check(newer.is_none() || blind, Rule::NewerToken, || {
            format!("key {key}: token a{serial} is sent after a newer one was")
        });
        one.held = Some(serial);
        if one.used.iter().all(|(known, _)| *known != asked) {
            one.used.push((asked, moment));
        }
    }

    /// A key is signed out of by `logout()`, if the client knows it.
    pub fn logs_out(&self, key: usize) {
        let known = self.keys.all.borrow()[key].known;
        if known || key == 0 || self.setup.tabs {
            self.signed_out(key, true);
        }
    }

    /// Whoever signed out starts anew.
    pub fn signed_out(&self, key: usize, by_logout: bool) {
        let moment = self.moment();
        let mut keys = self.keys.all.borrow_mut();
        let one = &mut keys[key];
        if by_logout {
            one.logged_out = moment;
        }
        one.signed_out = moment;
        one.used.clear();
        one.refresh = None;
        one.forgotten = one.held.take().or(one.forgotten);
    }

    /// Whether the client knows a secret of that key.
    pub fn knows_secret(&self, key: usize) -> bool {
        self.keys.all.borrow()[key].held.is_some()
    }

    /// A secret that the client knows: whoever throws may say it.
    pub fn known_secret(&self, key: usize) -> String {
        self.told(self.keys.all.borrow()[key].held)
    }

    /// A secret that the client knew before it signed out.
    pub fn forgotten_secret(&self, key: usize) -> String {
        let keys = self.keys.all.borrow();
        self.told(keys[key].held.or(keys[key].forgotten))
    }

    fn told(&self, serial: Option<usize>) -> String {
        let told = serial.map(|serial| self.service.text(serial));
        match told {
            Some(secret) if self.choices.percent(50) => encode(&secret),
            Some(secret) => secret,
            None => "it".to_owned(),
        }
    }
}
