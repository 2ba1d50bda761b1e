//! What JavaScript sees of the crate: thin classes over the core, and readers of options.
//!
//! The JavaScript side of the package (`pkg-template/lib`) wraps these classes once more, so that
//! methods can be passed on detached and nothing of wasm-bindgen's shows.

mod call;
pub mod client;
mod feed;
mod fields;
mod get_token;
mod hooks;
mod login;
mod options;
mod provider;
mod retry;
mod storage;
mod typed;

#[cfg(feature = "edge")]
pub mod app;
#[cfg(feature = "edge")]
mod edge;
#[cfg(feature = "edge")]
mod handler;
#[cfg(feature = "panic-switch")]
mod panic_switch;
#[cfg(feature = "edge")]
mod prepared;
#[cfg(feature = "edge")]
mod webhook;
