//! Between the client and the API.

use std::future::pending;
use std::rc::Rc;

use playoff_wasm::core::method::Method;
use playoff_wasm::core::percent::{decode, encode};
use playoff_wasm::core::request::{Redirect, Request};
use serde_json::{Value as Json, json};

use crate::answer::Scripted;
use crate::asked::Seen;
use crate::faults::Fault;
use crate::rules::Rule;
use crate::secrets;
use crate::setup::{API, AUTH};
use crate::time::START;
use crate::world::World;

type Sent = Result<Scripted, Json>;

const FAULTS: &[Fault] = &[
    Fault::NeverReached,
    Fault::AnswerLost,
    Fault::BrokenBody,
    Fault::Silence,
    Fault::Slow,
    Fault::RefusedGood,
    Fault::RefusedGood,
    Fault::Revoked,
    Fault::Revoked,
    Fault::Outage,
    Fault::Outage,
    Fault::OutageWithTime,
    Fault::OutageTooLong,
    Fault::DomainError,
    Fault::RedirectElsewhere,
    Fault::RedirectHome,
    Fault::Page,
    Fault::Truncated,
    Fault::EchoRaw,
    Fault::EchoEncoded,
];

/// A request to the API, as the service reads it.
struct Arrived<'a> {
    request: &'a Request<Json>,
    /// Which call's it is.
    id: usize,
    /// The token that it carries.
    token: Option<String>,
    /// Whether a redirect led here.
    hop: bool,
}

impl World {
    /// Sends a request and gives the head of its answer, or what was thrown.
    pub async fn send(self: &Rc<Self>, tab: usize, request: &Request<Json>) -> Sent {
        self.check_not_disposed("a request is sent");
        self.check_origin(request);
        if request.url.starts_with(AUTH) {
            return self.token_endpoint(tab, request).await;
        }
        let arriving = self.read(request);
        self.check_call(&arriving);
        let fault = self.draw(FAULTS, self.setup.trouble.network);
        self.latency().await;
        match fault {
            Some(fault @ Fault::NeverReached) => {
                self.strike(fault);
                return Err(unreachable(request));
            }
            Some(fault @ Fault::Silence) => {
                self.strike(fault);
                return pending().await;
            }
            Some(fault @ Fault::Slow) => {
                self.strike(fault);
                self.time.sleep(self.choices.below(6000)).await;
            }
            _ => {}
        }
        let answer = self.answer(&arriving, fault);
        self.latency().await;
        if fault == Some(Fault::AnswerLost) {
            self.strike(Fault::AnswerLost);
            return Err(unreachable(request));
        }
        self.say(|| format!("#{} is answered", arriving.id));
        answer
    }

