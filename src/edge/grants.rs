//! What a confidential client asks of the service: tokens for a code, for a refresh token and for
//! itself (RFC 6749), and the end of one.
//!
//! Client id and secret go into the body: nobody has seen the service take them as HTTP Basic
//! authentication. Nothing here is ever sent twice, except what the caller sends twice.

use std::borrow::Cow;

use super::credentials::Credentials;
use crate::core::deadline::{Limit, within};
use crate::core::error::{Error, code};
use crate::core::grant::{self, INVALID_GRANT, token_request};
use crate::core::host::{Answer, Host};
use crate::core::method::Method;
use crate::core::provider::Place;
use crate::core::request::{Redirect, Request};
use crate::core::secret::Secret;
use crate::core::settings::Settings;
use crate::core::text::{concat, number};
use crate::core::token::Token;
use crate::core::value::Value;

/// Codes by which the service says that it doesn't take the client's id or secret; the first is
/// its own, the second that of RFC 6749.
pub const CLIENT_REFUSED: [&str; 2] = ["client_auth_fail", "invalid_client"];

/// The path that ends a token, behind the API's address: the one sign-out for programs of which
/// there is evidence (the official JavaScript client).
const LOGOUT_PATH: &str = "/logout";

/// What an authorization brought back to the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The authorization code.
    pub code: Secret,
    /// What proves that whoever exchanges it also asked for it (RFC 7636).
    pub code_verifier: Option<Secret>,
    /// Where the authorization was sent back to.
    pub redirect_uri: String,
}

/// Gives a code for tokens (RFC 6749, section 4.1.3, and RFC 7636, section 4.5).
///
/// # Errors
/// What the service refused, and what the network did; without a trace of what was sent.
pub async fn exchange_code<H: Host>(
    host: &H,
    settings: &Settings,
    place: Place,
    credentials: &Credentials,
    code: &Code,
) -> Result<Token<H::Value>, Error<H::Value>> {
    let mut fields = of_client("authorization_code", credentials);
    fields.push(("code", code.code.expose()));
    fields.push(("redirect_uri", &code.redirect_uri));
    if let Some(verifier) = &code.code_verifier {
        fields.push(("code_verifier", verifier.expose()));
    }
    let request = token_request(settings, place, &fields);
    let mut secrets = vec![&credentials.client_secret, &code.code];
    secrets.extend(&code.code_verifier);
    ask(host, settings, &request, &secrets).await
}

/// Gives a refresh token for another access token (RFC 6749, section 6).
///
/// # Errors
/// What the service refused, and what the network did; without a trace of what was sent.
pub async fn refresh<H: Host>(
    host: &H,
    settings: &Settings,
    place: Place,
    credentials: &Credentials,
    refresh_token: &Secret,
) -> Result<Token<H::Value>, Error<H::Value>> {
    let mut fields = of_client("refresh_token", credentials);
    fields.push(("refresh_token", refresh_token.expose()));
    let request = token_request(settings, place, &fields);
    let secrets = [&credentials.client_secret, refresh_token];
    ask(host, settings, &request, &secrets).await
}

/// The request that gives the app's own token (RFC 6749, section 4.4).
pub fn client_credentials<V>(
    settings: &Settings,
    place: Place,
    credentials: &Credentials,
) -> Request<V> {
    let mut fields = of_client("client_credentials", credentials);
    if let Some(scope) = &credentials.scope {
        fields.push(("scope", scope));
    }
    token_request(settings, place, &fields)
}

/// Sends one of these requests, within the time that a try may take. `secrets` are in it: no error
/// shows them.
///
/// # Errors
/// What the service refused, and what the network did.
pub async fn ask<H: Host>(
    host: &H,
    settings: &Settings,
    request: &Request<H::Value>,
    secrets: &[&Secret],
) -> Result<Token<H::Value>, Error<H::Value>> {
    let work = grant::ask(host, request);
    let given = within(host, limit("the token request", settings), work).await;
    given.map_err(|error| scrubbed(error, secrets))
}

/// Tells the service that a token isn't needed any more.
///
/// # Errors
/// That the service didn't do it; without a trace of the token.
pub async fn revoke<H: Host>(
    host: &H,
    settings: &Settings,
    access_token: &Secret,
) -> Result<(), Error<H::Value>> {
    if !access_token.expose().bytes().all(|b| b.is_ascii_graphic()) {
        return Err(Error::auth(code::INVALID_TOKEN, "no token holds that"));
    }
    let scheme = settings.provider.scheme;
    let authorization = concat(&[scheme, " ", access_token.expose()]);
    let request = Request {
        method: Method::Post,
        url: concat(&[&settings.api, LOGOUT_PATH]),
        headers: vec![("authorization".to_owned(), authorization)],
        body: None,
        redirect: Redirect::Manual,
        no_referrer: false,
    };
    let work = async {
        let answer = host.send(&request).await;
        let answer =
            answer.map_err(|cause| Error::network("the sign-out got lost".to_owned(), cause))?;
        match answer.status() {
            200..300 => Ok(()),
            status => Err(not_revoked(status)),
        }
    };
    let told = within(host, limit("the sign-out", settings), work).await;
    told.map_err(|error: Error<_>| error.scrubbed(access_token))
}

fn not_revoked<V>(status: u16) -> Error<V> {
    let status_text = number(status.into());
    let message = concat(&["the sign-out was answered with status ", &status_text]);
    Error::api(code::HTTP_ERROR, message, status)
}

fn of_client<'a>(grant: &'a str, credentials: &'a Credentials) -> Vec<(&'a str, &'a str)> {
    vec![
        ("grant_type", grant),
        ("client_id", &credentials.client_id),
        ("client_secret", credentials.client_secret.expose()),
    ]
}

fn limit<'a>(what: &'a str, settings: &Settings) -> Limit<'a> {
    Limit {
        what,
        option: "timeout",
        milliseconds: settings.timeout,
    }
}

/// The same, without a trace of the secrets. A code that is one of those asked for stays as it is,
/// whatever short text somebody gives for a secret.
pub fn scrubbed<V: Value>(mut error: Error<V>, secrets: &[&Secret]) -> Error<V> {
    let mut known = CLIENT_REFUSED.iter().chain([&INVALID_GRANT]);
    if let Some(code) = known.find(|known| **known == error.code) {
        error.code = Cow::Borrowed(code);
    }
    for secret in secrets {
        error = error.scrubbed(secret);
    }
    error
}
