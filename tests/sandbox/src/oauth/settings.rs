//! What tests may want otherwise.

/// How tokens and codes are given out.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How long access tokens live.
    pub access_seconds: i64,
    /// How long codes can be exchanged.
    pub code_seconds: i64,
    /// Whether every refresh gives a new refresh token and uses up the old one.
    pub rotate_refresh_tokens: bool,
    /// Whether `state` comes back. Nobody has recorded that the real service sends it back; RFC 6749
    /// wants it.
    pub echo_state: bool,
    /// What is sent as `iss` (RFC 9207). The real service isn't known to send one.
    pub issuer: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            access_seconds: 3_600,
            code_seconds: 60,
            rotate_refresh_tokens: true,
            echo_state: true,
            issuer: None,
        }
    }
}
