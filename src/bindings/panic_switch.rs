//! Routes that panic: how tests see that a fault stays inside (feature `panic-switch`).

use crate::core::request::Call;

/// In `request`, before there is a promise.
pub const AT_ONCE: &str = "/panic-switch/at-once";
/// In the future that the call is.
pub const POLLED: &str = "/panic-switch/polled";
/// There too, by an exception of JavaScript's that nobody caught.
const THROWN: &str = "/panic-switch/thrown";

/// Panics where the call's route says so.
pub fn press<V>(switch: &str, call: &Call<V>) {
    let route = call.route.as_str();
    assert!(route != switch, "the panic switch was pressed");
    if switch == POLLED && route == THROWN {
        wasm_bindgen::throw_str("the panic switch was pressed");
    }
}
