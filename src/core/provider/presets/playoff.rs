//! Playoff, and Playlyfe, which it was: the same API on another host.

use super::plain::{ALL, BEARER, IDEMPOTENT, INVALID_TOKEN, UNAUTHORIZED};
use crate::core::provider::addresses::Addresses;
use crate::core::provider::errors::OURS;
use crate::core::provider::page::Page;
use crate::core::provider::paging::Paging;
use crate::core::provider::placement::{Placement, TokenIn};
use crate::core::provider::refusal::Refusal;
use crate::core::provider::sign_in::SignIn;
use crate::core::provider::subject::Subject;
use crate::core::provider::token_request::{Encoding, TokenRequest};
use crate::core::provider::{Evidence, Own, Provider, Text, list, text};
use crate::core::query::{Booleans, Lists, Style};
use crate::core::typed::{Typed, routes, v1};
#[cfg(feature = "edge")]
use crate::core::{
    method::Method,
    provider::token_request::{AppGrant, ClientAuthentication, GrantKind},
};

static VERSIONS: [(Text, Text); 2] = [(text("v2"), text("/v2")), (text("v1"), text("/v1"))];
static DEAD: [Text; 1] = [text("invalid_access_token")];
static DENIED: [Text; 1] = [text("access_denied")];

static TYPED: [(&str, [&[Typed]; 2]); 2] = [
    ("v2", [routes::ROUTES, routes::ADMIN]),
    ("v1", [v1::ROUTES, v1::ADMIN]),
];

/// Playoff.
pub const PLAYOFF: Provider = playoff("playoff", "playoffgamification.io");
/// Playlyfe.
pub const PLAYLYFE: Provider = playoff("playlyfe", "playlyfe.com");

const fn playoff(name: &'static str, host: &'static str) -> Provider {
    Provider {
        name: text(name),
        addresses: Addresses {
            host: text(host),
            api: text("https://api.{host}"),
            auth: text("https://{host}"),
            versions: list(&VERSIONS),
            bases: list(&[]),
        },
        sign_in: SignIn {
            path: text("/auth"),
            issuer_path: text(""),
            // No client of the service was ever seen to use it, nor PKCE, nor to have no secret.
            echoes_state: Evidence::Unproven,
        },
        token_request: TokenRequest {
            path: text("/auth/token"),
            encoding: Encoding::Form,
            lifetime: None,
            #[cfg(feature = "edge")]
            app: AppGrant {
                kind: GrantKind::ClientCredentials,
                // Nobody has seen the service take HTTP Basic.
                authentication: ClientAuthentication::Body,
                method: Method::Post,
                player_query: text(""),
                challenged: list(&[]),
            },
        },
        // Where clients have been seen to put it. A JWT is only known in the query. Servers have been
        // seen to send access tokens in the header; of browsers nobody knows whether CORS allows it.
        placement: Placement {
            schemes: list(&BEARER),
            access: TokenIn::Header,
            access_in_page: TokenIn::Query,
            jwt: TokenIn::Query,
            access_query: text("access_token"),
            jwt_query: text("jwt"),
        },
        subject: Subject {
            query: text("player_id"),
            per_player: false,
            claim: text(""),
            list_claim: text(""),
        },
        headers: list(&[]),
        api_key_header: text(""),
        refusal: Refusal {
            statuses: list(&UNAUTHORIZED),
            codes: list(&DEAD),
            denied: list(&DENIED),
            challenges: list(&INVALID_TOKEN),
            replayable: list(&ALL),
        },
        repeatable: list(&IDEMPOTENT),
        errors: list(OURS),
        paging: Paging::Skip,
        query: Style {
            lists: Lists::Comma,
            booleans: Booleans::Words,
        },
        page: Page {
            public_client: true,
            longest: None,
        },
        own: Own {
            typed: &TYPED,
            notifications: &["/runtime/notifications", "/notifications"],
            // Clients of v2 were seen to use this one too.
            stream: "/v1/notifications/stream/?EIO=3&transport=websocket",
            // The one sign-out for programs of which there is evidence: the official JavaScript client.
            revoke: "/logout",
        },
    }
}
