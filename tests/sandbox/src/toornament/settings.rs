//! What tests may want otherwise.

use serde_json::{Value, json};

/// How tokens are given out, and how lists are answered.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How long access tokens live.
    pub access_seconds: i64,
    /// What token answers say of their type: the guide writes `Bearer`, the
    /// reference `bearer`.
    pub token_type: String,
    /// Whether lists say their total.
    pub content_range: bool,
    /// Whether pages of other origins may call at all.
    pub cors: bool,
    /// Whether such a page may read `Content-Range`.
    pub expose_content_range: bool,
    /// Whether an empty list is a range out of bounds, or a part like any other.
    pub empty_is_416: bool,
    /// The status of every list; none: that of its resource.
    pub list_status: Option<u16>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            access_seconds: 90_000,
            token_type: "Bearer".to_owned(),
            content_range: true,
            cors: true,
            expose_content_range: false,
            empty_is_416: true,
            list_status: None,
        }
    }
}

impl Settings {
    /// The settings as the control routes show them.
    pub fn to_json(&self) -> Value {
        json!({
            "accessTokenSeconds": self.access_seconds,
            "tokenType": self.token_type,
            "contentRange": self.content_range,
            "cors": self.cors,
            "exposeContentRange": self.expose_content_range,
            "emptyIs416": self.empty_is_416,
            "listStatus": self.list_status,
        })
    }
}
