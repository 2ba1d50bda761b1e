//! Who is calling: clients, tokens, the authorization and the token endpoint, JWTs.

pub mod authorize;
pub mod clients;
pub mod codes;
pub mod credentials;
pub mod grants;
pub mod jwt;
pub mod pkce;
pub mod redirects;
pub mod sessions;
pub mod settings;
pub mod tokens;

use std::collections::BTreeMap;

use clients::Client;
use codes::{Codes, SignIn};
use jwt::Ended;
use sessions::Sessions;
use settings::Settings;
use tokens::Tokens;

use crate::ids::Entropy;

/// Everything that changes while tokens are given out and used.
#[derive(Debug, Default)]
pub struct OAuth {
    /// The clients by id.
    pub clients: BTreeMap<String, Client>,
    /// The authorization codes that may be exchanged.
    pub codes: Codes,
    /// Access and refresh tokens.
    pub tokens: Tokens,
    /// Which JWTs no longer count.
    pub ended: Ended,
    /// The browsers that players use.
    pub sessions: Sessions,
    /// What tests may want otherwise.
    pub settings: Settings,
}

impl OAuth {
    /// Gives out an authorization code.
    pub fn issue_code(&mut self, sign_in: SignIn, now: i64, entropy: &mut Entropy) -> String {
        let code = entropy.token();
        let life = self.settings.code_seconds.saturating_mul(1_000);
        self.codes
            .issue(code.clone(), sign_in, now, now.saturating_add(life));
        code
    }
}
