//! What a page may do by itself: everybody can read what is in it.

use crate::core::claims;
use crate::core::error::{Error, code};
use crate::core::login::{Exchange, Login};
use crate::core::provider::{Place, Provider};
use crate::core::text::{concat, number};
use crate::core::token::Token;
use crate::core::value::Value;

const DAY: f64 = 86_400.0;

/// What a page may do.
#[derive(Debug)]
pub struct Page {
    /// Whether the service exchanges codes for a client without a secret.
    pub public_client: bool,
    /// Seconds that a token lives at most that a page holds.
    pub longest: Option<f64>,
}

/// Whether players can sign in as a client was told.
///
/// # Errors
/// `invalid_option`, with the reason.
pub fn check_login<V>(provider: &Provider, login: &Login) -> Result<(), Error<V>> {
    if login.redirect_uri.is_none() {
        return Ok(());
    }
    if provider.sign_in.path.is_empty() {
        return Err(Error::option(
            "login",
            "left out: players can't sign in at this service from a page of yours",
        ));
    }
    match login.exchange {
        Exchange::Page if !provider.page.public_client => Err(Error::option(
            "login.exchange",
            "a path of your worker, or a function: this service gives tokens only for a client's secret, which a page can't keep",
        )),
        _ => Ok(()),
    }
}

/// Refuses what whoever reads a page could use for too long.
///
/// # Errors
/// `secret_in_page`.
pub fn check_token<V: Value>(
    provider: &Provider,
    place: Place,
    token: &Token<V>,
    now: f64,
) -> Result<(), Error<V>> {
    let Some(longest) = provider.page.longest.filter(|_| place == Place::Page) else {
        return Ok(());
    };
    let refresh = token.refresh.as_ref();
    let renewal = refresh.and_then(|refresh| claims::read::<V>(refresh.expose())?.exp);
    let lives = |ends: Option<f64>| ends.map_or(0.0, |ends| ends - now);
    let life = f64::max(lives(token.ends), lives(renewal));
    if life <= longest {
        return Ok(());
    }
    Err(Error::config(
        code::SECRET_IN_PAGE,
        concat(&[
            "the token is good for ",
            &number((life / DAY) as u64),
            " days, and in a page everybody could read it: keep it in your worker (createEdge), and give the page a short-lived one",
        ]),
    ))
}
