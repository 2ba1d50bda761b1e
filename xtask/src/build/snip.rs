//! Panics without a message.
//!
//! Nobody ever sees what a panic says: it ends as a trap, in a wasm that has no output. Rust makes
//! and formats its message all the same, which takes seven kilobytes of code. So the functions
//! that begin a panic become the trap itself, and wasm-opt drops what only they needed.

use super::functions::{Functions, matches};
use super::order::without_place;
use super::sections::{
    CODE, ELEMENTS, PLAIN, put_bytes, put_number, rewritten, take_address, take_bytes, take_number,
};
use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;

/// Functions of the standard library that never return: their type is `!`. Each must be in the
/// largest wasm, so that none that was renamed goes unnoticed, and each must end as such functions do.
const NEVER_RETURN: &[&str] = &[
    // Everything in this module is the beginning of a panic.
    "core::panicking::*",
    "core::cell::panic_already_*",
    "core::option::*_failed",
    "core::result::unwrap_failed",
    "core::slice::index::slice_index_fail",
    "core::str::slice_error_fail*",
    "<alloc::vec::Vec<_, _>>::*::assert_failed",
    "alloc::raw_vec::handle_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::alloc::handle_alloc_error",
    "std::alloc::rust_oom*",
    "std::panicking::panic_handler::{closure#0}",
    "std::panicking::panic_with_hook",
    "__rustc::rust_begin_unwind",
];

/// What a panic calls by pointers to make its message, and nothing else does in a wasm that formats
/// nothing: wasm-opt can't know that nobody takes these pointers any more.
const BY_POINTER: &[&str] = &[
    "<std::panicking::* as core::panic::PanicPayload>::*",
    "<std::panicking::* as core::fmt::Display>::fmt",
    "<&str as core::any::Any>::type_id",
    "<alloc::string::String as core::any::Any>::type_id",
    "<alloc::string::String as core::fmt::Write>::*",
    "<* as core::fmt::Display>::fmt",
    "<* as core::fmt::Debug>::fmt",
    "std::alloc::default_alloc_error_hook",
];

/// Where all formatting passes.
const FORMATTING: &[&str] = &["core::fmt::write", "<core::fmt::Formatter>::*"];

/// No locals, `unreachable`, `end`.
const TRAP: &[u8] = &[0, 0x00, 0x0b];

/// The patterns of `NEVER_RETURN` that have matched.
pub type Seen = BTreeSet<&'static str>;

/// The wasm whose panics are traps.
pub fn traps(wasm: &[u8]) -> Result<(Vec<u8>, Seen)> {
    let functions = Functions::read(wasm)?;
    let mut seen = Seen::new();
    let wasm = rewritten(wasm, |id, section| match id {
        CODE => cut(section, &functions, &mut seen),
        _ => Ok(section.to_vec()),
    })?;
    Ok((wasm, seen))
}

/// A pattern for a function that Rust has no more would be of no use, silently.
pub fn check(seen: &Seen) -> Result<()> {
    let is_unseen = |pattern: &&&str| !seen.contains(**pattern);
    match NEVER_RETURN.iter().find(is_unseen) {
        Some(pattern) => bail!(
            "no function is called `{pattern}` any more: see in the named wasms what has become of it, and change the list in xtask/src/build/snip.rs"
        ),
        None => Ok(()),
    }
}

fn cut(mut section: &[u8], functions: &Functions, seen: &mut Seen) -> Result<Vec<u8>> {
    let mut bodies = Vec::new();
    let count = take_number(&mut section)?;
    put_number(&mut bodies, count);
    for index in functions.imported..functions.imported + count {
        let body = take_bytes(&mut section)?;
        let name = functions.name(index);
        let mut patterns = NEVER_RETURN.iter();
        let Some(pattern) = patterns.find(|pattern| matches(name, pattern)) else {
            put_bytes(&mut bodies, body);
            continue;
        };
        // Behind what never returns, the compiler writes `unreachable`.
        if !body.ends_with(&TRAP[1..]) {
            bail!("`{name}` may return: it must not match the list in xtask/src/build/snip.rs");
        }
        seen.insert(pattern);
        put_bytes(&mut bodies, TRAP);
    }
    Ok(bodies)
}

/// The same wasm without pointers to what only panics call by pointer. What is called by name stays
/// as it is.
pub fn without_pointers(wasm: &[u8]) -> Result<Vec<u8>> {
    let functions = Functions::read(wasm)?;
    rewritten(wasm, |id, section| match id {
        ELEMENTS => clear(section, &functions).context("its table isn't as expected"),
        _ => Ok(section.to_vec()),
    })
}

