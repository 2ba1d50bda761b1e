//! What a sign-in brings.

use std::cell::RefCell;
use std::rc::Rc;

use crate::core::session::Session;
use crate::core::token::Token;

/// A sign-in that was finished.
pub struct Landed<V> {
    /// Where the caller wanted to go on.
    pub return_to: Option<String>,
    /// The hash of the access token that was stored before.
    pub(super) before: Option<String>,
    /// What came; nothing where another tab got it.
    pub(super) token: RefCell<Option<Token<V>>>,
    /// By which other tabs know it.
    pub(super) hash: RefCell<String>,
    /// The sessions that have it.
    pub(super) adopters: RefCell<Vec<Rc<Session<V>>>>,
}
