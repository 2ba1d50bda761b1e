//! Refresh tokens that were spent in this browser.
//!
//! A tab that is duplicated takes its `sessionStorage` along, and its refresh token with it. Where
//! services rotate them, one that comes twice ends the sign-in of both. So whoever spends one leaves
//! a mark for all tabs: its hash.

use crate::core::client::Client;
use crate::core::error::Error;
use crate::core::grant;
use crate::core::host::Host;
use crate::core::secret::Secret;
use crate::core::text::{join, split};

/// The name of the text that holds the marks, the oldest first.
const NAME: &str = "spent";
/// Marks that are kept: those of the last hours, or of some players.
const KEPT: usize = 50;

/// What marks a refresh token as spent.
pub struct Mark(String);

impl<H: Host> Client<H> {
    /// The mark that a refresh token gets once it is spent; nothing where there are no other tabs, or
    /// nothing to make it by.
    ///
    /// # Errors
    /// `invalid_grant`, where another tab has spent it.
    pub async fn unspent(&self, refresh: &Secret) -> Result<Option<Mark>, Error<H::Value>> {
        if !self.has_tabs() {
            return Ok(None);
        }
        let Ok(hash) = self.host.digest(refresh.expose()).await else {
            return Ok(None);
        };
        let marks = self.host.common(NAME).unwrap_or_default();
        match split(&marks, "\n").contains(&&*hash) {
            true => Err(Error::auth(
                grant::INVALID_GRANT,
                "another tab, which has a storage of its own, has used this refresh token",
            )),
            false => Ok(Some(Mark(hash))),
        }
    }

    /// The service took it.
    pub fn mark_as_spent(&self, mark: Option<Mark>) {
        if let Some(Mark(hash)) = mark {
            let marks = self.host.common(NAME).unwrap_or_default();
            self.host.set_common(NAME, &with(&marks, &hash));
        }
    }
}

fn with(marks: &str, hash: &str) -> String {
    let mut lines = split(marks, "\n");
    lines.retain(|line| !line.is_empty());
    if lines.len() >= KEPT {
        lines.remove(0);
    }
    lines.push(hash);
    join(&lines, "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_makes_room() {
        let mut marks = String::new();
        for index in 0..=KEPT {
            marks = with(&marks, &index.to_string());
        }
        let lines = split(&marks, "\n");
        assert_eq!((lines.len(), lines[0], lines[KEPT - 1]), (KEPT, "1", "50"));
    }
}
