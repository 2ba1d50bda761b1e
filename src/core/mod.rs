//! What the SDK knows, without knowing where it runs.
//!
//! One call reads from top to bottom in [`call`]: build the request, get a token, send, judge the
//! answer, hand it over or renew and try again. Everything else here is what one of those steps
//! needs. Time, network and the user's callbacks come in through the traits of [`host`].

pub mod address;
pub mod answer;
pub mod bell;
pub mod bugs;
pub mod call;
pub mod claims;
pub mod client;
pub mod cooldown;
pub mod deadline;
pub mod error;
pub mod event;
pub mod feed;
pub mod given;
pub mod grant;
pub mod host;
#[cfg(not(target_arch = "wasm32"))]
pub mod json;
pub mod lease;
pub mod login;
pub mod method;
pub mod paging;
pub mod percent;
pub mod provider;
pub mod query;
pub mod record;
pub mod renewal;
pub mod request;
pub mod retry;
pub mod retry_after;
pub mod route;
pub mod secret;
pub mod session;
pub mod sessions;
pub mod settings;
pub mod shared;
pub mod source;
pub mod spent;
pub mod storage;
pub mod stored;
pub mod tabs;
pub mod text;
pub mod token;
pub mod told;
pub mod tree;
pub mod typed;
pub mod value;
