//! What the plan allows: calls and players. Without a limit unless a test sets one.

use crate::codes::{Code, Envelope};

/// The limits, and how much is used.
#[derive(Debug, Default)]
pub struct Plan {
    /// How many API calls there may be from now on.
    pub calls: Option<u64>,
    /// How many players there may be.
    pub players: Option<usize>,
    used: u64,
}

impl Plan {
    /// Sets the limit of calls, and starts to count anew.
    pub fn limit_calls(&mut self, calls: Option<u64>) {
        self.calls = calls;
        self.used = 0;
    }

    /// Counts an API call, if there may be another.
    pub fn count_call(&mut self) -> Result<(), Envelope> {
        match self.calls {
            Some(limit) if self.used >= limit => Err(Envelope::new(
                Code::PlanLimitExceeded,
                format!(
                    "Your staging API usage has exceeded the limit of {limit} API calls. \
                     Please upgrade your plan."
                ),
            )),
            _ => {
                self.used += 1;
                Ok(())
            }
        }
    }

    /// Whether there may be another player besides so many.
    pub fn allows_player(&self, players: usize) -> Result<(), Envelope> {
        match self.players {
            Some(limit) if players >= limit => Err(Code::PlayerLimitExceeded.into()),
            _ => Ok(()),
        }
    }
}
