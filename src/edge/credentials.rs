//! The app's own client at the service, as token requests show it.

use crate::core::secret::Secret;

/// What a confidential client shows to the token endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// The client's id.
    pub client_id: String,
    /// The client's secret.
    pub client_secret: Secret,
    /// What its tokens should be good for.
    pub scope: Option<String>,
}
