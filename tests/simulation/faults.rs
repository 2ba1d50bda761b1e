//! Everything that goes wrong, and how often it did.

use std::cell::Cell;

macro_rules! faults {
    ($($name:ident $words:literal,)*) => {
        /// One kind of fault.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Fault { $(#[doc = $words] $name,)* }

        /// All of them, each with its words.
        pub const FAULTS: &[(Fault, &str)] = &[$((Fault::$name, $words),)*];
    };
}

faults! {
    NeverReached "network: the request never arrives",
    AnswerLost "network: the answer is lost, the work is done",
    BrokenBody "network: the answer breaks off in its body",
    Silence "network: no answer ever",
    Slow "network: an answer that takes seconds",
    RefusedGood "service: a good token is refused",
    Revoked "service: the token is revoked on the way",
    Outage "service: an outage",
    OutageWithTime "service: an outage that names a time",
    OutageTooLong "service: an outage that names too long a time",
    DomainError "service: a domain error as 503",
    RedirectElsewhere "service: a redirect to another origin",
    RedirectHome "service: a redirect to the same origin",
    Page "service: HTML in place of JSON",
    Truncated "service: JSON that breaks off",
    EchoRaw "service: an error with the token in it",
    EchoEncoded "service: an error with the token in it, encoded",
    RevokedAll "service: all tokens are revoked",
    GrantNeverReached "token endpoint: the request never arrives",
    GrantLost "token endpoint: the answer is lost, the tokens are changed",
    GrantBroken "token endpoint: the answer breaks off in its body",
    GrantSilence "token endpoint: no answer ever",
    GrantSlow "token endpoint: an answer that takes seconds",
    GrantOutage "token endpoint: an outage",
    GrantRefused "token endpoint: the refresh token is revoked",
    GrantPage "token endpoint: HTML in place of JSON",
    GrantRedirect "token endpoint: a redirect",
    GrantEcho "token endpoint: an error with the token in it",
    ClockForward "clock: set forward",
    ClockBack "clock: set back",
    LoadThrows "storage: load throws",
    LoadHangs "storage: load hangs",
    LoadGarbage "storage: load gives no record",
    LoadEnded "storage: load gives a token that has ended",
    StoreThrows "storage: store throws",
    StoreHangs "storage: store hangs",
    RemoveThrows "storage: remove throws",
    RemoveHangs "storage: remove hangs",
    StorageSlow "storage: takes seconds",
    StorageTells "storage: what is thrown holds the token",
    DigestThrows "storage: the key can't be made",
    CallbackThrows "token callback: throws",
    CallbackTells "token callback: throws, with the token in the text",
    CallbackRejects "token callback: rejects later",
    CallbackHangs "token callback: hangs",
    CallbackGarbage "token callback: gives no token",
    CallbackSame "token callback: gives the same token again",
    CallbackEnded "token callback: gives a token that has ended",
    CallbackOutage "token callback: gives a Response with 500",
    CallbackRefused "token callback: gives a Response with 401",
    CallbackPage "token callback: gives a Response with HTML",
    BeforeRequestThrows "beforeRequest: throws",
    BeforeRequestHangs "beforeRequest: hangs",
    AfterResponseThrows "afterResponse: throws",
    AfterResponseHangs "afterResponse: hangs",
    AfterResponseReplaces "afterResponse: gives another answer",
    BeforeRetryThrows "beforeRetry: throws",
    BeforeRetryHangs "beforeRetry: hangs",
    BeforeRetryRefuses "beforeRetry: says no",
    HookAborts "a hook aborts its own call",
    HookDisposes "a hook disposes of the client",
    HookLogsOut "a hook logs out",
    ListenerDisposes "a listener disposes of the client",
    ListenerLogsOut "a listener logs out",
    ListenerAsks "a listener asks for a token",
    AbortedBefore "caller: aborts before it calls",
    Aborted "caller: aborts while it waits",
    Dropped "caller: drops its call",
    Frozen "caller: its request ends with the call under way",
    SignsIn "caller: signs in, in another tab",
    LogsOut "caller: logs out",
    Disposes "caller: disposes of the client",
    Refreshes "caller: wants another token",
}

/// How often each struck.
#[derive(Clone)]
pub struct Struck([Cell<u64>; FAULTS.len()]);

impl Default for Struck {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Cell::new(0)))
    }
}

impl Struck {
    /// One struck.
    pub fn count(&self, fault: Fault) {
        let cell = &self.0[fault as usize];
        cell.set(cell.get() + 1);
    }

    /// How often that one struck.
    pub fn of(&self, fault: Fault) -> u64 {
        self.0[fault as usize].get()
    }

    /// How often any struck.
    pub fn total(&self) -> u64 {
        self.0.iter().map(Cell::get).sum()
    }

    /// These and those of another schedule.
    pub fn add(&self, other: &Self) {
        for (mine, more) in self.0.iter().zip(&other.0) {
            mine.set(mine.get() + more.get());
        }
    }
}
