//! Reading clients, and their redirect addresses.

use serde_json::{Map, Value};

use super::only;
use crate::codes::Envelope;
use crate::fields::{any_text, needed};
use crate::oauth::clients::{Client, ClientType, Right};
use crate::oauth::redirects::registrable;
use crate::sandbox::Sandbox;

/// Reads a client of a seed.
pub fn read(entry: &Map<String, Value>) -> Result<Client, Envelope> {
    only(
        entry,
        &["clientId", "clientSecret", "type", "redirectUris", "scopes"],
    )?;
    let id = needed(entry, "clientId")?;
    if id.contains(':') {
        // It ends where the JWT after it begins.
        return Err(Envelope::validation("clientId", "must not hold a colon"));
    }
    let kind = ClientType::named(needed(entry, "type")?).ok_or_else(|| {
        Envelope::validation(
            "type",
            "must be client_credentials, jwt, authorization_code or public",
        )
    })?;
    let secret = any_text(entry, "clientSecret")?;
    if (kind == ClientType::Public) != secret.is_none_or(str::is_empty) {
        return Err(Envelope::validation(
            "clientSecret",
            "belongs to every client but a public one",
        ));
    }
    let rights = match entry.get("scopes") {
        None | Some(Value::Null) => match kind {
            ClientType::ClientCredentials => Right::ALL.to_vec(),
            _ => Right::PLAYER.to_vec(),
        },
        Some(_) => strings(entry, "scopes")?
            .iter()
            .map(|s| Right::of_scope(s))
            .collect::<Option<_>>()
            .ok_or_else(|| Envelope::validation("scopes", "holds an unknown scope"))?,
    };
    Ok(Client {
        id: id.to_owned(),
        secret: secret.filter(|s| !s.is_empty()).map(str::to_owned),
        kind,
        redirect_uris: redirect_uris(entry)?,
        rights,
    })
}

/// Adds redirect addresses to a client: pages of tests are on ports that nobody knows beforehand.
pub fn add_redirect_uris(
    sandbox: &mut Sandbox,
    id: &str,
    body: &Map<String, Value>,
) -> Result<Value, Envelope> {
    only(body, &["redirectUris"])?;
    let added = redirect_uris(body)?;
    let client = sandbox
        .oauth
        .clients
        .get_mut(id)
        .ok_or_else(|| Envelope::validation("client", "is unknown"))?;
    for uri in added {
        if !client.redirect_uris.contains(&uri) {
            client.redirect_uris.push(uri);
        }
    }
    Ok(client.to_json())
}

fn redirect_uris(entry: &Map<String, Value>) -> Result<Vec<String>, Envelope> {
    let uris = strings(entry, "redirectUris")?;
    match uris.iter().all(|uri| registrable(uri)) {
        true => Ok(uris),
        false => Err(Envelope::validation(
            "redirectUris",
            "must hold http or https addresses without a fragment",
        )),
    }
}

fn strings(entry: &Map<String, Value>, field: &str) -> Result<Vec<String>, Envelope> {
    let wrong = || Envelope::validation(field, "must be an array of strings");
    match entry.get(field) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(list)) => list
            .iter()
            .map(|v| v.as_str().map(str::to_owned).ok_or_else(wrong))
            .collect(),
        Some(_) => Err(wrong()),
    }
}
