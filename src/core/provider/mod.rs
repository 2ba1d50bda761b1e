//! The services, as data: a definition for each. Nothing in the pipeline asks for a provider's name.
//!
//! | file | what a definition says in it |
//! |---|---|
//! | `addresses` | where the service is, and its versions and parts |
//! | `sign_in` | where players sign in, and what the service makes of that |
//! | `token_request` | how tokens are asked for |
//! | `placement` | where a token goes in a request |
//! | `subject` | whose tokens they are |
//! | `refusal` | which answers mean a dead token, and what may be sent again then |
//! | `errors` | how errors are written |
//! | `paging` | how lists are read by parts |
//! | `page` | what a page may do by itself |
//! | `presets` | the definitions that the SDK brings along |

pub mod addresses;
pub mod errors;
pub mod page;
pub mod paging;
pub mod placement;
pub mod presets;
pub mod refusal;
pub mod sign_in;
pub mod subject;
pub mod token_request;

use std::borrow::Cow;
use std::rc::Rc;

use crate::core::error::Error;
use crate::core::method::Method;
use crate::core::query::Style;
use crate::core::settings::check_header;
use crate::core::text::{concat, is_one_of, join};
use crate::core::typed::Typed;
use addresses::Addresses;
use errors::Decoder;
use page::Page;
use paging::Paging;
use placement::Placement;
pub use placement::{TokenForm, TokenIn};
use presets::PRESETS;
use refusal::Refusal;
use sign_in::SignIn;
use subject::Subject;
use token_request::TokenRequest;

/// A text of a definition: a preset's own, or a caller's.
pub type Text = Cow<'static, str>;
/// A list of a definition.
pub type List<T> = Cow<'static, [T]>;

/// A preset's text.
pub const fn text(text: &'static str) -> Text {
    Cow::Borrowed(text)
}

/// A preset's list.
pub const fn list<T: Clone>(items: &'static [T]) -> List<T> {
    Cow::Borrowed(items)
}

/// Where a token or a request is handled, since browsers allow less than servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A page or one of its workers: requests have an origin, and CORS applies.
    Page,
    /// Node, Deno, Bun.
    Server,
    /// An edge worker: a server whose requests must not wait for each other's work, since what
    /// one of them began can end with it.
    Worker,
}

/// What is known of something that a service is hoped to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Somebody has seen it.
    Proven,
    /// Nobody has recorded it, nor the opposite.
    Unproven,
}

/// What the SDK must know of a service.
#[derive(Debug)]
pub struct Provider {
    /// Its name: what tells its tokens from those of others.
    pub name: Text,
    /// Where it is.
    pub addresses: Addresses,
    /// Where players sign in.
    pub sign_in: SignIn,
    /// How tokens are asked for.
    pub token_request: TokenRequest,
    /// Where tokens go.
    pub placement: Placement,
    /// Whose tokens they are.
    pub subject: Subject,
    /// Headers of every request.
    pub headers: List<(Text, Text)>,
    /// The header that carries the app's API key; empty where there is none.
    pub api_key_header: Text,
    /// Which answers mean a dead token.
    pub refusal: Refusal,
    /// Methods whose calls may be made twice.
    pub repeatable: List<Method>,
    /// How errors are written: the first that fits.
    pub errors: List<Decoder>,
    /// How lists are read by parts.
    pub paging: Paging,
    /// How values are written in a query.
    pub query: Style,
    /// What a page may do by itself.
    pub page: Page,
    /// What only presets have.
    pub own: Own,
}

/// What the SDK knows of its presets' own routes. No definition of a caller's can say it, but one that
/// extends a preset has it.
#[derive(Clone, Copy, Debug)]
pub struct Own {
    /// Typed routes, for each version.
    pub typed: &'static [(&'static str, [&'static [Typed]; 2])],
    /// The route of a player's notifications, for each version.
    pub notifications: &'static [&'static str],
    /// What stands behind the API's address, whatever its version, to connect to the stream of what
    /// happens: where there are `notifications`, engine.io, revision 3.
    pub stream: &'static str,
    /// What stands behind the API's address, with its version, to end a token.
    pub revoke: &'static str,
}

