//! The options of `createClient`.

use js_sys::Function;
use wasm_bindgen::JsValue;

use super::fields::Fields;
use super::{hooks, login, provider, retry, storage};
use crate::core::error::Error;
use crate::core::login::Login;
use crate::core::login::page::Page;
use crate::core::provider::TokenIn;
use crate::core::secret::Secret;
use crate::core::settings::{Options, Settings, TokenSource};
use crate::core::value::Value;
use crate::host::{JsHost, Parts, Tokens};

/// The options that there are.
pub const NAMES: &[&str] = &[
    "provider",
    "host",
    "apiUrl",
    "authUrl",
    "allowInsecureHttp",
    "version",
    "playerId",
    "apiKey",
    "token",
    "tokenIn",
    "tokenPer",
    "storage",
    "login",
    "hooks",
    "fetch",
    "headers",
    "timeout",
    "totalTimeout",
    "retry",
];

/// The host and the settings that the options describe.
pub fn read(
    options: &JsValue,
    emit: Function,
    page: Parts,
) -> Result<(JsHost, Settings), Error<JsValue>> {
    let fields = Fields::new(options, NAMES, "createClient")?;
    let token = fields.get("token")?;
    let mut options = Options {
        token: source(token.as_ref())?,
        token_per_player: token_per_player(&fields)?,
        ..Options::default()
    };
    let token = Tokens::Option(token.unwrap_or_default());
    let mut host = read_host(&mut options, &fields, token, emit)?;
    host.page = page;
    options.login = login::read(&fields, &mut host.page)?;
    let brings_refresh_tokens = options
        .login
        .as_ref()
        .is_some_and(Login::brings_refresh_tokens);
    // React's StrictMode makes two clients of one sign-in, whose refresh token mustn't be spent twice.
    if !options.has_storage && brings_refresh_tokens && host.address().is_some() {
        host.storage = host.page.memory.clone();
        options.has_storage = true;
    }
    Ok((host, Settings::new(options)?))
}

/// What doesn't concern where tokens come from.
pub fn read_host(
    options: &mut Options,
    fields: &Fields,
    token: Tokens,
    emit: Function,
) -> Result<JsHost, Error<JsValue>> {
    fill(options, fields)?;
    let host = JsHost {
        fetch: fields.function("fetch")?,
        token,
        storage: storage::read(fields)?.unwrap_or_default(),
        hooks: hooks::read(fields)?,
        page: Parts::default(),
        emit,
        tabs: None,
    };
    options.has_storage = !host.storage.is_undefined();
    Ok(host)
}

/// One field after the other: a literal would hold each field's clean-up once per field behind it.
pub(super) fn fill(options: &mut Options, fields: &Fields) -> Result<(), Error<JsValue>> {
    options.provider = provider::read(fields)?;
    options.host = fields.text("host")?;
    options.api_url = fields.text("apiUrl")?;
    options.auth_url = fields.text("authUrl")?;
    options.allow_insecure_http = fields.flag("allowInsecureHttp")?;
    options.version = fields.text("version")?;
    options.player_id = fields.text("playerId")?;
    options.api_key = fields.text("apiKey")?.map(Secret::new);
    options.token_in = token_in(fields)?;
    options.timeout = fields.milliseconds("timeout")?;
    options.total_timeout = fields.milliseconds("totalTimeout")?;
    options.retry = retry::read(fields)?;
    options.headers = fields.headers("headers")?;
    Ok(())
}

fn token_in(fields: &Fields) -> Result<Option<TokenIn>, Error<JsValue>> {
    match fields.text("tokenIn")?.as_deref() {
        None => Ok(None),
        Some("header") => Ok(Some(TokenIn::Header)),
        Some("query") => Ok(Some(TokenIn::Query)),
        Some(_) => Err(Error::option("tokenIn", "\"header\" or \"query\"")),
    }
}

fn token_per_player(fields: &Fields) -> Result<Option<bool>, Error<JsValue>> {
    match fields.text("tokenPer")?.as_deref() {
        None => Ok(None),
        Some("client") => Ok(Some(false)),
        Some("player") => Ok(Some(true)),
        Some(_) => Err(Error::option("tokenPer", "\"client\" or \"player\"")),
    }
}

fn source(token: Option<&JsValue>) -> Result<TokenSource, Error<JsValue>> {
    match token {
        None => Ok(TokenSource::Missing),
        Some(token) if token.is_function() => Ok(TokenSource::Callback),
        Some(token) if token.is_string() || is_record(token) => Ok(TokenSource::Fixed),
        Some(_) => Err(Error::option(
            "token",
            "a string, an object with `access_token`, or a function that gives one of these or a Response",
        )),
    }
}

fn is_record(token: &JsValue) -> bool {
    token.is_object() && token.get("then").is_none()
}
