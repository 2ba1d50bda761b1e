//! `/v2/runtime/leaderboards`.

use serde_json::Value;

use crate::codes::Envelope;
use crate::fields::texts;
use crate::game::Game;
use crate::game::leaderboards::{Rows, Wanted};
use crate::http::Query;
use crate::routes::params::{self, Page};
use crate::sandbox::Call;

/// A route of leaderboards.
pub enum Route<'a> {
    /// The definitions.
    Definitions,
    /// A ranking.
    Ranking(&'a str),
    /// That of certain players.
    Search(&'a str),
}

/// The route of that path.
pub fn find<'a>(method: &str, route: &[&'a str]) -> Option<Route<'a>> {
    Some(match (method, route) {
        ("GET", ["leaderboards"]) => Route::Definitions,
        ("GET", ["leaderboards", id]) => Route::Ranking(id),
        ("POST", ["leaderboards", id, "search"]) => Route::Search(id),
        _ => return None,
    })
}

/// Serves it.
pub fn serve(game: &Game, call: &Call, player: &str, route: &Route) -> Result<Value, Envelope> {
    let query = call.request.query();
    match route {
        Route::Definitions => Ok(game.leaderboards()),
        Route::Ranking(id) => {
            let rows = rows(&query, player)?;
            let wanted = wanted(&query, rows, call.now)?;
            game.leaderboard(params::id(id)?, &wanted)
        }
        // How the answer is paged isn't recorded: here it isn't.
        Route::Search(id) => {
            let body = call.request.json_object()?;
            let ids = texts(&body, "player_ids")?;
            let wanted = wanted(&query, Rows::Of(ids.into_iter().collect()), call.now)?;
            game.leaderboard(params::id(id)?, &wanted)
        }
    }
}

fn wanted<'a>(query: &'a Query, rows: Rows<'a>, now: i64) -> Result<Wanted<'a>, Envelope> {
    // Only these values are recorded. Any other is refused rather than
    // answered with the wrong rows.
    if query.filled("sort").is_some_and(|s| s != "descending") {
        return Err(Envelope::validation("sort", "must be descending"));
    }
    // Recorded as `false`, without a word on what it changes.
    params::flag(query, "detailed")?;
    Ok(Wanted {
        cycle: query.filled("cycle"),
        // Recorded in seconds and in milliseconds, by one application.
        at: params::moment(query, "timestamp")?.unwrap_or(now),
        scope: query.filled("scope_id"),
        team: query.filled("team_instance_id"),
        rows,
    })
}

fn rows<'a>(query: &'a Query, player: &'a str) -> Result<Rows<'a>, Envelope> {
    match query.filled("ranking") {
        None | Some("absolute") => {
            let Page { skip, limit } = Page::read(query)?;
            Ok(Rows::Page { skip, limit })
        }
        Some("relative") => Ok(Rows::Around {
            entity: query.filled("entity_id").unwrap_or(player),
            // The default isn't recorded; here it is that of `limit`.
            radius: params::count(query, "radius", 10)?,
        }),
        Some(_) => Err(Envelope::validation(
            "ranking",
            "must be absolute or relative",
        )),
    }
}
