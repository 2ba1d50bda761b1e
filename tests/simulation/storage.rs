//! The caller's storage: slow, in order for each key, and not to be relied on.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::pending;
use std::hash::{DefaultHasher, Hash, Hasher};

use playoff_wasm::core::json;
use playoff_wasm::core::storage::Stored;
use serde_json::{Value as Json, json};

use crate::executor::yield_now;
use crate::faults::Fault;
use crate::rules::Rule;
use crate::secrets;
use crate::world::World;

/// What stands before the names of stored tokens.
pub const PREFIX: &str = "playoff-wasm:#";

/// What is stored, and what is being written.
#[derive(Default)]
pub struct Storage {
    shelf: RefCell<BTreeMap<usize, Json>>,
    writes: RefCell<Vec<Write>>,
    tickets: Cell<u64>,
}

/// One write that hasn't taken effect.
struct Write {
    ticket: u64,
    key: usize,
    /// A record, or nothing in the place of what is there.
    record: Option<Json>,
}

impl Storage {
    /// Puts a record there before anything begins.
    pub fn put(&self, key: usize, record: Json) {
        self.shelf.borrow_mut().insert(key, record);
    }

    /// The access token that is stored for a key.
    pub fn serial(&self, key: usize) -> Option<usize> {
        serial(self.shelf.borrow().get(&key)?)
    }

    fn ticket(&self) -> u64 {
        self.tickets.set(self.tickets.get() + 1);
        self.tickets.get()
    }
}

fn serial(record: &Json) -> Option<usize> {
    secrets::serial(record.get("access_token")?.as_str()?)
}

/// A write that its caller doesn't wait for any more is made with the next one, or never.
struct Waiting<'a> {
    world: &'a World,
    ticket: u64,
    /// The key under which something was to be removed; of tabs, or stored.
    fails: Option<usize>,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let lost = self.world.choices.percent(50);
        let mut writes = self.world.storage.writes.borrow_mut();
        writes.retain(|write| write.ticket != self.ticket || !lost);
        drop(writes);
        if let Some(key) = self.fails {
            self.world.fail_storage(key);
        }
    }
}

/// A look that shows a tab nothing of what others stored, or that nobody waits for any more.
struct Looking<'a>(&'a World, usize);

impl Drop for Looking<'_> {
    fn drop(&mut self) {
        if self.0.setup.tabs {
            self.0.fail_storage(self.1);
        }
    }
}

impl World {
    /// The name of a stored token, or the hash of a refresh token.
    pub async fn digest(&self, text: &str, key: usize) -> Result<String, Json> {
        self.renewal_looks(key);
        if self.draw(&[Fault::DigestThrows], self.setup.trouble.storage / 8)
            == Some(Fault::DigestThrows)
        {
            self.strike(Fault::DigestThrows);
            self.fail_storage(key);
            return Err(json!({ "message": "no digest" }));
        }
        // Who gives up here may have wanted to remove something.
        let mut waiting = Waiting {
            world: self,
            ticket: 0,
            fails: Some(key),
        };
        yield_now().await;
        waiting.fails = None;
        match text.rsplit_once(' ') {
            Some((_, player)) => Ok(format!("#{player}")),
            None => {
                let mut hasher = DefaultHasher::new();
                text.hash(&mut hasher);
                Ok(format!("{:x}", hasher.finish()))
            }
        }
    }

    /// What is stored.
    pub async fn load(&self, key: usize) -> Result<Option<Json>, Json> {
        self.renewal_looks(key);
        self.say(|| format!("load key {key}"));
        let faults = [
            Fault::LoadThrows,
            Fault::LoadHangs,
            Fault::LoadGarbage,
            Fault::LoadEnded,
            Fault::StorageSlow,
            Fault::StorageTells,
        ];
        let fault = self.draw(&faults, self.setup.trouble.storage);
        let ticket = self.storage.ticket();
        let looking = Looking(self, key);
        self.storage_takes_time(fault).await;
        self.write_up_to(key, ticket);
        if fault.is_none_or(|fault| fault == Fault::StorageSlow) {
            std::mem::forget(looking);
        }
        match fault {
            Some(Fault::LoadThrows) => {
                self.strike(Fault::LoadThrows);
                return Err(json!({ "message": "can't read" }));
            }
            Some(Fault::StorageTells) => {
                let secret = self.known_secret(key);
                return Err(self.tell(secret));
            }
            Some(Fault::LoadHangs) => {
                self.strike(Fault::LoadHangs);
                return pending().await;
            }
            Some(Fault::LoadGarbage) => {
                self.strike(Fault::LoadGarbage);
                return Ok(Some(garbage(self.choices.below(4))));
            }
            Some(Fault::LoadEnded) => {
                self.strike(Fault::LoadEnded);
                let past = self.time.now();
                let serial = self.service.make(key, usize::MAX, Some(past), (0, 0));
                let ended = self.time.true_unix() - 3600.0;
                let record =
                    json!({ "access_token": secrets::opaque(serial), "expires_at": ended });
                return Ok(Some(record));
            }
            _ => {}
        }
        let found = self.storage.shelf.borrow().get(&self.shelf(key)).cloned();
        self.say(|| match found.as_ref().and_then(serial) {
            Some(serial) => format!("key {key} holds a{serial}"),
            None => format!("key {key} holds nothing"),
        });
        Ok(found)
    }

