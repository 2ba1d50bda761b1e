//! What `createClient` was told, checked.

use std::rc::Rc;

use crate::core::address::{address, check_host};
use crate::core::error::{Error, code};
pub use crate::core::login::Login;
use crate::core::percent::encode;
use crate::core::provider::addresses::{Addresses, path_of};
use crate::core::provider::page::check_login;
use crate::core::provider::{Provider, Text, TokenIn, one_of};
use crate::core::retry::{Retry, Wish};
use crate::core::secret::Secret;
use crate::core::text::{concat, is_one_of};

/// Milliseconds that one try may take unless the caller says otherwise.
const TIMEOUT: u32 = 30_000;

/// What kind of `token` option there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TokenSource {
    /// None: calls can't be made.
    #[default]
    Missing,
    /// One token, which nothing renews.
    Fixed,
    /// A callback that gives another one whenever it is asked.
    Callback,
    /// The service itself, whenever it is asked.
    Service,
}

/// The options as they were given; only their types have been looked at.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The service.
    pub provider: Option<Rc<Provider>>,
    /// The host of an installation.
    pub host: Option<String>,
    /// The API's address, without the version.
    pub api_url: Option<String>,
    /// The address of the authorization server.
    pub auth_url: Option<String>,
    /// Whether plain http is allowed beyond this machine.
    pub allow_insecure_http: bool,
    /// The API's version.
    pub version: Option<String>,
    /// The player for whom an app's token acts.
    pub player_id: Option<String>,
    /// Where tokens go.
    pub token_in: Option<TokenIn>,
    /// What kind of `token` there is.
    pub token: TokenSource,
    /// Whether every player has a token.
    pub token_per_player: Option<bool>,
    /// The players that the app may act for, where that is known.
    pub players: Option<Vec<String>>,
    /// Whether there is a `storage`.
    pub has_storage: bool,
    /// The app's key, where the service takes one.
    pub api_key: Option<Secret>,
    /// The app's own client at the service, at which players sign in.
    pub login: Option<Login>,
    /// The app's own client, where the service itself gives it tokens.
    pub app: Option<Login>,
    /// Milliseconds that one try may take.
    pub timeout: Option<u32>,
    /// Milliseconds that a call may take.
    pub total_timeout: Option<u32>,
    /// When a failed try is made again.
    pub retry: Wish,
    /// Headers of every request.
    pub headers: Vec<(String, String)>,
}

/// Settings that hold: a client can be made of them.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The service.
    pub provider: Rc<Provider>,
    /// The API's version; empty where it has none.
    pub version: String,
    /// The API's address, without the version.
    pub root: String,
    /// The API's address, with the version.
    pub api: String,
    /// The authorization server's address.
    pub auth: String,
    /// The player for whom an app's token acts.
    pub player_id: Option<String>,
    /// Where tokens go, if the caller has a wish.
    pub token_in: Option<TokenIn>,
    /// What kind of `token` there is.
    pub token: TokenSource,
    /// Whether every player has a token.
    pub token_per_player: bool,
    /// The players that the app may act for, where that is known.
    pub players: Option<Vec<String>>,
    /// Whether there is a `storage`.
    pub has_storage: bool,
    /// The app's key, where the service takes one.
    pub api_key: Option<Secret>,
    /// What tells this client's tokens from those of others.
    pub token_key: String,
    /// The app's own client at the service, at which players sign in.
    pub login: Option<Login>,
    /// Milliseconds that one try may take.
    pub timeout: u32,
    /// Milliseconds that a call may take, all its tries and waits together.
    pub total_timeout: Option<u32>,
    /// When a failed try is made again.
    pub retry: Retry,
    /// Headers of every request.
    pub headers: Vec<(String, String)>,
}

impl Settings {
    /// The one named by a call, or else by the options.
    pub fn player<'a>(&'a self, named: Option<&'a str>) -> Option<&'a str> {
        named.or(self.player_id.as_deref())
    }

