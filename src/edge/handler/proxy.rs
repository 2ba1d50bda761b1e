//! What of `/api/*` is passed on to the service.
//!
//! A page says what it wants, never for whom: player and token come from `authenticate` alone.

use super::Refusal;
use crate::core::error::Error;
use crate::core::method::Method;
use crate::core::percent::decode;
use crate::core::provider::Provider;
use crate::core::provider::placement::TokenForm;
use crate::core::query::{Query, Scalar};
use crate::core::route::Route;
use crate::core::settings::Settings;
use crate::core::text::{before, join, split, split_once};

/// Bytes that a body for the service may have unless the options say otherwise.
const BODY_LIMIT: usize = 1024 * 1024;
/// Seconds that a token lives which is minted for one call.
pub const LIFETIME: f64 = 60.0;

/// Request headers that are passed on.
pub const FORWARDED: [&str; 3] = ["accept", "content-type", "range"];

/// Query names by which a call says for whom it is, beside those of the service's definition.
const REFUSED_NAMES: [&str; 3] = ["player_id", "access_token", "jwt"];

const INVALID_ROUTE: Refusal = Refusal::new(
    400,
    "invalid_route",
    "The path behind /api isn't a plain route of the service",
);
const INVALID_QUERY: Refusal = Refusal::new(
    400,
    "invalid_query",
    "The query can't be read, or names a player or a token: both are this handler's to say",
);

/// The option `proxy`.
#[derive(Clone, Debug)]
pub struct Proxy {
    allow: Vec<Allowed>,
    /// Bytes that a body may have.
    pub max_body_size: usize,
    /// Whether calls go out with the app's own token: it may do what no player may.
    pub use_app_token: bool,
}

/// A method and the routes that it may be used on.
#[derive(Clone, Debug)]
pub struct Allowed {
    method: Method,
    /// A route, or the one below which all are meant.
    route: String,
    below: bool,
}

/// A call that may be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proxied {
    /// The method.
    pub method: Method,
    /// The route.
    pub route: Route,
    /// The query, without a token.
    pub query: Query,
}

impl Proxy {
    /// From the members of the option.
    ///
    /// # Errors
    /// `invalid_option`.
    pub fn new<V>(
        allow: Vec<Allowed>,
        max_body_size: Option<f64>,
        use_app_token: bool,
    ) -> Result<Self, Error<V>> {
        let max_body_size = max_body_size.unwrap_or(BODY_LIMIT as f64);
        if max_body_size.fract() != 0.0 || !(0.0..=f64::from(i32::MAX)).contains(&max_body_size) {
            return Err(Error::option("maxBodySize", BYTES));
        }
        if allow.is_empty() {
            return Err(Error::option("allow", EXAMPLE));
        }
        Ok(Self {
            allow,
            max_body_size: max_body_size as usize,
            use_app_token,
        })
    }

    /// The methods that may be used on a route. Who may GET may ask for the head.
    pub fn methods(&self, route: &Route) -> Vec<Method> {
        let mut methods = Vec::new();
        let mut add = |method| {
            if !methods.contains(&method) {
                methods.push(method);
            }
        };
        for allowed in &self.allow {
            if allowed.holds(route.as_str()) {
                add(allowed.method);
                if allowed.method == Method::Get {
                    add(Method::Head);
                }
            }
        }
        methods
    }
}

/// What `maxBodySize` takes.
pub const BYTES: &str = "a whole number of bytes, at least 0";
const EXAMPLE: &str = "an array of pairs of a method in upper case and a route like [\"GET\", \"/runtime/player\"] or [\"GET\", \"/runtime/*\"]";

impl Allowed {
    /// From a pair of `allow`: a route that ends with `/*` means all below it.
    ///
    /// # Errors
    /// `invalid_option`.
    pub fn new<V>(method: &str, route: &str, service: &Settings) -> Result<Self, Error<V>> {
        let wrong = || Error::option("allow", EXAMPLE);
        let method = Method::named::<V>(method)
            .ok()
            .filter(|known| known.as_str() == method)
            .ok_or_else(wrong)?;
        let (plain, below) = match route.strip_suffix("/*") {
            Some(above) => (above, true),
            None => (route, false),
        };
        if plain.contains('*') {
            return Err(wrong());
        }
        let versions = &service.provider.addresses.versions;
        let is_versioned = |path: &str| {
            let below = plain.strip_prefix(path);
            below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
        };
        if versions.iter().any(|(_, path)| is_versioned(path)) {
            return Err(Error::option(
                "allow",
                "routes without the version, like \"/runtime/player\"",
            ));
        }
        // What stands for a route must be one, written as those it is compared with.
        let route = match plain {
            "" if below => String::new(),
            _ => {
                let route = Route::from_path::<V>(plain).map_err(|_| wrong())?;
                route.as_str().to_owned()
            }
        };
        Ok(Self {
            method,
            route,
            below,
        })
    }

