//! The options of `createEdgeHandler`.

use std::rc::Rc;

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

use crate::bindings::edge::{issuer, number, read_fields, texts};
use crate::bindings::fields::{Fields, list};
use crate::bindings::{login, options};
use crate::core::error::Error;
use crate::core::host::Host;
use crate::core::provider::Place;
use crate::core::retry::Wish;
use crate::core::secret::Secret;
use crate::core::settings::{Options, Settings, TokenSource};
use crate::edge::Issuer;
use crate::edge::app_token::AppToken;
use crate::edge::credentials::Credentials;
use crate::edge::handler::cookie::CookieRules;
use crate::edge::handler::proxy::{Allowed, Proxy};
use crate::edge::handler::{Rules, origin};
use crate::host::{Hooks, JsHost};

const NAMES: &[&str] = &[
    "clientId",
    "clientSecret",
    "authenticate",
    "allowOrigins",
    "cookie",
    "proxy",
    "scope",
    "provider",
    "host",
    "apiUrl",
    "authUrl",
    "allowInsecureHttp",
    "version",
    "fetch",
    "headers",
    "timeout",
];
const COOKIE_NAMES: &[&str] = &["name", "sameSite", "maxAge"];
const PROXY_NAMES: &[&str] = &["allow", "maxBodySize", "dangerouslyUseAppToken"];

/// What the handler was told for one `env`.
pub struct Setup {
    /// Says who is asking.
    pub authenticate: Function,
    /// What decisions need.
    pub rules: Rules,
    /// The app at the service.
    pub app: App,
}

/// The app's own client at the service.
pub struct App {
    /// Where it sends its requests.
    pub host: JsHost,
    /// Where it runs.
    pub place: Place,
    /// The service. Calls go out once, with the one token that they are given.
    pub settings: Settings,
    /// What it shows to the token endpoint.
    pub credentials: Credentials,
    /// What mints its players' tokens.
    pub issuer: Rc<Issuer>,
    /// Its own token.
    pub token: AppToken<JsValue>,
}

/// Reads the options. `nothing` is a function that does nothing.
pub fn read(options: &JsValue, nothing: &Function) -> Result<Setup, Error<JsValue>> {
    let fields = read_fields(options, NAMES, "createEdgeHandler")?;
    let app = read_app(&fields, nothing)?;
    let allow_origins = texts(&fields, "allowOrigins")?;
    for allowed in &allow_origins {
        origin::check(allowed)?;
    }
    Ok(Setup {
        authenticate: fields.function("authenticate")?.ok_or_else(|| {
            Error::option("authenticate", "given: a function that says who is asking")
        })?,
        rules: Rules {
            allow_origins,
            cookie: read_cookie(&fields)?,
            proxy: read_proxy(&fields, &app.settings)?,
        },
        app,
    })
}

fn read_app(fields: &Fields, nothing: &Function) -> Result<App, Error<JsValue>> {
    let issuer = issuer(fields)?;
    let credentials = Credentials {
        client_id: fields.text("clientId")?.unwrap_or_default(),
        client_secret: Secret::new(fields.text("clientSecret")?.unwrap_or_default()),
        scope: login::scope(fields)?,
    };
    let mut options = Options::default();
    options::fill(&mut options, fields)?;
    options.token = TokenSource::Fixed;
    options.retry = Wish {
        limit: Some(0),
        ..Wish::default()
    };
    let host = JsHost {
        fetch: fields.function("fetch")?,
        token: JsValue::UNDEFINED,
        storage: JsValue::UNDEFINED,
        hooks: Hooks::default(),
        emit: nothing.clone(),
    };
    Ok(App {
        place: host.place(),
        host,
        settings: Settings::new(options)?,
        credentials,
        issuer,
        token: AppToken::default(),
    })
}

fn read_cookie(fields: &Fields) -> Result<CookieRules, Error<JsValue>> {
    let given = fields.get("cookie").unwrap_or_default();
    let fields = Fields::new(&given, COOKIE_NAMES, "cookie")?;
    CookieRules::new(
        fields.text("name")?,
        fields.text("sameSite")?.as_deref(),
        number(&fields, "maxAge")?,
    )
}

fn read_proxy(fields: &Fields, service: &Settings) -> Result<Option<Proxy>, Error<JsValue>> {
    let Some(given) = fields.get("proxy") else {
        return Ok(None);
    };
    let fields = Fields::new(&given, PROXY_NAMES, "proxy")?;
    let allow = fields.get("allow").unwrap_or_default();
    let pairs = list(&allow, pair).unwrap_or_default();
    let mut allowed = Vec::new();
    for (method, route) in pairs {
        allowed.push(Allowed::new(&method, &route, service)?);
    }
    let max_body_size = number(&fields, "maxBodySize")?;
    let use_app_token = fields.flag("dangerouslyUseAppToken")?;
    Proxy::new(allowed, max_body_size, use_app_token).map(Some)
}

fn pair(value: &JsValue) -> Option<(String, String)> {
    let pair: &Array = value.dyn_ref()?;
    match pair.length() {
        2 => Some((pair.get(0).as_string()?, pair.get(1).as_string()?)),
        _ => None,
    }
}
