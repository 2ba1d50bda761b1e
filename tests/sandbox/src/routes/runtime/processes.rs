//! `/v2/runtime/processes`.

use serde_json::{Map, Value, json};

use crate::codes::Envelope;
use crate::fields::{needed, text};
use crate::game::Game;
use crate::game::access::Access;
use crate::game::processes::NewProcess;
use crate::game::settle::Events;
use crate::routes::params::{self, Page};
use crate::sandbox::Call;

/// A route of processes. An id of two parts stands in the path as it is.
pub enum Route<'a> {
    /// What can be started.
    Definitions,
    /// Those that the player sees.
    List,
    /// Starting one.
    Create,
    /// One of them.
    One(Vec<&'a str>),
    /// Changing it.
    Update(Vec<&'a str>),
    /// Removing it.
    Delete(Vec<&'a str>),
    /// What can be done in it.
    Triggers(Vec<&'a str>),
    /// Doing it.
    Play(Vec<&'a str>),
}

/// The route of that path.
pub fn find<'a>(method: &str, route: &[&'a str]) -> Option<Route<'a>> {
    let id = |parts: &[&'a str]| (1..=2).contains(&parts.len()).then(|| parts.to_vec());
    Some(match (method, route) {
        ("GET", ["definitions", "processes"]) => Route::Definitions,
        ("GET", ["processes"]) => Route::List,
        ("POST", ["processes"]) => Route::Create,
        ("GET", ["processes", parts @ .., "triggers"]) if !parts.is_empty() => {
            Route::Triggers(id(parts)?)
        }
        ("POST", ["processes", parts @ .., "play"]) => Route::Play(id(parts)?),
        ("GET", ["processes", parts @ ..]) => Route::One(id(parts)?),
        ("PATCH", ["processes", parts @ ..]) => Route::Update(id(parts)?),
        ("DELETE", ["processes", parts @ ..]) => Route::Delete(id(parts)?),
        _ => return None,
    })
}

/// Serves it.
pub fn serve(
    game: &mut Game,
    call: &mut Call,
    player: &str,
    route: &Route,
) -> Result<Value, Envelope> {
    match route {
        Route::Definitions => Ok(game.process_definitions()),
        Route::List => {
            let page = Page::read(&call.request.query())?;
            let list = game.processes_of(player);
            Ok(page.cut(list.into_iter(), |p| p.to_json(false)))
        }
        Route::Create => {
            let body = call.request.json_object()?;
            let definition = needed(&body, "definition")?;
            create(game, call, player, definition, &body)
        }
        Route::One(id) => {
            let id = joined(id)?;
            Ok(game.process_for(&id, player)?.to_json(true))
        }
        Route::Update(id) => update(game, player, &joined(id)?, &call.request.json_object()?),
        Route::Delete(id) => {
            let id = joined(id)?;
            game.own_process(&id, player)?;
            game.processes.remove(&id);
            Ok(deleted(&id))
        }
        Route::Triggers(id) => {
            let id = joined(id)?;
            Ok(game.process_for(&id, player)?.triggers())
        }
        Route::Play(id) => {
            let id = joined(id)?;
            let events = play(game, call, player, &id)?;
            Ok(json!({
                "triggers": game.process(&id)?.triggers(),
                "events": events.to_json(),
            }))
        }
    }
}

/// Starts a process. In v1 the definition's id stands in the path.
pub fn create(
    game: &mut Game,
    call: &mut Call,
    player: &str,
    definition: &str,
    body: &Map<String, Value>,
) -> Result<Value, Envelope> {
    let new = NewProcess {
        id: text(body, "id")?.map(str::to_owned),
        name: text(body, "name")?.map(str::to_owned),
        definition: game.process_design(definition)?,
        access: Access::read(body.get("access"))?.unwrap_or_default(),
    };
    // The form of ids isn't recorded; here it is that of teams.
    let id = match &new.id {
        Some(id) => params::id(id)?.to_owned(),
        None => format!("process_{}", call.entropy.hex()),
    };
    Ok(game.create_process(new, id, player)?.to_json(true))
}

/// Plays the body's trigger.
pub fn play(game: &mut Game, call: &mut Call, player: &str, id: &str) -> Result<Events, Envelope> {
    let body = call.request.json_object()?;
    let trigger = needed(&body, "trigger")?;
    game.play_process(id, player, trigger, call.now, &mut call.entropy)
}

/// The message of a removal.
pub fn deleted(id: &str) -> Value {
    json!({ "message": format!("The process '{id}' has been deleted successfully") })
}

/// The id that stands in a path.
pub fn joined(parts: &[&str]) -> Result<String, Envelope> {
    for part in parts {
        params::id(part)?;
    }
    Ok(parts.join("/"))
}

fn update(
    game: &mut Game,
    player: &str,
    id: &str,
    body: &Map<String, Value>,
) -> Result<Value, Envelope> {
    if let Some(other) = body
        .keys()
        .find(|k| !matches!(k.as_str(), "name" | "access"))
    {
        return Err(Envelope::validation(other, "can't be changed"));
    }
    let name = text(body, "name")?;
    let access = Access::read(body.get("access"))?;
    let process = game.own_process(id, player)?;
    if let Some(name) = name {
        process.name = name.to_owned();
    }
    process.access = access.unwrap_or(process.access);
    Ok(process.to_json(true))
}
