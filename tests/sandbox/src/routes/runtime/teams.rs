//! `/v2/runtime/teams`.

use serde_json::Value;

use crate::codes::Envelope;
use crate::game::Game;
use crate::routes::params::{self, Page};
use crate::sandbox::Call;

/// A route of teams.
pub enum Route<'a> {
    /// What teams can be made of.
    Definitions,
    /// All of them.
    List,
    /// One of them.
    One(&'a str),
    /// Who is in it.
    Members(&'a str),
    /// What happened in it.
    Activity(&'a str),
}

/// The route of that path.
pub fn find<'a>(method: &str, route: &[&'a str]) -> Option<Route<'a>> {
    Some(match (method, route) {
        ("GET", ["definitions", "teams"]) => Route::Definitions,
        ("GET", ["teams"]) => Route::List,
        ("GET", ["teams", id]) => Route::One(id),
        ("GET", ["teams", id, "members"]) => Route::Members(id),
        ("GET", ["teams", id, "activity"]) => Route::Activity(id),
        _ => return None,
    })
}

/// Serves it. Which teams a player sees isn't recorded; here all of them.
pub fn serve(game: &Game, call: &Call, route: &Route) -> Result<Value, Envelope> {
    let query = call.request.query();
    match route {
        Route::Definitions => Ok(game.team_definitions()),
        Route::List => {
            let page = Page::read(&query)?;
            Ok(page.cut(game.teams.values(), |team| game.team_json(team)))
        }
        Route::One(id) => Ok(game.team_json(game.team(params::id(id)?)?)),
        Route::Members(id) => {
            let team = game.team(params::id(id)?)?;
            let page = Page::read(&query)?;
            Ok(page.cut(team.members.iter(), |(id, _)| game.player_reference(id)))
        }
        Route::Activity(id) => {
            game.team(params::id(id)?)?;
            let window = params::window(&query, call.now)?;
            Ok(game.feed.of_team(id, window))
        }
    }
}
