//! When a failed try is made again, and after how long.

use crate::core::bugs::{self, Bug};
use crate::core::error::Error;
use crate::core::method::Method;

/// Milliseconds before the first retry, at most; each further one may take twice as long.
const BASE: u32 = 300;
/// Milliseconds before any retry, at most, where the service names no time.
const LONGEST: u32 = 30_000;
/// What the caller wants of the `retry` option.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Tries after the first.
    pub limit: Option<u32>,
    /// Methods whose calls may be made twice.
    pub methods: Option<Vec<Method>>,
    /// Milliseconds of the service's choice that are waited for, at most.
    pub max_retry_after: Option<u32>,
}

/// The rules of retrying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retry {
    /// Tries after the first.
    pub limit: u32,
    /// Methods whose calls may be made twice.
    pub methods: Vec<Method>,
    /// Milliseconds of the service's choice that are waited for, at most. A call that would have to
    /// wait longer fails at once: to ask earlier than asked to would be rude, and useless.
    pub max_retry_after: u32,
}

impl Retry {
    /// What holds unless the caller says otherwise.
    pub fn new(methods: &[Method]) -> Self {
        Self {
            limit: 2,
            methods: methods.to_vec(),
            max_retry_after: 60_000,
        }
    }

    /// These rules, as far as the caller has no other wish.
    pub fn with(&self, wish: &Wish) -> Self {
        Self {
            limit: wish.limit.unwrap_or(self.limit),
            methods: wish.methods.as_ref().unwrap_or(&self.methods).clone(),
            max_retry_after: wish.max_retry_after.unwrap_or(self.max_retry_after),
        }
    }

    /// Milliseconds until the next try; `None` where there is none. `retried` counts the retries
    /// so far, `random` is in `0..1`.
    pub fn wait<V>(
        &self,
        method: Method,
        error: &Error<V>,
        retried: u32,
        random: f64,
    ) -> Option<u32> {
        let twice =
            self.methods.contains(&method) || (method == Method::Post && bugs::has(Bug::RetryPost));
        let allowed = retried < self.limit && twice;
        if !allowed || !error.retryable {
            return None;
        }
        match error.retry_after {
            Some(after) => (after <= self.max_retry_after).then_some(after),
            None => Some((f64::from(backoff(retried)) * random) as u32),
        }
    }
}

/// Full jitter: anything between nothing and this.
fn backoff(retried: u32) -> u32 {
    BASE.saturating_mul(1 << retried.min(20)).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::error::code;

    fn outage() -> Error<()> {
        let mut error = Error::api(code::HTTP_ERROR, String::new(), 503);
        error.retryable = true;
        error
    }

    fn rules() -> Retry {
        Retry::new(&[Method::Get])
    }

    #[test]
    fn waits_anything_up_to_twice_as_long_each_time() {
        let rules = Retry {
            limit: 99,
            ..rules()
        };
        for (retried, longest) in [
            (0, 300),
            (1, 600),
            (2, 1200),
            (6, 19_200),
            (7, 30_000),
            (90, 30_000),
        ] {
            let wait = |random| rules.wait(Method::Get, &outage(), retried, random).unwrap();
            assert_eq!((wait(0.0), wait(0.5)), (0, longest / 2));
            assert!(wait(0.999_999) < longest);
        }
    }

    #[test]
    fn gives_up_after_the_limit() {
        assert!(rules().wait(Method::Get, &outage(), 1, 0.5).is_some());
        assert_eq!(rules().wait(Method::Get, &outage(), 2, 0.5), None);
        let never = rules().with(&Wish {
            limit: Some(0),
            ..Wish::default()
        });
        assert_eq!(never.wait(Method::Get, &outage(), 0, 0.5), None);
    }

    #[test]
    fn repeats_only_what_may_be_done_twice() {
        assert_eq!(rules().wait(Method::Post, &outage(), 0, 0.5), None);
        let wish = Wish {
            methods: Some(vec![Method::Post]),
            ..Wish::default()
        };
        assert!(
            rules()
                .with(&wish)
                .wait(Method::Post, &outage(), 0, 0.5)
                .is_some()
        );
    }

    #[test]
    fn repeats_only_what_may_work_later() {
        let mut refused = outage();
        refused.retryable = false;
        assert_eq!(rules().wait(Method::Get, &refused, 0, 0.5), None);
    }

    #[test]
    fn waits_as_long_as_the_service_says_up_to_the_limit() {
        let mut error = outage();
        error.retry_after = Some(1000);
        assert_eq!(rules().wait(Method::Get, &error, 0, 0.1), Some(1000));
        error.retry_after = Some(60_001);
        assert_eq!(rules().wait(Method::Get, &error, 0, 0.1), None);
    }
}
