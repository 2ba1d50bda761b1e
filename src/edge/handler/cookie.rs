//! The cookie that holds the refresh token: no script of the page can read it.
//!
//! `__Host-` makes browsers see to it that nobody but this host can set it. Over plain http on
//! loopback, where people develop, it goes without and without `Secure`: WebKit drops cookies
//! there that have either.

use crate::core::address::is_loopback;
use crate::core::error::Error;
use crate::core::percent::{decode, encode};
use crate::core::secret::Secret;
use crate::core::text::{concat, number, split, split_once};

const HOST_PREFIX: &str = "__Host-";
/// Seconds that a cookie lives unless the options say otherwise: 30 days.
const MAX_AGE: u32 = 30 * 24 * 3600;
/// The longest life that browsers give a cookie: 400 days.
const LONGEST: u32 = 400 * 24 * 3600;
/// Bytes of a cookie's value, at most: browsers keep 4096 with name and attributes.
const VALUE_LIMIT: usize = 3800;

/// To whom the cookie is sent along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SameSite {
    /// To requests of this site's pages, and when somebody follows a link to it.
    #[default]
    Lax,
    /// To requests of this site's pages alone.
    Strict,
    /// To requests of any site's pages; each of these sites has its own (`Partitioned`).
    None,
}

/// How refresh tokens are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CookieRules {
    name: String,
    same_site: SameSite,
    max_age: u32,
}

impl Default for CookieRules {
    fn default() -> Self {
        Self {
            name: "playoff-refresh".to_owned(),
            same_site: SameSite::Lax,
            max_age: MAX_AGE,
        }
    }
}

impl CookieRules {
    /// From the members of the option `cookie`.
    ///
    /// # Errors
    /// `invalid_option`.
    pub fn new<V>(
        name: Option<String>,
        same_site: Option<&str>,
        max_age: Option<f64>,
    ) -> Result<Self, Error<V>> {
        let mut rules = Self::default();
        if let Some(name) = name {
            check_name(&name)?;
            rules.name = name;
        }
        rules.same_site = match same_site {
            None | Some("lax") => SameSite::Lax,
            Some("strict") => SameSite::Strict,
            Some("none") => SameSite::None,
            Some(_) => {
                let takes = "\"lax\", \"strict\" or \"none\"";
                return Err(Error::option("sameSite", takes));
            }
        };
        if let Some(max_age) = max_age {
            let holds = max_age.fract() == 0.0 && (1.0..=f64::from(LONGEST)).contains(&max_age);
            if !holds {
                return Err(Error::option(
                    "maxAge",
                    "a whole number of seconds, at least 1 and at most 34560000 (400 days)",
                ));
            }
            rules.max_age = max_age as u32;
        }
        Ok(rules)
    }

    /// The cookie of requests to an origin, by a page of one. Behind a proxy that ends TLS the
    /// former may be loopback's, while players come over https.
    pub fn of(&self, own_origin: &str, origin: Option<&str>) -> Cookie {
        let is_local = |origin: &str| origin.strip_prefix("http://").is_some_and(is_loopback);
        let is_bare = is_local(own_origin) && origin.is_none_or(is_local);
        let name = match is_bare {
            true => self.name.clone(),
            false => concat(&[HOST_PREFIX, &self.name]),
        };
        let attributes = match (self.same_site, is_bare) {
            (SameSite::Lax, false) => "; HttpOnly; Secure; SameSite=Lax",
            (SameSite::Strict, false) => "; HttpOnly; Secure; SameSite=Strict",
            (SameSite::None, false) => "; HttpOnly; Secure; SameSite=None; Partitioned",
            (SameSite::Strict, true) => "; HttpOnly; SameSite=Strict",
            // What other sites are sent must be `Secure`; on loopback all ports are one site.
            (SameSite::Lax | SameSite::None, true) => "; HttpOnly; SameSite=Lax",
        };
        Cookie {
            name,
            attributes,
            max_age: self.max_age,
        }
    }
}

fn check_name<V>(name: &str) -> Result<(), Error<V>> {
    let in_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let holds = (1..=64).contains(&name.len()) && name.bytes().all(in_name);
    if holds && !name.starts_with("__") {
        return Ok(());
    }
    Err(Error::option(
        "name",
        "a cookie's name of letters, digits, `-`, `_` and `.`, without the prefix `__Host-`, which is added",
    ))
}

/// The cookie as one request has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cookie {
    name: String,
    attributes: &'static str,
    max_age: u32,
}

/// What a request's `Cookie` header holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// No cookie of ours.
    Nothing,
    /// Something that we never set: it is forged, or broken.
    Unusable,
    /// A refresh token.
    Refresh(Secret),
}

impl Cookie {
    /// Looks for the refresh token. Of two cookies nobody knows which is ours.
    pub fn read(&self, header: Option<&str>) -> Held {
        let pairs = split(header.unwrap_or_default(), ";");
        let mut values = pairs.iter().filter_map(|pair| {
            let (name, value) = split_once(pair.trim_matches([' ', '\t']), "=")?;
            (name == self.name).then_some(value)
        });
        match (values.next(), values.next()) {
            (None, _) => Held::Nothing,
            (Some(value), None) => read_value(value).map_or(Held::Unusable, Held::Refresh),
            (Some(_), Some(_)) => Held::Unusable,
        }
    }

