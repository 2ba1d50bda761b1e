//! The drop-in handler: reads a request, lets `edge::handler` decide, and carries it out.

mod auth;
mod ensure;
mod options;
mod player;
mod proxy;
mod response;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{Request, Response, Url};

use crate::core::error::Error;
use crate::core::value::Value;
use crate::edge::handler::answer::Answer;
use crate::edge::handler::spent::Spent;
use crate::edge::handler::{
    Asked, Decision, MISCONFIGURED, Refusal, TOO_LARGE, UNREADABLE, decide, is_too_large,
};
use crate::host::Lookup;
use crate::host::body::{self, NoBody};
use crate::host::error::to_js;
use crate::host::run::promise;
use crate::host::settled;
use options::Setup;
use response::{Reply, respond};

#[wasm_bindgen]
extern "C" {
    /// Tells the worker's owner.
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn log_error(what: &str, error: &JsValue);
}

/// Answers pages: their players' tokens, sign-ins, calls of the service.
#[wasm_bindgen(skip_typescript)]
pub struct EdgeHandler {
    inner: Rc<Inner>,
}

struct Inner {
    configure: Function,
    /// Gives what JavaScript knows of an app.
    ways: Function,
    /// What nobody listens to.
    nothing: Function,
    /// The setup for the `env` at hand: workers keep one for as long as they live.
    setup: RefCell<Option<(JsValue, Rc<Setup>)>>,
    spent: Spent,
}

#[wasm_bindgen]
impl EdgeHandler {
    /// From a function that gives the options for an `env`, one that gives what is known of an app
    /// with these options, and one that does nothing.
    #[wasm_bindgen(constructor)]
    pub fn new(
        configure: &JsValue,
        ways: Function,
        nothing: Function,
    ) -> Result<EdgeHandler, JsValue> {
        let configure = configure.dyn_ref::<Function>().cloned().ok_or_else(|| {
            to_js(Error::option(
                "createEdgeHandler",
                "given a function: (env) => options",
            ))
        })?;
        let inner = Rc::new(Inner {
            configure,
            ways,
            nothing,
            setup: RefCell::default(),
            spent: Spent::default(),
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

/// What is read of a request's head.
struct Head {
    method: String,
    own_origin: String,
    path: String,
    query: String,
    origin: Option<String>,
    sec_fetch_site: Option<String>,
    content_type: Option<String>,
    content_length: Option<String>,
    cookie: Option<String>,
}

impl Head {
    fn read(request: &Request) -> Result<Self, JsValue> {
        let text = |name| request.text_at(name).unwrap_or_default();
        let url = Url::new(&text("url"))?;
        let headers = headers_of(request);
        Ok(Self {
            method: text("method"),
            own_origin: url.origin(),
            path: url.pathname(),
            query: url.search(),
            origin: headers.text("origin")?,
            sec_fetch_site: headers.text("sec-fetch-site")?,
            content_type: headers.text("content-type")?,
            content_length: headers.text("content-length")?,
            cookie: headers.text("cookie")?,
        })
    }

    fn asked(&self) -> Asked<'_> {
        Asked {
            method: &self.method,
            path: &self.path,
            query: &self.query,
            own_origin: &self.own_origin,
            origin: self.origin.as_deref(),
            sec_fetch_site: self.sec_fetch_site.as_deref(),
        }
    }
}

/// One request, and what it is answered with.
struct Transaction<'a> {
    setup: &'a Setup,
    spent: &'a Spent,
    nothing: &'a Function,
    head: &'a Head,
    request: &'a Request,
}

/// Its headers. Not every `Request` is the platform's own: they may be anything.
fn headers_of(request: &Request) -> Lookup {
    let headers = request.get("headers").unwrap_or_default();
    headers.unchecked_into()
}

impl Inner {
    async fn answer(&self, request: &Request, env: &JsValue) -> Result<Response, JsValue> {
        let head = Head::read(request)?;
        let setup = match self.setup(env).await {
            Ok(setup) => setup,
            Err(error) => {
                log_error(
                    "playoff-wasm: createEdgeHandler's options don't hold:",
                    &error,
                );
                let answer = Answer::refusal(&MISCONFIGURED).to(&head.asked(), &[]);
                return respond(answer.into());
            }
        };
        let transaction = Transaction {
            setup: &setup,
            spent: &self.spent,
            nothing: &self.nothing,
            head: &head,
            request,
        };
        let Reply { answer, stream } = transaction.reply().await;
        let answer = answer.to(&head.asked(), &setup.rules.allow_origins);
        respond(Reply { answer, stream })
    }

    /// The setup for an `env`, read once. What a promise gives is kept, never the promise: one of
    /// another request may never settle for us, and one that failed may do better the next time.
    async fn setup(&self, env: &JsValue) -> Result<Rc<Setup>, JsValue> {
        if let Some(setup) = self.known(env) {
            return Ok(setup);
        }
        let mut options = self.configure.call1(&JsValue::UNDEFINED, env)?;
        if options.get("then").is_some() {
            options = settled(&options).await?;
            if let Some(setup) = self.known(env) {
                return Ok(setup);
            }
        }
        let setup = Rc::new(options::read(&options, &self.ways, &self.nothing).map_err(to_js)?);
        *self.setup.borrow_mut() = Some((env.clone(), Rc::clone(&setup)));
        Ok(setup)
    }

    fn known(&self, env: &JsValue) -> Option<Rc<Setup>> {
        let kept = self.setup.borrow();
        let (_, setup) = kept.as_ref().filter(|(known, _)| Object::is(known, env))?;
        Some(Rc::clone(setup))
    }
}

impl Transaction<'_> {
    async fn reply(&self) -> Reply {
        let Setup { rules, app, .. } = self.setup;
        let asked = self.head.asked();
        let replied = match decide(&asked, rules, &app.of_players) {
            Decision::PlayerToken => self.player_token().await,
            Decision::Auth(auth) => self.auth(auth).await,
            Decision::Proxy(proxied) => self.proxy(proxied).await,
            Decision::Preflight(methods) => {
                Ok(Answer::preflight(&asked, &rules.allow_origins, methods).into())
            }
            Decision::NotAllowed(methods) => Ok(Answer::not_allowed(methods).into()),
            Decision::Refuse(refusal) => Err(refusal),
        };
        replied.unwrap_or_else(|refusal| Answer::refusal(&refusal).into())
    }

    /// Refuses what says itself that it is too large.
    fn check_length(&self, limit: usize) -> Result<(), Refusal> {
        match is_too_large(self.head.content_length.as_deref(), limit) {
            true => Err(TOO_LARGE),
            false => Ok(()),
        }
    }

    /// The body, counted as it comes.
    async fn body(&self, limit: usize) -> Result<Option<js_sys::Uint8Array>, NoBody> {
        if self.check_length(limit).is_err() {
            return Err(NoBody::TooLarge);
        }
        body::read(self.request, limit).await
    }
}

impl From<NoBody> for Refusal {
    fn from(no_body: NoBody) -> Self {
        match no_body {
            NoBody::TooLarge => TOO_LARGE,
            NoBody::Used | NoBody::Broken => UNREADABLE,
        }
    }
}
