//! Kumite: robots that play for players, each by one long-lived refresh token.
//!
//! Its published page and its server disagree, on the scheme and on what the token request says. What
//! the server reads is sent first; where a 401 asks for the page's scheme, what the page says.

#[cfg(feature = "edge")]
use super::kumite_calls;
use super::plain::{INVALID_TOKEN, READING, UNAUTHORIZED};
use crate::core::provider::addresses::Addresses;
use crate::core::provider::errors::Decoder;
use crate::core::provider::page::Page;
use crate::core::provider::paging::Paging;
use crate::core::provider::placement::{Placement, TokenIn};
use crate::core::provider::refusal::Refusal;
use crate::core::provider::sign_in::SignIn;
use crate::core::provider::subject::Subject;
use crate::core::provider::token_request::{Encoding, TokenRequest};
use crate::core::provider::{Evidence, Own, Provider, Text, list, text};
use crate::core::query::{Booleans, Lists, Style};
#[cfg(feature = "edge")]
use crate::core::{
    method::Method,
    provider::token_request::{AppGrant, ClientAuthentication, GrantKind},
};

static VERSIONS: [(Text, Text); 1] = [(text("v1"), text("/api/v1"))];
static SCHEMES: [Text; 2] = [text("Bearer"), text("OAuth")];
static ERRORS: [Decoder; 1] = [Decoder::ErrorMessage];
#[cfg(feature = "edge")]
static CHALLENGED: [(Text, Text, Text); 1] = [(text("OAuth"), text("refresh_token"), text("true"))];

/// Kumite.
pub const KUMITE: Provider = Provider {
    name: text("kumite"),
    // Everybody runs their own.
    addresses: Addresses {
        host: text(""),
        api: text(""),
        auth: text(""),
        versions: list(&VERSIONS),
        bases: list(&[]),
    },
    sign_in: SignIn {
        path: text(""),
        issuer_path: text(""),
        echoes_state: Evidence::Unproven,
    },
    token_request: TokenRequest {
        path: text("/api/v1/oauth2/token"),
        encoding: Encoding::Form,
        lifetime: None,
        #[cfg(feature = "edge")]
        app: AppGrant {
            kind: GrantKind::RefreshToken,
            authentication: ClientAuthentication::None,
            method: Method::Get,
            player_query: text("player_id"),
            challenged: list(&CHALLENGED),
        },
    },
    placement: Placement {
        schemes: list(&SCHEMES),
        access: TokenIn::Header,
        access_in_page: TokenIn::Header,
        jwt: TokenIn::Header,
        access_query: text("access_token"),
        jwt_query: text("access_token"),
    },
    subject: Subject {
        query: text("player_id"),
        per_player: true,
        claim: text("playerId"),
        list_claim: text("playerIds"),
    },
    headers: list(&[]),
    api_key_header: text(""),
    // A move that comes twice loses the contest, so what isn't a read is sent once, whatever comes of
    // it.
    refusal: Refusal {
        statuses: list(&UNAUTHORIZED),
        codes: list(&[]),
        denied: list(&[]),
        challenges: list(&INVALID_TOKEN),
        replayable: list(&READING),
    },
    repeatable: list(&READING),
    errors: list(&ERRORS),
    paging: Paging::None,
    query: Style {
        lists: Lists::Repeat,
        booleans: Booleans::Words,
    },
    page: Page {
        public_client: false,
        // Access tokens live for an hour, refresh tokens for a year, and the server takes either.
        longest: Some(86_400.0),
    },
    own: Own {
        // Robots aren't in pages: those have no refresh token.
        #[cfg(feature = "edge")]
        typed: &kumite_calls::TYPED,
        #[cfg(not(feature = "edge"))]
        typed: &[],
        notifications: &[],
        #[cfg(feature = "edge")]
        stream: "/ws/contests",
        #[cfg(not(feature = "edge"))]
        stream: "",
        revoke: "",
    },
};