    fn holds(&self, route: &str) -> bool {
        match self.below {
            false => self.route == route,
            true => {
                let rest = route.strip_prefix(self.route.as_str()).unwrap_or_default();
                rest.starts_with('/') && rest.len() > 1
            }
        }
    }
}

/// The names of methods, as headers list them.
pub fn names(methods: &[Method]) -> String {
    let mut names = Vec::new();
    for method in methods {
        names.push(method.as_str());
    }
    join(&names, ", ")
}

/// The route that a path behind `/api` names. The version that the service is asked for anyway may
/// stand before it.
///
/// # Errors
/// `invalid_route`, for everything that isn't a plain path.
pub fn route(path: &str, service: &Settings) -> Result<Route, Refusal> {
    let version = service.api.strip_prefix(&*service.root);
    let below = path.strip_prefix(version.unwrap_or_default());
    let path = below.filter(|below| below.starts_with('/')).unwrap_or(path);
    Route::from_path::<()>(path).map_err(|_| INVALID_ROUTE)
}

/// What the page asks for in the query.
///
/// # Errors
/// `invalid_query`, for a name that says whose call it is, however it is written.
pub fn query(query: &str, provider: &Provider) -> Result<Query, Refusal> {
    let mut read = Query::default();
    for pair in split(query.strip_prefix('?').unwrap_or(query), "&") {
        if pair.is_empty() {
            continue;
        }
        // Some servers take `;` for `&`.
        for part in split(pair, ";") {
            let name = component(before(part, "="))?;
            if is_refused(&name, provider) {
                return Err(INVALID_QUERY);
            }
        }
        let (name, value) = split_once(pair, "=").unwrap_or((pair, ""));
        let (name, value) = (component(name)?, component(value)?);
        read.add::<()>(name, vec![Scalar::Text(value)])
            .map_err(|_| INVALID_QUERY)?;
    }
    Ok(read)
}

/// Servers read `jwt[]=` and `[jwt]=` as `jwt`, and some take no notice of case and white space.
fn is_refused(name: &str, provider: &Provider) -> bool {
    let placement = &provider.placement;
    let own = [
        &*provider.subject.query,
        placement.query_name(TokenForm::Access),
        placement.query_name(TokenForm::Jwt),
    ];
    let mut parts = name.split(['[', ']', '.', '\0']).map(str::trim);
    parts.any(|part| {
        let mut refused = REFUSED_NAMES.iter().chain(&own);
        !part.is_empty() && refused.any(|refused| part.eq_ignore_ascii_case(refused))
    })
}

