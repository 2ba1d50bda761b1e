//! Which notifications were given of late, and since when more may have come.

/// How many are remembered: more than a feed holds back for a slow reader, since all of them may
/// have the same timestamp.
const KNOWN: usize = 4096;
/// Of how many the earliest timestamp counts: the service may tell in another order than it writes
/// its times.
const RECENT: usize = 16;

/// The notifications of late. An id is remembered by its hash: the list stays small, and is looked
/// through at once.
#[derive(Default)]
pub struct Doubles {
    known: Vec<u64>,
    next: usize,
    recent: Vec<String>,
}

impl Doubles {
    /// Whether one of that id is new; from now on it isn't.
    pub fn is_new(&mut self, id: &str) -> bool {
        let hash = hash(id);
        if self.known.contains(&hash) {
            return false;
        }
        match self.known.get_mut(self.next) {
            Some(oldest) => *oldest = hash,
            None => self.known.push(hash),
        }
        self.next = (self.next + 1) % KNOWN;
        true
    }

    /// One of that time was given.
    pub fn given(&mut self, timestamp: String) {
        if self.recent.len() == RECENT {
            self.recent.remove(0);
        }
        self.recent.push(timestamp);
    }

    /// The time from which on there may be others: the earliest of the last few, as the service
    /// wrote it. ISO dates are in order as texts.
    pub fn since(&self) -> Option<&str> {
        self.recent
            .iter()
            .map(String::as_str)
            .reduce(|a, b| a.min(b))
    }
}

/// FNV-1a, of 64 bits.
fn hash(text: &str) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_as_published() {
        assert_eq!(hash(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn remembers_as_many_as_it_says_and_no_more() {
        let mut doubles = Doubles::default();
        for number in 0..KNOWN {
            assert!(doubles.is_new(&number.to_string()));
        }
        assert!(!doubles.is_new("0") && !doubles.is_new("4095"));
        assert!(doubles.is_new("another"));
        assert!(doubles.is_new("0") && !doubles.is_new("2"));
        assert_eq!(doubles.known.len(), KNOWN);
    }

    #[test]
    fn looks_back_to_the_earliest_of_the_last_few() {
        let mut doubles = Doubles::default();
        assert_eq!(doubles.since(), None);
        for second in [1, 5, 3] {
            doubles.given(format!("2026-01-01T00:00:0{second}.000Z"));
        }
        assert_eq!(doubles.since(), Some("2026-01-01T00:00:01.000Z"));
        for _ in 0..RECENT - 1 {
            doubles.given("2026-01-01T00:00:07.000Z".to_owned());
        }
        assert_eq!(doubles.since(), Some("2026-01-01T00:00:03.000Z"));
    }
}
