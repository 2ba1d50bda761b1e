//! A wasm as text, in a JavaScript module, for those who can't load one. `lib/load.js` reads it.
//!
//! It travels gzipped, and base64 hides from gzip what repeats: three bytes share four letters. So
//! here a byte is a letter, or two where it is rare, and the text gets no larger than the wasm. All
//! letters are ASCII, since a script may be read in any charset, and none of them means anything in
//! a string or in HTML.

use std::cmp::Reverse;

/// What of ASCII is printed, without quotes, backslash, `$` and `<`. `lib/load.js` has the same.
const LETTERS: &str =
    " !#%&()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~";
/// So many are a byte each; of the last two each begins a pair.
const SINGLE: usize = LETTERS.len() - 2;

/// A module that exports the text: 256 digits, which say of each byte whether it is a single letter,
/// and the bytes.
pub fn module(bytes: &[u8]) -> String {
    let single = most_frequent(bytes);
    let codes = codes(&single);
    let mut text = String::with_capacity(bytes.len() * 5 / 4);
    for is_single in single {
        text.push(if is_single { '1' } else { '0' });
    }
    for byte in bytes {
        text.push_str(&codes[usize::from(*byte)]);
    }
    format!("export default \"{text}\";\n")
}

fn most_frequent(bytes: &[u8]) -> [bool; 256] {
    let mut counts = [0; 256];
    for byte in bytes {
        counts[usize::from(*byte)] += 1;
    }
    let mut order: Vec<usize> = (0..256).collect();
    order.sort_by_key(|byte| Reverse(counts[*byte]));
    let mut frequent = [false; 256];
    for byte in &order[..SINGLE] {
        frequent[*byte] = true;
    }
    frequent
}

/// What stands for each byte. Both kinds keep the order of the bytes, which compresses better than
/// one by frequency.
fn codes(single: &[bool; 256]) -> Vec<String> {
    let mut singles = LETTERS[..SINGLE].chars().map(String::from);
    let mut pairs = LETTERS[SINGLE..].chars().flat_map(|first| {
        LETTERS
            .chars()
            .map(move |second| String::from_iter([first, second]))
    });
    let code = |is_single: &bool| match is_single {
        true => singles.next(),
        false => pairs.next(),
    };
    single
        .iter()
        .map(code)
        .collect::<Option<_>>()
        .expect("there are more codes than bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `lib/load.js` does it.
    fn read(module: &str) -> Vec<u8> {
        let start = module.strip_prefix("export default \"").unwrap();
        let (digits, text) = start.strip_suffix("\";\n").unwrap().split_at(256);
        let of = |digit| (0..=255).filter(move |byte| digits[*byte as usize..].starts_with(digit));
        let bytes: Vec<u8> = of('1').chain(of('0')).collect();
        let mut places = text.chars().map(|letter| LETTERS.find(letter).unwrap());
        let mut read = Vec::new();
        while let Some(place) = places.next() {
            read.push(match place.checked_sub(SINGLE) {
                Some(half) => bytes[SINGLE + half * LETTERS.len() + places.next().unwrap()],
                None => bytes[place],
            });
        }
        read
    }

    #[test]
    fn what_is_written_can_be_read() {
        let every: Vec<u8> = (0..=255).collect();
        let upper = [every.clone(), vec![200; 9], (128..=255).collect()].concat();
        for bytes in [vec![], b"\0asm\x01\0\0\0".to_vec(), every, upper] {
            assert_eq!(read(&module(&bytes)), bytes);
        }
    }

    #[test]
    fn what_is_frequent_is_short() {
        let text = module(&[[255; 9], [7; 9]].concat());
        assert_eq!(text.len(), module(&[]).len() + 18);
    }

    #[test]
    fn no_letter_means_anything() {
        assert!(
            LETTERS
                .bytes()
                .all(|letter| (b' '..=b'~').contains(&letter))
        );
        assert!(!LETTERS.contains(['"', '\'', '`', '\\', '$', '<']));
    }
}
