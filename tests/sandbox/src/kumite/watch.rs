//! The WebSocket on which everybody hears of all contests, without its sockets.
//!
//! A shell says what happens at the sockets ([`Sandbox::watch_door`],
//! [`watch_opened`](Sandbox::watch_opened), [`watch_closed`](Sandbox::watch_closed),
//! [`wake`](Sandbox::wake)), and carries out the [`Effect`]s of every call.

use std::collections::BTreeSet;

use serde_json::json;

use crate::door::Door;
use crate::http::{Answer, Request};
use crate::{Moment, Sandbox};

/// Where it is.
const PATH: &str = "/kumite/ws/contests";

/// Whether a request is for the WebSocket.
pub fn is_watch(request: &Request) -> bool {
    request.path == PATH
}

/// What can be heard of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    /// A contest was opened.
    ContestIsCreated,
    /// Somebody joined.
    PlayerJoinedBoard,
    /// Somebody has the next move.
    PlayerCanMove,
    /// Somebody moved.
    PlayerMoved,
    /// The board changed in whatever way.
    BoardIsUpdated,
    /// A contest has ended.
    ContestIsGameover,
}

/// What a shell does. Connections go by their number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Sends one text message.
    Send(u64, String),
    /// Ends a connection without a word.
    Cut(u64),
    /// Calls [`Sandbox::wake`] after so many milliseconds.
    WakeAfter(u64),
}

/// Who watches.
#[derive(Debug, Default)]
pub struct Watch {
    connections: BTreeSet<u64>,
    opened: u64,
    effects: Vec<Effect>,
}

impl Watch {
    /// Tells everybody.
    pub fn tell(&mut self, what: Happening, contest: &str) {
        let text = json!({ "eventType": format!("{what:?}"), "contestId": contest }).to_string();
        let send = |&id: &u64| Effect::Send(id, text.clone());
        self.effects.extend(self.connections.iter().map(send));
    }

    /// Asks to be woken.
    pub fn wake_after(&mut self, ms: u64) {
        self.effects.push(Effect::WakeAfter(ms));
    }

    /// Ends all connections without a word. Gives their number.
    pub fn cut_all(&mut self) -> usize {
        let connections = std::mem::take(&mut self.connections);
        let count = connections.len();
        self.effects
            .extend(connections.into_iter().map(Effect::Cut));
        count
    }

    /// How many watch.
    pub fn count(&self) -> usize {
        self.connections.len()
    }

    /// What is to be done at the sockets.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }
}

impl Sandbox {
    /// Lets a request in, or not.
    pub fn watch_door(&mut self, request: &Request, moment: Moment) -> Door {
        let upgrade = request.header("upgrade").unwrap_or_default();
        let is_socket = upgrade.eq_ignore_ascii_case("websocket");
        let door = self.door(request, moment, Answer::empty(503), |_| match is_socket {
            true => Ok(0),
            false => Err(Answer::empty(400)),
        });
        if let Door::Open(_) = door {
            let now = self.time(moment);
            self.log.write(request, Some(101), now);
        }
        door
    }

    /// Somebody watches from now on: their number.
    pub fn watch_opened(&mut self) -> u64 {
        let watch = &mut self.kumite.watch;
        watch.opened += 1;
        watch.connections.insert(watch.opened);
        watch.opened
    }

    /// A connection has ended by itself.
    pub fn watch_closed(&mut self, id: u64) {
        self.kumite.watch.connections.remove(&id);
    }

    /// Something is due: what is done.
    pub fn wake(&mut self, moment: Moment) -> Vec<Effect> {
        let now = self.time(moment);
        self.kumite.advance(now);
        self.kumite.watch.take_effects()
    }
}
