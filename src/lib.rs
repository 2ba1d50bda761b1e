//! Game platforms from the web and the edge.
//!
//! | room | what is in it |
//! |---|---|
//! | [`core`] | what the SDK knows: routes, tokens, requests, answers, errors; pure Rust |
//! | `host` | what the world gives it: fetch, clock, timers, the user's callbacks (wasm32) |
//! | `bindings` | what JavaScript sees (wasm32) |
//! | `edge` | what needs a client secret: signing and verifying player tokens (feature `edge`) |

#![warn(missing_docs)]

pub mod core;
#[cfg(feature = "edge")]
pub mod edge;

#[cfg(target_arch = "wasm32")]
pub mod bindings;
#[cfg(target_arch = "wasm32")]
pub mod host;