    /// Checks the options.
    ///
    /// # Errors
    /// `invalid_option`, with the option's name and what it takes.
    pub fn new<V>(options: Options) -> Result<Self, Error<V>> {
        let provider = options.provider.clone();
        let provider = provider.unwrap_or_else(Provider::default_preset);
        provider.check()?;
        let (root, auth) = addresses(&provider, &options)?;
        let (version, path) = find_version(&provider, options.version.as_deref())?;
        let api = concat(&[&root, path]);
        check_headers(&options.headers)?;
        check_key(&provider, options.api_key.as_ref())?;
        if let Some(login) = &options.login {
            login.check()?;
            check_login(&provider, login)?;
        }
        let client = options.app.as_ref().or(options.login.as_ref());
        let token_key = token_key(&provider, &api, &auth, client);
        let only = match options.players.as_deref() {
            Some([only]) => Some(only.clone()),
            _ => None,
        };
        let asks = matches!(options.token, TokenSource::Callback | TokenSource::Service);
        Ok(Self {
            version: version.to_owned(),
            root,
            api,
            auth,
            token_key,
            token_per_player: (options.token_per_player)
                .unwrap_or(provider.subject.per_player && asks),
            players: options.players,
            has_storage: options.has_storage,
            api_key: options.api_key,
            login: options.login,
            player_id: options.player_id.or(only),
            token_in: options.token_in,
            token: options.token,
            timeout: options.timeout.unwrap_or(TIMEOUT),
            total_timeout: options.total_timeout,
            retry: Retry::new(&provider.repeatable).with(&options.retry),
            headers: options.headers,
            provider,
        })
    }

    /// Whether calls go out without a token: the app's key is all that this client has.
    pub fn is_anonymous(&self) -> bool {
        self.api_key.is_some() && self.token == TokenSource::Missing && self.login.is_none()
    }

    /// The address that a call's route stands behind.
    ///
    /// # Errors
    /// `invalid_option` for a part of the API that there isn't.
    pub fn address_of<V>(&self, base: Option<&str>) -> Result<String, Error<V>> {
        let Some(base) = base else {
            return Ok(self.api.clone());
        };
        let bases = &self.provider.addresses.bases;
        match path_of(bases, base) {
            Some(path) => Ok(concat(&[&self.root, path])),
            None if bases.is_empty() => Err(Error::option(
                "base",
                "left out: the service's API has no parts",
            )),
            None => Err(Error::option("base", &one_of(&names(bases)))),
        }
    }
}

/// A text of the service, its addresses, the client and the scope. The parts are encoded, so that no
/// two clients have the same.
fn token_key(provider: &Provider, api: &str, auth: &str, client: Option<&Login>) -> String {
    let id = client.map_or("", |client| &client.client_id);
    let scope = client.and_then(|client| client.scope.as_deref());
    let mut key = encode(&provider.name);
    for part in [api, auth, id, scope.unwrap_or_default()] {
        key = concat(&[&key, " ", &encode(part)]);
    }
    key
}

/// The addresses of the API, without the version, and of the authorization server.
fn addresses<V>(provider: &Provider, options: &Options) -> Result<(String, String), Error<V>> {
    let known = &provider.addresses;
    if options.host.is_some() && !known.takes_host() {
        return Err(Error::option(
            "host",
            "left out: where this service is, `apiUrl` says",
        ));
    }
    let host = options.host.as_deref().unwrap_or(&known.host);
    if known.takes_host() {
        check_host(host)?;
    }
    let insecure = options.allow_insecure_http;
    let whole = |option: &str, given: &Option<String>, known: &str| match given {
        Some(given) => Ok(address(option, given, insecure)?.to_owned()),
        None if known.is_empty() => Ok(String::new()),
        None => Ok(address(option, &Addresses::at(known, host), insecure)?.to_owned()),
    };
    let api = whole("apiUrl", &options.api_url, &known.api)?;
    if api.is_empty() {
        return Err(Error::option(
            "apiUrl",
            "given: this service has no public address",
        ));
    }
    if let Some((_, path)) = (known.versions.iter()).find(|(_, path)| api.ends_with(&**path)) {
        let takes = [
            "the address without the version, which the SDK appends (",
            path,
            ", by option `version`)",
        ];
        return Err(Error::option("apiUrl", &concat(&takes)));
    }
    let auth = whole("authUrl", &options.auth_url, &known.auth)?;
    match auth.is_empty() {
        true => Ok((api.clone(), api)),
        false => Ok((api, auth)),
    }
}

