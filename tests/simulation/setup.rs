//! What a schedule is made of: the client's options, and how much trouble there is.

use playoff_wasm::core::method::Method;
use playoff_wasm::core::provider::Place;
use playoff_wasm::core::retry::Wish;
use playoff_wasm::core::settings::{Login, Options, Settings, TokenSource};
use serde_json::Value as Json;

use crate::choices::Choices;

/// The origin of the API.
pub const API: &str = "https://api.example";
/// The origin of the authorization server.
pub const AUTH: &str = "https://auth.example";
/// The players; key 0 is the client's as a whole.
pub const PLAYERS: [&str; 3] = ["ada", "bob", "eve"];

/// One schedule's constants.
pub struct Setup {
    /// Where the client runs.
    pub place: Place,
    /// Whether there are two clients that share their tokens.
    pub shared: bool,
    /// Whether there are two tabs, whose clients have one storage.
    pub tabs: bool,
    /// Its settings.
    pub settings: Settings,
    /// Token keys; of tabs, each one's view of the one that they share.
    pub keys: usize,
    /// How likely each thing goes wrong, in percent.
    pub trouble: Trouble,
    /// Milliseconds that anything takes, at most.
    pub latency: u64,
    /// Milliseconds between what callers do, at most.
    pub pause: u64,
    /// Seconds that tokens live: one of these.
    pub lives: [Option<u64>; 2],
    /// Whether the service makes another refresh token each time, and what it does to one that
    /// comes twice.
    pub rotation: Rotation,
    /// Whether the backend's tokens are JWTs.
    pub jwt: bool,
    /// Whether tokens are stored at the beginning.
    pub stored: bool,
    /// Whether time passes while there is something to do, and timers are late.
    pub hurry: bool,
}

/// How likely things go wrong, in percent.
pub struct Trouble {
    /// Between client and API.
    pub network: u32,
    /// Between client and token endpoint.
    pub grant: u32,
    /// In the storage.
    pub storage: u32,
    /// In the token callback.
    pub callback: u32,
    /// In hooks.
    pub hooks: u32,
    /// In listeners.
    pub listeners: u32,
}

/// What becomes of a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// It stays good.
    None,
    /// It is replaced, and refused when it comes again.
    Lenient,
    /// It is replaced, and when it comes again, all tokens are revoked.
    Strict,
}

impl Setup {
    /// Draws one.
    pub fn draw(choices: &Choices) -> Self {
        match choices.percent(15) {
            true => Self::tabs(choices),
            false => Self::any(choices),
        }
    }

    /// Two tabs whose player is signed in.
    fn tabs(choices: &Choices) -> Self {
        let rotation = [Rotation::Strict, Rotation::Strict, Rotation::Lenient];
        Self {
            place: Place::Page,
            shared: false,
            tabs: true,
            settings: settings(choices, TokenSource::Missing, true, true, false),
            keys: 2,
            rotation: choices.one_of(&rotation),
            stored: true,
            ..Self::any(choices)
        }
    }

    fn any(choices: &Choices) -> Self {
        let token = choices.one_of(&[
            TokenSource::Callback,
            TokenSource::Callback,
            TokenSource::Callback,
            TokenSource::Fixed,
            TokenSource::Missing,
        ]);
        let has_login = choices.percent(match token {
            TokenSource::Callback => 40,
            _ => 85,
        });
        let has_storage = token == TokenSource::Missing || choices.percent(50);
        let per_player = token != TokenSource::Fixed && choices.percent(25);
        let trouble = || choices.one_of(&[0, 0, 8, 20, 50]);
        Self {
            place: choices.one_of(&[Place::Page, Place::Server, Place::Worker]),
            tabs: false,
            shared: token == TokenSource::Callback && choices.percent(25),
            settings: settings(choices, token, has_login, has_storage, per_player),
            keys: if per_player { 1 + PLAYERS.len() } else { 1 },
            trouble: Trouble {
                network: trouble(),
                grant: choices.one_of(&[0, 30, 80]),
                storage: trouble(),
                callback: trouble(),
                hooks: choices.one_of(&[0, 0, 5, 15]),
                listeners: choices.one_of(&[0, 0, 5, 15]),
            },
            latency: choices.one_of(&[1, 5, 60, 400]),
            pause: choices.one_of(&[1, 20, 300, 3000]),
            lives: [
                choices.one_of(&[Some(1), Some(2), Some(30)]),
                choices.one_of(&[Some(30), Some(3600), None]),
            ],
            rotation: choices.one_of(&[Rotation::None, Rotation::Lenient, Rotation::Strict]),
            jwt: choices.percent(30),
            hurry: choices.percent(60),
            stored: has_storage && (token == TokenSource::Missing || choices.percent(40)),
        }
    }

    /// The player of a key.
    pub fn player(&self, key: usize) -> Option<&'static str> {
        let players = PLAYERS.get(key.wrapping_sub(1)).filter(|_| !self.tabs);
        players.copied()
    }
}

/// The key of a player.
pub fn key_of(player: Option<&str>) -> usize {
    PLAYERS
        .iter()
        .position(|known| Some(*known) == player)
        .map_or(0, |index| index + 1)
}

fn settings(
    choices: &Choices,
    token: TokenSource,
    has_login: bool,
    has_storage: bool,
    token_per_player: bool,
) -> Settings {
    let login = Login {
        client_id: "app".into(),
        ..Login::default()
    };
    let may_be_done_twice = [Method::Get, Method::Put, Method::Post, Method::Patch];
    let options = Options {
        api_url: Some(API.into()),
        auth_url: Some(AUTH.into()),
        token,
        token_per_player: Some(token_per_player),
        has_storage,
        login: has_login.then_some(login),
        timeout: Some(choices.one_of(&[300, 1000, 3000])),
        total_timeout: choices
            .percent(20)
            .then(|| choices.one_of(&[400, 2000, 8000])),
        retry: Wish {
            limit: Some(choices.one_of(&[0, 1, 2, 3])),
            methods: choices.percent(15).then(|| may_be_done_twice.to_vec()),
            max_retry_after: Some(choices.one_of(&[1500, 5000])),
        },
        ..Options::default()
    };
    Settings::new::<Json>(options).expect("the options hold")
}