    /// Stores.
    pub async fn store(&self, key: usize, token: &Stored<'_>) -> Result<(), Json> {
        let record = json::record(token);
        let faults = [
            Fault::StoreThrows,
            Fault::StoreHangs,
            Fault::StorageSlow,
            Fault::StorageTells,
        ];
        self.write(key, Some(record), &faults).await
    }

    /// Removes.
    pub async fn remove(&self, key: usize) -> Result<(), Json> {
        let faults = [
            Fault::RemoveThrows,
            Fault::RemoveThrows,
            Fault::RemoveHangs,
            Fault::RemoveHangs,
            Fault::StorageSlow,
            Fault::StorageTells,
        ];
        self.write(key, None, &faults).await
    }

    async fn write(&self, key: usize, record: Option<Json>, faults: &[Fault]) -> Result<(), Json> {
        self.say(|| match record.as_ref().and_then(serial) {
            Some(serial) => format!("store a{serial} for key {key}"),
            None => format!("remove key {key}"),
        });
        let fault = self.draw(faults, self.setup.trouble.storage);
        let ticket = self.storage.ticket();
        let secret = match &record {
            Some(record) => record["access_token"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            None => self.forgotten_secret(key),
        };
        let fails = (record.is_none() || self.setup.tabs).then_some(key);
        let one = Write {
            ticket,
            key,
            record,
        };
        self.storage.writes.borrow_mut().push(one);
        let mut waiting = Waiting {
            world: self,
            ticket,
            fails,
        };
        self.storage_takes_time(fault).await;
        match fault {
            Some(fault @ (Fault::StoreThrows | Fault::RemoveThrows)) => {
                self.strike(fault);
                self.fail_storage(key);
                return Err(json!({ "message": "QuotaExceededError" }));
            }
            Some(Fault::StorageTells) => {
                self.fail_storage(key);
                return Err(self.tell(secret));
            }
            Some(fault @ (Fault::StoreHangs | Fault::RemoveHangs)) => {
                self.strike(fault);
                self.fail_storage(key);
                return pending().await;
            }
            _ => {}
        }
        self.write_up_to(key, ticket);
        waiting.fails = None;
        Ok(())
    }

    async fn storage_takes_time(&self, fault: Option<Fault>) {
        self.latency().await;
        if fault == Some(Fault::StorageSlow) {
            self.strike(Fault::StorageSlow);
            self.time.sleep(500 + self.choices.below(4000)).await;
        }
    }

    /// What was written takes effect in the order in which it was begun.
    fn write_up_to(&self, key: usize, ticket: u64) {
        let mut writes = self.storage.writes.borrow_mut();
        let (now, later): (Vec<_>, _) = std::mem::take(&mut *writes)
            .into_iter()
            .partition(|write| self.shelf(write.key) == self.shelf(key) && write.ticket <= ticket);
        *writes = later;
        for Write { key, record, .. } in now {
            match record {
                Some(record) => self.put_down(key, record),
                None => {
                    self.say(|| format!("key {key} is empty"));
                    self.storage.shelf.borrow_mut().remove(&self.shelf(key));
                }
            }
        }
    }

    fn put_down(&self, key: usize, record: Json) {
        let new = serial(&record).map(|serial| self.service.given(serial));
        let old = self.storage.serial(self.shelf(key));
        let old = old.map(|serial| self.service.asked(serial));
        self.say(|| format!("key {key} holds a{:?} now", serial(&record)));
        let (since, failed) = {
            let keys = self.keys.all.borrow();
            let views = || self.views(key).map(|key| &keys[key]);
            let since = views().map(|one| one.signed_out).max();
            (
                since.unwrap_or_default(),
                views().any(|one| one.storage_failed),
            )
        };
        // Of one that failed and writes all the same, nobody knows when it does.
        let older = !failed && old.is_some_and(|old| old > since && new < Some(old));
        self.check(!older, Rule::NewerToken, || {
            format!("key {key}: an older token is stored in place of a newer one")
        });
        self.storage.put(self.shelf(key), record);
    }

    /// Nothing from before the last sign-out is stored, where storage works.
    pub fn check_stored(&self) {
        for (key, one) in self.keys.all.borrow().iter().enumerate() {
            let stored = self.storage.serial(self.shelf(key));
            let asked = stored.map_or(u64::MAX, |serial| self.service.asked(serial));
            let failed = self.has_failed_storage(key);
            let removed = asked > one.logged_out || failed || !one.known;
            self.check(removed, Rule::SignedOut, || {
                format!("key {key}: a token from before the sign-out is stored")
            });
        }
    }

    /// From here on, storage isn't held to anything for that key.
    pub fn fail_storage(&self, key: usize) {
        if let Some(one) = self.keys.all.borrow_mut().get_mut(key) {
            one.storage_failed = true;
        }
    }

    /// What is thrown by a storage that says what it was given.
    fn tell(&self, secret: String) -> Json {
        self.strike(match secrets::is_in(&secret) {
            true => Fault::StorageTells,
            false => Fault::LoadThrows,
        });
        json!({ "message": format!("can't handle {secret}"), "value": secret })
    }
}

fn garbage(which: u64) -> Json {
    match which {
        0 => json!(7),
        1 => json!("<html></html>"),
        2 => json!({ "access_token": 7 }),
        _ => json!({ "expires_at": "soon" }),
    }
}
