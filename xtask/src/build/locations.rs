//! Places in sources, which panics would name.
//!
//! A panic is a trap (see `snip.rs`), but whoever panics still hands it the place, and all places
//! lie among the data: names of files, lines, columns. Nobody reads them any more, and zeros
//! compress to nothing.

use super::sections::{DATA, PLAIN, rewritten, take_address, take_bytes, take_number};
use anyhow::{Context, Result, bail};
use std::ops::Range;

/// The size of a `core::panic::Location`: where the file's name lies, its length, line, column.
const SIZE: usize = 16;

/// Where bytes lie in memory, and where in the section.
struct Segment {
    address: usize,
    bytes: Range<usize>,
}

/// The wasm with zeros in place of places.
pub fn blank(wasm: &[u8]) -> Result<Vec<u8>> {
    rewritten(wasm, |id, section| match id {
        DATA => blank_data(section).context("its data isn't as expected"),
        _ => Ok(section.to_vec()),
    })
}

fn blank_data(section: &[u8]) -> Result<Vec<u8>> {
    let segments = segments(section)?;
    let mut blank = section.to_vec();
    for segment in &segments {
        let padding = segment.address.wrapping_neg() % 4;
        for at in segment.bytes.clone().skip(padding).step_by(4) {
            let place = at..at + SIZE;
            if place.end > segment.bytes.end {
                break;
            }
            if let Some(file) = file(section, &segments, &section[place.clone()]) {
                blank[place].fill(0);
                blank[file].fill(0);
            }
        }
    }
    Ok(blank)
}

/// The name of a file, if that is what the bytes point at, with a line and a column behind.
fn file(section: &[u8], segments: &[Segment], place: &[u8]) -> Option<Range<usize>> {
    let mut numbers = place
        .chunks_exact(4)
        .map(|bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize);
    let (address, length) = (numbers.next()?, numbers.next()?);
    let is_place = numbers.all(|number| (1..100_000).contains(&number));
    let segment = segments
        .iter()
        .find(|one| one.address <= address && address + length <= one.address + one.bytes.len())?;
    let start = segment.bytes.start + (address - segment.address);
    let file = start..start + length;
    // Rust ends names of files with a zero, which some lengths count.
    let name = section[file.clone()].strip_suffix(b"\0");
    let name = name.unwrap_or(&section[file.clone()]);
    (is_place && name.ends_with(b".rs")).then_some(file)
}

fn segments(section: &[u8]) -> Result<Vec<Segment>> {
    let mut rest = section;
    let mut segments = Vec::new();
    for _ in 0..take_number(&mut rest)? {
        if take_number(&mut rest)? != PLAIN {
            bail!("it has a segment of another kind");
        }
        let (_, address) = take_address(&mut rest)?;
        let length = take_bytes(&mut rest)?.len();
        let end = section.len() - rest.len();
        segments.push(Segment {
            address: address as usize,
            bytes: end - length..end,
        });
    }
    Ok(segments)
}

#[cfg(test)]
mod tests {
    use super::super::sections::{module, put_bytes, put_number};
    use super::*;

    const ADDRESS: u32 = 0x10_0002;

    fn wasm(bytes: &[u8]) -> Vec<u8> {
        let mut data = vec![1, 0, 0x41];
        put_number(&mut data, ADDRESS);
        data.push(0x0b);
        put_bytes(&mut data, bytes);
        module(&[(DATA, data)])
    }

    /// Two texts, and at the next multiple of four two slices of them with two numbers.
    fn bytes(first: &str, second: &str, numbers: [u32; 2]) -> Vec<u8> {
        let mut bytes = [first, second].concat().into_bytes();
        bytes.resize(bytes.len().next_multiple_of(4) + 2, 7);
        let mut at = ADDRESS;
        for text in [first, second] {
            for number in [at, text.len() as u32, numbers[0], numbers[1]] {
                bytes.extend(number.to_le_bytes());
            }
            at += text.len() as u32;
        }
        bytes
    }

    #[test]
    fn places_are_blank_and_all_else_is_there() {
        let before = bytes("src/a.rs", "text", [12, 5]);
        let mut after = before.clone();
        after[..8].fill(0);
        after[14..14 + SIZE].fill(0);
        assert_eq!(blank(&wasm(&before)).unwrap(), wasm(&after));
    }

    #[test]
    fn without_line_and_column_it_is_no_place() {
        let before = bytes("src/a.rs", "b.rs", [0, 5]);
        assert_eq!(blank(&wasm(&before)).unwrap(), wasm(&before));
    }
}
