//! `/api/*`: calls of the service, for whoever is signed in.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::Response;

use super::response::Reply;
use super::{Transaction, headers_of, log_error};
use crate::core::answer::Outcome;
use crate::core::call;
use crate::core::client::Client;
use crate::core::error::Failure;
use crate::core::request::{As, Body, Call};
use crate::core::settings::check_headers;
use crate::edge::handler::proxy::{FORWARDED, LIFETIME, Proxied};
use crate::edge::handler::served::{BAD_ANSWER, failure, success};
use crate::edge::handler::{MISCONFIGURED, Refusal, UNREADABLE};
use crate::edge::mint::Grant;
use crate::host::body::{NoBody, cancel};
use crate::host::error::rejection;
use crate::host::{Hooks, JsHost, Parts, Tokens, js};

type Called = Result<Outcome<JsValue>, Failure<JsValue>>;

impl Transaction<'_> {
    /// Makes the call and hands its answer out.
    pub async fn proxy(&self, proxied: Proxied) -> Result<Reply, Refusal> {
        let rules = &self.setup.rules;
        let Some(proxy) = &rules.proxy else {
            return Err(MISCONFIGURED);
        };
        self.check_length(proxy.max_body_size)?;
        let grant = self.player().await?;
        let body = self.body(proxy.max_body_size).await.map_err(|no_body| {
            if let NoBody::Used = no_body {
                log_error(
                    "playoff-wasm: authenticate read the body, which is the service's: let it read a clone",
                    &JsValue::UNDEFINED,
                );
                return MISCONFIGURED;
            }
            no_body.into()
        })?;
        let call = self.call(proxied, body)?;
        let called = match proxy.use_app_token {
            true => {
                let call = Call {
                    player_id: Some(grant.player_id),
                    ..call
                };
                call::call(&self.setup.app.client, call).await
            }
            false => {
                let grant = Grant {
                    expires_in: LIFETIME,
                    ..grant
                };
                self.send(call, &self.mint(&grant)?).await
            }
        };
        match called {
            Ok(outcome) => self.hand_out(&outcome),
            Err(failure) => Ok(self.explain(failure)),
        }
    }

    fn call(&self, proxied: Proxied, body: Option<Uint8Array>) -> Result<Call<JsValue>, Refusal> {
        let mut call = Call::new(proxied.method, proxied.route);
        call.query = proxied.query;
        call.body = body.map(|body| Body::Raw(body.into()));
        call.form = As::Response;
        // Whoever asks may ask again.
        call.retry.limit = Some(0);
        let headers = headers_of(self.request);
        for name in FORWARDED {
            if let Ok(Some(value)) = headers.text(name) {
                call.headers.push((name.to_owned(), value));
            }
        }
        // Not every `Request` is the platform's own.
        check_headers::<JsValue>(&call.headers).map_err(|_| UNREADABLE)?;
        Ok(call)
    }

    /// Sends it with one token, which nothing renews.
    async fn send(&self, call: Call<JsValue>, token: &str) -> Called {
        let app = &self.setup.app;
        let host = JsHost {
            fetch: app.client.host.fetch.clone(),
            token: Tokens::Option(token.into()),
            storage: JsValue::UNDEFINED,
            hooks: Hooks::default(),
            page: Parts::default(),
            emit: self.nothing.clone(),
            tabs: None,
        };
        call::call(&Client::new(host, app.of_players.clone()), call).await
    }

    fn hand_out(&self, outcome: &Outcome<JsValue>) -> Result<Reply, Refusal> {
        let response: &Response = outcome.data.unchecked_ref();
        let headers = response.headers();
        let header = |name: &str| headers.get(name).ok().flatten();
        let asked = self.head.asked();
        let allowed = &self.setup.rules.allow_origins;
        let stream = response.body();
        let served = success(&asked, allowed, outcome.status, stream.is_some(), &header);
        let is_wanted = served.as_ref().is_ok_and(|served| served.has_body);
        if let Some(stream) = stream.as_ref().filter(|_| !is_wanted) {
            cancel(stream);
        }
        if served.is_err() {
            log_error(
                "playoff-wasm: /api hands out JSON and raster images only; the service's answer is of type",
                &header("content-type").into(),
            );
        }
        Ok(Reply {
            answer: served?.answer,
            stream: stream.filter(|_| is_wanted),
        })
    }

    fn explain(&self, failed: Failure<JsValue>) -> Reply {
        let (answer, is_logged) = match &failed {
            Failure::Failed(error) => {
                failure(&self.head.method, error, error.data.as_ref().and_then(json))
            }
            // Nobody has a signal or a hook here.
            Failure::Thrown(_) => (BAD_ANSWER.into(), true),
        };
        if is_logged {
            log_error(
                "playoff-wasm: a call of the service failed:",
                &rejection(failed),
            );
        }
        answer.into()
    }
}

fn json(data: &JsValue) -> Option<serde_json::Value> {
    let text = js::to_json(data).ok()?.as_string()?;
    serde_json::from_str(&text).ok()
}
