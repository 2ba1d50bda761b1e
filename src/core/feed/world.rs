//! What a feed needs of the world, beside what every call does.

use std::task::{Context, Poll};

use crate::core::feed::session::State;
use crate::core::value::Value;

/// What happened at a socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The server has said something.
    Text(String),
    /// It is closed, or never was open.
    Closed,
    /// The page that it belongs to is left, and may be kept as it is.
    Left,
}

/// A WebSocket. Dropping it closes it.
pub trait Socket {
    /// Sends a text. What can't be sent is noticed by the end of the connection.
    fn send(&self, text: &str);
    /// What happened next.
    fn poll_heard(&mut self, context: &mut Context<'_>) -> Poll<Heard>;
}

/// The world around one feed.
pub trait World {
    /// Its values.
    type Value: Value;
    /// Its sockets.
    type Socket: Socket;

    /// Whether there are WebSockets.
    fn has_sockets(&self) -> bool;
    /// Begins to connect, or gives what was thrown.
    fn connect(&self, url: &str) -> Result<Self::Socket, Self::Value>;
    /// Hands a notification on; gives whether there is room for another one.
    fn give(&self, event: Self::Value) -> bool;
    /// After there was none: waits until all were taken.
    fn poll_room(&self, context: &mut Context<'_>) -> Poll<()>;
    /// Waits until nobody wants any more.
    fn poll_stop(&self, context: &mut Context<'_>) -> Poll<()>;
    /// Tells how the feed stands.
    fn tell(&self, state: State);
    /// Whether there is a network, as far as that is known.
    fn is_online(&self) -> bool;
    /// Whether somebody may see the page.
    fn is_visible(&self) -> bool;
    /// A Unix time in seconds, as an ISO date in UTC with milliseconds.
    fn iso(&self, seconds: f64) -> String;
}