impl Provider {
    /// A preset; the first one where there is no name.
    ///
    /// # Errors
    /// `invalid_option`, with the names that there are.
    pub fn named<V>(name: Option<&str>) -> Result<Self, Error<V>> {
        let mut known = Vec::new();
        for (preset, make) in PRESETS {
            if name.is_none_or(|name| *preset == name) {
                return Ok(make());
            }
            known.push(*preset);
        }
        let takes = concat(&[&one_of(&known), ", or a definition"]);
        Err(Error::option("provider", &takes))
    }

    /// The preset that a client has unless it is told.
    pub fn default_preset() -> Rc<Self> {
        Rc::new(PRESETS[0].1())
    }

    /// Checks what a caller may have written.
    ///
    /// # Errors
    /// `invalid_option`.
    pub fn check<V>(&self) -> Result<(), Error<V>> {
        if self.name.is_empty() {
            return Err(Error::option(
                "provider.name",
                "given: what tells the service's tokens from those of others",
            ));
        }
        self.addresses.check()?;
        self.token_request.check()?;
        if self.placement.schemes.is_empty() {
            return Err(Error::option(
                "schemes",
                "an array of schemes like \"Bearer\"",
            ));
        }
        for (name, value) in self.headers.iter() {
            check_header(name, value)?;
        }
        match &*self.api_key_header {
            "" => Ok(()),
            name => check_header(name, ""),
        }
    }
}

/// The names that there are, in words.
pub fn one_of(names: &[&str]) -> String {
    concat(&["one of \"", &join(names, "\", \""), "\""])
}

/// Refuses what isn't a path: it starts with a `/` and has neither query nor fragment.
///
/// # Errors
/// `invalid_option`.
pub fn check_path<V>(option: &str, path: &str) -> Result<(), Error<V>> {
    let plain = |byte: u8| byte.is_ascii_graphic() && !is_one_of(byte, b"?#\\");
    match path.bytes().next() == Some(b'/') && path.bytes().all(plain) {
        true => Ok(()),
        false => Err(Error::option(option, "a path like \"/oauth/token\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preset(name: &str) -> Provider {
        Provider::named::<()>(Some(name)).unwrap()
    }

    #[test]
    fn presets_hold_and_are_found_by_name() {
        for (name, make) in PRESETS {
            make().check::<()>().unwrap();
            assert_eq!((&*make().name, &*preset(name).name), (*name, *name));
        }
        assert_eq!(Provider::named::<()>(None).unwrap().name, PRESETS[0].0);
        let unknown = Provider::named::<()>(Some("steam")).unwrap_err();
        for (name, _) in PRESETS {
            assert!(unknown.message.contains(name), "{}", unknown.message);
        }
    }

    #[test]
    fn refuses_what_no_definition_is() {
        let bad = |change: fn(&mut Provider)| {
            let mut provider = presets::PLAIN;
            provider.name = text("mine");
            provider.check::<()>().unwrap();
            change(&mut provider);
            provider.check::<()>().unwrap_err().message.clone()
        };
        assert!(bad(|p| p.name = text("")).contains("`provider.name`"));
        assert!(bad(|p| p.token_request.path = text("token")).contains("`tokenRequest.path`"));
        assert!(bad(|p| p.token_request.path = text("/t?x=1")).contains("`tokenRequest.path`"));
        assert!(bad(|p| p.placement.schemes = list(&[])).contains("`schemes`"));
        assert!(bad(|p| p.api_key_header = text("a b")).contains("`headers`"));
        assert!(
            bad(|p| p.headers = vec![(text("authorization"), text("x"))].into())
                .contains("`headers`")
        );
        assert!(
            bad(|p| p.addresses.versions = vec![(text("v1"), text("v1"))].into())
                .contains("`versions`")
        );
        assert!(
            bad(|p| p.addresses.bases = vec![(text("a"), text("//b"))].into()).contains("`bases`")
        );
    }
}
