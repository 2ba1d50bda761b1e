//! One call, from top to bottom.

use std::pin::pin;
use std::rc::Rc;

use futures_util::future::{Either, select};

use crate::core::answer::{self, Outcome, Verdict};
use crate::core::client::Client;
use crate::core::deadline::{Limit, within};
use crate::core::error::{Error, Failure, code};
use crate::core::host::{Answer, Host};
use crate::core::request::{self, Call, Redirect, Request};
use crate::core::text::concat;
use crate::core::token::Token;
use crate::core::value::Value;

/// Redirects in a row that are followed.
const REDIRECTS: usize = 5;

/// Makes a call: gets a token, sends, judges the answer, and tries again where that is right.
///
/// # Errors
/// What went wrong, or the reason of the caller's signal.
pub async fn call<H: Host>(
    client: &Rc<Client<H>>,
    call: Call<H::Value>,
) -> Result<Outcome<H::Value>, Failure<H::Value>> {
    let Some(signal) = &call.signal else {
        return Ok(in_time(client, &call).await?);
    };
    let aborted = pin!(client.host.aborted(signal));
    match select(aborted, pin!(in_time(client, &call))).await {
        Either::Left((reason, _)) => Err(Failure::Aborted(reason)),
        Either::Right((outcome, _)) => Ok(outcome?),
    }
}

async fn in_time<H: Host>(
    client: &Rc<Client<H>>,
    call: &Call<H::Value>,
) -> Result<Outcome<H::Value>, Error<H::Value>> {
    call.check()?;
    let name = &call.name();
    let tries = run(client, call, name);
    match call.total_timeout.or(client.settings.total_timeout) {
        None => tries.await,
        Some(milliseconds) => {
            let limit = Limit {
                what: name,
                option: "totalTimeout",
                milliseconds,
            };
            within(&client.host, limit, tries).await
        }
    }
}

/// Tries until it is done: once more with another token after a refusal, which means that nothing
/// was done; and again after a while where the call may be made twice and may work later.
async fn run<H: Host>(
    client: &Rc<Client<H>>,
    call: &Call<H::Value>,
    name: &str,
) -> Result<Outcome<H::Value>, Error<H::Value>> {
    let retry = client.settings.retry.with(&call.retry);
    let mut retried = 0;
    let mut replaced = false;
    let mut token = client.token().await?;
    loop {
        let error = match attempt(client, call, name, &token).await {
            Ok(Verdict::Done(outcome)) => return Ok(outcome),
            Ok(Verdict::Refused(refusal)) if replaced || !call.can_be_sent_again() => {
                return Err(refusal);
            }
            Ok(Verdict::Refused(refusal)) => {
                replaced = true;
                token = client.replace(&token.secret).await?.ok_or(refusal)?;
                continue;
            }
            Err(error) => error,
        };
        let wait = retry.wait(call.method, &error, retried, client.host.random());
        let Some(wait) = wait.filter(|_| call.can_be_sent_again()) else {
            return Err(error);
        };
        client.host.sleep(wait).await;
        retried += 1;
        token = client.token().await?;
    }
}

async fn attempt<H: Host>(
    client: &Client<H>,
    call: &Call<H::Value>,
    name: &str,
    token: &Token<H::Value>,
) -> Result<Verdict<H::Value>, Error<H::Value>> {
    let Client { host, settings, .. } = client;
    let request = request::build(settings, host.place(), call, token);
    let limit = Limit {
        what: name,
        option: "timeout",
        milliseconds: call.timeout.unwrap_or(settings.timeout),
    };
    within(host, limit, async {
        let answer = send(host, name, request).await?;
        answer::judge(host, settings.provider, call, name, &token.secret, answer).await
    })
    .await
    .map_err(|error| error.scrubbed(&token.secret))
}

/// Sends, and follows redirects that the host hands over.
async fn send<H: Host>(
    host: &H,
    name: &str,
    mut request: Request<H::Value>,
) -> Result<H::Answer, Error<H::Value>> {
    let mut followed = 0;
    loop {
        let answer = host
            .send(&request)
            .await
            .map_err(|cause| Error::network(concat(&[name, " didn't reach the service"]), cause))?;
        let Some(location) = handed_over(&request, &answer) else {
            return Ok(answer);
        };
        match request::redirect_target(&request.url, &location) {
            Some(target) if request.method.is_safe() && followed < REDIRECTS => {
                request.url = target;
                followed += 1;
            }
            _ => return Err(refused_redirect(name, answer.status())),
        }
    }
}

fn handed_over<V: Value, A: Answer>(request: &Request<V>, answer: &A) -> Option<String> {
    let redirects = request.redirect == Redirect::Manual
        && matches!(answer.status(), 301 | 302 | 303 | 307 | 308);
    redirects.then(|| answer.header("location").unwrap_or_default())
}

fn refused_redirect<V>(name: &str, status: u16) -> Error<V> {
    Error::api(
        code::REDIRECT_REFUSED,
        concat(&[
            name,
            " was redirected (only a GET is followed, on the same origin, a few times): is the service's address right?",
        ]),
        status,
    )
}
