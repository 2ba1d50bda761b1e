//! Toornament: tournaments and their results, below `/toornament`.
//!
//! The map:
//! - [`routes`]: which path leads where; [`failure`]: how calls fail
//! - [`access`]: keys, tokens and the token endpoint; [`scopes`]: what tokens may be used for
//! - [`resources`]: all resources in one table; [`rows`]: what they hold from the start;
//!   [`store`]: what there is of them
//! - [`lists`]: reading a list; [`ranges`], [`filters`]: which part of it; [`writes`]: changing
//!   what there is; [`fields`]: what a body may hold
//! - [`files`]: uploading; [`webhooks`]: telling others
//! - [`settings`]: what tests may want otherwise

pub mod access;
pub mod failure;
pub mod fields;
pub mod files;
pub mod filters;
pub mod lists;
pub mod ranges;
pub mod resources;
pub mod routes;
pub mod rows;
pub mod scopes;
pub mod settings;
pub mod store;
pub mod webhooks;
pub mod writes;

use serde_json::{Value, json};

use crate::oauth::tokens::Tokens;
use scopes::Scope;
use settings::Settings;
use store::Store;
use webhooks::Webhooks;

/// The state of the service.
#[derive(Debug, Default)]
pub struct Toornament {
    /// What tests may want otherwise.
    pub settings: Settings,
    /// Access tokens.
    pub tokens: Tokens<Scope>,
    /// All that can be asked for.
    pub store: Store,
    /// Who is told what happens.
    pub webhooks: Webhooks,
}

impl Toornament {
    /// Back to the seed. What comes of earlier deliveries is of no matter then.
    pub fn reset(&mut self) {
        let webhooks = self.webhooks.emptied();
        *self = Self {
            webhooks,
            ..Self::default()
        };
    }

    /// What scripts read from the first line of output.
    pub fn describe(&self, origin: &str) -> Value {
        json!({
            "url": format!("{origin}/toornament"),
            "apiKey": access::API_KEY,
            "clientId": access::CLIENT_ID,
            "clientSecret": access::CLIENT_SECRET,
            "scopes": scopes::ALL.iter().map(|s| s.0).collect::<Vec<_>>(),
            "tournamentId": rows::id("tournaments", 1),
        })
    }
}
