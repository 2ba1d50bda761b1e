//! The drop-in handler: reads a request, lets `edge::handler` decide, and carries it out.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise};
use serde_json::{Value as Json, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, Request, Response, ResponseInit, Url};

use super::edge::{grant, issuer, now, read_fields, texts, warn_of_scopes};
use crate::core::error::Error;
use crate::core::value::Value;
use crate::edge::Issuer;
use crate::edge::handler::{
    Asked, Decision, LOGIN_REQUIRED, MISCONFIGURED, Refusal, UNAVAILABLE, allowed_origin, decide,
};
use crate::edge::mint::{Grant, mint};
use crate::host::error::to_js;
use crate::host::run::promise;

const NAMES: &[&str] = &["clientId", "clientSecret", "authenticate", "allowOrigins"];
const GRANT_NAMES: &[&str] = &["playerId", "scopes", "expiresIn", "allowLongLifetime"];

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn log_error(what: &str, error: &JsValue);
}

/// What the handler was told for one `env`.
struct Settings {
    issuer: Rc<Issuer>,
    authenticate: Function,
    allow_origins: Vec<String>,
}

/// Answers `POST /player-token`.
#[wasm_bindgen(skip_typescript)]
pub struct EdgeHandler {
    inner: Rc<Inner>,
}

struct Inner {
    configure: Function,
    /// The settings for the `env` at hand: workers keep one for as long as they live.
    settings: RefCell<Option<(JsValue, Rc<Settings>)>>,
}

#[wasm_bindgen]
impl EdgeHandler {
    /// From a function that gives the options for an `env`.
    #[wasm_bindgen(constructor)]
    pub fn new(configure: &JsValue) -> Result<EdgeHandler, JsValue> {
        let configure = configure.dyn_ref::<Function>().cloned().ok_or_else(|| {
            to_js(Error::option(
                "createEdgeHandler",
                "given a function: (env) => options",
            ))
        })?;
        let settings = RefCell::default();
        let inner = Rc::new(Inner {
            configure,
            settings,
        });
        Ok(Self { inner })
    }

    /// Answers a request.
    pub fn fetch(&self, request: JsValue, env: JsValue) -> Promise {
        let inner = Rc::clone(&self.inner);
        promise(async move {
            let is_request = request.get("url").is_some_and(|url| url.is_string());
            if !is_request {
                return Err(to_js(Error::option("request", "a Request")));
            }
            Ok(inner.answer(request.unchecked_ref(), &env).await?.into())
        })
    }
}

impl Inner {
    async fn answer(&self, request: &Request, env: &JsValue) -> Result<Response, JsValue> {
        let settings = match self.settings(env) {
            Ok(settings) => settings,
            Err(error) => {
                log_error(
                    "playoff-wasm: createEdgeHandler's options don't hold:",
                    &error,
                );
                return refuse(MISCONFIGURED, None);
            }
        };
        let url = Url::new(&request.url())?;
        let (method, path, own_origin) = (request.method(), url.pathname(), url.origin());
        let origin = request.headers().get("origin")?;
        let asked = Asked {
            method: &method,
            path: &path,
            own_origin: &own_origin,
            origin: origin.as_deref(),
        };
        // A page of this origin needs no CORS headers.
        let allowed = allowed_origin(asked, &settings.allow_origins);
        let cors = allowed.filter(|origin| *origin != own_origin);
        match decide(asked, &settings.allow_origins) {
            Decision::PlayerToken => match player_token(&settings, request).await {
                Ok(body) => answer(200, Some(body), cors),
                Err(refusal) => refuse(refusal, cors),
            },
            Decision::Preflight => answer(204, None, cors),
            Decision::Refuse(refusal) => refuse(refusal, cors),
        }
    }

    /// The settings for an `env`, read once.
    fn settings(&self, env: &JsValue) -> Result<Rc<Settings>, JsValue> {
        if let Some((known, settings)) = &*self.settings.borrow()
            && Object::is(known, env)
        {
            return Ok(Rc::clone(settings));
        }
        let options = self.configure.call1(&JsValue::UNDEFINED, env)?;
        let settings = Rc::new(read(&options).map_err(to_js)?);
        *self.settings.borrow_mut() = Some((env.clone(), Rc::clone(&settings)));
        Ok(settings)
    }
}

fn read(options: &JsValue) -> Result<Settings, Error<JsValue>> {
    let fields = read_fields(options, NAMES, "createEdgeHandler")?;
    Ok(Settings {
        issuer: issuer(&fields)?,
        authenticate: fields.function("authenticate")?.ok_or_else(|| {
            Error::option("authenticate", "given: a function that says who is asking")
        })?,
        allow_origins: texts(&fields, "allowOrigins")?,
    })
}

/// Mints for whoever is signed in. The request's body is nobody's business: who the player is and
/// what the token may do come from `authenticate` alone.
async fn player_token(settings: &Settings, request: &Request) -> Result<Json, Refusal> {
    let said = authenticate(settings, request).await.map_err(|error| {
        log_error("playoff-wasm: authenticate failed:", &error);
        UNAVAILABLE
    })?;
    if said.is_undefined() || said.is_null() || said == false {
        return Err(LOGIN_REQUIRED);
    }
    let minted = || -> Result<(String, Grant), Error<JsValue>> {
        let grant = grant(&read_fields(&said, GRANT_NAMES, "what authenticate gives")?)?;
        warn_of_scopes(&grant);
        Ok((mint(&settings.issuer, &grant, now())?, grant))
    };
    let (token, grant) = minted().map_err(|error| {
        log_error("playoff-wasm: no token can be minted:", &to_js(error));
        MISCONFIGURED
    })?;
    Ok(json!({
        "access_token": token,
        "token_type": "jwt",
        "expires_in": grant.expires_in as i64,
    }))
}

async fn authenticate(settings: &Settings, request: &Request) -> Result<JsValue, JsValue> {
    let said = settings.authenticate.call1(&JsValue::UNDEFINED, request)?;
    JsFuture::from(Promise::resolve(&said)).await
}

fn refuse(refusal: Refusal, cors: Option<&str>) -> Result<Response, JsValue> {
    let body = json!({ "error": refusal.code, "error_description": refusal.description });
    let response = answer(refusal.status, Some(body), cors)?;
    if refusal.status == 405 {
        response.headers().set("allow", "POST")?;
    }
    Ok(response)
}

fn answer(status: u16, body: Option<Json>, cors: Option<&str>) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    headers.set("cache-control", "no-store")?;
    headers.set("vary", "Origin")?;
    if body.is_some() {
        headers.set("content-type", "application/json; charset=utf-8")?;
        headers.set("x-content-type-options", "nosniff")?;
    }
    if let Some(origin) = cors {
        headers.set("access-control-allow-origin", origin)?;
        headers.set("access-control-allow-credentials", "true")?;
        headers.set("access-control-allow-methods", "POST")?;
        headers.set(
            "access-control-allow-headers",
            "content-type, authorization",
        )?;
    }
    let init = ResponseInit::new();
    init.set_status(status);
    init.set_headers(&headers);
    let body = body.map(|body| body.to_string());
    Response::new_with_opt_str_and_init(body.as_deref(), &init)
}