/// In their place stands the function that begins a panic: a trap by now.
fn clear(mut section: &[u8], functions: &Functions) -> Result<Vec<u8>> {
    let is = |name: &str, patterns: &[&str]| patterns.iter().any(|one| matches(name, one));
    let trap = functions
        .index("core::panicking::panic_fmt")
        .context("nothing panics")?;
    let mut cleared = Vec::new();
    let segments = take_number(&mut section)?;
    put_number(&mut cleared, segments);
    for _ in 0..segments {
        let kind = take_number(&mut section)?;
        if kind != PLAIN {
            bail!("it has a segment of another kind");
        }
        put_number(&mut cleared, kind);
        cleared.extend(take_address(&mut section)?.0);
        let count = take_number(&mut section)?;
        put_number(&mut cleared, count);
        for _ in 0..count {
            let function = take_number(&mut section)?;
            let gone = is(functions.name(function), BY_POINTER);
            put_number(&mut cleared, if gone { trap } else { function });
        }
    }
    Ok(cleared)
}

/// Without its pointers formatting would trap. So nothing may be left of it after wasm-opt.
pub fn check_formats_nothing(wasm: &[u8]) -> Result<()> {
    let functions = Functions::read(wasm)?;
    let is_formatting = |name: &&str| FORMATTING.iter().any(|one| matches(name, one));
    match functions.names().map(without_place).find(is_formatting) {
        Some(name) => bail!(
            "something formats text (`{name}` is called): in a page's wasm, src/core/text.rs makes texts"
        ),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::functions::name_section;
    use super::super::sections::{module, sections};
    use super::*;

    /// Returns 7.
    const RETURNS: &[u8] = &[0, 0x41, 7, 0x0b];
    /// Calls function 0, which doesn't return.
    const ENDS: &[u8] = &[0, 0x10, 0, 0x00, 0x0b];

    /// A wasm of named functions, all of which are in its table.
    fn wasm(functions: &[(&str, &[u8])]) -> Vec<u8> {
        let count = functions.len() as u32;
        let mut code = vec![];
        put_number(&mut code, count);
        for (_, body) in functions {
            put_bytes(&mut code, body);
        }
        let names: Vec<_> = (0..).zip(functions.iter().map(|(name, _)| *name)).collect();
        module(&[
            (ELEMENTS, table(&(0..count).collect::<Vec<_>>())),
            (CODE, code),
            name_section(&names),
        ])
    }

    fn table(functions: &[u32]) -> Vec<u8> {
        let mut elements = vec![1, 0, 0x41, 1, 0x0b];
        put_number(&mut elements, functions.len() as u32);
        functions
            .iter()
            .for_each(|index| put_number(&mut elements, *index));
        elements
    }

    #[test]
    fn what_begins_a_panic_is_a_trap() {
        let before = wasm(&[("core::panicking::panic_fmt", ENDS), ("a", RETURNS)]);
        let after = wasm(&[("core::panicking::panic_fmt", TRAP), ("a", RETURNS)]);
        let (trapping, seen) = traps(&before).unwrap();
        assert_eq!(trapping, after);
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["core::panicking::*"]);
    }

    #[test]
    fn what_returns_is_never_cut() {
        let returning = wasm(&[("core::option::expect_failed", RETURNS)]);
        let error = traps(&returning).unwrap_err();
        assert!(error.to_string().contains("may return"), "{error}");
    }

    #[test]
    fn a_pattern_that_matches_nothing_is_an_error() {
        let mut seen: Seen = NEVER_RETURN.iter().copied().collect();
        check(&seen).unwrap();
        seen.remove("alloc::raw_vec::handle_error");
        let error = check(&seen).unwrap_err().to_string();
        assert!(error.contains("`alloc::raw_vec::handle_error`"), "{error}");
    }

    #[test]
    fn pointers_that_panics_take_lead_to_a_trap() {
        let named = wasm(&[
            ("a", RETURNS),
            ("core::panicking::panic_fmt", TRAP),
            ("<u32 as core::fmt::Display>::fmt", RETURNS),
        ]);
        let cleared = without_pointers(&named).unwrap();
        let elements = sections(&cleared).unwrap()[0].1;
        assert_eq!(elements, table(&[0, 1, 1]));
    }

    #[test]
    fn formatting_is_found() {
        check_formats_nothing(&wasm(&[("a", RETURNS)])).unwrap();
        let formats = wasm(&[("<core[0123456789abcdef]::fmt::Formatter>::pad", RETURNS)]);
        assert!(check_formats_nothing(&formats).is_err());
    }
}