/// The version of that name, or the first one, and its path; nothing where there are no versions.
fn find_version<'a, V>(
    provider: &'a Provider,
    name: Option<&str>,
) -> Result<(&'a str, &'a str), Error<V>> {
    let versions = &provider.addresses.versions;
    // The first one, unless one was asked for.
    let found = versions
        .iter()
        .find(|(known, _)| name.is_none_or(|name| known == name));
    match found {
        Some((version, path)) => Ok((version, path)),
        None if name.is_none() => Ok(("", "")),
        None if versions.is_empty() => Err(Error::option(
            "version",
            "left out: the service's API has none",
        )),
        None => Err(Error::option("version", &one_of(&names(versions)))),
    }
}

fn names(paths: &[(Text, Text)]) -> Vec<&str> {
    paths.iter().map(|(name, _)| &**name).collect()
}

fn check_key<V>(provider: &Provider, key: Option<&Secret>) -> Result<(), Error<V>> {
    let Some(key) = key else {
        return Ok(());
    };
    if provider.api_key_header.is_empty() {
        return Err(Error::option(
            "apiKey",
            "left out: this service takes no key",
        ));
    }
    match key.expose().bytes().all(|byte| byte.is_ascii_graphic()) {
        true => Ok(()),
        false => Err(Error::option("apiKey", "the app's key at the service")),
    }
}

/// Adds a header of the caller's. Those of one name are one, as in `Headers`.
pub fn add_header(headers: &mut Vec<(String, String)>, name: String, value: String) {
    for (known, before) in headers.iter_mut() {
        if known.eq_ignore_ascii_case(&name) {
            *before = concat(&[before, ", ", &value]);
            return;
        }
    }
    headers.push((name, value));
}

/// Headers of the caller's must hold nothing that can't be sent, nor what the SDK itself has to say.
///
/// # Errors
/// `invalid_option`.
pub fn check_headers<V>(headers: &[(String, String)]) -> Result<(), Error<V>> {
    for (name, value) in headers {
        check_header(name, value)?;
    }
    Ok(())
}

/// The same, of one.
///
/// # Errors
/// As [`check_headers`].
pub fn check_header<V>(name: &str, value: &str) -> Result<(), Error<V>> {
    let token = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || is_one_of(byte, b"!#$%&'*+-.^_`|~"));
    if !token || !value.bytes().all(can_be_sent) {
        return Err(Error::config(
            code::INVALID_OPTION,
            "option `headers` holds a name or value that HTTP doesn't allow",
        ));
    }
    if name.eq_ignore_ascii_case("authorization") {
        return Err(Error::option(
            "headers",
            "without `Authorization`: the SDK sends the token itself (option `token`)",
        ));
    }
    Ok(())
}

