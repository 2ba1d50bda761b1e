//! `/v2/admin/teams`.

use serde_json::{Map, Value, json};

use crate::codes::Envelope;
use crate::fields::{needed, text};
use crate::game::Game;
use crate::game::access::Access;
use crate::game::teams::{NewTeam, read_roles};
use crate::routes::params;
use crate::routes::runtime::teams as runtime;
use crate::sandbox::Call;

/// A route of teams.
pub enum Route<'a> {
    /// As the runtime has it, too.
    Read(runtime::Route<'a>),
    /// Another one.
    Create,
    /// Removing it.
    Delete(&'a str),
    /// Letting a player in.
    Join(&'a str),
    /// Letting a player go.
    Leave(&'a str),
}

/// The route of that path.
pub fn find<'a>(method: &str, route: &[&'a str]) -> Option<Route<'a>> {
    Some(match (method, route) {
        ("POST", ["teams"]) => Route::Create,
        ("DELETE", ["teams", id]) => Route::Delete(id),
        ("POST", ["teams", id, "join"]) => Route::Join(id),
        ("POST", ["teams", id, "leave"]) => Route::Leave(id),
        _ => Route::Read(runtime::find(method, route)?),
    })
}

/// Serves it. What joining, leaving and deleting answer isn't recorded; here it
/// is a `message`, as where other things are deleted.
pub fn serve(game: &mut Game, call: &mut Call, route: &Route) -> Result<Value, Envelope> {
    match route {
        Route::Read(route) => runtime::serve(game, call, route),
        Route::Create => {
            let body = call.request.json_object()?;
            let definition = needed(&body, "definition")?;
            create(game, call, definition, &body, None)
        }
        Route::Delete(id) => {
            game.delete_team(params::id(id)?, None, call.now)?;
            Ok(deleted(id))
        }
        Route::Join(id) => {
            let body = call.request.json_object()?;
            let player = needed(&body, "player_id")?;
            let team = game.team(params::id(id)?)?;
            let wanted = body
                .get("requested_roles")
                .and_then(Value::as_object)
                .ok_or_else(|| Envelope::validation("requested_roles", "must be an object"))?;
            let roles = read_roles(team.definition, wanted)?;
            game.join_team(id, player, &roles, call.now)?;
            Ok(joined(id, player))
        }
        Route::Leave(id) => {
            let body = call.request.json_object()?;
            let player = needed(&body, "player_id")?;
            game.leave_team(params::id(id)?, player, call.now)?;
            Ok(left(id, player))
        }
    }
}

/// Makes a team. In v1 the definition's id stands in the path.
pub fn create(
    game: &mut Game,
    call: &mut Call,
    definition: &str,
    body: &Map<String, Value>,
    owner: Option<&str>,
) -> Result<Value, Envelope> {
    let new = NewTeam {
        id: text(body, "id")?.map(str::to_owned),
        name: needed(body, "name")?.to_owned(),
        definition: game.team_design(definition)?,
        access: Access::read(body.get("access"))?.unwrap_or_default(),
    };
    let id = match &new.id {
        Some(id) => params::id(id)?.to_owned(),
        None => format!("team_{}", call.entropy.hex()),
    };
    game.create_team(new, id, owner, call.now)
}

/// The message of a removal.
pub fn deleted(id: &str) -> Value {
    json!({ "message": format!("The team '{id}' has been deleted successfully") })
}

/// The message of a join.
pub fn joined(id: &str, player: &str) -> Value {
    json!({ "message": format!("The player '{player}' has joined the team '{id}'") })
}

/// The message of a leave.
pub fn left(id: &str, player: &str) -> Value {
    json!({ "message": format!("The player '{player}' has left the team '{id}'") })
}
