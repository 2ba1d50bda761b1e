//! The functions of a wasm by their names in Rust.

use super::sections::{
    CUSTOM, FUNCTION, IMPORTS, put_bytes, put_number, sections, take_byte, take_bytes, take_number,
    take_text,
};
use anyhow::{Result, bail};
use std::collections::BTreeMap;

/// The part of the name section that names functions.
const FUNCTION_NAMES: u8 = 1;

/// The functions of a wasm: imported ones come first.
pub struct Functions {
    pub imported: u32,
    names: BTreeMap<u32, String>,
}

impl Functions {
    pub fn read(wasm: &[u8]) -> Result<Self> {
        let mut functions = Self {
            imported: 0,
            names: BTreeMap::new(),
        };
        for (id, section) in sections(wasm)? {
            match id {
                IMPORTS => functions.imported = count_imports(section)?,
                CUSTOM => functions.read_names(section)?,
                _ => {}
            }
        }
        if functions.names.is_empty() {
            bail!("its functions have no names");
        }
        Ok(functions)
    }

    /// The name of a function; nothing where it has none.
    pub fn name(&self, index: u32) -> &str {
        self.names.get(&index).map_or("", String::as_str)
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.values().map(String::as_str)
    }

    /// The function of a name.
    pub fn index(&self, name: &str) -> Option<u32> {
        let mut named = self.names.iter();
        named
            .find(|(_, known)| *known == name)
            .map(|(index, _)| *index)
    }

    fn read_names(&mut self, mut section: &[u8]) -> Result<()> {
        if take_text(&mut section)? != "name" {
            return Ok(());
        }
        while !section.is_empty() {
            let kind = take_byte(&mut section)?;
            let mut part = take_bytes(&mut section)?;
            if kind != FUNCTION_NAMES {
                continue;
            }
            for _ in 0..take_number(&mut part)? {
                let index = take_number(&mut part)?;
                self.names.insert(index, plain(take_text(&mut part)?));
            }
        }
        Ok(())
    }
}

fn count_imports(mut section: &[u8]) -> Result<u32> {
    let count = take_number(&mut section)?;
    for _ in 0..count {
        take_bytes(&mut section)?;
        let name = take_text(&mut section)?;
        if take_byte(&mut section)? != FUNCTION {
            bail!("the import {name} isn't a function");
        }
        take_number(&mut section)?;
    }
    Ok(count)
}

/// The name that a source has: wasm-bindgen leaves the hash of a crate (`core[0123456789abcdef]`)
/// or of a function (`::h0123456789abcdef`) in it.
fn plain(name: &str) -> String {
    let is_hash = |text: &str| {
        (10..=16).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let name = match name.rsplit_once("::h") {
        Some((before, hash)) if is_hash(hash) => before,
        _ => name,
    };
    let mut plain = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        rest = match after.split_once(']') {
            Some((hash, after)) if is_hash(hash) => after,
            _ => {
                plain.push('[');
                after
            }
        };
    }
    plain.push_str(rest);
    plain
}

/// Whether the name is one that the pattern describes; a `*` stands for anything.
pub fn matches(name: &str, pattern: &str) -> bool {
    let Some((start, end)) = pattern.split_once('*') else {
        return name == pattern;
    };
    let Some(rest) = name.strip_prefix(start) else {
        return false;
    };
    let mut ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    ends.any(|at| matches(&rest[at..], end))
}

/// A section that gives functions their names, by their index in order.
pub fn name_section(names: &[(u32, impl AsRef<str>)]) -> (u8, Vec<u8>) {
    let mut part = Vec::new();
    put_number(&mut part, names.len() as u32);
    for (index, name) in names {
        put_number(&mut part, *index);
        put_bytes(&mut part, name.as_ref().as_bytes());
    }
    let mut section = Vec::new();
    put_bytes(&mut section, b"name");
    section.push(FUNCTION_NAMES);
    put_bytes(&mut section, &part);
    (CUSTOM, section)
}

#[cfg(test)]
mod tests {
    use super::super::sections::module;
    use super::*;

    #[test]
    fn names_are_as_in_the_source() {
        for (name, source) in [
            (
                "core[c5930c85a12de822]::panicking::panic_fmt",
                "core::panicking::panic_fmt",
            ),
            (
                "<alloc[3ca501edff3f0c7c]::string::String as core[c5930c85a12de822]::fmt::Write>::write_str",
                "<alloc::string::String as core::fmt::Write>::write_str",
            ),
            ("a::b::h0123456789abcdef", "a::b"),
            ("a::help", "a::help"),
            ("<[T; N]>::map", "<[T; N]>::map"),
            ("a[1", "a[1"),
        ] {
            assert_eq!(plain(name), source);
        }
    }

    #[test]
    fn functions_have_their_names() {
        let names = name_section(&[(3, "a"), (4, "b::h0123456789abcdef")]);
        let functions = Functions::read(&module(&[names])).unwrap();
        assert_eq!((functions.name(4), functions.name(5)), ("b", ""));
        assert_eq!(functions.names().collect::<Vec<_>>(), ["a", "b"]);
        assert!(Functions::read(&module(&[])).is_err());
    }

    #[test]
    fn a_star_stands_for_anything() {
        assert!(matches("a::b", "a::b") && matches("a::b", "a::*") && matches("a::b", "a*b"));
        assert!(matches("<a as b>::c", "<a* as b>::*"));
        assert!(!matches("a::b", "a::c") && !matches("a::b", "b*") && !matches("a", "a*a"));
    }
}
