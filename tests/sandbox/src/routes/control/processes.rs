//! Processes that a seed brings.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::only;
use super::seed::Known;
use crate::codes::Envelope;
use crate::fields::{needed, text};
use crate::game::access::Access;
use crate::game::processes::Process;

/// Reads `{id, owner, definition?, name?, access?, stage?}`. An id of two
/// parts, `owner/process`, is that of a bootstrapped process.
pub fn read(known: &Known, entry: &Map<String, Value>) -> Result<Process, Envelope> {
    only(
        entry,
        &["id", "owner", "definition", "name", "access", "stage"],
    )?;
    let definition = match text(entry, "definition")? {
        Some(id) => known.design().process(id),
        None => known.design().processes.first(),
    };
    let definition = definition
        .ok_or_else(|| Envelope::validation("definition", "is not a process of this game"))?;
    let owner = needed(entry, "owner")?;
    known.player(owner)?;
    let stage = match entry.get("stage") {
        None | Some(Value::Null) => Some(0),
        Some(value) => value.as_u64().and_then(|n| usize::try_from(n).ok()),
    };
    Ok(Process {
        id: needed(entry, "id")?.to_owned(),
        name: text(entry, "name")?
            .unwrap_or(definition.named.name)
            .to_owned(),
        definition,
        owner: owner.to_owned(),
        access: Access::read(entry.get("access"))?.unwrap_or_default(),
        stage: stage.ok_or_else(|| Envelope::validation("stage", "must be a whole number"))?,
        played: BTreeMap::new(),
    })
}
