//! What a definition says that extends none: a service by the book (RFC 6749, RFC 6750).

use crate::core::method::Method;
use crate::core::provider::addresses::Addresses;
use crate::core::provider::errors::Decoder;
use crate::core::provider::page::Page;
use crate::core::provider::paging::Paging;
use crate::core::provider::placement::{Placement, TokenIn};
use crate::core::provider::refusal::Refusal;
use crate::core::provider::sign_in::SignIn;
use crate::core::provider::subject::Subject;
#[cfg(feature = "edge")]
use crate::core::provider::token_request::{AppGrant, ClientAuthentication, GrantKind};
use crate::core::provider::token_request::{Encoding, TokenRequest};
use crate::core::provider::{Evidence, Own, Provider, Text, list, text};
use crate::core::query::{Booleans, Lists, Style};

/// Methods that mean the same when they come twice (RFC 9110, section 9.2.2).
pub(super) static IDEMPOTENT: [Method; 4] =
    [Method::Get, Method::Head, Method::Put, Method::Delete];
/// All methods.
pub(super) static ALL: [Method; 6] = [
    Method::Get,
    Method::Head,
    Method::Post,
    Method::Put,
    Method::Patch,
    Method::Delete,
];
/// The method that only reads.
pub(super) static READING: [Method; 1] = [Method::Get];
pub(super) static BEARER: [Text; 1] = [text("Bearer")];
pub(super) static UNAUTHORIZED: [u16; 1] = [401];
/// RFC 6750, section 3.1.
pub(super) static INVALID_TOKEN: [Text; 1] = [text("invalid_token")];
static ERRORS: [Decoder; 2] = [Decoder::OAuth, Decoder::Message];

/// A service by the book.
pub const PLAIN: Provider = Provider {
    name: text(""),
    addresses: Addresses {
        host: text(""),
        api: text(""),
        auth: text(""),
        versions: list(&[]),
        bases: list(&[]),
    },
    sign_in: SignIn {
        path: text("/authorize"),
        issuer_path: text(""),
        echoes_state: Evidence::Proven,
    },
    token_request: TokenRequest {
        path: text("/token"),
        encoding: Encoding::Form,
        lifetime: None,
        #[cfg(feature = "edge")]
        app: AppGrant {
            kind: GrantKind::ClientCredentials,
            authentication: ClientAuthentication::Basic,
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
    api_key_header: text(""),
    refusal: Refusal {
        statuses: list(&UNAUTHORIZED),
        codes: list(&INVALID_TOKEN),
        denied: list(&[]),
        challenges: list(&INVALID_TOKEN),
        replayable: list(&ALL),
    },
    repeatable: list(&IDEMPOTENT),
    errors: list(&ERRORS),
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
        typed: &[],
        notifications: &[],
        stream: "",
        revoke: "",
    },
};
