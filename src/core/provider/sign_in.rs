//! Where players sign in, and what the service makes of that.

use super::{Evidence, Text};

/// Signing in by an authorization code.
#[derive(Debug)]
pub struct SignIn {
    /// The path of the authorization endpoint, behind the authorization server's address; empty where
    /// players can't sign in from elsewhere.
    pub path: Text,
    /// The path behind that address which makes it the issuer's name (RFC 9207).
    pub issuer_path: Text,
    /// Whether the service sends `state` back.
    pub echoes_state: Evidence,
}
