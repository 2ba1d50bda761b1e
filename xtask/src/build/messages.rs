//! Texts that only panics say.
//!
//! A panic is a trap (see `snip.rs`), but what it would have said still lies among the data, where
//! wasm-opt can't tell it from what is said. Zeros compress to nothing.

use super::sections::{DATA, rewritten};
use anyhow::Result;

/// Of the standard library and the crates. What wasm-bindgen throws isn't here: that is heard.
const TEXTS: &[&str] = &[
    " index out of bounds: the len is ",
    " but the index is ",
    "min > max. min = ",
    "removal index (is ",
    ") should be < len (is ",
    "cannot access a Thread Local Storage value during or after destruction: ",
    "Attempted to initialize thread-local while it is being dropped",
    "finish: callbacks should be Some",
    "finish: result should be None",
    "FnOnce called more than once",
    "cannot poll Select twice",
    "Tried to shrink to a larger capacity",
    "capacity overflow",
    "`async fn` resumed after completion",
    "RefCell already mutably borrowed",
    "RefCell already borrowed",
];

/// The wasm with zeros in place of the texts.
pub fn blank(wasm: &[u8]) -> Result<Vec<u8>> {
    // How numbers are formatted, which only messages are.
    let digits: String = (0..100).map(|number| format!("{number:02}")).collect();
    rewritten(wasm, |id, section| {
        let mut section = section.to_vec();
        if id == DATA {
            TEXTS.iter().for_each(|text| clear(&mut section, text));
            clear(&mut section, &digits);
        }
        Ok(section)
    })
}

fn clear(section: &mut [u8], text: &str) {
    let places = 0..(section.len() + 1).saturating_sub(text.len());
    for start in places {
        let place = start..start + text.len();
        if section[place.clone()] == *text.as_bytes() {
            section[place].fill(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sections::{CODE, module};
    use super::*;

    #[test]
    fn what_panics_say_is_blank_and_all_else_is_there() {
        let said = b"before cannot poll Select twiceafter 00".to_vec();
        let blank = [b"before ", &[0; 24][..], b"after 00"].concat();
        let before = module(&[(CODE, said.clone()), (DATA, said.clone())]);
        let after = module(&[(CODE, said), (DATA, blank)]);
        assert_eq!(super::blank(&before).unwrap(), after);
    }
}
