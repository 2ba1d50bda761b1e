//! What an app shows to the token endpoint.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use super::Issuer;
use crate::core::claims;
use crate::core::error::Error;
use crate::core::percent::encode;
use crate::core::provider::token_request::{ClientAuthentication, GrantKind};
use crate::core::provider::{Provider, TokenIn};
use crate::core::secret::Secret;
use crate::core::settings::Login;
use crate::core::text::{concat, join, split};
use crate::core::tree::Tree;

/// A confidential client, or a refresh token in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// The client's id.
    pub client_id: String,
    /// The client's secret, or the refresh token.
    pub secret: Secret,
    /// What its tokens should be good for.
    pub scope: Option<String>,
}

/// What an app was told of itself.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The client's id.
    pub client_id: Option<String>,
    /// The client's secret.
    pub client_secret: Option<Secret>,
    /// A refresh token.
    pub refresh_token: Option<Secret>,
    /// What its tokens should be good for.
    pub scope: Option<String>,
}

impl Credentials {
    /// Those that the service takes.
    ///
    /// # Errors
    /// `invalid_option`, for those that it doesn't, and for what is missing.
    pub fn new<V>(provider: &Provider, given: Given) -> Result<Self, Error<V>> {
        let app = &provider.token_request.app;
        let refused = |name: &str, is_given: bool| match is_given {
            true => Err(Error::option(name, "left out: this service takes none")),
            false => Ok(()),
        };
        let missing = |name: &str| Error::option(name, "given: a string that isn't empty");
        if app.kind == GrantKind::RefreshToken {
            refused("clientId", given.client_id.is_some())?;
            refused("clientSecret", given.client_secret.is_some())?;
            refused("scope", given.scope.is_some())?;
            let secret = given.refresh_token.ok_or_else(|| missing("refreshToken"))?;
            if !secret.expose().bytes().all(|byte| byte.is_ascii_graphic()) {
                return Err(Error::option("refreshToken", "a token, without spaces"));
            }
            return Ok(Self {
                client_id: String::new(),
                secret,
                scope: None,
            });
        }
        refused("refreshToken", given.refresh_token.is_some())?;
        let client_id = given.client_id.ok_or_else(|| missing("clientId"))?;
        let secret = match app.authentication {
            ClientAuthentication::None => {
                refused("clientSecret", given.client_secret.is_some())?;
                Secret::new(String::new())
            }
            ClientAuthentication::Basic | ClientAuthentication::Body => {
                given.client_secret.ok_or_else(|| missing("clientSecret"))?
            }
        };
        // Where players' tokens are `client_id:jws`, no other id has a colon.
        if provider.placement.jwt == TokenIn::Query {
            Issuer::check(&client_id, secret.expose())?;
        }
        Ok(Self {
            client_id,
            secret,
            scope: given.scope,
        })
    }

