//! playoff-wasm
