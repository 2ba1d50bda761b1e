//! What must hold in every schedule, by name.

use std::fmt;

/// One rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// One renewal at a time for a token key; in an edge worker, by lease.
    OneRenewal,
    /// What must not be done twice is sent again after a refused token only.
    SentOnce,
    /// No call is sent more often than its retries, and one replay, allow; with a storage, two.
    SentTooOften,
    /// A retry waits as long as the service says.
    RetryAfter,
    /// Nothing is sent to another origin, and no redirect takes anything there.
    Origin,
    /// Every call ends in bounded time.
    Settles,
    /// A call ends with its `totalTimeout`.
    TotalTimeout,
    /// An aborted call ends at once, with the signal's reason, and sends nothing more.
    Abort,
    /// What ended, or was left, sends nothing more.
    Left,
    /// After `dispose()` nothing is sent, nobody is asked, nobody is told, and calls end.
    Disposed,
    /// After `logout()` no token from before is sent or stored.
    SignedOut,
    /// No good session is ended because of an old refresh token.
    GoodSession,
    /// No error, event or hook shows a secret.
    Secret,
    /// No older token in place of a newer one, in memory or in storage.
    NewerToken,
    /// A refresh token that was answered isn't sent again.
    RefreshReuse,
    /// A renewal that failed isn't made again at once.
    CoolDown,
    /// Each call gets its own answer, and where nothing goes wrong, it gets one.
    OwnAnswer,
    /// A call carries the token of its own key.
    OwnToken,
    /// In an edge worker, no request wakes another.
    Wakers,
    /// Nothing goes on for nobody.
    NothingLeft,
    /// No panic.
    Panic,
}

/// A rule that didn't hold.
#[derive(Clone, Debug)]
pub struct Broken {
    /// Which one.
    pub rule: Rule,
    /// How.
    pub how: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} broken: {}", self.rule, self.how)
    }
}
