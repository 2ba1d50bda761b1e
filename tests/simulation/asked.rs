//! What callers asked of the client, and what is known of it.

use playoff_wasm::core::method::Method;
use serde_json::Value as Json;

/// What was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A call.
    Call(Method),
    /// A token; another one, if so wished.
    Token {
        /// Whether it has to be another one.
        refresh: bool,
    },
    /// To sign out.
    Logout,
}

/// What the last answer to a call was, as the client saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// None came, or none came whole.
    Nothing,
    /// The token was refused.
    Refusal,
    /// The service leads elsewhere.
    Redirect,
    /// Anything else.
    Other,
}

/// One thing asked.
pub struct Asked {
    /// What.
    pub what: What,
    /// For which token key.
    pub key: usize,
    /// When, among all that happened.
    pub begun: u64,
    /// When, in milliseconds.
    pub begun_at: u64,
    /// By which task.
    pub task: usize,
    /// Whether it may be done twice.
    pub repeatable: bool,
    /// Whether its body can be sent once.
    pub stream: bool,
    /// Retries, at most.
    pub limit: u32,
    /// Milliseconds that it may take.
    pub total_timeout: Option<u64>,
    /// Whether it has a signal.
    pub has_signal: bool,
    /// The reason of its signal, once that is aborted.
    pub aborted: Option<Json>,
    /// At which scheduling point that was.
    pub aborted_at_point: u64,
    /// Requests, without those that follow a redirect.
    pub sends: u32,
    /// Requests after a refused token.
    pub replays: u32,
    /// The last answer.
    pub seen: Seen,
    /// Milliseconds before which the service doesn't want to be asked again.
    pub not_before: u64,
    /// Whether a hook put another answer in place of the service's.
    pub replaced: bool,
    /// Whether its answer is wanted as JSON.
    pub json: bool,
    /// Whether it has ended, or was left.
    pub over: bool,
    /// When that was, among all that happened.
    pub ended: u64,
}

impl Asked {
    /// Asked right now.
    pub fn new(what: What, key: usize) -> Self {
        Self {
            what,
            key,
            begun: 0,
            begun_at: 0,
            task: 0,
            repeatable: false,
            stream: false,
            limit: 0,
            total_timeout: None,
            has_signal: false,
            aborted: None,
            aborted_at_point: 0,
            sends: 0,
            replays: 0,
            seen: Seen::Nothing,
            not_before: 0,
            replaced: false,
            json: false,
            over: false,
            ended: u64::MAX,
        }
    }
}
