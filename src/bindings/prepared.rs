//! Minting and verifying by what is prepared: what `edge/jwt.js` calls where nothing is wrong with
//! the options. Where something is, nothing comes of it, and the way in `edge.rs` says what.
//!
//! Texts cross by a page of memory that both sides know. As wasm-bindgen hands them over, each
//! costs as much as hashing a part of the token.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Uint8Array, WebAssembly::Memory};
use wasm_bindgen::prelude::*;

use super::edge::{prepared, warn_of};
use crate::edge::mint::{LIFETIME, times};
use crate::edge::verify::{Tolerance, verify};
use crate::edge::{Issuer, minter};
use crate::host::error::to_js;

/// Longer texts go the other way.
const PAGE: usize = 8192;

thread_local! {
    /// What JavaScript gives, and in its place what it gets.
    static SHARED: RefCell<[u8; PAGE]> = const { RefCell::new([0; PAGE]) };
}

/// The page, for as long as the memory doesn't grow.
#[wasm_bindgen(skip_typescript)]
pub fn page() -> Uint8Array {
    let memory: Memory = wasm_bindgen::memory().unchecked_into();
    let start = SHARED.with(RefCell::as_ptr) as u32;
    Uint8Array::new_with_byte_offset_and_length(&memory.buffer(), start, PAGE as u32)
}

/// Puts what is made of the page's first bytes in their place. Gives its length, or 0.
fn exchange<'a>(length: usize, make: impl FnOnce(&str) -> Option<&'a [u8]>) -> usize {
    SHARED.with_borrow_mut(|page| {
        let given = page.get(..length);
        let given = given.and_then(|given| std::str::from_utf8(given).ok());
        // Nothing is what JavaScript writes of a text that is too long.
        let given = given.filter(|given| !given.is_empty());
        match given.and_then(make) {
            Some(made) if made.len() <= PAGE => {
                page[..made.len()].copy_from_slice(made);
                made.len()
            }
            _ => 0,
        }
    })
}

/// Mints for one client and one list of scopes.
#[wasm_bindgen(skip_typescript)]
pub struct Minter(RefCell<minter::Minter>);

#[wasm_bindgen]
impl Minter {
    /// For a client and what its tokens allow.
    #[wasm_bindgen(constructor)]
    pub fn new(
        client_id: String,
        client_secret: String,
        scopes: Vec<String>,
    ) -> Result<Minter, JsValue> {
        warn_of(&scopes);
        let issuer = prepared(client_id, client_secret).map_err(to_js)?;
        let minter = minter::Minter::new(Issuer::clone(&issuer), &scopes);
        Ok(Self(RefCell::new(minter)))
    }

    /// Puts a token in the place of the player's id, which isn't empty. Gives its length, or 0.
    pub fn mint(
        &self,
        length: usize,
        expires_in: Option<f64>,
        allow_long_lifetime: bool,
        now: f64,
    ) -> usize {
        let expires_in = expires_in.unwrap_or(LIFETIME);
        let Ok(times) = times::<()>(expires_in, allow_long_lifetime, now) else {
            return 0;
        };
        let mut minter = self.0.borrow_mut();
        exchange(length, |player_id| Some(minter.mint(player_id, times)))
    }
}

/// Verifies for one client.
#[wasm_bindgen(skip_typescript)]
pub struct Verifier {
    issuer: Rc<Issuer>,
    claims: RefCell<Vec<u8>>,
}

#[wasm_bindgen]
impl Verifier {
    /// For a client.
    #[wasm_bindgen(constructor)]
    pub fn new(client_id: String, client_secret: String) -> Result<Verifier, JsValue> {
        Ok(Self {
            issuer: prepared(client_id, client_secret).map_err(to_js)?,
            claims: RefCell::default(),
        })
    }

    /// Puts a token's claims in its place. Gives their length, or 0.
    pub fn verify(&self, length: usize, leeway: f64, max_age: Option<f64>, now: f64) -> usize {
        let tolerance = Tolerance { leeway, max_age };
        let mut claims = self.claims.borrow_mut();
        exchange(length, |token| {
            let claims = verify::<()>(token, &self.issuer, tolerance, now, &mut claims);
            claims.ok().map(str::as_bytes)
        })
    }
}
