//! Dropping what belongs to a request that is gone.

use std::cell::Cell;

thread_local! {
    /// Whether that is what is dropped right now.
    static LEAVING: Cell<bool> = const { Cell::new(false) };
}

/// Drops what is of requests that are gone. Nothing of JavaScript's is touched: that belongs to
/// them.
pub fn leave<T>(left: T) {
    LEAVING.set(true);
    drop(left);
    LEAVING.set(false);
}

/// Whether what is dropped right now belongs to a request that is gone.
pub fn is_leaving() -> bool {
    cfg!(feature = "edge") && LEAVING.get()
}
