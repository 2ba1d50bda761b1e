//! What a page must give, beside what every host gives.

use std::rc::Rc;

use super::flights::Flights;
use crate::core::grant::Code;
use crate::core::host::{Given, Host};

/// Why a text wasn't kept or found.
#[derive(Debug)]
pub enum Unkept<V> {
    /// It threw.
    Thrown(V),
    /// It gave a promise.
    Promise,
}

/// A page, and what all clients in it have in common.
#[allow(async_fn_in_trait, reason = "hosts have one thread")]
pub trait Page: Host {
    /// The page's address; `None` where there is no page.
    fn address(&self) -> Option<String>;
    /// An address as the platform's parser writes it, by itself or seen from `base`.
    fn resolve(&self, address: &str, base: &str) -> Option<String>;
    /// Puts another address in the place of the page's own, in its history too.
    fn replace_address(&self, address: &str);
    /// Goes to another page.
    fn leave(&self, address: &str) -> Result<(), Self::Value>;
    /// Bytes that nobody can guess.
    fn secret_bytes(&self) -> Option<[u8; 32]>;
    /// The text that `login.storage` keeps.
    fn kept(&self) -> Result<Option<String>, Unkept<Self::Value>>;
    /// Keeps a text there; an empty one isn't there.
    fn keep(&self, text: &str) -> Result<(), Unkept<Self::Value>>;
    /// What the `login.exchange` function gives for a code.
    async fn exchange(&self, code: &Code) -> Result<Given<Self::Value, Self::Answer>, Self::Value>;
    /// The exchanges under way in this page.
    fn flights(&self) -> Rc<Flights<Self::Value>>;
}
