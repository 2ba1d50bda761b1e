//! How tokens are asked for.

#[cfg(feature = "edge")]
use super::List;
use super::{Text, check_path};
use crate::core::error::Error;
#[cfg(feature = "edge")]
use crate::core::method::Method;

/// A request to the token endpoint.
#[derive(Debug)]
pub struct TokenRequest {
    /// The path of the token endpoint, behind the authorization server's address.
    pub path: Text,
    /// How its body is written.
    pub encoding: Encoding,
    /// Seconds that a token lives where neither the answer nor the token says it.
    pub lifetime: Option<f64>,
    /// What an app shows for its own tokens.
    #[cfg(feature = "edge")]
    pub app: AppGrant,
}

/// How the body of a token request is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As HTML forms are: what RFC 6749 wants.
    Form,
    /// As a JSON object of texts.
    Json,
}

/// How an app gets its tokens.
#[cfg(feature = "edge")]
#[derive(Debug)]
pub struct AppGrant {
    /// What it gives.
    pub kind: GrantKind,
    /// How it says who it is.
    pub authentication: ClientAuthentication,
    /// The method of a request without a body.
    pub method: Method,
    /// The query name of the player whose token it is; empty where it isn't said.
    pub player_query: Text,
    /// What the query holds too where the service has asked for another scheme than the first: scheme,
    /// name and value.
    pub challenged: List<(Text, Text, Text)>,
}

/// What an app gives for a token.
#[cfg(feature = "edge")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantKind {
    /// Its own credentials (RFC 6749, section 4.4).
    ClientCredentials,
    /// A refresh token that is used for as long as it lives, in `Authorization`, without a body.
    RefreshToken,
}

/// How an app says who it is (RFC 6749, section 2.3.1).
#[cfg(feature = "edge")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuthentication {
    /// By HTTP Basic.
    Basic,
    /// By two fields of the body.
    Body,
    /// By its id alone: it has no secret.
    None,
}

impl TokenRequest {
    /// Checks what a caller may have written.
    ///
    /// # Errors
    /// `invalid_option`.
    pub fn check<V>(&self) -> Result<(), Error<V>> {
        check_path("tokenRequest.path", &self.path)
    }
}
