//! Signing in at the service from a page: the authorization code flow (RFC 6749, section 4.1) with
//! PKCE (RFC 7636), driven by the page itself.
//!
//! | file | what is in it |
//! |---|---|
//! | `depart` | leaving for the service: what can't work is said before |
//! | `land` | coming back: the answer is judged, and the code given for a token |
//! | `address`, `pkce`, `slots`, `callback`, `marks` | what these decide, without a page |
//! | `flights`, `landed` | exchanges under way, for all clients of a page, and what they bring |
//! | `exchange`, `worker` | asking for tokens: at the service, or through the page's own worker |
//! | `page` | what the page must give |

pub mod address;
pub mod callback;
mod depart;
pub mod exchange;
pub mod flights;
mod land;
mod landed;
pub mod marks;
pub mod page;
pub mod pkce;
pub mod slots;
pub mod worker;

use crate::core::error::{Error, code};
pub use depart::Departure;
pub use land::Handled;
pub use landed::Landed;

/// A client at the service, by what isn't secret of it, and how players sign in at it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Login {
    /// Its id.
    pub client_id: String,
    /// What its tokens should be good for.
    pub scope: Option<String>,
    /// Where the service sends players back to.
    pub redirect_uri: Option<String>,
    /// Who gives the code for a token.
    pub exchange: Exchange,
}

/// Who gives the code for a token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Exchange {
    /// The page itself: the client is a public one.
    #[default]
    Page,
    /// The page's own worker, at this path, which knows the client's secret.
    Worker(String),
    /// The caller's function.
    Function,
}

impl Login {
    /// Whether players sign in in a way that brings refresh tokens into the page.
    pub fn brings_refresh_tokens(&self) -> bool {
        self.redirect_uri.is_some() && !matches!(self.exchange, Exchange::Worker(_))
    }

    /// Checks what doesn't need a page.
    ///
    /// # Errors
    /// `invalid_option`.
    pub fn check<V>(&self) -> Result<(), Error<V>> {
        match &self.exchange {
            Exchange::Worker(path) if !address::is_own_path(path) => Err(Error::option(
                "login.exchange",
                "a path of the page's own origin like \"/auth/exchange\", or a function",
            )),
            _ => Ok(()),
        }
    }
}

/// Nobody is signed in.
pub fn login_required<V>() -> Error<V> {
    Error::auth(
        code::LOGIN_REQUIRED,
        "nobody is signed in: call `login()`, or give createClient a `token`",
    )
}
