//! `/v2/admin/players`, in v1 `/game/players`.

use serde_json::{Value, json};

use crate::codes::Envelope;
use crate::fields::texts;
use crate::game::Game;
use crate::game::gains::read_rewards;
use crate::game::players::{NewPlayer, Player};
use crate::http::Query;
use crate::routes::params::{self, Page};
use crate::sandbox::{Call, Sandbox};

/// A route of players.
pub enum Route<'a> {
    /// All of them.
    List,
    /// Another one.
    Create,
    /// One of them.
    One(&'a str),
    /// Removing it.
    Delete(&'a str),
    /// Its own feed.
    Activity(&'a str),
    /// Changing its scores by hand.
    Scores(&'a str),
    /// Back to the beginning.
    Reset(&'a str),
    /// Taking back what events changed.
    Revert(&'a str),
}

/// The route of that path.
pub fn find<'a>(method: &str, route: &[&'a str]) -> Option<Route<'a>> {
    Some(match (method, route) {
        ("GET", ["players"]) => Route::List,
        ("POST", ["players"]) => Route::Create,
        ("GET", ["players", id]) => Route::One(id),
        ("DELETE", ["players", id]) => Route::Delete(id),
        ("GET", ["players", id, "activity"]) => Route::Activity(id),
        ("PATCH", ["players", id, "scores"]) => Route::Scores(id),
        ("POST", ["players", id, "reset"]) => Route::Reset(id),
        ("POST", ["players", id, "revert"]) => Route::Revert(id),
        _ => return None,
    })
}

/// Serves it. What changing, resetting and reverting answer isn't recorded;
/// here it is the profile.
pub fn serve(sandbox: &mut Sandbox, call: &Call, route: &Route) -> Result<Value, Envelope> {
    let request = call.request;
    let query = request.query();
    let game = &mut sandbox.game;
    match route {
        Route::List => list(game, &query),
        Route::Create => {
            let new = NewPlayer::read(&request.json_object()?)?;
            params::id(&new.id)?;
            sandbox.plan.allows_player(game.players.len())?;
            game.create_player(new, call.now)
        }
        Route::One(id) => game.profile(params::id(id)?, false),
        Route::Delete(id) => {
            game.delete_player(params::id(id)?)?;
            let text = format!("The player '{id}' has been deleted successfully");
            Ok(json!({ "message": text }))
        }
        Route::Activity(id) => {
            game.player(params::id(id)?)?;
            let window = params::window(&query, call.now)?;
            Ok(game.feed.of_player(id, window))
        }
        Route::Scores(id) => {
            game.player(params::id(id)?)?;
            let rewards = read_rewards(game.design, &request.json_object()?)?;
            game.change_scores(id, &rewards, call.now)?;
            game.profile(id, false)
        }
        Route::Reset(id) => {
            game.reset_player(params::id(id)?)?;
            game.profile(id, false)
        }
        Route::Revert(id) => {
            game.player(params::id(id)?)?;
            let body = request.json_object()?;
            let ids = texts(&body, "event_ids")?;
            game.revert(id, &ids, call.now)?;
            game.profile(id, false)
        }
    }
}

fn list(game: &Game, query: &Query) -> Result<Value, Envelope> {
    let page = Page::read(query)?;
    let Some(fields) = query.filled("fields") else {
        let row = |p: &Player| json!({ "id": p.id, "alias": p.alias, "enabled": true });
        return Ok(page.cut(game.players.values(), row));
    };
    // Every player in the list has a profile.
    let row = |id: &String| {
        let profile = game.profile(id, false).unwrap_or_default();
        params::project(&profile, fields)
    };
    Ok(page.cut(game.players.keys(), row))
}
