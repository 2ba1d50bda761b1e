//! What JavaScript sees of the sandbox: requests and events go in as JSON, and what a shell
//! carries out comes back as JSON. `package/lib` is that shell.

#[cfg(target_arch = "wasm32")]
mod host;
#[cfg(target_arch = "wasm32")]
mod services;
#[cfg(target_arch = "wasm32")]
mod todo;
#[cfg(target_arch = "wasm32")]
mod words;
