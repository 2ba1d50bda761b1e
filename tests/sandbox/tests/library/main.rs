//! The sandbox through its library: requests in, answers out.

mod admin;
mod control;
mod cors;
mod jwt;
mod leaderboards;
mod noise;
mod play;
mod runtime;
mod token;
mod world;
