//! Short names for what wasm and glue import from each other.
//!
//! wasm-bindgen's own names end in hashes, which nothing can compress: three kilobytes in all.
//! They are private to the pair, so both sides get numbers instead.

use super::sections::{
    self, CUSTOM, EXPORTS, FUNCTION, IMPORTS, put_bytes, put_number, take_byte, take_bytes,
    take_number, take_text,
};
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;

/// Old names to new ones, of imports and of exports.
#[derive(Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    fn short(&mut self, name: &str) -> String {
        let next = format!("_{}", self.0.len());
        self.0.entry(name.to_owned()).or_insert(next).clone()
    }
}

/// The wasm and its glue with short names, without the names of functions.
pub fn shorten(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let mut names = Names::default();
    let wasm = rename_wasm(wasm, &mut names).context("the wasm isn't as expected")?;
    let glue = rename_glue(glue, &names)?;
    Ok((wasm, glue))
}

fn rename_wasm(wasm: &[u8], names: &mut Names) -> Result<Vec<u8>> {
    let wasm = sections::without(wasm, CUSTOM)?;
    sections::rewritten(&wasm, |id, section| match id {
        IMPORTS => rename_imports(section, names),
        EXPORTS => rename_exports(section, names),
        _ => Ok(section.to_vec()),
    })
}

fn rename_imports(mut section: &[u8], names: &mut Names) -> Result<Vec<u8>> {
    let mut renamed = Vec::new();
    let count = take_number(&mut section)?;
    put_number(&mut renamed, count);
    for _ in 0..count {
        put_bytes(&mut renamed, take_bytes(&mut section)?);
        let name = take_text(&mut section)?;
        put_bytes(&mut renamed, names.short(name).as_bytes());
        if take_byte(&mut section)? != FUNCTION {
            bail!("the import {name} isn't a function");
        }
        renamed.push(FUNCTION);
        put_number(&mut renamed, take_number(&mut section)?);
    }
    Ok(renamed)
}

/// Of the exports only the callers of closures have hashes; the others are spoken by name.
fn rename_exports(mut section: &[u8], names: &mut Names) -> Result<Vec<u8>> {
    let mut renamed = Vec::new();
    let count = take_number(&mut section)?;
    put_number(&mut renamed, count);
    for _ in 0..count {
        let name = take_text(&mut section)?;
        match name.starts_with("wasm_bindgen__") {
            true => put_bytes(&mut renamed, names.short(name).as_bytes()),
            false => put_bytes(&mut renamed, name.as_bytes()),
        }
        renamed.push(take_byte(&mut section)?);
        put_number(&mut renamed, take_number(&mut section)?);
    }
    Ok(renamed)
}

/// Replaces whole identifiers. Every name must be there, and no short one may be taken.
fn rename_glue(glue: &str, names: &Names) -> Result<String> {
    let mut missing: BTreeMap<_, _> = names.0.iter().collect();
    let mut renamed = String::with_capacity(glue.len());
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "_$".contains(letter);
    let mut rest = glue;
    while !rest.is_empty() {
        let end = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if names.0.values().any(|short| short == word) {
            bail!("the glue has a name `{word}` of its own");
        }
        missing.remove(&word.to_owned());
        renamed.push_str(names.0.get(word).map_or(word, String::as_str));
        let gap = after.find(is_part).unwrap_or(after.len());
        renamed.push_str(&after[..gap]);
        rest = &after[gap..];
    }
    match missing.keys().next() {
        Some(name) => bail!("the wasm wants `{name}`, which the glue doesn't have"),
        None => Ok(renamed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IMPORT: &str = "__wbg_get_0123456789abcdef";
    const EXPORT: &str = "wasm_bindgen__closure__h0123456789abcdef";

    /// A wasm that imports a function of type 300 and exports it,
    fn wasm(import: &str, export: &str) -> Vec<u8> {
        let mut imports = vec![1];
        put_bytes(&mut imports, b"./glue.js");
        put_bytes(&mut imports, import.as_bytes());
        imports.push(FUNCTION);
        put_number(&mut imports, 300);
        let mut exports = vec![2];
        for name in [export, "memory"] {
            put_bytes(&mut exports, name.as_bytes());
            exports.extend([FUNCTION, 0]);
        }
        sections::module(&[(IMPORTS, imports), (EXPORTS, exports)])
    }

    #[test]
    fn both_sides_get_the_same_names() {
        let glue = format!(
            "export function {IMPORT}(a) {{ return a.{IMPORT}x; }}\nwasm.{EXPORT}(1); wasm.memory;"
        );
        let (short, glue) = shorten(&wasm(IMPORT, EXPORT), &glue).unwrap();
        assert_eq!(short, wasm("_0", "_1"));
        assert_eq!(
            glue,
            format!("export function _0(a) {{ return a.{IMPORT}x; }}\nwasm._1(1); wasm.memory;")
        );
    }

    #[test]
    fn a_name_on_one_side_only_is_an_error() {
        let error = shorten(&wasm(IMPORT, EXPORT), &format!("wasm.{EXPORT}()")).unwrap_err();
        assert!(error.to_string().contains(IMPORT), "{error}");
        let taken = format!("{IMPORT}; {EXPORT}; let _1;");
        let error = shorten(&wasm(IMPORT, EXPORT), &taken).unwrap_err();
        assert!(error.to_string().contains("`_1`"), "{error}");
    }

    #[test]
    fn what_is_no_wasm_is_an_error() {
        assert!(shorten(b"no", "").is_err());
        let whole = wasm(IMPORT, EXPORT);
        assert!(shorten(&whole[..whole.len() - 1], "").is_err());
    }
}
