//! Every pinned version of a tool that cargo installs. Those from npm are pinned in
//! `package.json` and its lock file.

/// Must equal the version of the crate `wasm-bindgen` in Cargo.lock: the two speak a private format.
pub const WASM_BINDGEN: &str = "0.2.129";
pub const WASM_PACK: &str = "0.15.1";
pub const GECKODRIVER: &str = "0.37.1";
pub const CARGO_DENY: &str = "0.20.2";

/// The oldest Node that the build and the tests run on.
pub const NODE_AT_LEAST: (u32, u32) = (20, 19);
