//! What `createClient` was told, checked.

use crate::core::error::{Error, code};
pub use crate::core::login::Login;
use crate::core::percent::encode;
use crate::core::provider::{PRESETS, Provider, TokenIn};
use crate::core::retry::{Retry, Wish};
use crate::core::text::{before, concat, is_one_of, join, split, split_once};

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
    /// A preset's name.
    pub provider: Option<String>,
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
    pub token_per_player: bool,
    /// Whether there is a `storage`.
    pub has_storage: bool,
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
    pub provider: &'static Provider,
    /// The API's version.
    pub version: &'static str,
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
    /// Whether there is a `storage`.
    pub has_storage: bool,
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
    /// Checks the options.
    ///
    /// # Errors
    /// `invalid_option`, with the option's name and what it takes.
    pub fn new<V>(options: Options) -> Result<Self, Error<V>> {
        let provider = find_provider(options.provider.as_deref())?;
        let (api, auth) = addresses(provider, &options)?;
        check_headers(&options.headers)?;
        if let Some(login) = &options.login {
            login.check()?;
        }
        let client = options.app.as_ref().or(options.login.as_ref());
        let token_key = token_key(provider, &api, &auth, client);
        Ok(Self {
            provider,
            version: find_version(provider, options.version.as_deref())?,
            api,
            auth,
            token_key,
            token_per_player: options.token_per_player,
            has_storage: options.has_storage,
            login: options.login,
            player_id: options.player_id,
            token_in: options.token_in,
            token: options.token,
            timeout: options.timeout.unwrap_or(TIMEOUT),
            total_timeout: options.total_timeout,
            retry: Retry::new(provider.repeatable).with(&options.retry),
            headers: options.headers,
        })
    }
}

/// A text of the service, its addresses, the client and the scope. The parts are encoded, so that no
/// two clients have the same.
fn token_key(provider: &Provider, api: &str, auth: &str, client: Option<&Login>) -> String {
    let id = client.map_or("", |client| &client.client_id);
    let scope = client.and_then(|client| client.scope.as_deref());
    let mut key = encode(provider.name);
    for part in [api, auth, id, scope.unwrap_or_default()] {
        key = concat(&[&key, " ", &encode(part)]);
    }
    key
}

/// The addresses of the API, with the version, and of the authorization server.
fn addresses<V>(provider: &Provider, options: &Options) -> Result<(String, String), Error<V>> {
    let version = find_version(provider, options.version.as_deref())?;
    let host = options.host.as_deref().unwrap_or(&provider.host);
    check_host(host)?;
    let insecure = options.allow_insecure_http;
    let api = match &options.api_url {
        Some(given) => address("apiUrl", given, insecure)?.to_owned(),
        None => concat(&["https://api.", host]),
    };
    let auth = match &options.auth_url {
        Some(given) => address("authUrl", given, insecure)?.to_owned(),
        None => concat(&["https://", host]),
    };
    let mut versions = provider.versions.iter();
    if versions.any(|known| api.ends_with(&concat(&["/", known]))) {
        return Err(Error::option(
            "apiUrl",
            "the address without the version, which the SDK appends (option `version`)",
        ));
    }
    Ok((concat(&[&api, "/", version]), auth))
}

fn find_provider<V>(name: Option<&str>) -> Result<&'static Provider, Error<V>> {
    let name = name.unwrap_or(PRESETS[0].name);
    Provider::named(name).ok_or_else(|| {
        let mut known = Vec::new();
        for preset in PRESETS {
            known.push(preset.name);
        }
        Error::option("provider", &one_of(&known))
    })
}

fn find_version<V>(provider: &Provider, name: Option<&str>) -> Result<&'static str, Error<V>> {
    let mut versions = provider.versions.iter();
    // The first one, unless one was asked for.
    let found = versions.find(|known| name.is_none_or(|name| **known == name));
    found
        .copied()
        .ok_or_else(|| Error::option("version", &one_of(provider.versions)))
}

fn one_of(names: &[&str]) -> String {
    concat(&["one of \"", &join(names, "\", \""), "\""])
}

