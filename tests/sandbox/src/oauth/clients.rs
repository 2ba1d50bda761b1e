//! Clients: who may ask for tokens, and for what.

use serde_json::{Value, json};

use super::tokens::Scope;

/// What a token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Right {
    /// GET on the runtime.
    RuntimeRead,
    /// Everything else on the runtime.
    RuntimeWrite,
    /// GET on the administration.
    AdminRead,
    /// Everything else on the administration.
    AdminWrite,
}

impl Right {
    /// All of them.
    pub const ALL: [Right; 4] = [
        Right::RuntimeRead,
        Right::RuntimeWrite,
        Right::AdminRead,
        Right::AdminWrite,
    ];

    /// Those that a token for one player can have.
    pub const PLAYER: [Right; 2] = [Right::RuntimeRead, Right::RuntimeWrite];

    /// The right of that scope string.
    pub fn of_scope(scope: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.scope() == scope)
    }
}

impl Scope for Right {
    /// Only those of the runtime are known from the real service; those of the
    /// administration are ours.
    fn scope(&self) -> &'static str {
        match self {
            Right::RuntimeRead => "player.runtime.read",
            Right::RuntimeWrite => "player.runtime.write",
            Right::AdminRead => "admin.read",
            Right::AdminWrite => "admin.write",
        }
    }
}

/// How a client gets its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientType {
    /// With its own credentials.
    ClientCredentials,
    /// By signing them itself.
    Jwt,
    /// By a code, and with a secret.
    AuthorizationCode,
    /// By a code, without a secret, with PKCE.
    Public,
}

impl ClientType {
    const NAMES: [(ClientType, &'static str); 4] = [
        (ClientType::ClientCredentials, "client_credentials"),
        (ClientType::Jwt, "jwt"),
        (ClientType::AuthorizationCode, "authorization_code"),
        (ClientType::Public, "public"),
    ];

    /// The type of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES
            .into_iter()
            .find(|(_, n)| *n == name)
            .map(|(t, _)| t)
    }

    /// Its name in the control routes.
    pub fn name(self) -> &'static str {
        match self {
            ClientType::ClientCredentials => "client_credentials",
            ClientType::Jwt => "jwt",
            ClientType::AuthorizationCode => "authorization_code",
            ClientType::Public => "public",
        }
    }

    /// Whether it exchanges authorization codes.
    pub fn takes_codes(self) -> bool {
        matches!(self, ClientType::AuthorizationCode | ClientType::Public)
    }

    /// Whether its JWTs are accepted. Real applications sign JWTs with the
    /// credentials that they also call the API with, so both types may.
    pub fn signs_jwts(self) -> bool {
        matches!(self, ClientType::Jwt | ClientType::ClientCredentials)
    }
}

/// A client.
#[derive(Clone, Debug)]
pub struct Client {
    /// Its id.
    pub id: String,
    /// Its secret; public clients have none.
    pub secret: Option<String>,
    /// How it gets its tokens.
    pub kind: ClientType,
    /// Where codes may be sent to.
    pub redirect_uris: Vec<String>,
    /// What its tokens may be used for.
    pub rights: Vec<Right>,
}

impl Client {
    /// The client as the control routes and the first line of output show it.
    pub fn to_json(&self) -> Value {
        json!({
            "clientId": self.id,
            "clientSecret": self.secret,
            "type": self.kind.name(),
            "redirectUris": self.redirect_uris,
        })
    }

    /// What a token for one player may be used for.
    pub fn player_rights(&self) -> Vec<Right> {
        let granted = |r: &Right| self.rights.contains(r);
        Right::PLAYER.into_iter().filter(granted).collect()
    }
}