    fn read<'a>(&self, request: &'a Request<Json>) -> Arrived<'a> {
        let (_, rest) = request.url.split_once("/calls/").unwrap_or_default();
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let header = |(name, value): &(String, String)| {
            let bearer = value.strip_prefix("Bearer ");
            bearer
                .filter(|_| name == "authorization")
                .map(str::to_owned)
        };
        let in_query = |pair: &str| {
            let (name, value) = pair.split_once('=')?;
            matches!(name, "access_token" | "jwt").then(|| decode(value))?
        };
        let token = request.headers.iter().find_map(header);
        let arrived = Arrived {
            request,
            id: digits.parse().expect("the request of a call"),
            token: token.or_else(|| rest.split(['?', '&']).find_map(in_query)),
            hop: rest.contains("/hop"),
        };
        self.say(|| {
            let Arrived { id, token, .. } = &arrived;
            let serial = token.as_deref().and_then(secrets::serial);
            let (method, hop) = (request.method.as_str(), arrived.hop);
            format!(
                "#{id} sends {method} with a{serial:?}{}",
                if hop { ", redirected" } else { "" }
            )
        });
        arrived
    }

    /// What the service does and says.
    fn answer(self: &Rc<Self>, arrived: &Arrived<'_>, fault: Option<Fault>) -> Sent {
        let serial = arrived.token.as_deref().and_then(secrets::serial);
        if fault == Some(Fault::Revoked)
            && let Some(serial) = serial
        {
            self.strike(Fault::Revoked);
            self.service.revoke(serial);
        }
        let good = serial.is_some_and(|serial| self.service.accepts(serial, self.time.now()));
        if !good || fault == Some(Fault::RefusedGood) {
            if good {
                self.strike(Fault::RefusedGood);
            }
            return Ok(self.refusal(arrived));
        }
        match fault {
            Some(Fault::RedirectHome | Fault::RedirectElsewhere) if arrived.hop => {
                Ok(self.done(arrived))
            }
            Some(fault @ (Fault::RedirectHome | Fault::RedirectElsewhere)) => {
                self.redirect(arrived, fault)
            }
            Some(fault) => Ok(self.trouble(arrived, fault)),
            None => Ok(self.done(arrived)),
        }
    }

    fn done(self: &Rc<Self>, arrived: &Arrived<'_>) -> Scripted {
        self.says(arrived, 200, &json!({ "call": arrived.id }).to_string())
    }

    fn refusal(self: &Rc<Self>, arrived: &Arrived<'_>) -> Scripted {
        let body = r#"{"error":"invalid_access_token","error_description":"no"}"#;
        let mut answer = match self.choices.below(4) {
            0 => self.says(arrived, 401, ""),
            1 => self.says(arrived, 400, body),
            _ => self.says(arrived, 401, body),
        };
        answer.answers = Some((arrived.id, Seen::Refusal));
        answer.breaks = self.choices.percent(5);
        answer
    }

    fn says(self: &Rc<Self>, arrived: &Arrived<'_>, status: u16, body: &str) -> Scripted {
        let mut answer = Scripted::new(self, status, body);
        answer.answers = Some((arrived.id, Seen::Other));
        answer
    }

    fn trouble(self: &Rc<Self>, arrived: &Arrived<'_>, fault: Fault) -> Scripted {
        if matches!(fault, Fault::Slow | Fault::AnswerLost | Fault::Revoked) {
            return self.done(arrived);
        }
        self.strike(fault);
        let status = self.choices.one_of(&[500, 502, 503, 504, 429, 408]);
        let allowed = u64::from(self.setup.settings.retry.max_retry_after);
        let token = arrived.token.clone().unwrap_or_default();
        match fault {
            Fault::BrokenBody => {
                let mut answer = self.done(arrived);
                answer.breaks = true;
                answer
            }
            Fault::Outage => self.says(arrived, status, "down"),
            Fault::OutageWithTime => {
                self.outage(arrived, status, 1 + self.choices.below(allowed / 1000))
            }
            Fault::OutageTooLong => self.outage(arrived, status, allowed / 1000 + 1),
            Fault::DomainError => match self.choices.percent(50) {
                true => self.says(arrived, 503, r#"{"error":"rate_limit_exceeded"}"#),
                false => self.says(arrived, 401, r#"{"error":"access_denied"}"#),
            },
            Fault::Page => self.says(arrived, 200, "<html></html>"),
            Fault::Truncated => self.says(arrived, 200, "{\"call\":"),
            Fault::EchoRaw => self.echo(arrived, status, &token),
            _ => self.echo(arrived, status, &encode(&token)),
        }
    }

    /// An outage that says for how many seconds.
    fn outage(self: &Rc<Self>, arrived: &Arrived<'_>, status: u16, seconds: u64) -> Scripted {
        let clock = self.time.shown_unix() + seconds as f64;
        let mut answer = self.says(arrived, status, "");
        answer = match self.choices.below(3) {
            0 => answer.with("ratelimit-reset", format!("{}", clock.ceil())),
            1 => answer.with("retry-after", format!("{clock} GMT")),
            _ => {
                answer.rest = seconds * 1000;
                answer.with("retry-after", seconds.to_string())
            }
        };
        answer
    }

    fn echo(self: &Rc<Self>, arrived: &Arrived<'_>, status: u16, token: &str) -> Scripted {
        let mut error =
            json!({ "error": "server_error", "error_description": format!("not {token}") });
        match self.choices.below(3) {
            0 => error["error"] = json!(token),
            1 => error["data"] = json!([{ "token": token }]),
            _ => {}
        }
        self.says(arrived, status, &error.to_string())
    }

    fn redirect(self: &Rc<Self>, arrived: &Arrived<'_>, fault: Fault) -> Sent {
        self.strike(fault);
        let home = fault == Fault::RedirectHome;
        let path = format!("/v2/calls/{}/hop", arrived.id);
        let elsewhere = [
            "https://evil.example/v2/calls",
            "//evil.example/",
            "https://api.example.evil/",
            "",
        ];
        match arrived.request.redirect {
            Redirect::Error => Err(json!({ "message": "redirected" })),
            Redirect::Manual => {
                let target = match home {
                    true if self.choices.percent(50) => format!("{API}{path}"),
                    true => path,
                    false => self.choices.one_of(&elsewhere).to_owned(),
                };
                let status = self.choices.one_of(&[301, 302, 307, 308]);
                let mut answer = self.says(arrived, status, "").with("location", target);
                answer.answers = None;
                self.asked.borrow_mut()[arrived.id].seen = Seen::Redirect;
                Ok(answer)
            }
            Redirect::Follow => {
                let plain = arrived
                    .request
                    .headers
                    .iter()
                    .all(|(name, _)| name == "accept");
                let carries_nothing = plain && arrived.request.body.is_none();
                self.check(carries_nothing, Rule::Origin, || {
                    format!("#{} would take something along", arrived.id)
                });
                match home {
                    true => Ok(self.done(arrived)),
                    false => Err(json!({ "message": "CORS" })),
                }
            }
        }
    }

    fn check_origin(&self, request: &Request<Json>) {
        let home = [API, AUTH].iter().any(|origin| {
            let path = request.url.strip_prefix(origin);
            path.is_some_and(|path| path.starts_with('/'))
        });
        self.check(home, Rule::Origin, || format!("sent to {}", request.url));
        let in_body = request.url.starts_with(API) || !secrets::is_in(&request.url);
        self.check(in_body, Rule::Secret, || {
            "a refresh token in a URL".to_owned()
        });
    }

    fn check_call(&self, arriving: &Arrived<'_>) {
        let Arrived {
            request,
            id,
            token,
            hop,
        } = arriving;
        let now = self.time.now();
        let serial = token.as_deref().and_then(secrets::serial);
        let (key, begun, task) = {
            let mut asked = self.asked.borrow_mut();
            let one = &mut asked[*id];
            self.check(one.aborted.is_none(), Rule::Abort, || {
                format!("#{id} sends after its abort")
            });
            self.check(!one.over, Rule::Left, || {
                format!("#{id} sends after its end")
            });
            if !hop {
                let again = one.sends > 0;
                let replay = again && one.seen == Seen::Refusal;
                one.sends += 1;
                one.replays += u32::from(replay);
                let twice = one.repeatable || !again || replay;
                let method = request.method.as_str();
                self.check(twice, Rule::SentOnce, || {
                    format!("#{id}: {method} sent again")
                });
                self.check(!one.stream || !again, Rule::SentOnce, || {
                    format!("#{id}: a stream sent again")
                });
                // What is stored may have been refused elsewhere.
                let replays = 1 + u32::from(self.setup.settings.has_storage);
                let most = one.limit + 1 + replays;
                self.check(
                    one.sends <= most && one.replays <= replays,
                    Rule::SentTooOften,
                    || format!("#{id}: {} requests, {} replays", one.sends, one.replays),
                );
                let early = !replay && now < one.not_before;
                self.check(!early, Rule::RetryAfter, || {
                    format!("#{id} sends too early")
                });
                one.seen = Seen::Nothing;
                one.not_before = 0;
            } else {
                let safe = matches!(request.method, Method::Get | Method::Head);
                self.check(safe, Rule::Origin, || format!("#{id} follows a redirect"));
            }
            (one.key, one.begun, one.task)
        };
        self.renewal_over(task);
        if let Some(serial) = serial {
            self.check_token(key, serial, begun);
        }
    }

    /// The Unix time in seconds that a text names.
    pub fn date(&self, text: &str) -> Option<f64> {
        let seconds: f64 = text.strip_suffix(" GMT")?.parse().ok()?;
        (seconds >= START as f64 / 2000.0).then_some(seconds)
    }
}

/// What is thrown by a host that tells all it knows.
fn unreachable(request: &Request<Json>) -> Json {
    let Request { url, headers, .. } = request;
    json!({ "message": format!("can't reach {url}"), "headers": format!("{headers:?}") })
}
