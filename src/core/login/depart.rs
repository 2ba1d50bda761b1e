//! Leaving for the service.

use super::Login;
use super::address::{is_secure, origin, path_on};
use super::page::{Page, Unkept};
use super::pkce::{base64url, challenge};
use super::slots::{self, Slot};
use crate::core::client::Client;
use crate::core::error::{Error, code};
use crate::core::query::append;
use crate::core::secret::Secret;
use crate::core::text::{concat, contains};

/// Where to go, and which sign-in it is.
#[derive(Debug)]
pub struct Departure {
    /// The service's sign-in page.
    pub url: String,
    /// What the service sends back.
    pub state: String,
}

impl<H: Page> Client<H> {
    /// The address of the service's sign-in page for one sign-in (RFC 6749, section 4.1.1, and
    /// RFC 7636, section 4.3).
    ///
    /// # Errors
    /// A `ConfigError` that says why a sign-in can't work here.
    pub async fn login_url(&self, return_to: Option<&str>) -> Result<Departure, Error<H::Value>> {
        self.check()?;
        let here = self.host.address();
        let here = here.as_deref().ok_or_else(not_a_page)?;
        let (login, redirect_uri) = self.login_from(here)?;
        let return_to = match return_to {
            Some(return_to) => Some(self.path_of(here, return_to)?),
            None => None,
        };
        let secret = || self.host.secret_bytes().ok_or_else(insecure_origin);
        let (state, verifier) = (base64url(&secret()?), base64url(&secret()?));
        let digest = self.host.digest(&verifier).await;
        let digest = digest.map_err(|cause| insecure_origin().caused_by(cause))?;
        let before = self.stored_with_hash(&self.session(None)).await;
        self.check()?;
        let url = self.authorization(login, redirect_uri, &state, &challenge(&digest));
        let now = self.host.now();
        let slot = Slot {
            state: state.clone(),
            verifier: Secret::new(verifier),
            redirect_uri: redirect_uri.to_owned(),
            return_to,
            client: self.settings.token_key.clone(),
            begun: now as u64,
            before: before.map(|(_, hash)| hash),
        };
        self.keep_slots(&slots::with(&self.slots()?, &slot, now))?;
        // Some browsers take what they don't keep.
        match slots::find(&self.slots()?, &state) {
            Some(_) => Ok(Departure { url, state }),
            None => Err(unavailable()),
        }
    }

    /// How players sign in, and where the service sends them back to, as it was told.
    pub(super) fn login_from(&self, here: &str) -> Result<(&Login, &str), Error<H::Value>> {
        let login = self.settings.login.as_ref();
        let login = login.ok_or_else(|| Error::option("login", "given: players sign in by it"))?;
        let own = origin(here).ok_or_else(not_a_page)?;
        if !is_secure(own) {
            return Err(insecure_origin());
        }
        let redirect_uri = login.redirect_uri.as_deref().unwrap_or_default();
        let resolved = self.host.resolve(redirect_uri, here);
        let path = resolved.as_deref().and_then(|whole| path_on(own, whole));
        if path.is_none() || !redirect_uri.starts_with(own) || contains(redirect_uri, "#") {
            let takes = concat(&["an absolute address of this page's origin, ", own]);
            return Err(Error::option("login.redirectUri", &takes));
        }
        Ok((login, redirect_uri))
    }

    /// A caller's address of this origin, without the origin.
    fn path_of(&self, here: &str, return_to: &str) -> Result<String, Error<H::Value>> {
        let resolved = self.host.resolve(return_to, here).unwrap_or_default();
        let path = origin(here).and_then(|own| path_on(own, &resolved));
        path.map(str::to_owned)
            .ok_or_else(|| Error::option("returnTo", "a path or an address of this page's origin"))
    }

    fn authorization(
        &self,
        login: &Login,
        redirect_uri: &str,
        state: &str,
        challenge: &str,
    ) -> String {
        let settings = &self.settings;
        let mut url = concat(&[&settings.auth, &settings.provider.sign_in.path]);
        for (name, value) in [
            ("response_type", "code"),
            ("client_id", &login.client_id),
            ("redirect_uri", redirect_uri),
            ("state", state),
            ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
        ] {
            append(&mut url, name, value);
        }
        if let Some(scope) = &login.scope {
            append(&mut url, "scope", scope);
        }
        url
    }

    /// What was begun.
    pub(super) fn slots(&self) -> Result<String, Error<H::Value>> {
        let kept = self.host.kept().map_err(unkept)?;
        Ok(kept.unwrap_or_default())
    }

    /// Keeps what was begun.
    pub(super) fn keep_slots(&self, slots: &str) -> Result<(), Error<H::Value>> {
        self.host.keep(slots).map_err(unkept)
    }
}

fn unkept<V>(why: Unkept<V>) -> Error<V> {
    match why {
        Unkept::Thrown(thrown) => unavailable().caused_by(thrown),
        Unkept::Promise => Error::option(
            "login.storage",
            "synchronous: a sign-in is looked up before anything is waited for, so its methods mustn't give promises",
        ),
    }
}

fn unavailable<V>() -> Error<V> {
    Error::config(
        code::STORAGE_UNAVAILABLE,
        "`login.storage` keeps nothing here (a sandboxed frame, a private window?), so that no sign-in could be finished",
    )
}

fn not_a_page<V>() -> Error<V> {
    Error::config(
        code::NOT_A_PAGE,
        "players sign in from a page, with an http address that the service can send them back to",
    )
}

/// The page can't make or keep a secret.
pub(super) fn insecure_origin<V>() -> Error<V> {
    Error::config(
        code::INSECURE_ORIGIN,
        "the page isn't a secure context: signing in needs https, or localhost",
    )
}
