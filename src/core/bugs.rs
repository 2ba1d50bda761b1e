//! Bugs that the simulation has to find.
//!
//! Each stands where somebody could make it, and exists with feature `bugs` alone, which only tests
//! turn on: a simulation that finds nothing may be blind.

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// Every call that needs a token asks for one of its own.
    RenewTwice,
    /// A POST is tried again after any passing failure.
    RetryPost,
    /// The caller's signal isn't heard.
    IgnoreAbort,
    /// A renewal that ends after a sign-out still counts.
    NoCommitGuard,
    /// A client that was disposed of goes on.
    SendAfterDispose,
    /// Errors show the token.
    TokenInError,
    /// Tabs renew whenever they like.
    NoTabLock,
}

#[cfg(feature = "bugs")]
thread_local! {
    static PRESENT: std::cell::Cell<Option<Bug>> = const { std::cell::Cell::new(None) };
}

/// Puts a bug into this thread's clients, or takes it out.
#[cfg(feature = "bugs")]
pub fn seed(bug: Option<Bug>) {
    PRESENT.set(bug);
}

/// Whether a bug is there.
#[cfg(feature = "bugs")]
pub fn has(bug: Bug) -> bool {
    PRESENT.get() == Some(bug)
}

/// It never is.
#[cfg(not(feature = "bugs"))]
pub const fn has(_: Bug) -> bool {
    false
}
