//! Hooks and listeners of the caller's.

use std::future::pending;
use std::rc::Rc;

use playoff_wasm::core::error::{Error, Failure};
use playoff_wasm::core::event::{Event, SignedOut};
use playoff_wasm::core::host::Try;
use serde_json::{Value as Json, json};

use crate::answer::Scripted;
use crate::callers::{dispose, get_token, logout};
use crate::executor::{Executor, yield_now};
use crate::faults::Fault;
use crate::rules::Rule;
use crate::secrets;
use crate::setup::key_of;
use crate::world::World;

type Hooked<T> = Result<T, Failure<Json>>;

impl World {
    /// The `beforeRequest` hook.
    pub async fn before_request(self: &Rc<Self>, one: &Try) -> Hooked<()> {
        let own = [Fault::BeforeRequestThrows, Fault::BeforeRequestHangs];
        self.hook("beforeRequest", &own, format!("{one:?}"), call_in(&one.url))
            .await?;
        Ok(())
    }

    /// The `afterResponse` hook.
    pub async fn after_response(self: &Rc<Self>, one: &Try, answer: Scripted) -> Hooked<Scripted> {
        let own = [
            Fault::AfterResponseThrows,
            Fault::AfterResponseHangs,
            Fault::AfterResponseReplaces,
        ];
        let id = call_in(&one.url);
        let struck = self
            .hook("afterResponse", &own, format!("{one:?}"), id)
            .await?;
        if struck != Some(Fault::AfterResponseReplaces) {
            return Ok(answer);
        }
        if let Some(id) = id {
            self.asked.borrow_mut()[id].replaced = true;
        }
        Ok(Scripted::new(self, 200, r#"{"replaced":true}"#))
    }

    /// The `beforeRetry` hook.
    pub async fn before_retry(self: &Rc<Self>, error: &Error<Json>) -> Hooked<bool> {
        let own = [
            Fault::BeforeRetryThrows,
            Fault::BeforeRetryHangs,
            Fault::BeforeRetryRefuses,
            Fault::BeforeRetryThrows,
        ];
        let struck = self
            .hook("beforeRetry", &own, format!("{error:?}"), None)
            .await?;
        Ok(struck != Some(Fault::BeforeRetryRefuses))
    }

    /// A hook: what it is called by, what may befall it, what it sees, and of which call.
    async fn hook(
        self: &Rc<Self>,
        name: &str,
        own: &[Fault],
        seen: String,
        id: Option<usize>,
    ) -> Hooked<Option<Fault>> {
        self.say(|| name.to_owned());
        // Whoever gets here has a token.
        self.renewal_over(Executor::current());
        self.check_not_disposed(name);
        self.check_no_secret(name, &seen);
        let Some(fault) = self.draw_hook_fault(name, own, id) else {
            if self.choices.percent(40) {
                self.latency().await;
            }
            return Ok(None);
        };
        self.strike(fault);
        match fault {
            Fault::HookAborts => id.into_iter().for_each(|id| self.abort(id)),
            Fault::HookDisposes => dispose(self),
            Fault::HookLogsOut => logout(self),
            _ => {}
        }
        // What a hook gives is awaited.
        yield_now().await;
        self.latency().await;
        match fault {
            Fault::BeforeRequestThrows | Fault::AfterResponseThrows | Fault::BeforeRetryThrows => {
                Err(Failure::Thrown(json!({ "thrown": name })))
            }
            Fault::BeforeRequestHangs | Fault::AfterResponseHangs | Fault::BeforeRetryHangs => {
                pending().await
            }
            _ => Ok(Some(fault)),
        }
    }

    fn draw_hook_fault(&self, name: &str, own: &[Fault], id: Option<usize>) -> Option<Fault> {
        // Retries are few.
        let trouble = match name {
            "beforeRetry" => self.setup.trouble.hooks * 3,
            _ => self.setup.trouble.hooks,
        };
        let fault = self.draw(own, trouble)?;
        Some(match self.choices.below(12) {
            0..4 if id.is_some_and(|id| self.asked.borrow()[id].has_signal) => Fault::HookAborts,
            4 => Fault::HookDisposes,
            5 => Fault::HookLogsOut,
            _ => fault,
        })
    }

    /// Those who listen are told.
    pub fn listen(self: &Rc<Self>, tab: usize, event: &Event<Json>) {
        self.say(|| format!("event {event:?}"));
        self.check_not_disposed("an event is told");
        self.check_no_secret("an event", &format!("{event:?}"));
        if let Event::SignedOut { reason, player_id } = event
            && *reason != SignedOut::Logout
        {
            let key = match self.setup.tabs {
                true => tab,
                false => key_of(player_id.as_deref()),
            };
            match reason {
                SignedOut::OtherTab => self.check_other_tab(key),
                _ => self.check_refused(key),
            }
            self.signed_out(key, false);
        }
        let faults = [
            Fault::ListenerDisposes,
            Fault::ListenerLogsOut,
            Fault::ListenerAsks,
        ];
        let Some(fault) = self.draw(&faults, self.setup.trouble.listeners) else {
            return;
        };
        // Nobody who listens to what comes of their own doing goes on for ever.
        if self.struck.of(Fault::ListenerLogsOut) + self.struck.of(Fault::ListenerAsks) > 6 {
            return;
        }
        self.strike(fault);
        match fault {
            Fault::ListenerDisposes => dispose(self),
            Fault::ListenerLogsOut => logout(self),
            _ => get_token(self),
        }
    }

    /// Nothing of a client's that has ended.
    pub fn check_not_disposed(&self, what: &str) {
        let disposed = self.disposed_at_point.get().is_some();
        self.check(!disposed, Rule::Disposed, || {
            format!("{what} after dispose()")
        });
    }

    /// Nothing that shows a secret.
    pub fn check_no_secret(&self, what: &str, text: &str) {
        self.check(!secrets::is_in(text), Rule::Secret, || {
            format!("{what} shows a secret: {text}")
        });
    }
}

fn call_in(url: &str) -> Option<usize> {
    let (_, rest) = url.split_once("/calls/")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}
