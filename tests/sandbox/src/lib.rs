//! The game platforms' services on loopback: state and request in, answer out.
//!
//! This library has no sockets, clock, randomness or threads of its own: a
//! [`Moment`] brings the time and random bytes into every call, so that the
//! same calls always give the same answers. The program beside it
//! (`main.rs`, `server.rs`) puts it on a port, and so does the npm package
//! (`npm/`), by Node.
//!
//! The map:
//! - [`sandbox`]: one call from request to reply, in the order it is judged
//! - [`http`], [`multipart`]: plain requests and answers; [`fields`]: reading a body's
//!   fields; [`codes`]: the errors' table
//! - [`service`]: which of the services is called; [`kumite`] and [`toornament`] have folders
//!   of their own, the rest is Playoff's
//! - [`cors`], [`faults`], [`log`]: what surrounds every call; [`door`]: what goes before a
//!   connection that stays
//! - [`jws`]: signed tokens
//! - [`oauth`]: clients, tokens, the authorization and the token endpoint, JWTs
//! - [`game`]: what is played, by one of two designs
//! - [`stream`]: the notification stream, without its sockets
//! - [`plan`]: how many calls and players are paid for
//! - [`routes`]: which path leads where; [`pages`]: what people see of it
//! - [`seed`]: the clients and players there are from the start
//! - [`ids`], [`time`]: identifiers and calendar
//! - [`options`], [`announce`], [`moments`]: what all shells have in common: the command line, the
//!   first words, and moments that are the same in every run

#![warn(missing_docs)]
#![forbid(unsafe_code)]

pub mod announce;
pub mod codes;
pub mod cors;
pub mod door;
pub mod faults;
pub mod fields;
pub mod game;
pub mod http;
pub mod ids;
pub mod jws;
pub mod kumite;
pub mod log;
pub mod moments;
pub mod multipart;
pub mod oauth;
pub mod options;
pub mod pages;
pub mod plan;
pub mod routes;
pub mod sandbox;
pub mod seed;
pub mod service;
pub mod stream;
pub mod time;
pub mod toornament;

pub use http::{Answer, Request};
pub use ids::Moment;
pub use moments::Moments;
pub use sandbox::{Reply, Sandbox};
