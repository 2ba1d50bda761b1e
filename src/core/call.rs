//! One call, from top to bottom.

use std::rc::Rc;

use crate::core::answer::{self, Outcome, Sent, Verdict};
use crate::core::client::Client;
use crate::core::deadline::{Limit, within};
use crate::core::error::{Error, Failure, code};
use crate::core::event::Event;
use crate::core::host::{Answer, Host, Try};
use crate::core::request::{self, Call, Redirect, Request};
use crate::core::text::concat;
use crate::core::token::Token;
use crate::core::value::Value;

/// Redirects in a row that are followed.
const REDIRECTS: usize = 5;
/// Replays after refusals: with a token that others stored, which may be as dead as the one before,
/// and with one that was made for us.
const REPLAYS: u32 = 2;

/// Makes a call: gets a token, sends, judges the answer, and tries again where that is right.
///
/// # Errors
/// What went wrong, or what the caller threw: the reason of its signal, or in a hook.
pub async fn call<H: Host>(
    client: &Rc<Client<H>>,
    call: Call<H::Value>,
) -> Result<Outcome<H::Value>, Failure<H::Value>> {
    let work = in_time(client, &call);
    client.unless_over(call.signal.as_ref(), work).await
}

async fn in_time<H: Host>(
    client: &Rc<Client<H>>,
    call: &Call<H::Value>,
) -> Result<Outcome<H::Value>, Failure<H::Value>> {
    call.check(&client.settings.provider)?;
    let name = &call.name();
    let total = call.total_timeout.or(client.settings.total_timeout);
    let end = total.map(|total| client.host.now() + f64::from(total) / 1000.0);
    let tries = run(client, call, name, end);
    match total {
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

/// Tries until it is done: once more with a new token after a refusal, which means that nothing was
/// done; and again after a while where the call may be made twice and may work later, if that is
/// before its end.
async fn run<H: Host>(
    client: &Rc<Client<H>>,
    call: &Call<H::Value>,
    name: &str,
    end: Option<f64>,
) -> Result<Outcome<H::Value>, Failure<H::Value>> {
    client.check_player(call.player_id.as_deref())?;
    let session = client.session(call.player_id.as_deref());
    let retry = client.settings.retry.with(&call.retry);
    let mut tries = 0;
    let mut retried = 0;
    let mut replays = 0;
    let mut other_scheme = false;
    // A refusal means that nothing was done; some services can't be taken at their word.
    let replayable = &client.settings.provider.refusal.replayable;
    let may_replay = call.can_be_sent_again()
        && (replayable.contains(&call.method) || retry.methods.contains(&call.method));
    // Who signs out ends what was begun before, even if somebody signs in again meanwhile.
    let guard = session.guard();
    let check = || client.check_still(&session, guard);
    let mut token = client.token_to_send(&session).await?;
    loop {
        tries += 1;
        client.check_token(call, &token)?;
        let error = match attempt(client, call, name, &token, tries, &check).await {
            Ok(Verdict::Done(outcome)) => return Ok(outcome),
            Ok(Verdict::Refused(refusal, Some(scheme))) => {
                client.sessions.scheme.set(scheme);
                if other_scheme || !may_replay {
                    return Err(refusal.into());
                }
                other_scheme = true;
                continue;
            }
            Ok(Verdict::Refused(refusal, None))
                if replays == REPLAYS || (replays > 0 && token.fresh) =>
            {
                return Err(refusal.into());
            }
            Ok(Verdict::Refused(refusal, None)) if !may_replay => {
                session.refuse(&token.secret);
                return Err(refusal.into());
            }
            Ok(Verdict::Refused(refusal, None)) => {
                replays += 1;
                let other = client.replace(&session, &token.secret).await?;
                token = other.ok_or(refusal)?;
                continue;
            }
            Err(Failure::Failed(error)) => error,
            Err(thrown) => return Err(thrown),
        };
        let delay = retry.wait(call.method, &error, retried, client.host.random());
        let next = |delay: &u32| client.host.now() + f64::from(*delay) / 1000.0;
        let in_time = |delay: &u32| end.is_none_or(|end| next(delay) < end);
        let Some(delay) = delay.filter(|delay| call.can_be_sent_again() && in_time(delay)) else {
            return Err(error.into());
        };
        retried += 1;
        check()?;
        if !agrees(client, &error, retried, delay).await? {
            return Err(error.into());
        }
        client.emit(Event::Retry {
            method: call.method,
            route: call.route.as_str().to_owned(),
            retry: retried,
            delay,
            code: error.code.to_string(),
            status: error.status,
            request_id: error.request_id.clone(),
        });
        client.host.sleep(delay).await;
        check()?;
        token = client.token_to_send(&session).await?;
    }
}

async fn attempt<H: Host>(
    client: &Client<H>,
    call: &Call<H::Value>,
    name: &str,
    token: &Token<H::Value>,
    number: u32,
    check: &dyn Fn() -> Result<(), Error<H::Value>>,
) -> Result<Verdict<H::Value>, Failure<H::Value>> {
    let Client { host, settings, .. } = client;
    let limit = Limit {
        what: name,
        option: "timeout",
        milliseconds: call.timeout.unwrap_or(settings.timeout),
    };
    let work = async {
        let mut request = request::build(settings, call, token.form)?;
        let scheme = client.sessions.scheme.get();
        let one = Try {
            method: call.method,
            url: request.url.clone(),
            number,
        };
        host.before_request(&one, &mut request.headers).await?;
        request::attach(&mut request, settings, client.place, token, scheme);
        let answer = send(client, name, request, one.url.len(), check).await?;
        let answer = host.after_response(&one, answer).await?;
        let sent = Sent { call, name, scheme };
        Ok(answer::judge(host, &settings.provider, sent, answer).await?)
    };
    let verdict: Result<_, Failure<_>> = within(host, limit, work).await;
    let scrub = |error: Error<_>| {
        let error = error.scrubbed(&token.secret);
        match &settings.api_key {
            Some(key) => error.scrubbed(key),
            None => error,
        }
    };
    match verdict {
        Ok(Verdict::Refused(refusal, scheme)) => Ok(Verdict::Refused(scrub(refusal), scheme)),
        Err(Failure::Failed(error)) => Err(scrub(error).into()),
        other => other,
    }
}

/// Whether the `beforeRetry` hook lets it be tried again.
async fn agrees<H: Host>(
    client: &Client<H>,
    error: &Error<H::Value>,
    retry: u32,
    delay: u32,
) -> Result<bool, Failure<H::Value>> {
    let limit = Limit {
        what: "the `beforeRetry` hook",
        option: "timeout",
        milliseconds: client.settings.timeout,
    };
    let asked = client.host.before_retry(error, retry, delay);
    within(&client.host, limit, asked).await
}

/// Sends, and follows redirects that the host hands over. What of the address comes after `plain` is the
/// token. `check` says whether that is still wanted.
async fn send<H: Host>(
    client: &Client<H>,
    name: &str,
    mut request: Request<H::Value>,
    plain: usize,
    check: &dyn Fn() -> Result<(), Error<H::Value>>,
) -> Result<H::Answer, Error<H::Value>> {
    let mut followed = 0;
    let token = request.url.get(plain + 1..).unwrap_or_default().to_owned();
    loop {
        check()?;
        let answer =
            client.host.send(&request).await.map_err(|cause| {
                Error::network(concat(&[name, " didn't reach the service"]), cause)
            })?;
        let Some(location) = handed_over(&request, &answer) else {
            return Ok(answer);
        };
        match request::redirect_target(&request.url, &token, &location) {
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
