//! Asking a token endpoint: building the request and judging the answer (RFC 6749).

use crate::core::answer::Envelope;
use crate::core::error::{Error, code};
use crate::core::host::{Answer, Host};
use crate::core::login::Login;
use crate::core::method::Method;
use crate::core::percent::encode;
use crate::core::provider::Place;
use crate::core::record::Record;
use crate::core::request::{Body, Redirect, Request};
use crate::core::secret::Secret;
use crate::core::settings::Settings;
use crate::core::text::{concat, join, number};
use crate::core::token::Token;
use crate::core::value::Value;

/// The code that says: what was given for a token is worth nothing any more.
pub const INVALID_GRANT: &str = "invalid_grant";

const GIVER: &str = "the token endpoint";
const TAKES: &str = "it should give a JSON object with `access_token`";

/// What is given for a token.
#[derive(Clone, Debug)]
pub struct Code {
    /// The authorization code.
    pub code: Secret,
    /// What proves that whoever exchanges it also asked for it.
    pub verifier: Secret,
    /// Where the service sent the player back to.
    pub redirect_uri: String,
}

/// The request that gives a refresh token for another access token (section 6). The client is a
/// public one: it shows its id alone. It names no scope, which means the one that was granted: what
/// was asked for at the sign-in may be more, and is refused then.
pub fn refresh<V>(
    settings: &Settings,
    place: Place,
    login: &Login,
    refresh_token: &Secret,
) -> Request<V> {
    let fields = [
        ("grant_type", "refresh_token"),
        ("client_id", &*login.client_id),
        ("refresh_token", refresh_token.expose()),
    ];
    token_request(settings, place, &fields)
}

/// The request that gives a code for a token (section 4.1.3, and RFC 7636, section 4.5), by a public
/// client.
pub fn exchange<V>(settings: &Settings, place: Place, login: &Login, code: &Code) -> Request<V> {
    let fields = [
        ("grant_type", "authorization_code"),
        ("client_id", &*login.client_id),
        ("code", code.code.expose()),
        ("redirect_uri", &code.redirect_uri),
        ("code_verifier", code.verifier.expose()),
    ];
    token_request(settings, place, &fields)
}

/// A request to the token endpoint: a form (section 3.2).
pub fn token_request<V>(settings: &Settings, place: Place, fields: &[(&str, &str)]) -> Request<V> {
    let url = concat(&[&settings.auth, settings.provider.token_path]);
    form_request(url, place, fields)
}

/// A request whose body is a form of secrets.
pub fn form_request<V>(url: String, place: Place, fields: &[(&str, &str)]) -> Request<V> {
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| concat(&[name, "=", &encode(value)]))
        .collect();
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Request {
        method: Method::Post,
        url,
        headers: vec![
            header("accept", "application/json"),
            header("content-type", "application/x-www-form-urlencoded"),
        ],
        body: Some(Body::Form(join(&fields, "&"))),
        // What stands in the body is nobody else's business.
        redirect: match place {
            Place::Page => Redirect::Error,
            Place::Server | Place::Worker => Redirect::Manual,
        },
        no_referrer: false,
    }
}

/// Sends a token request, once, and reads the token that it brings.
///
/// # Errors
/// As [`judge`], and what the network did.
pub async fn ask<H: Host>(
    host: &H,
    request: &Request<H::Value>,
) -> Result<Token<H::Value>, Error<H::Value>> {
    match host.send(request).await {
        Ok(answer) => judge(host, answer).await,
        Err(cause) => Err(not_reached(cause)),
    }
}

/// The token endpoint gave no answer.
pub fn not_reached<V>(cause: V) -> Error<V> {
    Error::network("the token endpoint wasn't reached".to_owned(), cause)
}

/// The token in a token endpoint's answer.
///
/// # Errors
/// What the service refused, and answers that are none.
pub async fn judge<H: Host>(
    host: &H,
    answer: H::Answer,
) -> Result<Token<H::Value>, Error<H::Value>> {
    Token::new(record(host, answer).await?, true, host.now())
}

/// The record in a token endpoint's answer.
///
/// # Errors
/// As [`judge`].
pub async fn record<H: Host>(host: &H, answer: H::Answer) -> Result<Record, Error<H::Value>> {
    let Given { body, date } = read(answer, GIVER, TAKES).await?;
    let record = Record::read(&body, &|text| host.date(text));
    let mut record = record.map_err(|found| invalid(GIVER, &found, TAKES))?;
    record.given_at = date.and_then(|date| host.date(&date));
    Ok(record)
}

/// What an answer with a token holds.
pub struct Given<V> {
    /// The body.
    pub body: V,
    /// The `Date` header, where it can be read.
    pub date: Option<String>,
}

/// An answer that should hold a token. `giver` and `takes` say in messages who gave it,
/// and what would have been right.
///
/// # Errors
/// The answer's own error, or that it holds none.
pub async fn read<A: Answer>(
    answer: A,
    giver: &str,
    takes: &str,
) -> Result<Given<A::Value>, Error<A::Value>> {
    let status = answer.status();
    let date = answer.header("date");
    let text = answer
        .text()
        .await
        .map_err(|cause| Error::network("the answer with the token broke off".to_owned(), cause))?;
    let body = A::Value::parse(&text);
    if !(200..300).contains(&status) {
        return Err(refused(status, body));
    }
    let body = body.ok_or_else(|| {
        let mut error = invalid(giver, "a Response whose body isn't JSON", takes);
        error.status = Some(status);
        error
    })?;
    Ok(Given { body, date })
}

fn refused<V: Value>(status: u16, body: Option<V>) -> Error<V> {
    let answered = [
        "the token request was answered with status ",
        &number(status.into()),
    ];
    let mut error = match body.as_ref().and_then(Envelope::read) {
        Some(Envelope {
            code, description, ..
        }) => Error::auth(code, description.unwrap_or_else(|| concat(&answered))),
        None => Error::auth(
            code::TOKEN_REQUEST_FAILED,
            concat(&[&concat(&answered), " and no error envelope"]),
        ),
    };
    error.status = Some(status);
    error.retryable = matches!(status, 408 | 429 | 500 | 502 | 503 | 504);
    error
}

/// What was given isn't a token.
pub fn invalid<V>(giver: &str, found: &str, takes: &str) -> Error<V> {
    Error::auth(
        code::INVALID_TOKEN,
        concat(&[giver, " gave ", found, "; ", takes]),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::settings::Options;
    use serde_json::Value as Json;

    #[test]
    fn a_refresh_token_travels_in_a_form_to_the_token_endpoint_alone() {
        let settings = Settings::new::<Json>(Options::default()).unwrap();
        let login = Login {
            client_id: "a&b".into(),
            scope: Some("x y".into()),
            ..Login::default()
        };
        let secret = Secret::new("r=1".into());
        let request = refresh::<Json>(&settings, Place::Server, &login, &secret);
        assert_eq!(request.url, "https://playoffgamification.io/auth/token");
        assert_eq!(
            (request.method, request.redirect),
            (Method::Post, Redirect::Manual)
        );
        let Some(Body::Form(body)) = request.body else {
            panic!("it has a form");
        };
        assert_eq!(
            body,
            "grant_type=refresh_token&client_id=a%26b&refresh_token=r%3D1"
        );
        let in_page = refresh::<Json>(&settings, Place::Page, &login, &secret);
        assert_eq!(in_page.redirect, Redirect::Error);
    }
}
