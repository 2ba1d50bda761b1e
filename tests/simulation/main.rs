//! Many thousands of schedules in virtual time: calls, tokens, faults, in any order that a seed
//! brings about. In each of them the rules of `rules.rs` must hold.
//!
//! A failing seed says how it is replayed, and the replay tells what happened.
#![cfg(not(target_arch = "wasm32"))]

mod answer;
mod asked;
mod bugs;
mod callback;
mod callers;
mod choices;
mod executor;
mod faults;
mod grant;
mod hooks;
mod host;
mod keys;
mod network;
mod report;
mod rules;
mod runs;
mod schedule;
mod secrets;
mod service;
mod settling;
mod setup;
mod storage;
mod tabs;
mod time;
mod world;
