//! When the service wants to be asked again: `Retry-After` and its family.

use crate::core::host::{Answer, Host};

/// Numbers from here on are Unix times and not seconds from now.
const EPOCH: f64 = 1e9;
/// The header of every answer that names a time.
const RETRY_AFTER: &str = "retry-after";
/// Those that tell when a quota begins anew, the most trusted first. Any answer may carry them: they
/// name the time to ask again only where it says that too much was asked.
const QUOTA: [&str; 3] = [
    "ratelimit-reset",
    "x-ratelimit-retry-after",
    "x-ratelimit-reset",
];
/// The statuses by which a service says so.
const TOO_MUCH: [u16; 2] = [429, 503];

/// Milliseconds until the moment that the service names.
pub fn retry_after<H: Host>(host: &H, answer: &H::Answer) -> Option<u32> {
    let quota: &[&str] = match TOO_MUCH.contains(&answer.status()) {
        true => &QUOTA,
        false => &[],
    };
    [RETRY_AFTER].iter().chain(quota).find_map(|name| {
        let text = answer.header(name)?;
        let seconds = match digits(&text) {
            Some(seconds) if seconds < EPOCH => seconds,
            Some(moment) => moment - host.now(),
            None if is_date(&text) => host.date(&text)? - host.now(),
            None => return None,
        };
        Some((seconds.max(0.0) * 1000.0) as u32)
    })
}

/// Whether a text looks like an HTTP date. Engines take almost anything for one: to V8 `1.5` is a day
/// of 2001, and the service would be asked again at once.
fn is_date(text: &str) -> bool {
    let starts_with_letter = text
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_alphabetic());
    starts_with_letter && text.bytes().any(|byte| byte == b':')
}

/// A text of digits as a number. Fractions and signs aren't numbers here, as RFC 9110 has it.
fn digits(text: &str) -> Option<f64> {
    let number = |number: f64, digit: u8| number * 10.0 + f64::from(digit - b'0');
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.bytes().fold(0.0, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_seconds_as_digits_alone() {
        assert_eq!(digits("120"), Some(120.0));
        for other in [
            "",
            "1.5",
            "-1",
            "+1",
            " 1",
            "1s",
            "Wed, 21 Oct 2026 07:28:00 GMT",
        ] {
            assert_eq!(digits(other), None, "{other}");
        }
    }

    #[test]
    fn takes_the_three_forms_of_http_dates_and_nothing_else_that_engines_read() {
        for date in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert!(is_date(date), "{date}");
        }
        for other in [
            "",
            "0.5",
            "1.5",
            "-1",
            "30.5",
            "1 s",
            "2026-11-22",
            "8:49",
            "soon",
        ] {
            assert!(!is_date(other), "{other}");
        }
    }
}
