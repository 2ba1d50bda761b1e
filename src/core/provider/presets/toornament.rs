//! Toornament: organisers' tools, by client credentials and an API key.

use super::plain::{ALL, BEARER, IDEMPOTENT, INVALID_TOKEN, UNAUTHORIZED};
use crate::core::provider::addresses::Addresses;
use crate::core::provider::errors::Decoder;
use crate::core::provider::page::Page;
use crate::core::provider::paging::{Paging, Ranges};
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

static BASES: [(Text, Text); 4] = [
    (text("viewer"), text("/viewer/v2")),
    (text("organizer"), text("/organizer/v2")),
    (text("circuit"), text("/circuit/v2")),
    (text("platform"), text("/platform/v2")),
];
static ERRORS: [Decoder; 3] = [Decoder::Errors, Decoder::OAuth, Decoder::Message];
/// Rows of one answer, at most, where nothing else is said of a list.
const MANY: u32 = 50;
/// The same of matches and bracket nodes.
const MORE: u32 = 128;

const fn same(name: &'static str, limit: u32) -> (Text, Text, u32) {
    (text(name), text(name), limit)
}

static UNITS: [(Text, Text, u32); 23] = [
    same("tournaments", MANY),
    same("participants", MANY),
    same("registrations", MANY),
    same("stages", MANY),
    same("groups", MANY),
    same("rounds", MANY),
    same("disciplines", MANY),
    same("webhooks", MANY),
    same("subscriptions", MANY),
    same("streams", MANY),
    same("videos", MANY),
    same("files", MANY),
    same("reports", MANY),
    same("games", MANY),
    same("custom-fields", MANY),
    same("circuits", MANY),
    same("tiers", MANY),
    same("users", MANY),
    same("matches", MORE),
    (text("bracket-nodes"), text("nodes"), MORE),
    (text("ranking-items"), text("items"), MANY),
    (text("standing-items"), text("items"), MANY),
    (text("tournament-sponsors"), text("sponsors"), MANY),
];

/// Toornament.
pub const TOORNAMENT: Provider = Provider {
    name: text("toornament"),
    addresses: Addresses {
        host: text(""),
        api: text("https://api.toornament.com"),
        auth: text(""),
        versions: list(&[]),
        bases: list(&BASES),
    },
    // The consent page is on another host, was last documented years ago, and is for clients with a
    // secret.
    sign_in: SignIn {
        path: text(""),
        issuer_path: text(""),
        echoes_state: Evidence::Unproven,
    },
    token_request: TokenRequest {
        path: text("/oauth/v2/token"),
        encoding: Encoding::Form,
        lifetime: None,
        #[cfg(feature = "edge")]
        app: AppGrant {
            kind: GrantKind::ClientCredentials,
            authentication: ClientAuthentication::Body,
            method: Method::Post,
            player_query: text(""),
            challenged: list(&[]),
        },
    },
    placement: Placement {
        schemes: list(&BEARER),
        access: TokenIn::Header,
        access_in_page: TokenIn::Header,
        jwt: TokenIn::Header,
        access_query: text("access_token"),
        jwt_query: text("access_token"),
    },
    subject: Subject {
        query: text(""),
        per_player: false,
        claim: text(""),
        list_claim: text(""),
    },
    headers: list(&[]),
    api_key_header: text("x-api-key"),
    refusal: Refusal {
        statuses: list(&UNAUTHORIZED),
        codes: list(&[]),
        denied: list(&[]),
        challenges: list(&INVALID_TOKEN),
        replayable: list(&ALL),
    },
    repeatable: list(&IDEMPOTENT),
    errors: list(&ERRORS),
    paging: Paging::Range(Ranges {
        limit: MANY,
        units: list(&UNITS),
    }),
    query: Style {
        lists: Lists::Comma,
        booleans: Booleans::Digits,
    },
    page: Page {
        public_client: false,
        longest: None,
    },
    own: Own {
        typed: &[],
        notifications: &[],
        stream: "",
        revoke: "",
    },
};
