//! What a confidential client asks of the service: tokens for a code, for a refresh token and for
//! itself (RFC 6749), and the end of one.
//!
//! Nothing here is ever sent twice, except what the caller sends twice.

use std::borrow::Cow;

use super::credentials::Credentials;
use crate::core::deadline::{Limit, within};
use crate::core::error::{Error, code};
use crate::core::grant::{self, Giver, INVALID_GRANT, token_request};
use crate::core::host::{Answer, Host};
use crate::core::method::Method;
use crate::core::provider::Place;
use crate::core::provider::token_request::{ClientAuthentication, GrantKind};
use crate::core::query::append;
use crate::core::request::{Redirect, Request};
use crate::core::secret::Secret;
use crate::core::settings::Settings;
use crate::core::text::{concat, number};
use crate::core::token::Token;
use crate::core::typed::unsupported;
use crate::core::value::Value;

/// Codes by which the service says that it doesn't take the client's id or secret; the first is
/// its own, the second that of RFC 6749.
pub const CLIENT_REFUSED: [&str; 2] = ["client_auth_fail", "invalid_client"];

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
    let mut fields = vec![
        ("code", code.code.expose()),
        ("redirect_uri", &*code.redirect_uri),
    ];
    if let Some(verifier) = &code.code_verifier {
        fields.push(("code_verifier", verifier.expose()));
    }
    let grant = "authorization_code";
    let request = client_request(settings, place, credentials, grant, &fields)?;
    let mut secrets = vec![&credentials.secret, &code.code];
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
    let fields = [("refresh_token", refresh_token.expose())];
    let request = client_request(settings, place, credentials, "refresh_token", &fields)?;
    let secrets = [&credentials.secret, refresh_token];
    ask(host, settings, &request, &secrets).await
}

/// The request that gives the app's own token (RFC 6749, section 4.4), or a player's for the refresh
/// token that the app has in place of credentials. `scheme` is the number of the provider's scheme.
///
/// # Errors
/// `invalid_option` where it isn't said whose token it is to be.
pub fn own_token<V>(
    settings: &Settings,
    place: Place,
    credentials: &Credentials,
    player: Option<&str>,
    scheme: usize,
) -> Result<Request<V>, Error<V>> {
    let app = &settings.provider.token_request.app;
    if app.kind == GrantKind::ClientCredentials {
        let scope = credentials.scope.as_deref();
        let fields: Vec<_> = scope.map(|scope| ("scope", scope)).into_iter().collect();
        let grant = "client_credentials";
        return client_request(settings, place, credentials, grant, &fields);
    }
    let mut url = concat(&[&settings.auth, &settings.provider.token_request.path]);
    if !app.player_query.is_empty() {
        let player = player.ok_or_else(|| {
            Error::option(
                "playerId",
                "given: at this service every player has a token",
            )
        })?;
        append(&mut url, &app.player_query, player);
    }
    let scheme = settings.provider.placement.scheme(scheme);
    for (challenged, name, value) in app.challenged.iter() {
        if challenged == scheme {
            append(&mut url, name, value);
        }
    }
    let authorization = concat(&[scheme, " ", credentials.secret.expose()]);
    Ok(Request {
        method: app.method,
        url,
        headers: vec![
            ("accept".to_owned(), "application/json".to_owned()),
            ("authorization".to_owned(), authorization),
        ],
        body: None,
        redirect: Redirect::Manual,
        no_referrer: false,
        signal: None,
    })
}

/// A token request of a client that says who it is.
fn client_request<V>(
    settings: &Settings,
    place: Place,
    credentials: &Credentials,
    grant: &str,
    more: &[(&str, &str)],
) -> Result<Request<V>, Error<V>> {
    let app = &settings.provider.token_request.app;
    if app.kind == GrantKind::RefreshToken {
        return Err(Error::option(
            "provider",
            "another one: at this service nobody signs in by a client of yours",
        ));
    }
    let mut fields = vec![("grant_type", grant)];
    if app.authentication != ClientAuthentication::Basic {
        fields.push(("client_id", &credentials.client_id));
    }
    if app.authentication == ClientAuthentication::Body {
        fields.push(("client_secret", credentials.secret.expose()));
    }
    fields.extend_from_slice(more);
    let mut request = token_request(settings, place, &fields);
    if app.authentication == ClientAuthentication::Basic {
        let basic = ("authorization".to_owned(), credentials.basic());
        request.headers.push(basic);
    }
    Ok(request)
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
    let giver = Giver::of(&settings.provider);
    let work = grant::ask(host, giver, request);
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
    let provider = &settings.provider;
    if provider.own.revoke.is_empty() {
        return Err(unsupported("revoke", &settings.version));
    }
    let scheme = provider.placement.scheme(0);
    let authorization = concat(&[scheme, " ", access_token.expose()]);
    let request = Request {
        method: Method::Post,
        url: concat(&[&settings.api, provider.own.revoke]),
        headers: vec![("authorization".to_owned(), authorization)],
        body: None,
        redirect: Redirect::Manual,
        no_referrer: false,
        signal: None,
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
