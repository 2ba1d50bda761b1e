//! What a client tells those who listen. No event carries a token.

use crate::core::method::Method;

/// Why a token is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There is none yet.
    Initial,
    /// The one at hand has ended, or is about to.
    Expired,
    /// The service refused the one at hand.
    Refused,
    /// The caller wants another one.
    Requested,
    /// The player signed in.
    Login,
}

impl Reason {
    /// As the `token` callback gets it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Initial => "initial",
            Self::Expired => "expired",
            Self::Refused => "refused",
            Self::Requested => "requested",
            Self::Login => "login",
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event<V> {
    /// There is another token.
    Token {
        /// Why it was asked for.
        reason: Reason,
        /// Unix time in seconds at which it ends, where that is known.
        expires_at: Option<f64>,
        /// Whose it is, where every player has a token.
        player_id: Option<String>,
    },
    /// There is no token any more, and nothing that would give another one by itself.
    SignedOut {
        /// Why.
        reason: SignedOut,
        /// Whose it was, where every player has a token.
        player_id: Option<String>,
    },
    /// A failed try is made again.
    Retry {
        /// The call's method.
        method: Method,
        /// The call's route.
        route: String,
        /// Which retry it is; the first one is 1.
        retry: u32,
        /// Milliseconds until then.
        delay: u32,
        /// The code of the error.
        code: String,
        /// The HTTP status, where there was an answer.
        status: Option<u16>,
        /// The service's name for the request that failed, where it gave one.
        request_id: Option<String>,
    },
    /// Something doesn't work as it should, and the client does without it.
    Warning {
        /// What a program asks for.
        code: &'static str,
        /// What a person reads.
        message: String,
        /// What was thrown.
        cause: Option<V>,
    },
}

/// Why there is no token any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedOut {
    /// `logout()` was called.
    Logout,
    /// The service takes the refresh token no more.
    Refused,
    /// Another tab signed out.
    OtherTab,
}
