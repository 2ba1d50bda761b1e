//! Exchanges under way in a page, for all its clients.
//!
//! React's StrictMode makes two clients, and may end the first: the second finds the address cleaned
//! already, and joins. So an exchange belongs to the page and not to the client that began it. The
//! list is the wasm's instance's: after a fault there is another one, and what the old one sent is
//! marked as used.

use std::cell::RefCell;

use super::land::Landing;
use crate::core::shared::Shared;

/// One exchange.
struct Flight<V> {
    state: String,
    client: String,
    landing: Shared<Landing<V>>,
}

/// All of them.
pub struct Flights<V>(RefCell<Vec<Flight<V>>>);

impl<V> Default for Flights<V> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<V> Flights<V> {
    /// Adds one, of a client with these settings. It is kept until it has landed, whoever waits.
    pub fn add(&self, state: String, client: String, landing: Shared<Landing<V>>) {
        let flight = Flight {
            state,
            client,
            landing,
        };
        self.0.borrow_mut().push(flight);
    }

    /// The one of a `state`, or else the newest one, of a client with these settings.
    pub fn of(&self, client: &str, state: Option<&str>) -> Option<Shared<Landing<V>>> {
        let flights = self.0.borrow();
        let is_wanted = |flight: &&Flight<V>| {
            flight.client == client && state.is_none_or(|state| flight.state == state)
        };
        let found = flights.iter().rfind(is_wanted)?;
        found.landing.downgrade().join()
    }

    /// One has landed.
    pub fn landed(&self, state: &str) {
        let at = self.0.borrow().iter().position(|one| one.state == state);
        // Dropped when nothing is borrowed: it wakes those who wait.
        let flight = at.map(|at| self.0.borrow_mut().remove(at));
        drop(flight);
    }
}
