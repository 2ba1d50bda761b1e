//! The sections of a wasm, and the numbers and texts in them.

use anyhow::{Context, Result, bail};

const MAGIC: &[u8] = b"\0asm\x01\0\0\0";
pub const CUSTOM: u8 = 0;
pub const IMPORTS: u8 = 2;
pub const EXPORTS: u8 = 7;
pub const ELEMENTS: u8 = 9;
pub const CODE: u8 = 10;
pub const DATA: u8 = 11;
const I32_CONST: u8 = 0x41;
const END: u8 = 0x0b;
/// How a segment begins whose address is in it.
pub const PLAIN: u32 = 0;
/// What an import or an export is.
pub const FUNCTION: u8 = 0;

/// The sections with their ids.
pub fn sections(wasm: &[u8]) -> Result<Vec<(u8, &[u8])>> {
    let mut rest = wasm.strip_prefix(MAGIC).context("no wasm")?;
    let mut sections = Vec::new();
    while let Some((&id, after)) = rest.split_first() {
        rest = after;
        sections.push((id, take_bytes(&mut rest)?));
    }
    Ok(sections)
}

/// The same wasm with other sections.
pub fn rewritten(
    wasm: &[u8],
    mut rewrite: impl FnMut(u8, &[u8]) -> Result<Vec<u8>>,
) -> Result<Vec<u8>> {
    let mut written = Vec::new();
    for (id, section) in sections(wasm)? {
        written.push((id, rewrite(id, section)?));
    }
    Ok(module(&written))
}

/// The same wasm without the sections of an id.
pub fn without(wasm: &[u8], id: u8) -> Result<Vec<u8>> {
    let sections = sections(wasm)?.into_iter();
    let kept = sections.filter(|(other, _)| *other != id);
    let kept: Vec<_> = kept.map(|(id, section)| (id, section.to_vec())).collect();
    Ok(module(&kept))
}

/// The same wasm with one more section at its end.
pub fn with(wasm: &[u8], (id, section): (u8, Vec<u8>)) -> Vec<u8> {
    let mut wasm = wasm.to_vec();
    wasm.push(id);
    put_bytes(&mut wasm, &section);
    wasm
}

/// A wasm of sections.
pub fn module(sections: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut wasm = MAGIC.to_vec();
    for (id, section) in sections {
        wasm.push(*id);
        put_bytes(&mut wasm, section);
    }
    wasm
}

pub fn take_byte(rest: &mut &[u8]) -> Result<u8> {
    let (&byte, after) = rest.split_first().context("it ends too early")?;
    *rest = after;
    Ok(byte)
}

/// An unsigned LEB128 number.
pub fn take_number(rest: &mut &[u8]) -> Result<u32> {
    let mut number = 0u32;
    for shift in (0..32).step_by(7) {
        let byte = take_byte(rest)?;
        number |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    bail!("a number is too long")
}

/// The address at which a plain segment of data or of a table lies: `i32.const` and the `end` of it,
/// as they stand there, and their value.
pub fn take_address<'a>(rest: &mut &'a [u8]) -> Result<(&'a [u8], u32)> {
    let all = *rest;
    if take_byte(rest)? != I32_CONST {
        bail!("an address is computed");
    }
    // A signed LEB128 number: the same bits as an unsigned one, since nothing lies so far up.
    let address = take_number(rest)?;
    if take_byte(rest)? != END {
        bail!("an address is computed");
    }
    Ok((&all[..all.len() - rest.len()], address))
}

pub fn take_bytes<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8]> {
    let length = take_number(rest)? as usize;
    let (bytes, after) = rest.split_at_checked(length).context("it ends too early")?;
    *rest = after;
    Ok(bytes)
}

pub fn take_text<'a>(rest: &mut &'a [u8]) -> Result<&'a str> {
    std::str::from_utf8(take_bytes(rest)?).context("a name isn't UTF-8")
}

pub fn put_number(to: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        to.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    to.push(number as u8);
}

pub fn put_bytes(to: &mut Vec<u8>, bytes: &[u8]) {
    put_number(
        to,
        u32::try_from(bytes.len()).expect("a wasm is smaller than 4 GB"),
    );
    to.extend_from_slice(bytes);
}
