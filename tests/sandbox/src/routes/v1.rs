//! `/v1`: most of the runtime under older paths, `/game` for the administration,
//! and a few answers in an older form. Only routes with evidence are here.

use serde_json::{Value, json};

use super::admin::{self, players, teams as admin_teams};
use super::runtime::{self, Picture, Route, leaderboards, notifications, processes, teams};
use super::{demand, method, params};
use crate::codes::{Code, Envelope};
use crate::fields::needed;
use crate::game::access::Access;
use crate::game::profile::to_v1;
use crate::game::teams::read_roles;
use crate::http::Answer;
use crate::oauth::clients::Right;
use crate::oauth::credentials::Caller;
use crate::sandbox::{Call, Sandbox};

/// Answers a call.
pub fn answer(
    sandbox: &mut Sandbox,
    call: &mut Call,
    caller: &Caller,
    route: &[&str],
) -> Result<Answer, Envelope> {
    if let ["game", rest @ ..] = route {
        return administration(sandbox, call, caller, rest);
    }
    let method = method(call.request);
    demand(
        caller,
        call.request,
        Right::RuntimeRead,
        Right::RuntimeWrite,
    )?;
    if let Some(picture) = find_picture(method, route) {
        return runtime::picture(sandbox, call, caller, &picture);
    }
    let value = match find(method, route) {
        Some(found) => older(runtime::serve(sandbox, call, caller, &found)?, &found),
        None => own(sandbox, call, caller, route)?,
    };
    Ok(Answer::json(&value))
}

/// The routes that v2 has under another path.
fn find<'a>(method: &str, route: &[&'a str]) -> Option<Route<'a>> {
    Some(match (method, route) {
        ("GET", ["player"]) => Route::Player,
        ("GET", ["players"]) => Route::Players,
        ("GET", ["activity"]) => Route::Activity,
        ("GET", ["leaderboards", id]) => Route::Leaderboards(leaderboards::Route::Ranking(id)),
        ("GET" | "PATCH" | "DELETE", ["processes", ..]) | ("GET", ["definitions", "processes"]) => {
            let found = processes::find(method, route)?;
            // One process and its triggers aren't evidenced in v1.
            let evidenced = !matches!(
                found,
                processes::Route::One(_) | processes::Route::Triggers(_)
            );
            evidenced.then_some(Route::Processes(found))?
        }
        ("GET", ["definitions", "teams"] | ["teams"] | ["teams", _] | ["teams", _, "members"]) => {
            Route::Teams(teams::find(method, route)?)
        }
        ("GET", ["notifications"] | ["notifications", "token"]) => {
            Route::Notifications(notifications::find(method, route)?)
        }
        _ => return None,
    })
}

fn find_picture<'a>(method: &str, route: &[&'a str]) -> Option<Picture<'a>> {
    Some(match (method, route) {
        ("GET", ["assets", "game"]) => Picture::Game,
        ("GET", ["assets", "players", id]) => Picture::Player(id),
        ("GET", ["assets", "metrics", id]) => Picture::Metric(id),
        _ => return None,
    })
}

/// The answer in v1's form.
fn older(value: Value, route: &Route) -> Value {
    match route {
        Route::Player => to_v1(value),
        Route::Processes(processes::Route::Update(_)) => with_definition_as_text(value),
        _ => value,
    }
}

/// Recorded: in v1 a process names its definition by a string, always.
fn with_definition_as_text(mut process: Value) -> Value {
    process["definition"] = process["definition"]["id"].take();
    process
}

/// The routes that are v1's own.
fn own(
    sandbox: &mut Sandbox,
    call: &mut Call,
    caller: &Caller,
    route: &[&str],
) -> Result<Value, Envelope> {
    let request = call.request;
    // A probe for whether the token counts: recorded without its answer.
    if let ("GET", []) = (method(request), route) {
        return Ok(admin::status(&sandbox.game));
    }
    let evidenced = matches!(
        (method(request), route),
        ("GET", ["metrics", _])
            | ("POST", ["action", "play"])
            | ("POST", ["definitions", "processes" | "teams", _])
            | (
                "POST",
                ["processes", _, "play"] | ["processes", _, _, "play"]
            )
            | ("POST", ["teams", _, "join" | "leave"])
            | ("DELETE", ["teams", _])
    );
    if !evidenced {
        return Err(Code::RouteNotFound.into());
    }
    let query = request.query();
    let player = runtime::acting_player(sandbox, caller, &query)?;
    let game = &mut sandbox.game;
    match route {
        ["metrics", id] => {
            let params::Page { skip, limit } = params::Page::read(&query)?;
            game.metric_ranking(params::id(id)?, skip, limit, call.now)
        }
        ["action", "play"] => {
            let body = request.json_object()?;
            let action = needed(&body, "id")?.to_owned();
            let played = runtime::serve(sandbox, call, caller, &Route::Play(&action))?;
            // The answer isn't recorded: v2's, under v1's name for events.
            Ok(json!({ "actions": played["actions"], "logs": played["events"] }))
        }
        ["definitions", "processes", id] => {
            let body = request.json_object()?;
            let created = processes::create(game, call, player, params::id(id)?, &body)?;
            Ok(with_definition_as_text(created))
        }
        ["definitions", _, id] => {
            let body = request.json_object()?;
            admin_teams::create(game, call, params::id(id)?, &body, Some(player))
        }
        ["processes", parts @ .., "play"] => {
            let id = processes::joined(parts)?;
            let events = processes::play(game, call, player, &id)?;
            let triggers = game.process(&id)?.triggers();
            let profile = to_v1(game.profile(player, false)?);
            Ok(json!([triggers, profile["scores"], events.to_json()]))
        }
        ["teams", id, "join"] => {
            let team = game.team(params::id(id)?)?;
            // Requests and invitations aren't served: who may not join at once may not join.
            if team.access != Access::Public {
                let text = format!("The team '{id}' is not open to everyone");
                return Err(Envelope::new(Code::AccessDenied, text));
            }
            let roles = read_roles(team.definition, &request.json_object()?)?;
            game.join_team(id, player, &roles, call.now)?;
            Ok(admin_teams::joined(id, player))
        }
        ["teams", id, "leave"] => {
            game.leave_team(params::id(id)?, player, call.now)?;
            Ok(admin_teams::left(id, player))
        }
        ["teams", id] => {
            if game.team(params::id(id)?)?.owner.as_deref() != Some(player) {
                let text = format!("The team '{id}' belongs to another player");
                return Err(Envelope::new(Code::AccessDenied, text));
            }
            game.delete_team(id, Some(player), call.now)?;
            Ok(admin_teams::deleted(id))
        }
        _ => Err(Code::RouteNotFound.into()),
    }
}

fn administration(
    sandbox: &mut Sandbox,
    call: &Call,
    caller: &Caller,
    route: &[&str],
) -> Result<Answer, Envelope> {
    demand(caller, call.request, Right::AdminRead, Right::AdminWrite)?;
    let found = match (method(call.request), route) {
        ("GET", ["players"]) => players::Route::List,
        ("POST", ["players"]) => players::Route::Create,
        ("PUT", ["players", id, "reset"]) => players::Route::Reset(id),
        ("DELETE", ["players", id]) => players::Route::Delete(id),
        _ => return Err(Code::RouteNotFound.into()),
    };
    let value = players::serve(sandbox, call, &found)?;
    let value = match found {
        players::Route::Reset(_) => to_v1(value),
        _ => value,
    };
    Ok(Answer::json(&value))
}
