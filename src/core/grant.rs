//! Asking a token endpoint: building the request and judging the answer (RFC 6749).

use crate::core::error::{Error, code};
use crate::core::host::{Answer, Host};
use crate::core::login::Login;
use crate::core::method::Method;
use crate::core::percent::encode;
use crate::core::provider::errors::{Decoder, Envelope, OURS};
use crate::core::provider::token_request::Encoding;
use crate::core::provider::{Place, Provider};
use crate::core::record::Record;
use crate::core::request::{Body, Redirect, Request};
use crate::core::secret::Secret;
use crate::core::settings::Settings;
use crate::core::text::{concat, join, number, replace};
use crate::core::token::Token;
use crate::core::tree::Tree;
use crate::core::value::Value;

/// The code that says: what was given for a token is worth nothing any more.
pub const INVALID_GRANT: &str = "invalid_grant";

const GIVER: &str = "the token endpoint";
const TAKES: &str = "it should give a JSON object with `access_token`";

/// Whoever gives tokens, by what must be known to read them.
#[derive(Clone, Copy, Debug)]
pub struct Giver<'a> {
    /// How errors are written.
    pub errors: &'a [Decoder],
    /// Seconds that a token lives where nothing says it.
    pub lifetime: Option<f64>,
}

impl<'a> Giver<'a> {
    /// A worker or backend of ours.
    pub const OURS: Self = Self {
        errors: OURS,
        lifetime: None,
    };

    /// The service's token endpoint.
    pub fn of(provider: &'a Provider) -> Self {
        Self {
            errors: &provider.errors,
            lifetime: provider.token_request.lifetime,
        }
    }
}

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

/// A request to the token endpoint: a form (section 3.2), unless the service reads something else.
pub fn token_request<V>(settings: &Settings, place: Place, fields: &[(&str, &str)]) -> Request<V> {
    let asked = &settings.provider.token_request;
    let url = concat(&[&settings.auth, &asked.path]);
    match asked.encoding {
        Encoding::Form => form_request(url, place, fields),
        Encoding::Json => json_request(url, place, fields),
    }
}

/// A request whose body is a form of secrets.
pub fn form_request<V>(url: String, place: Place, fields: &[(&str, &str)]) -> Request<V> {
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| concat(&[name, "=", &encode(value)]))
        .collect();
    let body = Body::Form(join(&fields, "&"));
    post(url, place, "application/x-www-form-urlencoded", body)
}

/// A request whose body is a JSON object of texts.
pub fn json_request<V>(url: String, place: Place, members: &[(&str, &str)]) -> Request<V> {
    let mut json = Vec::new();
    for (name, value) in members {
        json.push(concat(&[&quoted(name), ":", &quoted(value)]));
    }
    let body = Body::Text(concat(&["{", &join(&json, ","), "}"]));
    post(url, place, "application/json", body)
}

/// A text as JSON writes it. Control characters, which no code and no secret may have, make it no JSON,
/// so that it is refused.
fn quoted(text: &str) -> String {
    let text = replace(&replace(text, "\\", "\\\\"), "\"", "\\\"");
    concat(&["\"", &text, "\""])
}

fn post<V>(url: String, place: Place, content_type: &str, body: Body<V>) -> Request<V> {
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Request {
        method: Method::Post,
        url,
        headers: vec![
            header("accept", "application/json"),
            header("content-type", content_type),
        ],
        body: Some(body),
        // What stands in the body is nobody else's business.
        redirect: match place {
            Place::Page => Redirect::Error,
            Place::Server | Place::Worker => Redirect::Manual,
        },
        no_referrer: false,
        signal: None,
    }
}

/// Sends a token request, once, and reads the token that it brings.
///
/// # Errors
/// As [`judge`], and what the network did.
pub async fn ask<H: Host>(
    host: &H,
    giver: Giver<'_>,
    request: &Request<H::Value>,
) -> Result<Token<H::Value>, Error<H::Value>> {
    match host.send(request).await {
        Ok(answer) => judge(host, giver, answer).await,
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
    giver: Giver<'_>,
    answer: H::Answer,
) -> Result<Token<H::Value>, Error<H::Value>> {
    Token::new(record(host, giver, answer).await?, true, host.now())
}

/// The record in a token endpoint's answer.
///
/// # Errors
/// As [`judge`].
pub async fn record<H: Host>(
    host: &H,
    giver: Giver<'_>,
    answer: H::Answer,
) -> Result<Record, Error<H::Value>> {
    let Given { body, date } = read(answer, giver.errors, GIVER, TAKES).await?;
    let record = Record::read(&body, &|text| host.date(text));
    let mut record = record.map_err(|found| invalid(GIVER, &found, TAKES))?;
    record.given_at = date.and_then(|date| host.date(&date));
    record.lifetime = giver.lifetime;
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
pub async fn read<A: Answer<Value: Tree>>(
    answer: A,
    errors: &[Decoder],
    giver: &str,
    takes: &str,
) -> Result<Given<A::Value>, Error<A::Value>> {
    let status = answer.status();
    let date = answer.header("date");
    let text = answer.text().await.map_err(broke_off)?;
    let body = A::Value::parse(&text);
    if !(200..300).contains(&status) {
        return Err(refused(status, Decoder::first(errors, body.as_ref())));
    }
    let body = body.ok_or_else(|| {
        let mut error = invalid(giver, "a Response whose body isn't JSON", takes);
        error.status = Some(status);
        error
    })?;
    Ok(Given { body, date })
}

/// The answer with the token wasn't whole.
pub fn broke_off<V>(cause: V) -> Error<V> {
    Error::network("the answer with the token broke off".to_owned(), cause)
}

/// A token request was answered with that status, and an error envelope or none.
pub fn refused<V>(status: u16, envelope: Option<Envelope<V>>) -> Error<V> {
    let answered = [
        "the token request was answered with status ",
        &number(status.into()),
    ];
    let mut error = match envelope {
        Some(mut envelope) => {
            let description = envelope.description.take();
            let message = description.unwrap_or_else(|| concat(&answered));
            Error::auth(envelope.code_or(code::TOKEN_REQUEST_FAILED), message)
        }
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
    fn quotes_like_json() {
        for text in ["", "a", "\"\\/\\\"", " \x7f", "ä\u{2028}😀"] {
            let read: String = serde_json::from_str(&quoted(text)).unwrap();
            assert_eq!(read, text);
        }
    }

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
