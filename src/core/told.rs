//! What tabs tell each other. Nothing of it is secret: it is a hint to look into storage.

/// What one tab tells the others of a stored token. Nothing of it is secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// There is another one.
    Token,
    /// It was removed: somebody signed out.
    Logout,
    /// It was removed: the service took its refresh token no more.
    Refused,
}

impl Told {
    /// As it travels.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Logout => "logout",
            Self::Refused => "refused",
        }
    }

    /// What travelled; tabs of other versions may know more.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Token, Self::Logout, Self::Refused];
        all.into_iter().find(|told| told.as_str() == name)
    }
}