    /// What tells its tokens from those of others, and holds no secret: the order of scopes doesn't.
    pub fn kin(&self) -> Login {
        let client_id = match self.client_id.is_empty() {
            true => BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(self.secret.expose())),
            false => self.client_id.clone(),
        };
        let scope = self.scope.as_deref().map(|scope| {
            let mut scopes = split(scope, " ");
            scopes.sort_unstable();
            scopes.dedup();
            join(&scopes, " ")
        });
        Login {
            client_id,
            scope,
            ..Login::default()
        }
    }

    /// The claims of the refresh token, where that is what it is, and it can be read.
    pub fn claims<V: Tree>(&self) -> Option<V> {
        let is_token = self.client_id.is_empty();
        let read = claims::read::<V>(self.secret.expose()).filter(|_| is_token);
        read.map(|claims| claims.all)
    }

    /// The players that the refresh token is for, where it says so.
    pub fn players<V: Tree>(&self, provider: &Provider) -> Option<Vec<String>> {
        let listed = self.claims::<V>()?.get(&provider.subject.list_claim)?;
        (0..listed.length()?)
            .map(|index| listed.at(index).as_text())
            .collect()
    }

    /// The value of `Authorization` for HTTP Basic: both parts are encoded as forms are, before
    /// anything else (RFC 6749, section 2.3.1).
    pub fn basic(&self) -> String {
        let encoded = |text: &str| encode(text).replace("%20", "+");
        let (id, secret) = (encoded(&self.client_id), encoded(self.secret.expose()));
        let pair = concat(&[&id, ":", &secret]);
        concat(&["Basic ", &BASE64_STANDARD.encode(pair)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::provider::presets::{KUMITE, PLAIN, PLAYOFF};
    use serde_json::{Value as Json, json};

    fn given(id: Option<&str>, secret: Option<&str>, refresh: Option<&str>) -> Given {
        Given {
            client_id: id.map(str::to_owned),
            client_secret: secret.map(|text| Secret::new(text.into())),
            refresh_token: refresh.map(|text| Secret::new(text.into())),
            scope: None,
        }
    }

    #[test]
    fn a_service_takes_what_it_takes() {
        let wrong = |provider: Provider, given| {
            let refused = Credentials::new::<Json>(&provider, given).unwrap_err();
            refused.message.clone()
        };
        assert!(wrong(PLAYOFF, given(None, Some("s"), None)).contains("`clientId`"));
        assert!(wrong(PLAYOFF, given(Some("i"), None, None)).contains("`clientSecret`"));
        assert!(wrong(PLAYOFF, given(Some("a:b"), Some("s"), None)).contains("colon"));
        assert!(wrong(PLAYOFF, given(Some("i"), Some("s"), Some("r"))).contains("`refreshToken`"));
        assert!(wrong(KUMITE, given(None, None, None)).contains("`refreshToken`"));
        assert!(wrong(KUMITE, given(Some("i"), None, Some("r"))).contains("`clientId`"));
        assert!(wrong(KUMITE, given(None, None, Some("r r"))).contains("`refreshToken`"));
        Credentials::new::<Json>(&PLAIN, given(Some("a:b"), Some("s"), None)).unwrap();
        Credentials::new::<Json>(&KUMITE, given(None, None, Some("r"))).unwrap();
    }

    #[test]
    fn basic_encodes_both_parts_first() {
        let credentials = Credentials {
            client_id: "a:b".into(),
            secret: Secret::new("not:a+real%se cret/ü".into()),
            scope: None,
        };
        let basic = credentials.basic();
        let pair = BASE64_STANDARD.decode(basic.strip_prefix("Basic ").unwrap());
        assert_eq!(
            String::from_utf8(pair.unwrap()).unwrap(),
            "a%3Ab:not%3Aa%2Breal%25se+cret%2F%C3%BC"
        );
    }

    #[test]
    fn kin_is_the_same_for_the_same_scopes_and_tells_no_secret() {
        let of = |id: &str, scope: &str| {
            let credentials = Credentials {
                client_id: id.into(),
                secret: Secret::new("not-a-real-secret".into()),
                scope: Some(scope.into()),
            };
            credentials.kin()
        };
        assert_eq!(of("a", "x y"), of("a", "y x y"));
        assert_ne!(of("a", "x y"), of("a", "x"));
        assert!(!format!("{:?}", of("", "")).contains("not-a-real"));
        assert_ne!(of("", "").client_id, "");
    }

    #[test]
    fn players_are_read_from_a_refresh_token() {
        let claims = json!({"playerIds": ["a", "b"], "jti": "j"}).to_string();
        let payload = BASE64_URL_SAFE_NO_PAD.encode(claims);
        let credentials = |secret: String, id: &str| Credentials {
            client_id: id.into(),
            secret: Secret::new(secret),
            scope: None,
        };
        let token = format!("e30.{payload}.sig");
        let known = credentials(token.clone(), "");
        assert_eq!(
            known.players::<Json>(&KUMITE),
            Some(vec!["a".into(), "b".into()])
        );
        assert_eq!(known.claims::<Json>().unwrap()["jti"], "j");
        // A secret is no token, whatever it looks like.
        assert_eq!(credentials(token, "app").claims::<Json>(), None);
        assert_eq!(
            credentials("opaque".into(), "").players::<Json>(&KUMITE),
            None
        );
    }
}
