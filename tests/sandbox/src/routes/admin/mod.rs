//! `/v2/admin`: the game as its owner runs it.

pub mod players;
pub mod teams;

use serde_json::{Value, json};

use super::runtime::processes::{deleted, joined};
use super::{demand, method, params};
use crate::codes::{Code, Envelope};
use crate::game::Game;
use crate::game::design::BoardScope;
use crate::http::{Answer, Query};
use crate::oauth::clients::Right;
use crate::oauth::credentials::Caller;
use crate::sandbox::{Call, Sandbox};
use crate::time::iso;

/// Answers a call.
pub fn answer(
    sandbox: &mut Sandbox,
    call: &mut Call,
    caller: &Caller,
    route: &[&str],
) -> Result<Answer, Envelope> {
    demand(caller, call.request, Right::AdminRead, Right::AdminWrite)?;
    let value = serve(sandbox, call, route)?;
    Ok(Answer::json(&value))
}

fn serve(sandbox: &mut Sandbox, call: &mut Call, route: &[&str]) -> Result<Value, Envelope> {
    let request = call.request;
    let query = request.query();
    let game = &mut sandbox.game;
    match (method(request), route) {
        ("GET", []) => Ok(status(game)),
        ("GET", ["activity"]) => Ok(game.feed.of_game(params::window(&query, call.now)?)),
        ("GET", ["validation", "player", "available"]) => available(game, &query),
        (_, ["players", ..]) => {
            let route = players::find(method(request), route).ok_or(Code::RouteNotFound)?;
            players::serve(sandbox, call, &route)
        }
        (_, ["teams", ..]) => {
            let route = teams::find(method(request), route).ok_or(Code::RouteNotFound)?;
            teams::serve(game, call, &route)
        }
        ("GET", ["processes"]) => processes(game, &query),
        ("DELETE", ["processes", parts @ ..]) if (1..=2).contains(&parts.len()) => {
            let id = joined(parts)?;
            game.process(&id)?;
            game.processes.remove(&id);
            Ok(deleted(&id))
        }
        ("POST", ["rules", id]) => {
            let body = request.json_object()?;
            let data = body
                .get("data")
                .and_then(Value::as_array)
                .ok_or_else(|| Envelope::validation("data", "must be an array"))?;
            game.run_rule(params::id(id)?, data, call.now, &mut call.entropy)
        }
        (method @ ("POST" | "DELETE"), ["leaderboards", id, scope]) => {
            instance(game, method, params::id(id)?, params::id(scope)?)
        }
        _ => Err(Code::RouteNotFound.into()),
    }
}

/// What the game tells of itself.
pub fn status(game: &Game) -> Value {
    let about = &game.design.about;
    json!({
        "name": about.api,
        "version": about.version,
        "status": "ok",
        "game": {
            "id": about.named.id,
            "title": about.named.name,
            "description": about.named.description,
            "timezone": about.timezone,
            "type": "native",
            "template": "custom",
            "listed": false,
            "access": "PRIVATE",
            "image": "default-game",
            "created": iso(about.created),
        },
    })
}

/// Recorded: `ok` is 1 when the id is free, and 409 when it is taken.
fn available(game: &Game, query: &Query) -> Result<Value, Envelope> {
    let id = query
        .filled("value")
        .ok_or_else(|| Envelope::validation("value", "is required"))?;
    match game.players.contains_key(id) {
        true => Err(Code::PlayerExists.into()),
        false => Ok(json!({ "ok": 1 })),
    }
}

/// Those that a player sees; without a player all of them.
fn processes(game: &Game, query: &Query) -> Result<Value, Envelope> {
    let list = match query.filled("player_id") {
        Some(player) => {
            game.player(player)?;
            game.processes_of(player)
        }
        None => game.processes.values().collect(),
    };
    let page = params::Page::read(query)?;
    Ok(page.cut(list.into_iter(), |p| p.to_json(false)))
}

/// Makes or removes the instance of a board for a custom scope. The answers
/// aren't recorded. A play on a scope that nobody made is booked all the same.
fn instance(game: &mut Game, method: &str, id: &str, scope: &str) -> Result<Value, Envelope> {
    let board = game.board(id)?;
    if board.scope != BoardScope::Custom {
        let text = "is of a leaderboard without custom scopes";
        return Err(Envelope::validation("scope_id", text));
    }
    if method == "POST" {
        game.ledgers.create(board.id, scope);
        let text = format!("The leaderboard '{id}' has the scope '{scope}'");
        return Ok(json!({ "message": text }));
    }
    match game.ledgers.remove(board.id, scope) {
        true => {
            let text = format!("The scope '{scope}' has been deleted successfully");
            Ok(json!({ "message": text }))
        }
        false => Err(Envelope::new(
            Code::LeaderboardNotFound,
            format!("The leaderboard '{id}' has no scope '{scope}'"),
        )),
    }
}
