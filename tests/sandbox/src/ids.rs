//! Identifiers, made of what the caller's [`Moment`] brings.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// What a call brings from the world: the time and random bytes.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The clock, in Unix milliseconds.
    pub unix_ms: i64,
    /// Random bytes, fresh for every call.
    pub random: [u8; 32],
}

/// Random bytes without end, grown from those of one call.
#[derive(Debug)]
pub struct Entropy {
    seed: [u8; 32],
    drawn: u64,
}

impl Entropy {
    /// The bytes that grow from `seed`.
    pub fn new(seed: [u8; 32]) -> Self {
        Self { seed, drawn: 0 }
    }

    /// The bytes that grow from a number.
    pub fn of_number(number: u64) -> Self {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&number.to_be_bytes());
        Self::new(Self::new(seed).draw())
    }

    /// The next 32 bytes.
    pub fn draw(&mut self) -> [u8; 32] {
        self.drawn += 1;
        let mut hash = Sha256::new();
        hash.update(self.seed);
        hash.update(self.drawn.to_be_bytes());
        hash.finalize().into()
    }

    /// A number from 0 up to, but not including, 1.
    pub fn fraction(&mut self) -> f64 {
        let bytes = self.draw();
        let number = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        f64::from(number) / (f64::from(u32::MAX) + 1.0)
    }

    /// An id of 24 hex digits, as recorded of teams.
    pub fn hex(&mut self) -> String {
        self.draw()[..12]
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect()
    }

    /// A number below that one, which isn't 0.
    pub fn below(&mut self, end: usize) -> usize {
        ((self.fraction() * end as f64) as usize).min(end - 1)
    }

    /// A UUID of version 4.
    pub fn uuid(&mut self) -> String {
        let b = self.draw();
        let mut id = [0; 16];
        id.copy_from_slice(&b[..16]);
        id[6] = id[6] & 0x0f | 0x40;
        id[8] = id[8] & 0x3f | 0x80;
        hyphenated(&id)
    }

    /// A token in the recorded form: base64 of a UUID's 36 characters.
    pub fn token(&mut self) -> String {
        STANDARD.encode(self.uuid())
    }
}

/// A version-1 UUID: the recorded form of event ids. `sequence` keeps those of
/// one moment apart, in the last digits of the time.
pub fn event_id(unix_ms: i64, sequence: u64) -> String {
    hyphenated(&uuid(unix_ms, sequence))
}

/// The id of a notification that isn't an event of the feed: never one of its
/// ids, since the clock's sequence is another.
pub fn notification_id(unix_ms: i64, sequence: u64) -> String {
    let mut id = uuid(unix_ms, sequence);
    id[9] = 2;
    hyphenated(&id)
}

fn uuid(unix_ms: i64, sequence: u64) -> [u8; 16] {
    const SINCE_1582: i64 = 12_219_292_800_000;
    let ticks = (unix_ms.saturating_add(SINCE_1582) as u64)
        .wrapping_mul(10_000)
        .wrapping_add(sequence);
    let mut id = [
        0x11, 0xe6, 0x41, 0x5a, 0, 0, 0, 0, 0x9c, 0x01, 2, 0x42, 0xac, 0x11, 0, 2,
    ];
    id[..4].copy_from_slice(&(ticks as u32).to_be_bytes());
    id[4..6].copy_from_slice(&((ticks >> 32) as u16).to_be_bytes());
    id[6..8].copy_from_slice(&((ticks >> 48) as u16 & 0x0fff | 0x1000).to_be_bytes());
    id
}

/// A UUID of any version in lower case, or nothing when it is none.
pub fn parse_uuid(text: &str) -> Option<String> {
    let fits = |(at, byte): (usize, u8)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    let well_formed = text.len() == 36 && text.bytes().enumerate().all(fits);
    well_formed.then(|| text.to_ascii_lowercase())
}

fn hyphenated(id: &[u8; 16]) -> String {
    let mut text = String::with_capacity(36);
    for (i, byte) in id.iter().enumerate() {
        if matches!(i, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_48_characters_and_differ() {
        let mut entropy = Entropy::new([7; 32]);
        let (a, b) = (entropy.token(), entropy.token());
        assert_eq!(a.len(), 48);
        assert_ne!(a, b);
        assert_eq!(a, Entropy::new([7; 32]).token());
        let uuid = STANDARD.decode(a).unwrap();
        assert_eq!(uuid.len(), 36);
        assert_eq!(uuid[14], b'4');
    }

    #[test]
    fn event_ids_of_one_moment_differ_in_one_digit() {
        let (a, b) = (
            event_id(1_468_487_103_007, 0),
            event_id(1_468_487_103_007, 1),
        );
        let differing = a.chars().zip(b.chars()).filter(|(x, y)| x != y).count();
        assert_eq!(differing, 1);
        assert_eq!(&a[14..15], "1", "version 1");
    }
}
