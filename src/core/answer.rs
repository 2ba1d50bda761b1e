//! Judging an answer: a value, a refusal of the token, or an error.

use crate::core::error::{Error, Kind, code};
use crate::core::host::{Answer, Host, Unreadable};
use crate::core::provider::Provider;
use crate::core::provider::errors::{Decoder, UNNAMED};
use crate::core::request::Call;
use crate::core::retry_after::retry_after;
use crate::core::text::{concat, number};
use crate::core::tree::Tree;
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
    /// Which part of a list it is, where a part was asked for.
    pub range: Option<String>,
}

/// What an answer means for the call.
#[derive(Debug)]
pub enum Verdict<V> {
    /// It is done.
    Done(Outcome<V>),
    /// The token was refused, so nothing was done. With a number, it is wanted with the provider's
    /// scheme of that number.
    Refused(Error<V>, Option<usize>),
}

/// What was sent.
pub struct Sent<'a, V> {
    /// The call.
    pub call: &'a Call<V>,
    /// Its name.
    pub name: &'a str,
    /// The number of the scheme that it was sent with.
    pub scheme: usize,
}

/// What the answer to a call of that name means.
///
/// # Errors
/// What the service refused, and bodies that can't be read.
pub async fn judge<H: Host>(
    host: &H,
    provider: &Provider,
    sent: Sent<'_, H::Value>,
    answer: H::Answer,
) -> Result<Verdict<H::Value>, Error<H::Value>> {
    let Sent { call, name, .. } = sent;
    let status = answer.status();
    let request_id = answer.header("x-request-id");
    if !(200..300).contains(&status) {
        let after = retry_after(host, &answer);
        let challenge = answer.header("www-authenticate");
        let challenge = challenge.as_deref();
        let mut error = read_error(provider, name, challenge, answer).await?;
        error.request_id = request_id;
        error.retry_after = after;
        if error.kind != Kind::Auth {
            return Err(error);
        }
        let asked_for = |challenge| provider.placement.asked_for(challenge, sent.scheme);
        return Ok(Verdict::Refused(error, challenge.and_then(asked_for)));
    }
    let headers = call.full.then(|| answer.headers());
    let content_type = answer.header("content-type");
    let range = (call.part.as_ref()).and_then(|_| answer.header("content-range"));
    match answer.read(call.form).await {
        Ok(data) => Ok(Verdict::Done(Outcome {
            status,
            headers,
            data,
            request_id,
            range,
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

async fn read_error<A: Answer<Value: Tree>>(
    provider: &Provider,
    name: &str,
    challenge: Option<&str>,
    answer: A,
) -> Result<Error<A::Value>, Error<A::Value>> {
    let status = answer.status();
    let text = answer
        .text()
        .await
        .map_err(|cause| broken_off(name, cause))?;
    let body = A::Value::parse(&text);
    let envelope = Decoder::first(&provider.errors, body.as_ref());
    let named = envelope
        .as_ref()
        .and_then(|envelope| envelope.code.as_deref());
    let refusal = &provider.refusal;
    let dead = refusal.is_dead_token(status, named, challenge);
    let says_more = named.is_some_and(|code| !NO_DOMAIN_ERROR.contains(&code));
    let fallback = || concat(&[name, " was answered with status ", &number(status.into())]);
    let mut error = match envelope {
        Some(mut envelope) => {
            let message = envelope.description.take().unwrap_or_else(fallback);
            let data = envelope.data.take();
            let mut error = Error::api(envelope.code_or(UNNAMED), message, status);
            error.data = data;
            error
        }
        None => Error::api(UNNAMED, fallback(), status),
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
