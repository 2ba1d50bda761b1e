//! How patient the stream is.

use serde_json::{Value, json};

/// Times in milliseconds. Which ones the real service announces isn't
/// recorded: these are engine.io 3's own.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How often a client says that it is there.
    pub ping_interval_ms: u64,
    /// How long a client waits for the answer to that.
    pub ping_timeout_ms: u64,
    /// How long a client may take to say who it is.
    pub auth_timeout_ms: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            ping_interval_ms: 25_000,
            ping_timeout_ms: 5_000,
            auth_timeout_ms: 10_000,
        }
    }
}

impl Settings {
    /// The settings as the control routes give and take them.
    pub fn to_json(&self) -> Value {
        json!({
            "pingInterval": self.ping_interval_ms,
            "pingTimeout": self.ping_timeout_ms,
            "authTimeout": self.auth_timeout_ms,
        })
    }
}