fn check_host<V>(host: &str) -> Result<(), Error<V>> {
    let (name, port) = split_once(host, ":").unwrap_or((host, "0"));
    let starts_well = name
        .bytes()
        .next()
        .is_some_and(|byte| !is_one_of(byte, b".-"));
    let name_holds = starts_well
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || is_one_of(byte, b".-"));
    if name_holds && port.parse::<u16>().is_ok() {
        return Ok(());
    }
    Err(Error::option(
        "host",
        "a host name like \"playoff.example\" (for a whole address use `apiUrl` and `authUrl`)",
    ))
}

/// An address of the service without its trailing slash.
fn address<'a, V>(
    option: &str,
    given: &'a str,
    allow_insecure_http: bool,
) -> Result<&'a str, Error<V>> {
    let wrong = || {
        Error::option(
            option,
            "an absolute address like \"https://api.playoff.example\", without query, fragment or credentials",
        )
    };
    let (scheme, rest) = split_once(given, ":").ok_or_else(wrong)?;
    let rest = rest.strip_prefix("//").ok_or_else(wrong)?;
    let authority = before(rest, "/");
    let plain = given
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !is_one_of(byte, b"?#\\"));
    if authority.is_empty() || authority.bytes().any(|byte| byte == b'@') || !plain {
        return Err(wrong());
    }
    match scheme {
        "https" => {}
        "http" if allow_insecure_http || is_loopback(authority) => {}
        "http" => {
            return Err(Error::option(
                option,
                "https: over plain http a token can be read by others (allowed on loopback, or by `allowInsecureHttp: true`)",
            ));
        }
        _ => return Err(wrong()),
    }
    let mut address = given;
    while let Some(shorter) = address.strip_suffix('/') {
        address = shorter;
    }
    Ok(address)
}

/// Whether a host, with or without a port, is this machine.
pub fn is_loopback(authority: &str) -> bool {
    let host = match authority.strip_prefix('[') {
        Some(ipv6) => return ipv6.starts_with("::1]"),
        None => before(authority, ":"),
    };
    host == "localhost" || host.ends_with(".localhost") || is_ipv4_loopback(host)
}

/// Whether it is 127.x.y.z; `Ipv4Addr`'s own reader costs more than the rest of this file.
fn is_ipv4_loopback(host: &str) -> bool {
    let is_number = |part: &str| {
        !part.is_empty() && part.len() <= 3 && part.bytes().all(|digit| digit.is_ascii_digit())
    };
    match split(host, ".")[..] {
        ["127", a, b, c] => is_number(a) && is_number(b) && is_number(c),
        _ => false,
    }
}

/// Headers of the caller's must not carry what the SDK itself has to say.
pub fn check_headers<V>(headers: &[(String, String)]) -> Result<(), Error<V>> {
    for (name, value) in headers {
        let token = !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || is_one_of(byte, b"!#$%&'*+-.^_`|~"));
        if !token || value.bytes().any(|byte| is_one_of(byte, b"\r\n\0")) {
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
    }
    Ok(())
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

    fn api(url: &str) -> Result<String, String> {
        let api_url = Some(url.to_owned());
        let options = Options {
            api_url,
            ..Options::default()
        };
        settings(options).map(|settings| settings.api)
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
            provider: Some("playlyfe".into()),
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
    fn refuses_unknown_names() {
        let bad = |change: fn(&mut Options)| {
            let mut options = Options::default();
            change(&mut options);
            settings(options).unwrap_err()
        };
        assert!(bad(|o| o.provider = Some("steam".into())).contains("\"playoff\""));
        assert!(bad(|o| o.version = Some("v3".into())).contains("\"v2\", \"v1\""));
        assert!(bad(|o| o.host = Some("https://x".into())).contains("`host`"));
        assert!(bad(|o| o.headers = vec![("Authorization".into(), "x".into())]).contains("token"));
        assert!(bad(|o| o.headers = vec![("a b".into(), "x".into())]).contains("headers"));
        assert!(bad(|o| o.headers = vec![("a".into(), "x\r\ny".into())]).contains("headers"));
    }
}
