//! The packets of engine.io, revision 3, over a WebSocket: a digit, and what comes with it.

use crate::core::text::concat;
use crate::core::value::Value;

/// Milliseconds between two pings where the server names none: engine.io's own.
const PING_INTERVAL: f64 = 25_000.0;
/// Milliseconds for an answer where the server names none.
const PING_TIMEOUT: f64 = 5_000.0;
/// The shortest time that a server may ask for: less would be a storm.
const SHORTEST: f64 = 50.0;

/// What the client sends to hear that the server lives.
pub const PING: &str = "2";

/// What a server says.
#[derive(Clone, Debug, PartialEq)]
pub enum Packet<'a> {
    /// The first one: how often it wants to be pinged, and for how long an answer may take.
    Open(Heartbeat),
    /// It ends the connection.
    Close,
    /// It asks whether we live, which revision 3 leaves to the client; with what to send back.
    Ping(&'a str),
    /// A message.
    Message(&'a str),
    /// It lives, or says nothing that matters.
    Other,
}

/// How a dead connection is noticed. In milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heartbeat {
    /// Between two pings.
    pub interval: f64,
    /// Until an answer.
    pub timeout: f64,
}

impl Default for Heartbeat {
    fn default() -> Self {
        Self {
            interval: PING_INTERVAL,
            timeout: PING_TIMEOUT,
        }
    }
}

impl<'a> Packet<'a> {
    /// Reads one.
    pub fn read<V: Value>(text: &'a str) -> Self {
        let rest = text.get(1..).unwrap_or_default();
        match text.as_bytes().first() {
            Some(b'0') => Self::Open(Heartbeat::read::<V>(rest)),
            Some(b'1') => Self::Close,
            Some(b'2') => Self::Ping(rest),
            Some(b'4') => Self::Message(rest),
            _ => Self::Other,
        }
    }
}

impl Heartbeat {
    fn read<V: Value>(json: &str) -> Self {
        let told = V::parse(json);
        let number = |name: &str, default: f64| {
            let told = told.as_ref().and_then(|told| told.get(name)?.as_number());
            told.unwrap_or(default).max(SHORTEST)
        };
        Self {
            interval: number("pingInterval", PING_INTERVAL),
            timeout: number("pingTimeout", PING_TIMEOUT),
        }
    }
}

/// The packet of a message.
pub fn message(text: &str) -> String {
    concat(&["4", text])
}

/// The answer to a ping.
pub fn pong(payload: &str) -> String {
    concat(&["3", payload])
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;

    use super::*;

    fn heartbeat(interval: f64, timeout: f64) -> Packet<'static> {
        Packet::Open(Heartbeat { interval, timeout })
    }

    #[test]
    fn reads_what_servers_say() {
        let open =
            r#"0{"sid":"x","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":60000}"#;
        for (text, packet) in [
            (open, heartbeat(25_000.0, 60_000.0)),
            (
                r#"0{"pingInterval":0,"pingTimeout":-1}"#,
                heartbeat(50.0, 50.0),
            ),
            (
                r#"0{"pingInterval":"x"}"#,
                Packet::Open(Heartbeat::default()),
            ),
            ("0", Packet::Open(Heartbeat::default())),
            ("1", Packet::Close),
            ("2probe", Packet::Ping("probe")),
            ("3", Packet::Other),
            ("3probe", Packet::Other),
            ("4AUTH_CHALLENGE", Packet::Message("AUTH_CHALLENGE")),
            ("4", Packet::Message("")),
            ("4ä", Packet::Message("ä")),
            ("5", Packet::Other),
            ("6", Packet::Other),
            ("", Packet::Other),
            ("ä", Packet::Other),
        ] {
            assert_eq!(Packet::read::<Json>(text), packet, "{text}");
        }
    }

    #[test]
    fn writes_what_clients_say() {
        assert_eq!(message("AUTH_RESPONSE"), "4AUTH_RESPONSE");
        assert_eq!(pong("probe"), "3probe");
    }
}
