//! `POST /auth/exchange`, `/auth/refresh` and `/auth/logout`.

use wasm_bindgen::JsValue;

use super::response::Reply;
use super::{Head, Transaction, log_error};
use crate::bindings::edge::now;
use crate::core::client::Client;
use crate::core::error::Error;
use crate::core::secret::Secret;
use crate::edge::grants;
use crate::edge::handler::answer::Answer;
use crate::edge::handler::auth::{
    SIGNED_IN_ANEW, SIGNED_OUT, Tokens, check_type, is_logged, no_exchange, no_refresh,
    read_exchange, read_logout, read_refresh,
};
use crate::edge::handler::cookie::{Cookie, Held};
use crate::edge::handler::spent::Brought;
use crate::edge::handler::{Auth, BODY_LIMIT, LOGIN_REQUIRED, Refusal};
use crate::host::error::to_js;

impl Transaction<'_> {
    /// Carries one of them out.
    pub async fn auth(&self, auth: Auth) -> Result<Reply, Refusal> {
        let Head {
            content_type,
            own_origin,
            origin,
            ..
        } = self.head;
        // Of another type it isn't even read.
        check_type(auth, content_type.as_deref(), true)?;
        let body = self.body(BODY_LIMIT).await?;
        let body = body.map(|body| body.to_vec()).unwrap_or_default();
        check_type(auth, content_type.as_deref(), body.is_empty())?;
        let cookie = self.setup.rules.cookie.of(own_origin, origin.as_deref());
        let answer = match auth {
            Auth::Exchange => self.exchange(&body, &cookie).await?,
            Auth::Refresh => self.refresh(&body, &cookie).await?,
            Auth::Logout => self.logout(&body, &cookie).await?,
        };
        Ok(answer.into())
    }

    async fn exchange(&self, body: &[u8], cookie: &Cookie) -> Result<Answer, Refusal> {
        let app = &self.setup.app;
        let allowed = &self.setup.rules.allow_origins;
        let code = read_exchange(body, &self.head.own_origin, allowed)?;
        let Client {
            host,
            settings,
            place,
            ..
        } = &*app.client;
        let token = grants::exchange_code(host, settings, *place, &app.credentials, &code).await;
        let tokens = Tokens::of(&token.map_err(|error| self.told(error, no_exchange))?);
        // Whoever was signed in before isn't any more, in other tabs too.
        self.end(cookie, &SIGNED_IN_ANEW);
        let answer = give(&tokens, cookie);
        Ok(match tokens.refresh() {
            Some(_) => answer,
            None => answer.with("set-cookie", cookie.clear()),
        })
    }

    async fn refresh(&self, body: &[u8], cookie: &Cookie) -> Result<Answer, Refusal> {
        read_refresh(body)?;
        let signed_out = Answer::refusal(&LOGIN_REQUIRED);
        let refresh = match cookie.read(self.head.cookie.as_deref()) {
            Held::Nothing => return Ok(signed_out),
            Held::Unusable => return Ok(signed_out.with("set-cookie", cookie.clear())),
            Held::Refresh(refresh) => refresh,
        };
        let app = &self.setup.app;
        let ask = self.ask(&refresh);
        let Client { host, settings, .. } = &*app.client;
        match self
            .spent
            .share(host, &refresh, settings.timeout, ask)
            .await
        {
            Ok(tokens) => Ok(give(&tokens, cookie)),
            Err(refusal) if refusal == LOGIN_REQUIRED => {
                Ok(signed_out.with("set-cookie", cookie.clear()))
            }
            Err(refusal) => Err(refusal),
        }
    }

    async fn ask(&self, refresh: &Secret) -> Brought {
        let app = &self.setup.app;
        let Client {
            host,
            settings,
            place,
            ..
        } = &*app.client;
        let token = grants::refresh(host, settings, *place, &app.credentials, refresh).await;
        let token = token.map_err(|error| self.told(error, no_refresh))?;
        Ok(Tokens::of(&token))
    }

    /// The page is signed out whatever the service says of the token.
    async fn logout(&self, body: &[u8], cookie: &Cookie) -> Result<Answer, Refusal> {
        let access_token = read_logout(body)?;
        self.end(cookie, &SIGNED_OUT);
        if let Some(access_token) = access_token {
            let Client { host, settings, .. } = &*self.setup.app.client;
            let told = grants::revoke(host, settings, &access_token).await;
            if let Err(error) = told {
                log_error("playoff-wasm: a token wasn't revoked:", &to_js(error));
            }
        }
        Ok(Answer::empty(204).with("set-cookie", cookie.clear()))
    }

    /// Lets nothing come any more of the refresh token that came along.
    fn end(&self, cookie: &Cookie, refusal: &Refusal) {
        if let Held::Refresh(refresh) = cookie.read(self.head.cookie.as_deref()) {
            self.spent.end(&refresh, refusal, now());
        }
    }

    /// What the page is told of an error; the log gets what is the worker's own affair.
    fn told(
        &self,
        error: Error<JsValue>,
        refusal: impl Fn(&crate::core::error::Details<JsValue>) -> Refusal,
    ) -> Refusal {
        let refusal = refusal(&error);
        if is_logged(&refusal) {
            log_error("playoff-wasm: the service gave no token:", &to_js(error));
        }
        refusal
    }
}

fn give(tokens: &Tokens, cookie: &Cookie) -> Answer {
    let (answer, is_lost) = tokens.answer(cookie, now());
    if is_lost {
        log_error(
            "playoff-wasm: no cookie can hold the service's refresh token",
            &JsValue::UNDEFINED,
        );
    }
    answer
}
