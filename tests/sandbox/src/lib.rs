//! The services on loopback.
