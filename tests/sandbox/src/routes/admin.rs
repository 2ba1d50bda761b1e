//! `/v2/admin`: the game as its owner runs it.

use serde_json::{Value, json};

use super::{demand, method, params};
use crate::codes::{Code, Envelope};
use crate::game::play::read_rewards;
use crate::game::players::NewPlayer;
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
    let request = call.request;
    demand(caller, request, Right::AdminRead, Right::AdminWrite)?;
    let query = request.query();
    let game = &mut sandbox.game;
    let value = match (method(request), route) {
        ("GET", []) => status(),
        ("GET", ["activity"]) => game.feed.of_game(params::window(&query, call.now)?),
        ("GET", ["validation", "player", "available"]) => available(sandbox, &query)?,
        ("GET", ["players"]) => players(sandbox, &query)?,
        ("POST", ["players"]) => {
            let new = NewPlayer::read(&request.json_object()?)?;
            params::id(&new.id)?;
            game.create_player(new, call.now)?
        }
        ("GET", ["players", id]) => game.profile(params::id(id)?, false)?,
        ("DELETE", ["players", id]) => {
            game.delete_player(params::id(id)?)?;
            let text = format!("The player '{id}' has been deleted successfully");
            return Ok(Answer::message(&text));
        }
        ("GET", ["players", id, "activity"]) => {
            game.player(params::id(id)?)?;
            game.feed.of_player(id, params::window(&query, call.now)?)
        }
        ("PATCH", ["players", id, "scores"]) => {
            game.player(params::id(id)?)?;
            let rewards = read_rewards(&request.json_object()?)?;
            game.change_scores(id, &rewards, call.now)?;
            game.profile(id, false)?
        }
        ("POST", ["players", id, "reset"]) => {
            game.reset_player(params::id(id)?)?;
            game.profile(id, false)?
        }
        _ => return Err(Code::RouteNotFound.into()),
    };
    Ok(Answer::json(&value))
}

fn status() -> Value {
    json!({
        "name": "playoff-sandbox",
        "version": "v2",
        "status": "ok",
        "game": {
            "id": crate::game::ID,
            "title": "Shell Island",
            "description": "A small game for tests and demos",
            "timezone": "Etc/UTC",
            "type": "native",
            "template": "custom",
            "listed": false,
            "access": "PRIVATE",
            "image": "default-game",
            "created": iso(1_546_300_800_000),
        },
    })
}

/// Recorded: `ok` is 1 when the id is free, and 409 when it is taken.
fn available(sandbox: &Sandbox, query: &Query) -> Result<Value, Envelope> {
    let id = query
        .filled("value")
        .ok_or_else(|| Envelope::validation("value", "is required"))?;
    match sandbox.game.players.contains_key(id) {
        true => Err(Code::PlayerExists.into()),
        false => Ok(json!({ "ok": 1 })),
    }
}

fn players(sandbox: &Sandbox, query: &Query) -> Result<Value, Envelope> {
    let page = params::Page::read(query)?;
    let players = &sandbox.game.players;
    let Some(fields) = query.filled("fields") else {
        let row = |p: &crate::game::players::Player| json!({ "id": p.id, "alias": p.alias, "enabled": true });
        return Ok(page.cut(players.values().map(row)));
    };
    let mut list = page.cut(players.keys().map(|id| Value::from(id.as_str())));
    if let Some(rows) = list["data"].as_array_mut() {
        for row in rows {
            let profile = sandbox
                .game
                .profile(row.as_str().unwrap_or_default(), false)?;
            *row = params::project(&profile, fields);
        }
    }
    Ok(list)
}
