//! The sandbox through its library: requests in, answers out.

mod admin;
mod authorize;
mod browser;
mod control;
mod cors;
mod crowd;
mod extremes;
mod jwt;
mod kumite;
mod leaderboards;
mod noise;
mod notifications;
mod play;
mod processes;
mod recorded;
mod runtime;
mod sign_in;
mod stream;
mod teams;
mod token;
mod toornament;
mod v1;
mod world;