fn component(text: &str) -> Result<String, Refusal> {
    decode(&text.replace('+', " ")).ok_or(INVALID_QUERY)
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::core::provider::presets::PLAIN;
    use crate::core::settings::Options;

    fn service() -> Settings {
        Settings::new::<()>(Options::default()).unwrap()
    }

    fn proxy(allow: &[(&str, &str)]) -> Proxy {
        let allowed = allow
            .iter()
            .map(|(method, route)| Allowed::new::<()>(method, route, &service()).unwrap());
        Proxy::new::<()>(allowed.collect(), None, false).unwrap()
    }

    fn methods(proxy: &Proxy, path: &str) -> String {
        names(&proxy.methods(&route(path, &service()).unwrap()))
    }

    #[test]
    fn allows_what_is_listed_and_nothing_else() {
        let proxy = proxy(&[
            ("GET", "/runtime/*"),
            ("POST", "/runtime/actions/collect/play"),
            ("PATCH", "/runtime/player"),
            ("DELETE", "/a b/ü"),
        ]);
        for (path, expected) in [
            ("/runtime/player", "GET, HEAD, PATCH"),
            ("/v2/runtime/player", "GET, HEAD, PATCH"),
            ("/runtime/actions/collect/play", "GET, HEAD, POST"),
            ("/runtime/a/b%20c", "GET, HEAD"),
            ("/a%20b/%C3%BC", "DELETE"),
            ("/runtime", ""),
            ("/runtime/", ""),
            ("/runtimes/player", ""),
            ("/Runtime/player", ""),
            ("/%72untime/player", ""),
            ("/v1/runtime/player", ""),
            ("/v2/v2/runtime/player", ""),
            ("/v2", ""),
            ("/admin/players", ""),
            ("/", ""),
        ] {
            assert_eq!(methods(&proxy, path), expected, "{path}");
        }
        let all = self::proxy(&[("GET", "/*")]);
        assert_eq!(methods(&all, "/admin/players"), "GET, HEAD");
        assert_eq!(methods(&all, "/"), "");
    }

    #[test]
    fn refuses_every_way_out() {
        for path in [
            "//evil.example/v2",
            "/v2//evil.example",
            "/runtime/../admin",
            "/runtime/%2e%2e/admin",
            "/runtime/.%2E/admin",
            "/runtime/..%2fadmin",
            "/runtime%5c..%5cadmin",
            "/runtime\\admin",
            "/runtime/%00",
            "/runtime/%0d%0ax-evil:1",
            "/runtime/%zz",
            "/runtime?x",
            "/runtime#x",
        ] {
            assert_eq!(route(path, &service()), Err(INVALID_ROUTE), "{path}");
        }
    }

    #[test]
    fn refuses_lists_that_would_not_do_what_they_say() {
        for (method, route) in [
            ("get", "/runtime/*"),
            ("FETCH", "/runtime/*"),
            ("*", "/runtime/*"),
            ("GET", "runtime/*"),
            ("GET", "*"),
            ("GET", ""),
            ("GET", "/runtime*"),
            ("GET", "/*/player"),
            ("GET", "/runtime/../*"),
            ("GET", "//evil/*"),
            ("GET", "/v2/runtime/*"),
            ("GET", "/v1"),
            ("GET", "/runtime?x"),
        ] {
            let allowed = Allowed::new::<()>(method, route, &service());
            assert!(allowed.is_err(), "{method} {route}");
        }
        assert!(Proxy::new::<()>(Vec::new(), None, false).is_err());
        for size in [-1.0, 0.5, f64::NAN, f64::INFINITY] {
            let one = Allowed::new::<()>("GET", "/x", &service()).unwrap();
            assert!(Proxy::new::<()>(vec![one], Some(size), false).is_err());
        }
    }

    fn passed_on(text: &str) -> Result<String, Refusal> {
        passed_on_to(&service(), text)
    }

    fn passed_on_to(service: &Settings, text: &str) -> Result<String, Refusal> {
        let mut url = String::new();
        query(text, &service.provider)?.append_to(&mut url, service.provider.query);
        Ok(url)
    }

    #[test]
    fn passes_a_query_on() {
        for (given, expected) in [
            ("", ""),
            ("?", ""),
            ("?size=small&limit=5", "?size=small&limit=5"),
            ("?a=1&&a=2&b", "?a=1&a=2&b="),
            ("?a+b=c%20d%26e=f", "?a%20b=c%20d%26e%3Df"),
            (
                "?filter=jwt&players_id=x&jwts=y",
                "?filter=jwt&players_id=x&jwts=y",
            ),
        ] {
            assert_eq!(passed_on(given).as_deref(), Ok(expected), "{given}");
        }
    }

    #[test]
    fn refuses_to_hear_whose_call_it_is() {
        for name in REFUSED_NAMES {
            let upper = name.to_ascii_uppercase();
            let encoded = format!("%{:02x}{}", name.as_bytes()[0], &name[1..]);
            for pair in [
                format!("?{name}=boss"),
                format!("?a=b&{name}=boss"),
                format!("?{name}"),
                format!("?{name}=a&{name}=b"),
                format!("?{upper}=boss"),
                format!("?{encoded}=boss"),
                format!("?{name}%5B%5D=boss"),
                format!("?{name}[0]=boss"),
                format!("?[{name}]=boss"),
                format!("?+{name}+=boss"),
                format!("?{name}%00=boss"),
                format!("?a=b;{name}=boss"),
            ] {
                assert_eq!(passed_on(&pair), Err(INVALID_QUERY), "{pair}");
            }
        }
        let mut other = service();
        let mut provider = PLAIN;
        provider.subject.query = "who".into();
        provider.placement.access_query = "key".into();
        other.provider = Rc::new(provider);
        for pair in ["?who=boss", "?key=x", "?Who[]=boss", "?player_id=boss"] {
            assert_eq!(passed_on_to(&other, pair), Err(INVALID_QUERY), "{pair}");
            let elsewhere = passed_on(pair).is_ok();
            assert_eq!(elsewhere, !pair.contains("player_id"), "{pair}");
        }
        for broken in ["?a=%zz", "?%=1", "?a=%ff"] {
            assert_eq!(passed_on(broken), Err(INVALID_QUERY), "{broken}");
        }
    }
}
