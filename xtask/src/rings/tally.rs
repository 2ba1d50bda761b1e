//! Counting: what test runners print, and the table at the end.

use super::say;
use std::fmt::Write;
use std::time::Duration;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u32,
    pub failed: u32,
}

/// One ring's line of the table.
pub struct Row {
    pub ring: &'static str,
    pub tally: Tally,
    pub took: Duration,
}

impl Tally {
    pub fn ran(self) -> u32 {
        self.passed + self.failed
    }

    /// One failure, said aloud.
    pub fn failure(reason: &str) -> Tally {
        say(&format!("not ok {reason}"));
        Tally {
            passed: 0,
            failed: 1,
        }
    }

    pub fn success(name: &str) -> Tally {
        say(&format!("ok {name}"));
        Tally {
            passed: 1,
            failed: 0,
        }
    }

    /// `test result: ok. 3 passed; 0 failed; ...` of a Rust test binary, native or wasm.
    pub fn of_rust(line: &str) -> Option<Tally> {
        let (_, counts) = line
            .trim()
            .strip_prefix("test result: ")?
            .split_once(". ")?;
        let mut parts = counts.split("; ");
        Some(Tally {
            passed: counted(parts.next()?, "passed")?,
            failed: counted(parts.next()?, "failed")?,
        })
    }

    /// `N passed, N failed`, alone on a line.
    pub fn of_closing_line(line: &str) -> Option<Tally> {
        let (passed, failed) = line.trim_end().split_once(", ")?;
        Some(Tally {
            passed: counted(passed, "passed")?,
            failed: counted(failed, "failed")?,
        })
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

fn counted(text: &str, word: &str) -> Option<u32> {
    let number = text.strip_suffix(word)?.strip_suffix(' ')?;
    number
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then_some(())?;
    number.parse().ok()
}

/// The table of all rings, and the closing line.
pub fn table(rows: &[Row]) -> String {
    let mut text = format!(
        "\n{:<10} {:>7} {:>7} {:>8}\n",
        "ring", "passed", "failed", "seconds"
    );
    let mut sum = Tally::default();
    for Row { ring, tally, took } in rows {
        sum += *tally;
        let seconds = took.as_secs_f64();
        writeln!(
            text,
            "{ring:<10} {:>7} {:>7} {seconds:>8.1}",
            tally.passed, tally.failed
        )
        .expect("a String takes every line");
    }
    writeln!(text, "\n{} passed, {} failed", sum.passed, sum.failed)
        .expect("a String takes every line");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_rust_test_binaries() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(
            Tally::of_rust(line),
            Some(Tally {
                passed: 12,
                failed: 3
            })
        );
        let wasm =
            "test result: ok. 1 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.01s";
        assert_eq!(
            Tally::of_rust(wasm),
            Some(Tally {
                passed: 1,
                failed: 0
            })
        );
        for other in [
            "test a ... ok",
            "running 3 tests",
            "test result: ok",
            "x test result: ok. 1 passed; 0 failed;",
        ] {
            assert_eq!(Tally::of_rust(other), None, "{other}");
        }
    }

    #[test]
    fn closing_lines() {
        let good = Tally {
            passed: 10,
            failed: 2,
        };
        assert_eq!(Tally::of_closing_line("10 passed, 2 failed"), Some(good));
        assert_eq!(Tally::of_closing_line("10 passed, 2 failed\r"), Some(good));
        for other in [
            "all 10 passed, 2 failed",
            "10 passed, 2 failed.",
            " 10 passed, 2 failed",
            "10 passed, -2 failed",
            "10 passed, +2 failed",
            "passed, failed",
            "10 passed",
            "",
        ] {
            assert_eq!(Tally::of_closing_line(other), None, "{other}");
        }
    }

    #[test]
    fn the_table_ends_with_the_sum_alone_on_a_line() {
        let row = |ring, passed, failed| Row {
            ring,
            tally: Tally { passed, failed },
            took: Duration::from_millis(1250),
        };
        let text = table(&[row("core", 3, 0), row("www", 4, 1)]);
        assert_eq!(text.lines().last(), Some("7 passed, 1 failed"));
        assert!(
            text.lines()
                .any(|line| line == "core             3       0      1.2"),
            "{text}"
        );
    }
}
