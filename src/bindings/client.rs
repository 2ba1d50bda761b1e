//! The client.

use std::future::pending;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

#[cfg(feature = "panic-switch")]
use super::panic_switch;
use super::{call, feed, get_token, login, options, typed};
use crate::core::answer::Outcome;
use crate::core::client;
use crate::core::error::Error;
use crate::core::feed as notifications;
use crate::core::host::Host;
use crate::core::login::page::Page;
use crate::core::paging;
use crate::core::request::{As, Call};
use crate::core::told::Told;
use crate::core::typed::{Typed, UNTYPED, answer};
use crate::host::error::{rejection, to_js};
use crate::host::js::Members;
use crate::host::run::promise;
use crate::host::{FeedPort, JsHost, Parts, Tabs};

/// A client of one service, for one player or one app.
#[wasm_bindgen(skip_typescript)]
pub struct Client {
    pub(super) inner: Rc<client::Client<JsHost>>,
}

#[wasm_bindgen]
impl Client {
    /// From the options of `createClient`, a function that hands events on: `(type, event)`, the way
    /// to other tabs, and what a page's clients take unless the options say otherwise: where begun
    /// sign-ins are kept, what all tabs see, and where the tokens are of those who signed in.
    #[wasm_bindgen(constructor)]
    pub fn new(
        options: &JsValue,
        emit: Function,
        tabs: Option<Tabs>,
        slots: JsValue,
        common: JsValue,
        memory: JsValue,
    ) -> Result<Client, JsValue> {
        let page = Parts {
            slots,
            common,
            memory,
            exchange: None,
        };
        let (mut host, settings) = options::read(options, emit, page).map_err(to_js)?;
        host.tabs = tabs;
        let inner = client::Client::new(host, settings);
        Ok(Self { inner })
    }

    /// Makes a call and gives its answer.
    pub fn request(
        &self,
        method: &JsValue,
        route: &JsValue,
        body: &JsValue,
        options: &JsValue,
    ) -> Promise {
        self.call(untyped(call::read(method, route, body, options)))
    }

    /// Sends a form with files and gives the answer.
    pub fn upload(&self, route: &JsValue, form: &JsValue, options: &JsValue) -> Promise {
        self.call(untyped(call::read_upload(route, form, options)))
    }

    /// Makes the call of that name and gives its answer in the SDK's own form.
    pub fn typed(&self, name: &str, args: &JsValue, options: &JsValue) -> Promise {
        self.call(typed::read(&self.inner, name, args, options))
    }

    /// A token for the caller's own use.
    #[wasm_bindgen(js_name = getToken)]
    pub fn get_token(&self, options: &JsValue) -> Promise {
        let wanted = get_token::read(options);
        let client = Rc::clone(&self.inner);
        promise(async move {
            let wanted = wanted.map_err(to_js)?;
            let player = wanted.player_id.as_deref();
            let token = client.get_token(player, wanted.refresh, wanted.signal.as_ref());
            let token = token.await.map_err(rejection)?;
            Ok(token.secret.expose().into())
        })
    }

    /// The address of the service's sign-in page, for those who navigate themselves; or else it goes
    /// there, and gives nothing: it ends with the page.
    pub fn login(&self, options: &JsValue, leave: bool) -> Promise {
        let return_to = login::return_to(options);
        let client = Rc::clone(&self.inner);
        promise(async move {
            let return_to = return_to.map_err(to_js)?;
            let departure = client.login_url(return_to.as_deref()).await;
            let departure = departure.map_err(to_js)?;
            if leave {
                client.host.leave(&departure.url)?;
                return pending().await;
            }
            let described = Members::new();
            described.set_text("url", &departure.url);
            described.set_text("state", &departure.state);
            Ok(described.into())
        })
    }

    /// Finishes the sign-in that the page's address answers.
    #[wasm_bindgen(js_name = handleRedirect)]
    pub fn handle_redirect(&self) -> Promise {
        let landing = self.inner.handle_redirect();
        promise(async move {
            let Some(landed) = landing.await.map_err(rejection)? else {
                return Ok(JsValue::NULL);
            };
            let described = Members::new();
            described.set("returnTo", &landed.return_to.clone().into());
            Ok(described.into())
        })
    }

    /// Gives notifications to a port until that has had enough; rejects with what ends it otherwise.
    pub fn feed(&self, options: &JsValue, port: FeedPort) -> Promise {
        let wanted = feed::read(options, port);
        let client = Rc::clone(&self.inner);
        promise(async move {
            let (wish, world) = wanted.map_err(to_js)?;
            let ended = notifications::run(&client, &world, wish).await;
            ended.map_err(rejection)?;
            Ok(JsValue::UNDEFINED)
        })
    }

    /// Forgets all tokens, here and in storage.
    pub fn logout(&self) -> Promise {
        let left = self.inner.logout();
        promise(async move {
            left.await.map_err(to_js)?;
            Ok(JsValue::UNDEFINED)
        })
    }

    /// Whether other tabs may have the same storage.
    #[wasm_bindgen(js_name = hasTabs)]
    pub fn has_tabs(&self) -> bool {
        self.inner.has_tabs()
    }

    /// Another tab has told something of what is stored under a key.
    pub fn hear(&self, key: &JsValue, told: &JsValue) {
        let told = told.as_string().and_then(|told| Told::named(&told));
        if let (Some(key), Some(told)) = (key.as_string(), told) {
            let client = Rc::clone(&self.inner);
            let work = async move { client.hear(&key, told).await };
            self.inner.host.spawn(Box::pin(work));
        }
    }

    /// The page was away, and is there again as it was.
    #[wasm_bindgen(js_name = lookAgain)]
    pub fn look_again(&self) {
        let client = Rc::clone(&self.inner);
        let work = async move { client.look_again().await };
        self.inner.host.spawn(Box::pin(work));
    }

    /// Ends the client.
    pub fn dispose(&self) {
        self.inner.dispose();
    }

    /// The claims of the token at hand, or undefined.
    pub fn claims(&self) -> JsValue {
        self.inner.claims().unwrap_or_default()
    }
}

impl Client {
    fn call(&self, wanted: Wanted) -> Promise {
        #[cfg(feature = "panic-switch")]
        let wanted = wanted.inspect(|(call, _)| panic_switch::press(panic_switch::AT_ONCE, call));
        let client = Rc::clone(&self.inner);
        promise(async move {
            let (wanted, typed) = wanted.map_err(to_js)?;
            #[cfg(feature = "panic-switch")]
            panic_switch::press(panic_switch::POLLED, &wanted);
            let (full, form) = (wanted.full, wanted.form);
            let player = wanted.player_id.clone();
            let part = wanted.part.clone();
            let outcome = crate::core::call::call(&client, wanted).await;
            let mut outcome = paging::page(part, outcome).map_err(rejection)?;
            if form == As::Json {
                outcome.data = answer(&client, typed, player.as_deref(), outcome.data);
            }
            match full {
                true => Ok(describe(outcome)),
                false => Ok(outcome.data),
            }
        })
    }
}

/// A call, and what is made of its answer.
type Wanted = Result<(Call<JsValue>, &'static Typed), Error<JsValue>>;

fn untyped(call: Result<Call<JsValue>, Error<JsValue>>) -> Wanted {
    Ok((call?, &UNTYPED))
}

fn describe(outcome: Outcome<JsValue>) -> JsValue {
    let described = Members::new();
    described.set("status", &outcome.status.into());
    described.set("headers", &outcome.headers.unwrap_or_default());
    described.set("data", &outcome.data);
    described.set("requestId", &outcome.request_id.into());
    described.into()
}
