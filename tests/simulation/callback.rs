//! The `token` option: what the app's own backend gives, or doesn't.

use std::future::pending;
use std::rc::Rc;

use playoff_wasm::core::event::Reason;
use playoff_wasm::core::host::Given;
use playoff_wasm::core::settings::TokenSource;
use serde_json::{Value as Json, json};

use crate::answer::Scripted;
use crate::faults::Fault;
use crate::secrets;
use crate::service::record;
use crate::world::World;

type Gift = Result<Given<Json, Scripted>, Json>;

const FAULTS: &[Fault] = &[
    Fault::CallbackThrows,
    Fault::CallbackTells,
    Fault::CallbackRejects,
    Fault::CallbackHangs,
    Fault::CallbackGarbage,
    Fault::CallbackSame,
    Fault::CallbackEnded,
    Fault::CallbackOutage,
    Fault::CallbackRefused,
    Fault::CallbackPage,
];

impl World {
    /// What the `token` option gives.
    pub async fn token(self: &Rc<Self>, reason: Reason, key: usize) -> Gift {
        self.say(|| format!("token callback for key {key}: {}", reason.as_str()));
        self.check_not_disposed("the token callback is asked");
        if self.setup.settings.token == TokenSource::Fixed {
            return Ok(Given::Value(self.given()));
        }
        let asked = self.moment();
        let _under_way = self.renewal_asks(key);
        let fault = self.draw(FAULTS, self.setup.trouble.callback);
        // What can only be done once there is a token would be done too seldom.
        let fault = match fault {
            Some(_) if self.knows_secret(key) && self.choices.percent(60) => Some(
                self.choices
                    .one_of(&[Fault::CallbackTells, Fault::CallbackSame]),
            ),
            fault => fault,
        };
        if fault == Some(Fault::CallbackThrows) {
            return self.callback_fails(key, Fault::CallbackThrows, json!("can't"));
        }
        self.latency().await;
        match fault {
            Some(Fault::CallbackTells) => {
                let fault = match self.knows_secret(key) {
                    true => Fault::CallbackTells,
                    false => Fault::CallbackThrows,
                };
                let secret = self.known_secret(key);
                let thrown = json!({ "message": format!("{secret} is bad"), "token": secret });
                self.callback_fails(key, fault, thrown)
            }
            Some(fault @ Fault::CallbackRejects) => {
                self.time.sleep(self.choices.below(200)).await;
                self.callback_fails(key, fault, json!({ "message": "no" }))
            }
            Some(fault @ Fault::CallbackHangs) => {
                self.strike(fault);
                pending().await
            }
            Some(fault @ Fault::CallbackGarbage) => self.gives_garbage(key, fault),
            Some(Fault::CallbackSame) => self.gives_the_same(key, asked),
            Some(fault @ Fault::CallbackEnded) => self.gives_an_ended_one(key, fault, asked),
            Some(fault @ Fault::CallbackOutage) => self.responds(key, fault, 500, "down"),
            Some(fault @ Fault::CallbackRefused) => {
                // The second one is a code of our own, too.
                let code = self.choices.one_of(&["login_required", "signed_out"]);
                self.responds(key, fault, 401, &json!({ "error": code }).to_string())
            }
            Some(fault @ Fault::CallbackPage) => self.responds(key, fault, 200, "<html></html>"),
            _ => Ok(self.gives_a_good_one(key, asked)),
        }
    }

    /// The token that `createClient` was given: the same one whenever it is read.
    fn given(&self) -> Json {
        self.initial.borrow().clone().unwrap_or_default()
    }

    fn callback_fails(&self, key: usize, fault: Fault, thrown: Json) -> Gift {
        self.strike(fault);
        self.renewal_failed(key);
        Err(thrown)
    }

    fn gives_garbage(&self, key: usize, fault: Fault) -> Gift {
        self.strike(fault);
        self.renewal_failed(key);
        let garbage = match self.choices.below(5) {
            0 => json!(null),
            1 => json!(""),
            2 => json!("<html> </html>"),
            3 => json!({ "access_token": 7 }),
            _ => json!({ "token": "abc" }),
        };
        Ok(Given::Value(garbage))
    }

    fn gives_the_same(self: &Rc<Self>, key: usize, asked: u64) -> Gift {
        let Some(serial) = self.service.newest(key) else {
            return Ok(self.gives_a_good_one(key, asked));
        };
        self.strike(Fault::CallbackSame);
        self.renewal_succeeded(key);
        self.service.give_again(serial, (asked, self.moment()));
        self.say(|| format!("gives a{serial} again"));
        Ok(Given::Value(json!(self.service.text(serial))))
    }

    fn gives_an_ended_one(&self, key: usize, fault: Fault, asked: u64) -> Gift {
        self.strike(fault);
        let serial = self.service.make(key, 0, Some(0), (asked, self.moment()));
        let now = self.time.true_unix();
        let with_iat = self.choices.percent(50);
        // Without `iat` it is refused right here; with it, the service is asked.
        match !with_iat && now - 60.0 <= self.time.shown_unix() {
            true => self.renewal_failed(key),
            false => self.renewal_succeeded(key),
        }
        let claims = secrets::claims(now - 3600.0, Some(3540.0), with_iat);
        Ok(Given::Value(json!(self.service.make_jwt(serial, &claims))))
    }

    fn responds(self: &Rc<Self>, key: usize, fault: Fault, status: u16, body: &str) -> Gift {
        self.strike(fault);
        let mut answer = Scripted::new(self, status, body);
        answer.fails_renewal_of = Some(key);
        Ok(Given::Answer(answer))
    }

    fn gives_a_good_one(self: &Rc<Self>, key: usize, asked: u64) -> Given<Json, Scripted> {
        let life = self.choices.one_of(&self.setup.lives);
        let ends = life.map(|life| self.time.now() + life * 1000);
        let family = self.service.family();
        let serial = self.service.make(key, family, ends, (asked, self.moment()));
        self.say(|| format!("gives a{serial}, for {life:?} s"));
        if self.setup.jwt {
            let claims = secrets::claims(self.time.true_unix(), life.map(|life| life as f64), true);
            self.renewal_succeeded(key);
            return Given::Value(json!(self.service.make_jwt(serial, &claims)));
        }
        let with_refresh = self.setup.settings.login.is_some() && self.choices.percent(60);
        let refresh = with_refresh.then(|| self.service.make_refresh(key, family));
        let record = record(self.service.text(serial), life, refresh);
        if self.choices.percent(40) {
            let mut answer = Scripted::new(self, 200, &record.to_string());
            answer.renews = Some(key);
            return Given::Answer(answer);
        }
        self.renewal_succeeded(key);
        Given::Value(record)
    }
}
