//! Judging an answer: a value, a refusal of the token, or an error.

use crate::core::error::{Error, Kind, code};
use crate::core::host::{Answer, Host, Unreadable};
use crate::core::provider::Provider;
use crate::core::request::Call;
use crate::core::retry_after::retry_after;
use crate::core::secret::Secret;
use crate::core::text::{concat, number};
use crate::core::value::Value;

/// Statuses after which the same call may work later, unless the envelope names a domain error.
const RETRYABLE: [u16; 6] = [408, 429, 500, 502, 503, 504];
/// Envelope codes that say no more than the status does.
const NO_DOMAIN_ERROR: [&str; 2] = ["server_error", "temporarily_unavailable"];

/// A success as the caller gets it.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome<V> {
    /// The HTTP status.
    pub status: u16,
    /// The headers, where they were asked for.
    pub headers: Option<V>,
    /// The body in the form asked for.
    pub data: V,
    /// The service's name for the request.
    pub request_id: Option<String>,
}

/// What an answer means for the call.
#[derive(Debug)]
pub enum Verdict<V> {
    /// It is done.
    Done(Outcome<V>),
    /// The token was refused, so nothing was done.
    Refused(Error<V>),
}

/// The services' error envelope: `{error, error_description, data}`.
pub struct Envelope<V> {
    /// `error`.
    pub code: String,
    /// `error_description`.
    pub description: Option<String>,
    /// `data`.
    pub data: Option<V>,
}

impl<V: Value> Envelope<V> {
    /// Reads it from a body; `None` where the body is something else.
    pub fn read(body: &V) -> Option<Self> {
        Some(Self {
            code: body.get("error")?.as_text()?,
            description: body
                .get("error_description")
                .and_then(|text| text.as_text()),
            data: body.get("data"),
        })
    }
}

/// What the answer to a call of that name means.
///
/// # Errors
/// What the service refused, and bodies that can't be read.
pub async fn judge<H: Host>(
    host: &H,
    provider: &Provider,
    call: &Call<H::Value>,
    name: &str,
    secret: &Secret,
    answer: H::Answer,
) -> Result<Verdict<H::Value>, Error<H::Value>> {
    let status = answer.status();
    let request_id = answer.header("x-request-id");
    if !(200..300).contains(&status) {
        let after = retry_after(host, &answer);
        let mut error = read_error(provider, name, secret, answer).await?;
        error.request_id = request_id;
        error.retry_after = after;
        return match error.kind {
            Kind::Auth => Ok(Verdict::Refused(error)),
            _ => Err(error),
        };
    }
    let headers = call.full.then(|| answer.headers());
    let content_type = answer.header("content-type");
    match answer.read(call.form).await {
        Ok(data) => Ok(Verdict::Done(Outcome {
            status,
            headers,
            data,
            request_id,
        })),
        Err(Unreadable::Lost(cause)) => Err(broken_off(name, cause)),
        Err(Unreadable::NotJson) => {
            let found = content_type.as_deref().unwrap_or("no content type");
            let mut error = Error::api(
                code::INVALID_RESPONSE,
                concat(&[
                    "the answer to ",
                    name,
                    " isn't JSON (",
                    found,
                    "); ask for it with `as: \"text\"` to see it",
                ]),
                status,
            );
            error.request_id = request_id;
            Err(error)
        }
    }
}

async fn read_error<A: Answer>(
    provider: &Provider,
    name: &str,
    secret: &Secret,
    answer: A,
) -> Result<Error<A::Value>, Error<A::Value>> {
    let status = answer.status();
    let text = answer
        .text()
        .await
        .map_err(|cause| broken_off(name, cause))?;
    // Scrubbed before it is read, so that `data` holds no token either.
    let body = A::Value::parse(&secret.scrub(&text));
    let envelope = body.as_ref().and_then(Envelope::read);
    let dead = provider.is_dead_token(status, envelope.as_ref().map(|e| e.code.as_str()));
    let says_more = envelope
        .as_ref()
        .is_some_and(|e| !NO_DOMAIN_ERROR.contains(&e.code.as_str()));
    let fallback = || concat(&[name, " was answered with status ", &number(status.into())]);
    let mut error = match envelope {
        Some(envelope) => {
            let message = envelope.description.unwrap_or_else(fallback);
            let mut error = Error::api(envelope.code, message, status);
            error.data = envelope.data;
            error
        }
        None => Error::api(code::HTTP_ERROR, fallback(), status),
    };
    error.retryable = RETRYABLE.contains(&status) && !says_more;
    if dead {
        error.kind = Kind::Auth;
    }
    Ok(error)
}

fn broken_off<V>(name: &str, cause: V) -> Error<V> {
    Error::network(concat(&["the answer to ", name, " broke off"]), cause)
}
