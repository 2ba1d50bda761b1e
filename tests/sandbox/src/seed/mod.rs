//! The clients, players and teams there are from the start.

pub mod island;
pub mod recorded;

use crate::oauth::OAuth;
use crate::oauth::clients::{Client, ClientType, Right};

/// Adds the seeded clients.
pub fn clients(oauth: &mut OAuth) {
    let page = "http://localhost:8787/callback";
    let page_by_ip = "http://127.0.0.1:8787/callback";
    let program = "http://127.0.0.1:5000/code";
    let read = &[Right::RuntimeRead][..];
    let all = &Right::ALL[..];
    let player = &Right::PLAYER[..];
    for (id, kind, redirect_uris, rights) in [
        ("sandbox-app", ClientType::ClientCredentials, &[][..], all),
        ("sandbox-jwt", ClientType::Jwt, &[], player),
        (
            "sandbox-code",
            ClientType::AuthorizationCode,
            &[page, page_by_ip, program],
            player,
        ),
        (
            "sandbox-public",
            ClientType::Public,
            &[page, page_by_ip],
            player,
        ),
        ("sandbox-limited", ClientType::ClientCredentials, &[], read),
    ] {
        let secret = format!("{id}-secret-not-a-real-secret");
        let client = Client {
            id: id.to_owned(),
            secret: (kind != ClientType::Public).then_some(secret),
            kind,
            redirect_uris: redirect_uris.iter().map(|u| (*u).to_owned()).collect(),
            rights: rights.to_vec(),
        };
        oauth.clients.insert(client.id.clone(), client);
    }
}
