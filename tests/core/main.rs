//! The pipeline of a call, against a world made up for it: scripted answers, virtual time.
#![cfg(not(target_arch = "wasm32"))]

#[cfg(feature = "edge")]
mod app;
mod calls;
mod ends;
mod feed;
#[cfg(feature = "edge")]
mod grants;
mod hooks;
mod login;
mod page;
#[cfg(feature = "edge")]
mod providers;
mod refresh;
mod retries;
mod sharing;
#[cfg(feature = "edge")]
mod spent;
mod storage;
mod tabs;
mod tokens;
mod world;
