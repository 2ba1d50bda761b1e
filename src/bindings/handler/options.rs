//! The options of `createEdgeHandler`.

use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::*;

use super::ensure::Ensure;
use crate::bindings::app::{self, Ways};
use crate::bindings::edge::{SECONDS, issuer, number, read_fields, texts};
use crate::bindings::fields::{Fields, list};
use crate::core::client::Client;
use crate::core::error::{Error, code};
use crate::core::settings::{Settings, TokenSource};
use crate::edge::Issuer;
use crate::edge::credentials::Credentials;
use crate::edge::handler::cookie::CookieRules;
use crate::edge::handler::proxy::{Allowed, BYTES, Proxy};
use crate::edge::handler::{Rules, origin};
use crate::host::JsHost;

const NAMES: &[&str] = &[
    "authenticate",
    "ensurePlayer",
    "allowOrigins",
    "cookie",
    "proxy",
];
/// The player is said by `authenticate`, and hooks are for clients.
const NOT_TAKEN: &[&str] = &["playerId", "hooks", "totalTimeout", "tokenIn"];
const COOKIE_NAMES: &[&str] = &["name", "sameSite", "maxAge"];
const PROXY_NAMES: &[&str] = &["allow", "maxBodySize", "dangerouslyUseAppToken"];

/// What the handler was told for one `env`.
pub struct Setup {
    /// Says who is asking.
    pub authenticate: Function,
    /// Whether players are created.
    pub ensure: Option<Ensure>,
    /// What decisions need.
    pub rules: Rules,
    /// The app at the service.
    pub app: App,
}

/// The app at the service.
pub struct App {
    /// What calls as the app.
    pub client: Rc<Client<JsHost>>,
    /// The service for a player's own calls, which go out with the one token that they are given.
    pub of_players: Settings,
    /// What it shows to the token endpoint.
    pub credentials: Credentials,
    /// What mints its players' tokens, where an id and a secret can.
    pub issuer: Option<Rc<Issuer>>,
}

/// Reads the options. `ways` gives what JavaScript knows of an app, `nothing` does nothing.
pub fn read(
    options: &JsValue,
    ways: &Function,
    nothing: &Function,
) -> Result<Setup, Error<JsValue>> {
    let names = app::names(&[app::OWN_NAMES, NAMES].concat());
    let names: Vec<_> = names
        .into_iter()
        .filter(|name| !NOT_TAKEN.contains(name))
        .collect();
    let fields = read_fields(options, &names, "createEdgeHandler")?;
    let ways = ways.call1(&JsValue::UNDEFINED, options).map_err(|thrown| {
        let message = "createEdgeHandler's options can't be read: a getter of theirs throws";
        Error::config(code::INVALID_OPTION, message).caused_by(thrown)
    })?;
    let app = read_app(&fields, ways.unchecked_ref(), nothing)?;
    let allow_origins = texts(&fields, "allowOrigins")?;
    for allowed in &allow_origins {
        origin::check(allowed)?;
    }
    Ok(Setup {
        authenticate: fields.function("authenticate")?.ok_or_else(|| {
            Error::option("authenticate", "given: a function that says who is asking")
        })?,
        ensure: Ensure::read(&fields)?,
        rules: Rules {
            allow_origins,
            cookie: read_cookie(&fields)?,
            proxy: read_proxy(&fields, &app.of_players)?,
        },
        app,
    })
}

fn read_app(fields: &Fields, ways: &Ways, nothing: &Function) -> Result<App, Error<JsValue>> {
    let (client, credentials) = app::app(fields, nothing.clone(), ways)?;
    let of_players = Settings {
        token: TokenSource::Fixed,
        has_storage: false,
        ..client.settings.clone()
    };
    let secret = credentials.secret.expose();
    let can_mint = Issuer::check::<()>(&credentials.client_id, secret).is_ok();
    Ok(App {
        issuer: can_mint.then(|| issuer(fields)).transpose()?,
        client,
        of_players,
        credentials,
    })
}

fn read_cookie(fields: &Fields) -> Result<CookieRules, Error<JsValue>> {
    let given = fields.get("cookie")?.unwrap_or_default();
    let fields = Fields::new(&given, COOKIE_NAMES, "cookie")?;
    CookieRules::new(
        fields.text("name")?,
        fields.text("sameSite")?.as_deref(),
        number(&fields, "maxAge", SECONDS)?,
    )
}

fn read_proxy(fields: &Fields, service: &Settings) -> Result<Option<Proxy>, Error<JsValue>> {
    let Some(given) = fields.get("proxy")? else {
        return Ok(None);
    };
    let fields = Fields::new(&given, PROXY_NAMES, "proxy")?;
    let allow = fields.get("allow")?.unwrap_or_default();
    let pairs = list(&allow, pair).unwrap_or_default();
    let mut allowed = Vec::new();
    for (method, route) in pairs {
        allowed.push(Allowed::new(&method, &route, service)?);
    }
    let max_body_size = number(&fields, "maxBodySize", BYTES)?;
    let use_app_token = fields.flag("dangerouslyUseAppToken")?;
    Proxy::new(allowed, max_body_size, use_app_token).map(Some)
}

fn pair(value: &JsValue) -> Option<(String, String)> {
    let pair: [String; 2] = list(value, JsValue::as_string)?.try_into().ok()?;
    Some(pair.into())
}