    /// `Set-Cookie` that keeps a refresh token; `None` for one that no cookie can hold.
    pub fn keep(&self, refresh: &Secret) -> Option<String> {
        let value = encode(refresh.expose());
        let read_back = read_value(&value)?;
        (read_back == *refresh).then(|| self.set(&value, self.max_age))
    }

    /// `Set-Cookie` that removes it.
    pub fn clear(&self) -> String {
        self.set("", 0)
    }

    fn set(&self, value: &str, max_age: u32) -> String {
        let max_age = number(max_age.into());
        let attributes = self.attributes;
        concat(&[
            &self.name,
            "=",
            value,
            "; Path=/; Max-Age=",
            &max_age,
            attributes,
        ])
    }
}

fn read_value(value: &str) -> Option<Secret> {
    if value.is_empty() || value.len() > VALUE_LIMIT {
        return None;
    }
    let text = decode(value)?;
    let holds = text.bytes().all(|byte| byte.is_ascii_graphic());
    holds.then(|| Secret::new(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(same_site: &str) -> CookieRules {
        CookieRules::new::<()>(None, Some(same_site), None).unwrap()
    }

    fn refresh(text: &str) -> Held {
        Held::Refresh(Secret::new(text.into()))
    }

    #[test]
    fn keeps_what_it_reads_back() {
        let cookie = CookieRules::default().of("https://a.example", None);
        for token in ["abc", "a/b+c==", "a;b,c\"d\\e%2f", "\u{7e}!"] {
            let set = cookie.keep(&Secret::new(token.into())).unwrap();
            let pair = set.split(';').next().unwrap();
            assert_eq!(cookie.read(Some(pair)), refresh(token));
            assert!(set.is_ascii());
        }
        for unusable in ["", "a b", "a\r\nb", "ä", &"x".repeat(4000)] {
            assert_eq!(cookie.keep(&Secret::new(unusable.into())), None);
        }
    }

    #[test]
    fn is_the_hosts_alone() {
        let token = Secret::new("r1".into());
        for (same_site, expected) in [
            ("lax", "; HttpOnly; Secure; SameSite=Lax"),
            ("strict", "; HttpOnly; Secure; SameSite=Strict"),
            ("none", "; HttpOnly; Secure; SameSite=None; Partitioned"),
        ] {
            for origin in ["https://a.example", "http://a.example", "https://localhost"] {
                let set = rules(same_site)
                    .of(origin, Some(origin))
                    .keep(&token)
                    .unwrap();
                let begin = "__Host-playoff-refresh=r1; Path=/; Max-Age=2592000";
                assert_eq!(set, format!("{begin}{expected}"));
            }
        }
        let cleared = rules("lax").of("https://a.example", None).clear();
        assert_eq!(
            cleared,
            "__Host-playoff-refresh=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax"
        );
    }

    #[test]
    fn goes_bare_where_people_develop() {
        for origin in [
            "http://localhost:8787",
            "http://127.0.0.1",
            "http://[::1]:1",
        ] {
            for same_site in ["lax", "none"] {
                assert_eq!(
                    rules(same_site)
                        .of(origin, Some("http://localhost:5173"))
                        .clear(),
                    "playoff-refresh=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
                );
            }
        }
        let evil = rules("lax").of("http://127.0.0.1.evil.example", None);
        assert!(evil.clear().starts_with("__Host-"));
    }

    #[test]
    fn stays_the_hosts_behind_a_proxy() {
        let cookie = rules("none").of("http://localhost:3000", Some("https://app.example"));
        let expected = "__Host-playoff-refresh=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=None; Partitioned";
        assert_eq!(cookie.clear(), expected);
    }

    #[test]
    fn reads_its_own_name_once() {
        let cookie = CookieRules::default().of("https://a.example", None);
        let read = |header| cookie.read(Some(header));
        assert_eq!(cookie.read(None), Held::Nothing);
        for nothing in [
            "",
            "a=b",
            "playoff-refresh=r1",
            "__host-playoff-refresh=r1",
            "x__Host-playoff-refresh=r1",
            "__Host-playoff-refresh",
        ] {
            assert_eq!(read(nothing), Held::Nothing, "{nothing}");
        }
        assert_eq!(read("a=b; __Host-playoff-refresh=r1; c=d"), refresh("r1"));
        for unusable in [
            "__Host-playoff-refresh=",
            "__Host-playoff-refresh=a%0d%0ab",
            "__Host-playoff-refresh=%zz",
            "__Host-playoff-refresh=%ff",
            "__Host-playoff-refresh=a b",
            "__Host-playoff-refresh=ä",
            "__Host-playoff-refresh=r1; __Host-playoff-refresh=r1",
            &format!("__Host-playoff-refresh={}", "x".repeat(3801)),
        ] {
            assert_eq!(read(unusable), Held::Unusable, "{unusable}");
        }
    }

    #[test]
    fn refuses_options_that_make_no_cookie() {
        for name in ["", "a b", "a=b", "a;b", "__Host-a", "__Secure-a", "ä"] {
            assert!(CookieRules::new::<()>(Some(name.into()), None, None).is_err());
        }
        for age in [0.0, -1.0, 0.5, f64::NAN, f64::INFINITY, 34_560_001.0] {
            assert!(CookieRules::new::<()>(None, None, Some(age)).is_err());
        }
        assert!(CookieRules::new::<()>(None, Some("None"), None).is_err());
        let named = CookieRules::new::<()>(Some("a.b".into()), None, Some(60.0)).unwrap();
        let cookie = named.of("https://a.example", None);
        assert!(cookie.clear().starts_with("__Host-a.b=;"));
    }
}
