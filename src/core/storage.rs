//! What a storage is asked for.

/// A token as it is stored.
#[derive(Clone, Debug)]
pub struct Stored<'a> {
    /// The token.
    pub access_token: &'a str,
    /// Its type.
    pub token_type: &'static str,
    /// Unix time in seconds.
    pub expires_at: Option<f64>,
    /// What gives another one.
    pub refresh_token: Option<&'a str>,
    /// What it is good for.
    pub scope: Option<&'a str>,
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
