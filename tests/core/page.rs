//! A page in the world: an address bar, what is kept in it, and its other tabs.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use playoff_wasm::core::grant::Code;
use playoff_wasm::core::host::Given;
use playoff_wasm::core::login::flights::Flights;
use playoff_wasm::core::login::page::{Page, Unkept};
use serde_json::{Value as Json, json};

use crate::world::{Scripted, Simulated};

/// What the login's storage does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keeps {
    /// What it should.
    #[default]
    Well,
    /// It throws.
    Throws,
    /// It gives promises.
    Promises,
    /// It takes everything and has nothing.
    Forgets,
}

/// A page of the world.
#[derive(Default)]
pub struct Browser {
    /// The address; none where there is no page.
    pub address: RefCell<Option<String>>,
    /// Where it went.
    pub left_for: RefCell<Option<String>>,
    /// What `login.storage` does.
    pub keeps: Cell<Keeps>,
    /// What is in it.
    pub slots: RefCell<Option<String>>,
    /// Whether it has randomness.
    pub is_predictable: Cell<bool>,
    /// What the `login.exchange` function gives; it throws where there is nothing.
    pub exchanged: RefCell<Option<Json>>,
    /// What it was given.
    pub given: RefCell<Vec<Code>>,
    random: Cell<u8>,
    flights: Rc<Flights<Json>>,
}

impl Page for Simulated {
    fn address(&self) -> Option<String> {
        self.0.page.address.borrow().clone()
    }

    /// As far as the tests go.
    fn resolve(&self, address: &str, base: &str) -> Option<String> {
        let origin = base.split('/').take(3).collect::<Vec<_>>().join("/");
        match address {
            host if host.starts_with("//") => Some(format!("https:{host}")),
            path if path.starts_with('/') => Some(origin + path),
            whole if whole.contains(':') => Some(whole.to_owned()),
            _ => None,
        }
    }

    fn replace_address(&self, address: &str) {
        *self.0.page.address.borrow_mut() = Some(address.to_owned());
    }

    fn leave(&self, address: &str) -> Result<(), Json> {
        *self.0.page.left_for.borrow_mut() = Some(address.to_owned());
        Ok(())
    }

    fn secret_bytes(&self) -> Option<[u8; 32]> {
        let page = &self.0.page;
        page.random.set(page.random.get() + 1);
        (!page.is_predictable.get()).then(|| [page.random.get(); 32])
    }

    fn kept(&self) -> Result<Option<String>, Unkept<Json>> {
        let page = &self.0.page;
        match page.keeps.get() {
            Keeps::Well => Ok(page.slots.borrow().clone()),
            Keeps::Forgets => Ok(None),
            Keeps::Promises => Err(Unkept::Promise),
            Keeps::Throws => Err(Unkept::Thrown(json!({ "message": "SecurityError" }))),
        }
    }

    fn keep(&self, text: &str) -> Result<(), Unkept<Json>> {
        if self.0.page.keeps.get() != Keeps::Well {
            return self.kept().map(drop);
        }
        *self.0.page.slots.borrow_mut() = (!text.is_empty()).then(|| text.to_owned());
        Ok(())
    }

    async fn exchange(&self, code: &Code) -> Result<Given<Json, Scripted>, Json> {
        self.0.page.given.borrow_mut().push(code.clone());
        let given = self.0.page.exchanged.borrow_mut().take();
        given
            .map(Given::Value)
            .ok_or_else(|| json!({ "message": format!("no {}", code.code.expose()) }))
    }

    fn flights(&self) -> Rc<Flights<Json>> {
        Rc::clone(&self.0.page.flights)
    }
}
