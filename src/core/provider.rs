//! The services, as data. Nothing in the pipeline asks for a provider's name.

use std::borrow::Cow;

use crate::core::method::Method;

/// Where a token or a request is handled, since browsers allow less than servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A page or one of its workers: requests have an origin, and CORS applies.
    Page,
    /// Node, Deno, Bun.
    Server,
    /// An edge worker: a server whose requests must not wait for each other's work, since what
    /// one of them began can end with it.
    Worker,
}

/// Where a token goes in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenIn {
    /// Into `Authorization`, with the provider's scheme.
    Header,
    /// Into the query, under the provider's name for that form of token.
    Query,
}

/// The forms of token that services tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenForm {
    /// An access token, opaque to us.
    Access,
    /// A player's JWT, minted by the app's own backend: `client_id:jws`.
    Jwt,
}

/// What is known of something that a service is hoped to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Somebody has seen it.
    Proven,
    /// Nobody has recorded it, nor the opposite.
    Unproven,
}

/// What the SDK must know of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    /// Its name: what tells its tokens from those of others.
    pub name: &'static str,
    /// The host of its public installation; the API's is `api.` and this.
    pub host: Cow<'static, str>,
    /// Versions of its API, the default first; each is a path behind the API's address.
    pub versions: &'static [&'static str],
    /// The path of the authorization endpoint, behind the authorization server's address.
    pub authorize_path: &'static str,
    /// The path behind that address which makes it the issuer's name (RFC 9207).
    pub issuer_path: &'static str,
    /// Whether the service sends `state` back.
    pub echoes_state: Evidence,
    /// Whether the service looks at PKCE's verifier (RFC 7636).
    pub pkce: Evidence,
    /// Whether the service exchanges codes for a client without a secret.
    pub public_client: Evidence,
    /// The path of the token endpoint, behind the authorization server's address.
    pub token_path: &'static str,
    /// The scheme in `Authorization`.
    pub scheme: &'static str,
    /// The query name of an access token.
    pub access_query: &'static str,
    /// The query name of a JWT.
    pub jwt_query: &'static str,
    /// The query name of the player for whom an app's token acts.
    pub player_query: &'static str,
    /// Methods whose calls may be made twice.
    pub repeatable: &'static [Method],
    /// Error codes that say "this token is dead, nothing was done".
    pub dead_token: &'static [&'static str],
    /// Error codes that can come with a 401 and don't mean a dead token.
    pub denied: &'static [&'static str],
    /// The route of a player's notifications, for each version.
    pub notifications: &'static [&'static str],
    /// What stands behind the API's address, whatever its version, to connect to the stream of
    /// notifications: engine.io, revision 3.
    pub stream: &'static str,
}

/// The presets, the default first.
pub const PRESETS: &[Provider] = &[
    playoff("playoff", "playoffgamification.io"),
    playoff("playlyfe", "playlyfe.com"),
];

/// Playoff was Playlyfe: the same API on another host.
const fn playoff(name: &'static str, host: &'static str) -> Provider {
    Provider {
        name,
        host: Cow::Borrowed(host),
        versions: &["v2", "v1"],
        authorize_path: "/auth",
        issuer_path: "",
        // No client of the service was ever seen to use any of these.
        echoes_state: Evidence::Unproven,
        pkce: Evidence::Unproven,
        public_client: Evidence::Unproven,
        token_path: "/auth/token",
        scheme: "Bearer",
        access_query: "access_token",
        jwt_query: "jwt",
        player_query: "player_id",
        repeatable: &[Method::Get, Method::Head, Method::Put, Method::Delete],
        dead_token: &["invalid_access_token"],
        denied: &["access_denied"],
        notifications: &["/runtime/notifications", "/notifications"],
        // Clients of v2 were seen to use this one too.
        stream: "/v1/notifications/stream/?EIO=3&transport=websocket",
    }
}

impl Provider {
    /// A preset.
    pub fn named(name: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.name == name)
    }

    /// Where a token goes unless the caller says otherwise: where clients have been seen to put it.
    ///
    /// A JWT is only known in the query. Servers have been seen to send access tokens in the
    /// header; of browsers nobody knows whether CORS allows it, so pages use the query.
    pub fn token_in(&self, form: TokenForm, place: Place) -> TokenIn {
        match (form, place) {
            (TokenForm::Jwt, _) | (_, Place::Page) => TokenIn::Query,
            (TokenForm::Access, Place::Server | Place::Worker) => TokenIn::Header,
        }
    }

    /// The query name for a form of token.
    pub fn query_name(&self, form: TokenForm) -> &'static str {
        match form {
            TokenForm::Access => self.access_query,
            TokenForm::Jwt => self.jwt_query,
        }
    }

    /// Whether an error answer means that the token is dead and nothing was done.
    pub fn is_dead_token(&self, status: u16, code: Option<&str>) -> bool {
        match code {
            Some(code) if self.dead_token.contains(&code) => true,
            Some(code) if self.denied.contains(&code) => false,
            _ => status == 401,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_tokens_where_they_are_known_to_work() {
        let playoff = Provider::named("playoff").unwrap();
        for (form, place, expected) in [
            (TokenForm::Jwt, Place::Page, TokenIn::Query),
            (TokenForm::Jwt, Place::Server, TokenIn::Query),
            (TokenForm::Access, Place::Page, TokenIn::Query),
            (TokenForm::Access, Place::Server, TokenIn::Header),
            (TokenForm::Access, Place::Worker, TokenIn::Header),
        ] {
            assert_eq!(playoff.token_in(form, place), expected);
        }
    }

    #[test]
    fn tells_a_dead_token_from_a_denied_call() {
        let playoff = Provider::named("playoff").unwrap();
        assert!(playoff.is_dead_token(401, Some("invalid_access_token")));
        assert!(playoff.is_dead_token(400, Some("invalid_access_token")));
        assert!(playoff.is_dead_token(401, None));
        assert!(!playoff.is_dead_token(401, Some("access_denied")));
        assert!(!playoff.is_dead_token(403, None));
    }
}
