//! Notifications as they happen, in virtual time.

mod rules;
mod service;
mod steps;
