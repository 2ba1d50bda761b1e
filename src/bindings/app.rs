//! An app, as `createEdge` makes it: what it does with its own credentials.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

use super::client::Client;
use super::edge::{read_fields, required};
use super::options;
use super::{fields::Fields, login};
use crate::core::client;
use crate::core::error::Error;
use crate::core::event::Reason;
use crate::core::feed;
use crate::core::host::Host;
use crate::core::provider::{Place, Provider};
use crate::core::request::Body;
use crate::core::secret::Secret;
use crate::core::settings::{Options, Settings, TokenSource};
use crate::core::storage::Stored;
use crate::core::text::concat;
use crate::core::token::Token;
use crate::core::value::Value;
use crate::edge::app::{self, Through, Wanted, brokered};
use crate::edge::credentials::{Credentials, Given};
use crate::edge::grants::{self, Code};
use crate::edge::players::{NewPlayer, ensure};
use crate::edge::shelf::Shelf;
use crate::host::error::{rejection, to_js};
use crate::host::js::Members;
use crate::host::run::promise;
use crate::host::{JsHost, Tokens, storage};

#[wasm_bindgen]
extern "C" {
    /// What JavaScript knows of an app's surroundings.
    pub type Ways;
    /// The app's number in this program.
    #[wasm_bindgen(method, getter)]
    fn own(this: &Ways) -> u32;
    /// A text that it has in common with apps that use the same things of the platform.
    #[wasm_bindgen(method, getter)]
    fn kin(this: &Ways) -> String;
    /// What leads to its broker, where it has one.
    #[wasm_bindgen(method, getter)]
    fn broker(this: &Ways) -> Option<Function>;
}

/// Options that an app has beside a client's.
pub const OWN_NAMES: &[&str] = &[
    "clientId",
    "clientSecret",
    "refreshToken",
    "scope",
    "broker",
];
/// Options that say where a client's tokens come from: an app asks the service.
const NOT_TAKEN: &[&str] = &["token", "tokenPer", "login"];

/// An app, which acts by itself. JavaScript makes one for each thing that it does, and frees it:
/// its tokens are in the sessions that this isolate keeps.
#[wasm_bindgen(skip_typescript)]
pub struct App {
    client: Rc<client::Client<JsHost>>,
    credentials: Rc<Credentials>,
}

#[wasm_bindgen]
impl App {
    /// From the options of `createEdge`, and a function that hands events on.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue, emit: Function, ways: &Ways) -> Result<App, JsValue> {
        let made = || {
            let fields = read_fields(options, &names(OWN_NAMES), "createEdge")?;
            app(&fields, emit, ways)
        };
        let (client, credentials) = made().map_err(to_js)?;
        let credentials = Rc::new(credentials);
        Ok(Self {
            client,
            credentials,
        })
    }

    /// The client that calls as the app.
    pub fn client(&self) -> Client {
        Client {
            inner: Rc::clone(&self.client),
        }
    }

    /// Creates a player unless there is one: `{ created, player }`.
    #[wasm_bindgen(js_name = ensurePlayer)]
    pub fn ensure_player(&self, player: &JsValue) -> Promise {
        let wanted = read_player(player);
        let client = Rc::clone(&self.client);
        promise(async move {
            let player = wanted.map_err(to_js)?;
            let body = Body::Json(player.to_json().into());
            let ensured = ensure(&client, &player.id, body).await;
            let ensured = ensured.map_err(rejection)?;
            let described = Members::new();
            described.set("created", &ensured.created.into());
            described.set("player", &ensured.player);
            Ok(described.into())
        })
    }

    /// Gives an authorization code for tokens.
    #[wasm_bindgen(js_name = exchangeCode)]
    pub fn exchange_code(&self, options: &JsValue) -> Promise {
        let code = read_code(options);
        self.ask(async move |client, credentials| {
            let (place, code) = (client.place, code?);
            grants::exchange_code(&client.host, &client.settings, place, credentials, &code).await
        })
    }

    /// Gives a refresh token for another access token.
    pub fn refresh(&self, options: &JsValue) -> Promise {
        let refresh = read_fields(options, &["refreshToken"], "refresh")
            .and_then(|fields| required(&fields, "refreshToken"));
        self.ask(async move |client, credentials| {
            let (place, refresh) = (client.place, Secret::new(refresh?));
            grants::refresh(&client.host, &client.settings, place, credentials, &refresh).await
        })
    }

    /// The claims of the app's refresh token, or undefined.
    pub fn claims(&self) -> JsValue {
        self.credentials.claims().unwrap_or_default()
    }

    /// Tells the service that a token isn't needed any more.
    pub fn revoke(&self, options: &JsValue) -> Promise {
        let token = read_fields(options, &["accessToken"], "revoke")
            .and_then(|fields| required(&fields, "accessToken"));
        let client = Rc::clone(&self.client);
        promise(async move {
            let token = Secret::new(token.map_err(to_js)?);
            let revoked = grants::revoke(&client.host, &client.settings, &token).await;
            revoked.map_err(to_js)?;
            Ok(JsValue::UNDEFINED)
        })
    }

    /// What a broker gives: the app's token, or another one in place of a refused one.
    pub fn brokered(
        &self,
        reason: &str,
        refused: Option<String>,
        player: Option<String>,
    ) -> Promise {
        let wanted = Wanted {
            player,
            renewed: reason == Reason::Requested.as_str(),
            refused: refused.map(Secret::new),
        };
        let client = Rc::clone(&self.client);
        promise(async move {
            let token = brokered(&client, &wanted).await.map_err(to_js)?;
            Ok(record(&client.settings, &token))
        })
    }
}

