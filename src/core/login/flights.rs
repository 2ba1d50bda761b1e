//! The exchange under way in a page, for all its clients.
//!
//! React's StrictMode makes two clients, and may end the first: the second finds the address cleaned
//! already, and joins. So an exchange belongs to the page and not to the client that began it. It is
//! kept by the wasm's instance: after a fault there is another one, and what the old one sent is
//! marked as used.

use std::cell::RefCell;
use std::rc::Rc;

use super::landed::Landed;
use crate::core::session::Renewal;
use crate::core::shared::Shared;

/// One exchange, and what it brings.
pub struct Flight<V> {
    /// Which sign-in it is.
    pub state: String,
    /// Which client began it.
    pub client: String,
    /// What it brings.
    pub landed: Rc<Landed<V>>,
    /// Its end.
    pub landing: Shared<Renewal<V>>,
}

/// What a client waits for, and what it brings then.
pub type Joined<V> = (Rc<Landed<V>>, Shared<Renewal<V>>);

/// The newest one: a page has one address.
pub struct Flights<V>(RefCell<Option<Flight<V>>>);

impl<V> Default for Flights<V> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}

impl<V> Flights<V> {
    /// Another one began. It is kept until it has landed, whoever waits.
    pub fn begin(&self, flight: Flight<V>) {
        // Dropped when nothing is borrowed: that wakes those who wait.
        drop(self.0.replace(Some(flight)));
    }

    /// That of a client with these settings; where a `state` is named, that of this one alone.
    pub fn of(&self, client: &str, state: Option<&str>) -> Option<Joined<V>> {
        let flight = self.0.borrow();
        let flight = flight.as_ref()?;
        let is_wanted = state.is_none_or(|state| flight.state == state);
        if flight.client != client || !is_wanted {
            return None;
        }
        let landing = flight.landing.downgrade().join()?;
        Some((Rc::clone(&flight.landed), landing))
    }

    /// One has landed.
    pub fn landed(&self, state: &str) {
        let is_it = |flight: &mut Flight<V>| flight.state == state;
        let flight = self.0.borrow_mut().take_if(is_it);
        drop(flight);
    }
}
