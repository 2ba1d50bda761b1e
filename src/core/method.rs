//! The methods of requests.

use crate::core::error::Error;

/// The methods that the services know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Reads the head.
    Head,
    /// Does something.
    Post,
    /// Replaces.
    Put,
    /// Changes.
    Patch,
    /// Removes.
    Delete,
}

const METHODS: [(&str, Method); 6] = [
    ("GET", Method::Get),
    ("HEAD", Method::Head),
    ("POST", Method::Post),
    ("PUT", Method::Put),
    ("PATCH", Method::Patch),
    ("DELETE", Method::Delete),
];

impl Method {
    /// From its name.
    ///
    /// # Errors
    /// `invalid_option` for an unknown one.
    pub fn named<V>(name: &str) -> Result<Self, Error<V>> {
        METHODS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, method)| *method)
            .ok_or_else(|| Error::option("method", "one of GET, HEAD, POST, PUT, PATCH, DELETE"))
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        METHODS[self as usize].0
    }

    /// Whether it only reads, so that a redirect may be followed.
    pub fn is_safe(self) -> bool {
        matches!(self, Self::Get | Self::Head)
    }

    /// Whether a request of this kind may carry a body.
    pub fn takes_body(self) -> bool {
        matches!(self, Self::Post | Self::Put | Self::Patch)
    }
}
