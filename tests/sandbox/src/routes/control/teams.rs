//! Teams that a seed brings.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::only;
use super::seed::{Known, score};
use crate::codes::Envelope;
use crate::fields::{needed, text};
use crate::game::Game;
use crate::game::access::Access;
use crate::game::design::TeamDesign;
use crate::game::ledger::{Entity, Scope};
use crate::game::scores::Gain;
use crate::game::teams::{Member, Team};

/// A team, and what it has earned so far.
pub type Seeded = (Team, BTreeMap<&'static str, i64>);

/// Reads `{id, name, definition?, access?, owner?, members?: [{id, roles?}],
/// scores?: {metric: number}}`.
pub fn read(known: &Known, entry: &Map<String, Value>, now: i64) -> Result<Seeded, Envelope> {
    only(
        entry,
        &[
            "id",
            "name",
            "definition",
            "access",
            "owner",
            "members",
            "scores",
        ],
    )?;
    let definition = match text(entry, "definition")? {
        Some(id) => known.design().team(id),
        None => known.design().teams.first(),
    };
    let definition = definition
        .ok_or_else(|| Envelope::validation("definition", "is not a team of this game"))?;
    let owner = text(entry, "owner")?;
    if let Some(owner) = owner {
        known.player(owner)?;
    }
    let members = match entry.get("members") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(list)) => list
            .iter()
            .map(|m| member(known, definition, m))
            .collect::<Result<_, _>>()?,
        Some(_) => return Err(Envelope::validation("members", "must be an array")),
    };
    let team = Team {
        id: needed(entry, "id")?.to_owned(),
        name: needed(entry, "name")?.to_owned(),
        definition,
        access: Access::read(entry.get("access"))?.unwrap_or_default(),
        created: now,
        owner: owner.map(str::to_owned),
        members,
    };
    Ok((team, scores(known, entry)?))
}

/// Puts it in the place of what had its id.
pub fn place(game: &mut Game, (team, earned): Seeded, now: i64) {
    let entity = Entity::Team(team.id.clone());
    game.feed.forget_team(&team.id);
    game.ledgers.forget(&entity);
    game.ledgers.book(Scope::Game, &entity, now, &earned);
    game.teams.insert(team.id.clone(), team);
}

fn member(known: &Known, definition: &TeamDesign, entry: &Value) -> Result<Member, Envelope> {
    let wrong = |text| Envelope::validation("members", text);
    let entry = entry
        .as_object()
        .ok_or_else(|| wrong("must hold objects"))?;
    only(entry, &["id", "roles"])?;
    let id = needed(entry, "id")?;
    known.player(id)?;
    let roles = match entry.get("roles") {
        None | Some(Value::Null) => definition.roles.last().copied().into_iter().collect(),
        Some(Value::Array(roles)) => roles
            .iter()
            .map(|role| definition.roles.iter().find(|r| role == **r).copied())
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| wrong("have roles that the team's definition doesn't"))?,
        Some(_) => return Err(wrong("must have roles in an array")),
    };
    Ok((id.to_owned(), roles))
}

fn scores(
    known: &Known,
    entry: &Map<String, Value>,
) -> Result<BTreeMap<&'static str, i64>, Envelope> {
    let given = match entry.get("scores") {
        None | Some(Value::Null) => return Ok(BTreeMap::new()),
        Some(Value::Object(scores)) => scores,
        Some(_) => return Err(Envelope::validation("scores", "must be an object")),
    };
    let one = |(id, value): (&String, &Value)| match score(known.design(), id, value)? {
        (metric, _, Gain::Number(n)) => Ok((metric.named.id, n)),
        _ => Err(Envelope::validation(id, "must be of a point metric")),
    };
    given.iter().map(one).collect()
}
