//! What a refresh token brought that is asked for twice.
//!
//! Two tabs of a page send the same cookie at the same time. Services that rotate refresh tokens
//! take a second use for theft, so the second request gets what the first one got. In an edge
//! worker requests share data alone (see `core::lease`): each waits by its own timer. Unlike there,
//! nobody takes over while the first may still be at it, since asking twice does harm.

use std::cell::RefCell;

use super::Refusal;
use super::auth::Tokens;
use crate::core::host::Host;
use crate::core::secret::Secret;

/// Seconds for which it is remembered what a token brought.
const KEPT: f64 = 10.0;
/// Tokens of which it is remembered, at most. Those that are being asked for come on top: they are as
/// many as there are requests, and one that was forgotten would be spent twice.
const LIMIT: usize = 100;
/// Milliseconds between two looks.
const POLL: u32 = 20;

/// What a refresh token brought.
pub type Brought = Result<Tokens, Refusal>;

/// Refresh tokens that were spent a moment ago, or are just being spent.
#[derive(Default)]
pub struct Spent(RefCell<Vec<Entry>>);

struct Entry {
    refresh: Secret,
    state: State,
}

enum State {
    /// Somebody is asking, for as long as that may take: until that Unix time in seconds. Where
    /// somebody signed out or in meanwhile, all are told the refusal.
    Asking { until: f64, ended: Option<Refusal> },
    /// That is what came, at that Unix time in seconds.
    Brought { outcome: Brought, at: f64 },
    /// Somebody signed out or in, at that Unix time in seconds: who asks is told the refusal.
    Ended { refusal: Refusal, at: f64 },
}

/// What a request finds.
enum Found {
    /// It has to ask itself; until then others wait for it.
    Nothing,
    /// Somebody else is asking.
    Wait,
    /// Somebody else got this.
    Outcome(Brought),
}

impl Spent {
    /// What a refresh token brings: what it brought a moment ago, or what `ask` gives, which takes
    /// no longer than `limit` milliseconds.
    pub async fn share<H: Host>(
        &self,
        host: &H,
        refresh: &Secret,
        limit: u32,
        ask: impl Future<Output = Brought>,
    ) -> Brought {
        let begun = host.now();
        // A moment more: the limit ends by another timer.
        let until = |now: f64| now + f64::from(limit) / 1000.0 + 1.0;
        loop {
            let now = host.now();
            match self.look(refresh, begun, now, until(now)) {
                Found::Outcome(outcome) => return outcome,
                Found::Wait => host.sleep(POLL).await,
                Found::Nothing => break,
            }
        }
        let mut asking = Asking {
            spent: self,
            refresh,
            is_over: false,
        };
        let outcome = ask.await;
        asking.is_over = true;
        let at = host.now();
        if let Some(refusal) = self.ended(refresh) {
            let state = State::Ended {
                refusal: refusal.clone(),
                at,
            };
            self.set(refresh, state);
            return Err(refusal);
        }
        let state = State::Brought {
            outcome: outcome.clone(),
            at,
        };
        self.set(refresh, state);
        outcome
    }

    /// Somebody signs out or in: what is under way with that refresh token brings nothing but the
    /// refusal any more, nor does the token that brought it.
    pub fn end(&self, refresh: &Secret, refusal: &Refusal, now: f64) {
        let ended = || State::Ended {
            refusal: refusal.clone(),
            at: now,
        };
        let mut is_asked_for = false;
        for Entry {
            refresh: known,
            state,
        } in &mut *self.0.borrow_mut()
        {
            match state {
                State::Asking { ended, .. } if known == refresh => {
                    *ended = Some(refusal.clone());
                    is_asked_for = true;
                }
                State::Brought {
                    outcome: Ok(tokens),
                    ..
                } if tokens.refresh() == Some(refresh) => *state = ended(),
                _ => {}
            }
        }
        if !is_asked_for {
            self.set(refresh, ended());
        }
    }

    /// What those are told who are asking with a token that nobody has any more.
    fn ended(&self, refresh: &Secret) -> Option<Refusal> {
        let entries = self.0.borrow();
        let known = entries.iter().find(|entry| entry.refresh == *refresh)?;
        match &known.state {
            State::Asking { ended, .. } => ended.clone(),
            State::Brought { .. } | State::Ended { .. } => None,
        }
    }

    /// Looks, and says that it is being asked where nobody does.
    fn look(&self, refresh: &Secret, begun: f64, now: f64, until: f64) -> Found {
        let mut entries = self.0.borrow_mut();
        // A time later than any that could be set right now is of a clock that was set back.
        entries.retain(|entry| match &entry.state {
            State::Asking { until: end, .. } => now < *end && *end <= until,
            State::Brought { at, .. } | State::Ended { at, .. } => (now - KEPT..=now).contains(at),
        });
        let known = entries.iter().find(|entry| entry.refresh == *refresh);
        match known.map(|entry| &entry.state) {
            Some(State::Asking { ended: None, .. }) => return Found::Wait,
            Some(
                State::Asking {
                    ended: Some(refusal),
                    ..
                }
                | State::Ended { refusal, .. },
            ) => return Found::Outcome(Err(refusal.clone())),
            Some(State::Brought { outcome, at }) if is_final(outcome, refresh) || begun <= *at => {
                return Found::Outcome(outcome.clone());
            }
            // What failed for a while may work for who comes later, and a token that isn't spent
            // brings another one.
            Some(State::Brought { .. }) | None => {}
        }
        drop(entries);
        let asking = State::Asking { until, ended: None };
        self.set(refresh, asking);
        Found::Nothing
    }

    fn set(&self, refresh: &Secret, state: State) {
        let mut entries = self.0.borrow_mut();
        entries.retain(|entry| entry.refresh != *refresh);
        entries.push(Entry {
            refresh: refresh.clone(),
            state,
        });
        let is_over = |entry: &Entry| !matches!(entry.state, State::Asking { .. });
        if entries.iter().filter(|entry| is_over(entry)).count() > LIMIT {
            let is_worthless = |entry: &Entry| is_over(entry) && !has_brought(entry);
            let oldest = entries.iter().position(is_worthless);
            let oldest = oldest.or_else(|| entries.iter().position(is_over));
            entries.remove(oldest.expect("there are some"));
        }
    }
}

/// Whether it brought tokens. What anybody can make up as a cookie doesn't.
fn has_brought(entry: &Entry) -> bool {
    matches!(&entry.state, State::Brought { outcome, .. } if outcome.is_ok())
}

/// Whether asking again would bring nothing, or do harm.
fn is_final(outcome: &Brought, refresh: &Secret) -> bool {
    match outcome {
        Ok(tokens) => tokens.spend(refresh),
        Err(refusal) => refusal.status < 500,
    }
}

/// Who gives up asking doesn't keep others waiting.
struct Asking<'a> {
    spent: &'a Spent,
    refresh: &'a Secret,
    is_over: bool,
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        if !self.is_over {
            let mut entries = self.spent.0.borrow_mut();
            entries.retain(|entry| entry.refresh != *self.refresh);
        }
    }
}
