//! When the service wants to be asked again: `Retry-After` and its family.

use crate::core::host::{Answer, Host};
use crate::core::text::contains;

/// Numbers from here on are Unix times and not seconds from now.
const EPOCH: f64 = 1e9;
/// The headers that name a time, the most trusted first. All but the first tell when a quota begins
/// anew: any answer may carry them, and they are the time to ask again only where too much was asked.
const HEADERS: [&str; 4] = [
    "retry-after",
    "ratelimit-reset",
    "x-ratelimit-retry-after",
    "x-ratelimit-reset",
];

/// Milliseconds until the moment that the service names.
pub fn retry_after<H: Host>(host: &H, answer: &H::Answer) -> Option<u32> {
    let known = match answer.status() {
        429 | 503 => HEADERS.len(),
        _ => 1,
    };
    HEADERS.iter().take(known).find_map(|name| {
        let text = answer.header(name)?;
        let seconds = match digits(&text) {
            Some(seconds) if seconds < EPOCH => seconds,
            Some(moment) => moment - host.now(),
            // HTTP dates alone. Engines read almost anything: to V8 `1.5` is a day of 2001, and the
            // service would be asked again at once.
            None if contains(&text, "GMT") => host.date(&text)? - host.now(),
            None => return None,
        };
        Some((seconds.max(0.0) * 1000.0) as u32)
    })
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
}
