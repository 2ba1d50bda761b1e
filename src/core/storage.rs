//! What a storage is asked for.

use crate::core::provider::TokenForm;
use crate::core::secret::Secret;
use crate::core::token::Token;

/// A token as it is stored.
#[derive(Clone, Debug)]
pub struct Stored<'a> {
    /// The token.
    pub access_token: &'a str,
    /// Its type.
    pub token_type: &'a str,
    /// Unix time in seconds.
    pub expires_at: Option<f64>,
    /// What gives another one.
    pub refresh_token: Option<&'a str>,
    /// What it is good for.
    pub scope: Option<&'a str>,
}

impl<'a> Stored<'a> {
    /// A token, and what gives another one; `scheme` is the type of access tokens.
    pub fn new<V>(token: &'a Token<V>, refresh: Option<&'a Secret>, scheme: &'a str) -> Self {
        Self {
            access_token: token.secret.expose(),
            token_type: match token.form {
                TokenForm::Access => scheme,
                TokenForm::Jwt => "jwt",
            },
            expires_at: token.ends,
            refresh_token: refresh.map(Secret::expose),
            scope: token.scope.as_deref(),
        }
    }
}

/// What a storage can do.
#[derive(Clone, Debug)]
pub enum Storage<'a> {
    /// Give the token that it holds.
    Load,
    /// Hold a token.
    Store(Stored<'a>),
    /// Hold none.
    Remove,
}
