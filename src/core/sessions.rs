//! The sessions of a client, one for every token key.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::core::bell::Bell;
use crate::core::session::Session;
use crate::core::typed::definitions::Definitions;

/// Players whose tokens are kept; beyond, those that nobody waits for make room.
const KEPT: usize = 1000;

/// A session for every token key: of one client, or of all clients that share their tokens.
pub struct Sessions<V> {
    list: RefCell<Vec<Rc<Session<V>>>>,
    /// Whether other clients go on with them when one ends.
    shared: bool,
    /// Whether listeners were told that storage doesn't work.
    pub warned: Cell<bool>,
    /// What their players were told of actions.
    pub definitions: RefCell<Definitions<V>>,
    /// The number of the provider's scheme that the service wants tokens with.
    pub scheme: Rc<Cell<usize>>,
    /// Rings when somebody signs out or a client ends.
    pub bell: Bell,
}

impl<V: Clone> Sessions<V> {
    /// Those of one client.
    pub fn own() -> Rc<Self> {
        Rc::new(Self::new(false))
    }

    /// Those of many clients.
    pub fn shared() -> Rc<Self> {
        Rc::new(Self::new(true))
    }

    fn new(shared: bool) -> Self {
        Self {
            list: RefCell::default(),
            shared,
            warned: Cell::new(false),
            definitions: RefCell::default(),
            scheme: Rc::default(),
            bell: Bell::default(),
        }
    }

    /// The session of a player, or of the client as a whole.
    pub fn of(&self, player: Option<&str>) -> Rc<Session<V>> {
        let mut list = self.list.borrow_mut();
        if let Some(known) = list.iter().find(|one| one.player.as_deref() == player) {
            return Rc::clone(known);
        }
        if list.len() >= KEPT
            && let Some(idle) = list.iter().position(|one| Rc::strong_count(one) == 1)
        {
            list.remove(idle);
        }
        let session = Rc::new(Session::new(player.map(str::to_owned)));
        list.push(Rc::clone(&session));
        session
    }

    /// Whether nobody ever asked for one.
    pub fn is_empty(&self) -> bool {
        self.list.borrow().is_empty()
    }

    /// All of them.
    pub fn all(&self) -> Vec<Rc<Session<V>>> {
        self.list.borrow().clone()
    }

    /// A client ends, and its own sessions with it.
    pub fn end(&self) {
        if !self.shared {
            for session in self.list.take() {
                session.end();
            }
        }
        self.bell.ring();
    }
}
