//! Between the client and the token endpoint.

use std::future::pending;
use std::rc::Rc;

use playoff_wasm::core::percent::encode;
use playoff_wasm::core::request::{Body, Redirect, Request};
use serde_json::{Value as Json, json};

use crate::answer::Scripted;
use crate::faults::Fault;
use crate::rules::Rule;
use crate::secrets;
use crate::service::record;
use crate::setup::Rotation;
use crate::world::World;

const FAULTS: &[Fault] = &[
    Fault::GrantNeverReached,
    Fault::GrantLost,
    Fault::GrantBroken,
    Fault::GrantSilence,
    Fault::GrantSlow,
    Fault::GrantOutage,
    Fault::GrantRefused,
    Fault::GrantPage,
    Fault::GrantRedirect,
    Fault::GrantEcho,
];

impl World {
    /// What the token endpoint does and says.
    pub async fn token_endpoint(
        self: &Rc<Self>,
        tab: usize,
        request: &Request<Json>,
    ) -> Result<Scripted, Json> {
        let Some(Body::Form(form)) = &request.body else {
            self.broke(Rule::Secret, || "a token request without a form".to_owned());
            return pending().await;
        };
        let given = secrets::serial(form).expect("a refresh token in the form");
        let (key, family) = self.service.refresh_of(given);
        let key = if self.setup.tabs { tab } else { key };
        self.say(|| format!("key {key} gives r{given} for a token"));
        let asked = self.moment();
        let _under_way = self.renewal_asks(key);
        self.check_refresh(key, given);
        let _spending = self.spends(key, given);
        let fault = self.draw(FAULTS, self.setup.trouble.grant);
        self.latency().await;
        if fault == Some(Fault::GrantNeverReached) {
            return self.grant_fails(key, fault);
        }
        if fault == Some(Fault::GrantSilence) {
            self.strike(Fault::GrantSilence);
            return pending().await;
        }
        if let Some(answer) = self.refuses(key, given, family, fault, request) {
            return answer;
        }
        let life = self.choices.one_of(&self.setup.lives);
        let ends = life.map(|life| self.time.now() + life * 1000);
        let serial = self.service.make(key, family, ends, (asked, self.moment()));
        let rotates = self.setup.rotation != Rotation::None;
        let next = rotates.then(|| self.service.make_refresh(key, family));
        self.say(|| format!("makes a{serial} and r{next:?}, for {life:?} s"));
        if fault == Some(Fault::GrantSlow) {
            self.strike(Fault::GrantSlow);
            self.time.sleep(self.choices.below(6000)).await;
        }
        self.latency().await;
        let record = record(self.service.text(serial), life, next);
        let mut answer = Scripted::new(self, 200, &record.to_string());
        match fault {
            Some(Fault::GrantLost) => return self.grant_fails(key, fault),
            Some(Fault::GrantBroken) => {
                self.strike(Fault::GrantBroken);
                answer.breaks = true;
                answer.fails_renewal_of = Some(key);
            }
            _ => {
                answer.spends = rotates.then_some(given);
                answer.grants = Some((key, asked, next.unwrap_or(given)));
            }
        }
        Ok(answer)
    }

    fn grant_fails(&self, key: usize, fault: Option<Fault>) -> Result<Scripted, Json> {
        fault.into_iter().for_each(|fault| self.strike(fault));
        self.renewal_failed(key);
        Err(json!({ "message": "can't reach the token endpoint" }))
    }

    /// An answer without a token, where there is a reason for one.
    fn refuses(
        self: &Rc<Self>,
        key: usize,
        given: usize,
        family: usize,
        fault: Option<Fault>,
        request: &Request<Json>,
    ) -> Option<Result<Scripted, Json>> {
        let fails = |mut answer: Scripted| {
            answer.fails_renewal_of = Some(key);
            Some(Ok(answer))
        };
        if let Some(
            fault @ (Fault::GrantOutage
            | Fault::GrantPage
            | Fault::GrantRedirect
            | Fault::GrantEcho),
        ) = fault
        {
            self.strike(fault);
        }
        match fault {
            Some(Fault::GrantOutage) => return fails(Scripted::new(self, 503, "down")),
            Some(Fault::GrantPage) => return fails(Scripted::new(self, 200, "<html></html>")),
            Some(Fault::GrantRedirect) if request.redirect == Redirect::Error => {
                return Some(self.grant_fails(key, None));
            }
            Some(Fault::GrantRedirect) => {
                let target = "https://evil.example/token".to_owned();
                return fails(Scripted::new(self, 302, "").with("location", target));
            }
            Some(Fault::GrantEcho) => return fails(self.grant_echo(given)),
            Some(Fault::GrantRefused) => {
                self.strike(Fault::GrantRefused);
                self.service.end_family(family);
            }
            _ => {}
        }
        if self.service.take(given, self.setup.rotation) {
            return None;
        }
        self.say(|| format!("r{given} is refused"));
        let body = r#"{"error":"invalid_grant","error_description":"no"}"#;
        // No failure: a callback is asked next, where there is one; else the session is over.
        Some(Ok(Scripted::new(self, 400, body)))
    }

    fn grant_echo(self: &Rc<Self>, given: usize) -> Scripted {
        let secret = secrets::refresh(given);
        let secret = match self.choices.percent(50) {
            true => encode(&secret),
            false => secret,
        };
        let mut error =
            json!({ "error": "invalid_request", "error_description": format!("{secret}?") });
        if self.choices.percent(30) {
            error["error"] = json!(secret);
        }
        Scripted::new(self, 400, &error.to_string())
    }

    fn check_refresh(&self, key: usize, given: usize) {
        let failed = self.has_failed_storage(key);
        // Who signs out leaves a spent one behind for a moment.
        let leaves = self.setup.tabs && self.is_logging_out();
        let again = self.service.is_answered(given) && !failed && !leaves;
        self.check(!again, Rule::RefreshReuse, || {
            format!("key {key}: r{given} is given again")
        });
    }

    /// The client has got a token for a refresh token: from here on, `next` is what it goes by.
    pub fn granted(&self, key: usize, asked: u64, next: usize) {
        self.renewal_succeeded(key);
        let mut keys = self.keys.all.borrow_mut();
        let one = &mut keys[key];
        if asked > one.signed_out {
            one.refresh = Some(next);
        }
    }

    /// A session that the service refused is over; it mustn't be one that is good.
    pub fn check_refused(&self, key: usize) {
        let refresh = self.keys.all.borrow()[key].refresh;
        let good = refresh.filter(|serial| self.service.would_take(*serial, self.setup.rotation));
        // A tab that can't see what another one stored goes by what it has.
        let good = good.filter(|_| !self.setup.tabs || !self.has_failed_storage(key));
        self.check(good.is_none(), Rule::GoodSession, || {
            format!("key {key}: signed out, though r{good:?} is good")
        });
    }
}