impl App {
    /// The record that a token request brings.
    fn ask<Ask>(&self, ask: Ask) -> Promise
    where
        Ask: AsyncFnOnce(
                &client::Client<JsHost>,
                &Credentials,
            ) -> Result<Token<JsValue>, Error<JsValue>>
            + 'static,
    {
        let (client, credentials) = (Rc::clone(&self.client), Rc::clone(&self.credentials));
        promise(async move {
            let token = ask(&client, &credentials).await.map_err(to_js)?;
            Ok(record(&client.settings, &token))
        })
    }
}

#[wasm_bindgen]
impl Client {
    /// Where the service tells of what happens, for a WebSocket.
    #[wasm_bindgen(js_name = streamUrl)]
    pub fn stream_url(&self) -> String {
        feed::address(&self.inner.settings)
    }
}

/// A token as it is stored.
fn record(settings: &Settings, token: &Token<JsValue>) -> JsValue {
    let scheme = settings.provider.placement.scheme(0);
    let stored = Stored::new(token, token.refresh.as_ref(), scheme);
    storage::record(&stored).into()
}

/// The names of a client's options, but for those that say where its tokens come from, and more.
pub fn names(more: &[&'static str]) -> Vec<&'static str> {
    let is_ours = |name: &&&str| !NOT_TAKEN.contains(name);
    let ours = options::NAMES.iter().filter(is_ours);
    ours.chain(more).copied().collect()
}

/// The client of an app, and what it shows to the service.
pub fn app(
    fields: &Fields,
    emit: Function,
    ways: &Ways,
) -> Result<(Rc<client::Client<JsHost>>, Credentials), Error<JsValue>> {
    check_broker(fields)?;
    let mut options = Options {
        token: TokenSource::Service,
        ..Options::default()
    };
    let none = Tokens::Option(JsValue::UNDEFINED);
    let mut host = options::read_host(&mut options, fields, none, emit)?;
    let credentials = read_credentials(fields, &mut options)?;
    let settings = Settings::new(options)?;
    // Where requests come and go, whoever uses the same things uses the same token.
    let who = match host.place() {
        Place::Worker => ways.kin(),
        Place::Page | Place::Server => ways.own().to_string(),
    };
    let secret = credentials.secret.expose();
    let who = concat(&[&who, " ", &settings.token_key, " ", secret]);
    let sessions = SHELF.with_borrow_mut(|shelf| shelf.of(who));
    let broker = ways.broker();
    let through = match broker {
        Some(_) => Through::Broker,
        None => Through::TokenEndpoint,
    };
    host.token = Tokens::App {
        app: Box::new(app::App::new(
            settings.clone(),
            credentials.clone(),
            through,
            Rc::clone(&sessions.scheme),
        )),
        broker,
    };
    Ok((
        client::Client::sharing(host, settings, sessions),
        credentials,
    ))
}

fn check_broker(fields: &Fields) -> Result<(), Error<JsValue>> {
    let Some(broker) = fields.get("broker")? else {
        return Ok(());
    };
    let can = |name| broker.get(name).is_some_and(|method| method.is_function());
    match can("idFromName") && can("get") {
        true => Ok(()),
        false => Err(Error::option(
            "broker",
            "a Durable Object namespace, like env.TOKEN_BROKER: is it bound in the wrangler configuration?",
        )),
    }
}

/// What the app shows, and what follows from that for its clients.
fn read_credentials(fields: &Fields, options: &mut Options) -> Result<Credentials, Error<JsValue>> {
    let provider = options
        .provider
        .get_or_insert_with(Provider::default_preset);
    let given = Given {
        client_id: fields.text("clientId")?,
        client_secret: fields.text("clientSecret")?.map(Secret::new),
        refresh_token: fields.text("refreshToken")?.map(Secret::new),
        scope: login::scope(fields)?,
    };
    let credentials = Credentials::new(provider, given)?;
    options.players = credentials.players::<JsValue>(provider);
    options.app = Some(credentials.kin());
    Ok(credentials)
}

const PLAYER_NAMES: &[&str] = &["id", "alias", "email"];

fn read_player(player: &JsValue) -> Result<NewPlayer, Error<JsValue>> {
    let fields = read_fields(player, PLAYER_NAMES, "ensurePlayer")?;
    Ok(NewPlayer {
        id: required(&fields, "id")?,
        alias: fields.text("alias")?,
        email: fields.text("email")?,
    })
}

const CODE_NAMES: &[&str] = &["code", "codeVerifier", "redirectUri"];

fn read_code(options: &JsValue) -> Result<Code, Error<JsValue>> {
    let fields = read_fields(options, CODE_NAMES, "exchangeCode")?;
    Ok(Code {
        code: Secret::new(required(&fields, "code")?),
        code_verifier: fields.text("codeVerifier")?.map(Secret::new),
        redirect_uri: required(&fields, "redirectUri")?,
    })
}

thread_local! {
    /// The tokens of the apps of this isolate.
    static SHELF: RefCell<Shelf<JsValue>> = const { RefCell::new(Shelf::new()) };
}
