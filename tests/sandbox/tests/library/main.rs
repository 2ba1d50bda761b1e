//! The sandbox through its library: requests in, answers out.

mod admin;
mod authorize;
mod browser;
mod control;
mod cors;
mod jwt;
mod leaderboards;
mod noise;
mod play;
mod runtime;
mod sign_in;
mod stream;
mod token;
mod world;
