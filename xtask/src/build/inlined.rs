//! A wasm as text, in a JavaScript module, for those who can't load one. `lib/load.js` has it read.
//!
//! It travels gzipped, and base64 hides from gzip what repeats: three bytes share four letters. So
//! here a byte is a letter, or two where it is rare, and the text gets no larger than the wasm. All
//! letters are ASCII, since a script may be read in any charset, and none of them means anything in
//! a string or in HTML.
//!
//! It is read by a small wasm that comes with it: JavaScript is slow until it is compiled, and the
//! whole text would have been read by then.

use crate::{commands, paths, steps};
use anyhow::{Context, Result};
use std::cmp::Reverse;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// What of ASCII is printed, without quotes, backslash, `$` and `<`.
const LETTERS: &str =
    " !#%&()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~";
/// So many are a byte each; of the last two each begins a pair.
const SINGLE: usize = LETTERS.len() - 2;
/// The letters that ASCII has.
const ASCII: usize = 128;
/// Where the text is put in the reader's memory, behind what it knows. `lib/load.js` has the same.
const START: usize = 3 * ASCII;
const PAGE: usize = 65_536;

const LIMIT: Duration = Duration::from_secs(60);

/// A module that exports the text, and the bytes of the wasm that reads it. Leaves the latter's
/// source beside `wasm`.
pub fn module(wasm: &Path) -> Result<String> {
    let bytes = fs::read(wasm).with_context(|| format!("can't read {}", paths::shown(wasm)))?;
    let codes = codes(&most_frequent(&bytes));
    let text = text(&bytes, &codes);
    let source = wasm.with_extension("reader.wat");
    let reader = wasm.with_extension("reader.wasm");
    fs::write(&source, reader_source(&codes, text.len()))
        .with_context(|| format!("can't write {}", paths::shown(&source)))?;
    let mut assemble = commands::program(paths::at("xtask/node_modules/.bin/wasm-opt"));
    assemble.arg(&source).arg("-Oz").arg("-o").arg(&reader);
    steps::quietly("wasm-opt: the reader", assemble, LIMIT).context("can't assemble the reader")?;
    let reader = fs::read(&reader).context("no reader after wasm-opt")?;
    let reader: Vec<String> = reader.iter().map(u8::to_string).collect();
    let reader = reader.join(",");
    Ok(format!(
        "export const reader = [{reader}];\nexport const text = \"{text}\";\n"
    ))
}

fn text(bytes: &[u8], codes: &[String]) -> String {
    let mut text = String::with_capacity(bytes.len() * 5 / 4);
    for byte in bytes {
        text.push_str(&codes[usize::from(*byte)]);
    }
    text
}

/// The reader of texts with these codes.
fn reader_source(codes: &[String], length: usize) -> String {
    let known: String = known(codes)
        .iter()
        .map(|byte| format!("\\{byte:02x}"))
        .collect();
    let pairs = LETTERS.as_bytes()[SINGLE];
    let parts = [
        ("{pages}", (START + length).div_ceil(PAGE).to_string()),
        ("{known}", known),
        ("{start}", START.to_string()),
        ("{letters}", ASCII.to_string()),
        ("{pairs}", pairs.to_string()),
        ("{before_pairs}", (pairs - 1).to_string()),
    ];
    parts.iter().fold(
        include_str!("reader.wat").to_owned(),
        |source, (name, value)| source.replace(name, value),
    )
}

/// The byte of each code: those of one letter by that, those of two in a table for each first letter.
fn known(codes: &[String]) -> Vec<u8> {
    let pairs = LETTERS.as_bytes()[SINGLE];
    let mut known = vec![0; START];
    for (byte, code) in (0..=u8::MAX).zip(codes) {
        let place = match *code.as_bytes() {
            [first, second] => usize::from(first - pairs + 1) * ASCII + usize::from(second),
            _ => usize::from(code.as_bytes()[0]),
        };
        known[place] = byte;
    }
    known
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

    fn codes_of(bytes: &[u8]) -> Vec<String> {
        codes(&most_frequent(bytes))
    }

    /// As `reader.wat` does it.
    fn read(text: &str, known: &[u8]) -> Vec<u8> {
        let mut letters = text.bytes().map(usize::from);
        let mut read = Vec::new();
        while let Some(letter) = letters.next() {
            read.push(match letter {
                125.. => known[(letter - 124) * 128 + letters.next().unwrap()],
                _ => known[letter],
            });
        }
        read
    }

    #[test]
    fn what_is_written_can_be_read() {
        let every: Vec<u8> = (0..=255).collect();
        let upper = [every.clone(), vec![200; 9], (128..=255).collect()].concat();
        for bytes in [vec![], b"\0asm\x01\0\0\0".to_vec(), every, upper] {
            let codes = codes_of(&bytes);
            assert_eq!(read(&text(&bytes, &codes), &known(&codes)), bytes);
        }
    }

    #[test]
    fn what_is_frequent_is_short() {
        let bytes = [[255; 9], [7; 9]].concat();
        assert_eq!(text(&bytes, &codes_of(&bytes)).len(), 18);
    }

    #[test]
    fn the_reader_has_room_for_the_text() {
        let pages = |length| {
            let source = reader_source(&codes_of(&[]), length);
            assert!(!source.contains('{'), "{source}");
            source.contains("(memory (export \"memory\") 2)")
        };
        assert!(!pages(PAGE - START));
        assert!(pages(PAGE - START + 1));
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
