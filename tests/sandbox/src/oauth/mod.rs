//! Who is calling: clients, tokens, the token endpoint, JWTs.

pub mod clients;
pub mod codes;
pub mod credentials;
pub mod grants;
pub mod jwt;
pub mod pkce;
pub mod tokens;

use std::collections::BTreeMap;

use clients::Client;
use codes::Codes;
use jwt::Ended;
use tokens::Tokens;

/// Everything that changes while tokens are given out and used.
#[derive(Debug)]
pub struct OAuth {
    /// The clients by id.
    pub clients: BTreeMap<String, Client>,
    /// The authorization codes that may be exchanged.
    pub codes: Codes,
    /// Access and refresh tokens.
    pub tokens: Tokens,
    /// Which JWTs no longer count.
    pub ended: Ended,
    /// How long access tokens live.
    pub access_seconds: i64,
}

impl Default for OAuth {
    fn default() -> Self {
        Self {
            clients: BTreeMap::new(),
            codes: Codes::default(),
            tokens: Tokens::default(),
            ended: Ended::default(),
            access_seconds: 3_600,
        }
    }
}