/// Whether a byte of a text in UTF-8 is of a character that headers can hold: one of Latin-1, and no
/// control character but the tab.
fn can_be_sent(byte: u8) -> bool {
    matches!(byte, b'\t' | b' '..=b'~' | 0x80..=0xc3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(options: Options) -> Result<Settings, String> {
        Settings::new::<()>(options).map_err(|error| {
            assert_eq!(error.code, code::INVALID_OPTION);
            error.message.clone()
        })
    }

    fn named(name: &str) -> Rc<Provider> {
        Rc::new(Provider::named::<()>(Some(name)).unwrap())
    }

    fn api(url: &str) -> Result<String, String> {
        let api_url = Some(url.to_owned());
        let options = Options {
            api_url,
            ..Options::default()
        };
        settings(options).map(|settings| settings.api)
    }

    #[test]
    fn headers_hold_what_can_be_sent() {
        for good in ["", "a b\t~", "Zo\u{eb}", "\u{80}\u{ff}"] {
            assert_eq!(check_header::<()>("x-a", good), Ok(()), "{good:?}");
        }
        for bad in [
            "a\nb",
            "a\0",
            "\u{1}",
            "\u{7f}",
            "\u{100}",
            "\u{2713}",
            "\u{1f3b2}",
        ] {
            assert!(check_header::<()>("x-a", bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn headers_of_one_name_are_one() {
        let mut headers = Vec::new();
        for (name, value) in [("x-a", "1"), ("x-b", "2"), ("X-A", "3")] {
            add_header(&mut headers, name.to_owned(), value.to_owned());
        }
        let expected = [("x-a", "1, 3"), ("x-b", "2")];
        assert_eq!(
            headers,
            expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
    }

    #[test]
    fn defaults_to_playoff_v2() {
        let settings = settings(Options::default()).unwrap();
        assert_eq!(settings.api, "https://api.playoffgamification.io/v2");
        assert_eq!(settings.auth, "https://playoffgamification.io");
        assert_eq!(settings.timeout, 30_000);
    }

    #[test]
    fn builds_addresses_from_the_host() {
        let options = Options {
            provider: Some(named("playlyfe")),
            host: Some("games.example:8443".into()),
            version: Some("v1".into()),
            ..Options::default()
        };
        let settings = settings(options).unwrap();
        assert_eq!(settings.api, "https://api.games.example:8443/v1");
        assert_eq!(settings.auth, "https://games.example:8443");
    }

    #[test]
    fn takes_addresses_outright() {
        assert_eq!(
            api("http://127.0.0.1:8790/").unwrap(),
            "http://127.0.0.1:8790/v2"
        );
        assert_eq!(
            api("http://localhost:1/x").unwrap(),
            "http://localhost:1/x/v2"
        );
        assert_eq!(api("http://[::1]:1").unwrap(), "http://[::1]:1/v2");
        assert_eq!(api("https://a.example").unwrap(), "https://a.example/v2");
    }

    #[test]
    fn refuses_addresses_that_leak_or_mislead() {
        for (bad, why) in [
            ("http://api.example", "plain http"),
            ("http://127.0.0.1.evil.example", "plain http"),
            ("http://127.0.0.evil", "plain http"),
            ("http://127.evil", "plain http"),
            ("http://localhost.evil.example", "plain http"),
            ("https://a@b.example", "absolute"),
            ("https://a.example?x=1", "absolute"),
            ("https://a.example#x", "absolute"),
            ("https://", "absolute"),
            ("ftp://a.example", "absolute"),
            ("api.example", "absolute"),
            ("https://a b.example", "absolute"),
            ("https://a.example/v2", "without the version"),
            ("https://a.example/v1/", "without the version"),
        ] {
            let message = api(bad).unwrap_err();
            assert!(message.contains(why), "{bad}: {message}");
        }
    }

    #[test]
    fn services_say_where_they_are_and_what_they_have() {
        let made = |name: &str, change: fn(&mut Options)| {
            let mut options = Options {
                provider: Some(named(name)),
                ..Options::default()
            };
            change(&mut options);
            settings(options)
        };
        let own = |o: &mut Options| o.api_url = Some("https://kumite.example".into());
        let kumite = made("kumite", own).unwrap();
        assert_eq!(kumite.api, "https://kumite.example/api/v1");
        assert_eq!(kumite.auth, "https://kumite.example");
        let toornament = made("toornament", |_| {}).unwrap();
        assert_eq!(toornament.api, "https://api.toornament.com");
        assert_eq!(toornament.auth, toornament.api);
        assert_eq!(
            toornament.address_of::<()>(Some("viewer")).unwrap(),
            "https://api.toornament.com/viewer/v2"
        );
        for (name, change, why) in [
            ("kumite", (|_| {}) as fn(&mut Options), "`apiUrl`"),
            ("kumite", |o| o.host = Some("a.example".into()), "`host`"),
            ("toornament", |o| o.version = Some("v2".into()), "`version`"),
            (
                "playoff",
                |o| o.api_key = Some(Secret::new("k".into())),
                "`apiKey`",
            ),
            (
                "toornament",
                |o| o.api_key = Some(Secret::new("k\n".into())),
                "`apiKey`",
            ),
        ] {
            let message = made(name, change).unwrap_err();
            assert!(message.contains(why), "{message}");
        }
        let unknown = toornament.address_of::<()>(Some("v1")).unwrap_err();
        assert!(unknown.message.contains("\"organizer\""));
        assert!(kumite.address_of::<()>(Some("viewer")).is_err());
    }

    #[test]
    fn refuses_unknown_names() {
        let bad = |change: fn(&mut Options)| {
            let mut options = Options::default();
            change(&mut options);
            settings(options).unwrap_err()
        };
        assert!(bad(|o| o.version = Some("v3".into())).contains("\"v2\", \"v1\""));
        assert!(bad(|o| o.host = Some("https://x".into())).contains("`host`"));
        assert!(bad(|o| o.headers = vec![("Authorization".into(), "x".into())]).contains("token"));
        assert!(bad(|o| o.headers = vec![("a b".into(), "x".into())]).contains("headers"));
        assert!(bad(|o| o.headers = vec![("a".into(), "x\r\ny".into())]).contains("headers"));
    }
}
