//! Which answers mean that a token is dead and nothing was done, and what may be sent again then.

use super::{List, Text};
use crate::core::method::Method;
use crate::core::text::{before, split_once};

/// The signs of a dead token.
#[derive(Debug)]
pub struct Refusal {
    /// Statuses that mean it, unless the answer says more.
    pub statuses: List<u16>,
    /// Error codes that mean it, whatever the status.
    pub codes: List<Text>,
    /// Error codes that don't, whatever the status.
    pub denied: List<Text>,
    /// Values of `error` in `WWW-Authenticate` (RFC 6750, section 3.1) that mean it; any other one
    /// doesn't.
    pub challenges: List<Text>,
    /// Methods whose calls are sent again with another token. A caller who lets a call be retried lets
    /// it be sent again, too.
    pub replayable: List<Method>,
}

impl Refusal {
    /// Whether an error answer means a dead token.
    pub fn is_dead_token(&self, status: u16, code: Option<&str>, challenge: Option<&str>) -> bool {
        let holds = |list: &List<Text>, one: &str| list.iter().any(|known| known == one);
        match (code, challenge.and_then(error_of)) {
            (Some(code), _) if holds(&self.codes, code) => true,
            (Some(code), _) if holds(&self.denied, code) => false,
            (_, Some(error)) => holds(&self.challenges, error),
            _ => self.statuses.contains(&status),
        }
    }
}

/// The `error` of a challenge.
fn error_of(challenge: &str) -> Option<&str> {
    let (_, rest) = split_once(challenge, "error=")?;
    let quoted = rest.strip_prefix('"').map(|rest| before(rest, "\""));
    Some(quoted.unwrap_or_else(|| before(before(rest, ","), " ")))
}

#[cfg(test)]
mod tests {
    use super::super::presets::{KUMITE, PLAYOFF, TOORNAMENT};

    #[test]
    fn tells_a_dead_token_from_a_denied_call() {
        let playoff = &PLAYOFF.refusal;
        assert!(playoff.is_dead_token(401, Some("invalid_access_token"), None));
        assert!(playoff.is_dead_token(400, Some("invalid_access_token"), None));
        assert!(playoff.is_dead_token(401, None, None));
        assert!(!playoff.is_dead_token(401, Some("access_denied"), None));
        assert!(!playoff.is_dead_token(403, None, None));
        assert!(!TOORNAMENT.refusal.is_dead_token(403, None, None));
    }

    #[test]
    fn a_challenge_says_more_than_a_status() {
        let kumite = &KUMITE.refusal;
        let realm = "Bearer realm=\"Kumite Realm\"";
        let dead = "Bearer error=\"invalid_token\", error_description=\"x\"";
        assert!(kumite.is_dead_token(401, None, Some(realm)));
        assert!(kumite.is_dead_token(401, None, Some(dead)));
        assert!(kumite.is_dead_token(403, None, Some("Bearer error=invalid_token")));
        let scope = "Bearer realm=\"x\", error=\"insufficient_scope\"";
        assert!(!kumite.is_dead_token(403, None, Some(scope)));
        assert!(!kumite.is_dead_token(401, None, Some("Bearer error=insufficient_scope, x=y")));
    }
}
