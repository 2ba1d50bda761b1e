//! `/v2/runtime`: the game as a player plays it.

pub mod leaderboards;
pub mod notifications;
pub mod processes;
pub mod teams;

use serde_json::Value;

use super::{assets, demand, method, params};
use crate::codes::{Code, Envelope};
use crate::game::design::definition;
use crate::game::play::Play;
use crate::game::players::Player;
use crate::http::{Answer, Query};
use crate::oauth::clients::Right;
use crate::oauth::credentials::Caller;
use crate::sandbox::{Call, Sandbox};

/// A route of the runtime; v1 has most of them under other paths.
pub enum Route<'a> {
    /// The player's own profile.
    Player,
    /// Changing it.
    UpdatePlayer,
    /// All players.
    Players,
    /// All actions.
    Actions,
    /// Playing one.
    Play(&'a str),
    /// The definitions of the metrics.
    Metrics,
    /// The player's own feed.
    Activity,
    /// Leaderboards.
    Leaderboards(leaderboards::Route<'a>),
    /// Processes.
    Processes(processes::Route<'a>),
    /// Teams.
    Teams(teams::Route<'a>),
    /// Notifications.
    Notifications(notifications::Route),
}

/// A route that answers with a picture, or takes one.
pub enum Picture<'a> {
    /// The player's own.
    Own,
    /// Taking it.
    Upload,
    /// The game's.
    Game,
    /// A player's.
    Player(&'a str),
    /// A metric's, or that of one of its items.
    Metric(&'a str),
}

fn find<'a>(method: &str, route: &[&'a str]) -> Option<Route<'a>> {
    Some(match (method, route) {
        ("GET", ["player"]) => Route::Player,
        ("PATCH", ["player"]) => Route::UpdatePlayer,
        ("GET", ["players"]) => Route::Players,
        ("GET", ["actions"]) => Route::Actions,
        ("POST", ["actions", id, "play"]) => Route::Play(id),
        ("GET", ["definitions", "metrics"]) => Route::Metrics,
        ("GET", ["activity"]) => Route::Activity,
        (_, ["leaderboards", ..]) => Route::Leaderboards(leaderboards::find(method, route)?),
        (_, ["processes", ..] | ["definitions", "processes"]) => {
            Route::Processes(processes::find(method, route)?)
        }
        (_, ["teams", ..] | ["definitions", "teams"]) => Route::Teams(teams::find(method, route)?),
        (_, ["notifications", ..]) => Route::Notifications(notifications::find(method, route)?),
        _ => return None,
    })
}

fn find_picture<'a>(method: &str, route: &[&'a str]) -> Option<Picture<'a>> {
    Some(match (method, route) {
        ("GET", ["player", "image"]) => Picture::Own,
        ("POST", ["player", "image"]) => Picture::Upload,
        ("GET", ["assets", "game"]) => Picture::Game,
        ("GET", ["assets", "players", id]) => Picture::Player(id),
        ("GET", ["assets", "definitions", "metrics", id]) => Picture::Metric(id),
        _ => return None,
    })
}

/// Answers a call.
pub fn answer(
    sandbox: &mut Sandbox,
    call: &mut Call,
    caller: &Caller,
    route: &[&str],
) -> Result<Answer, Envelope> {
    let method = method(call.request);
    demand(
        caller,
        call.request,
        Right::RuntimeRead,
        Right::RuntimeWrite,
    )?;
    if let Some(route) = find_picture(method, route) {
        return picture(sandbox, call, caller, &route);
    }
    let route = find(method, route).ok_or(Code::RouteNotFound)?;
    let value = serve(sandbox, call, caller, &route)?;
    Ok(Answer::json(&value))
}

/// Serves a route that answers with JSON.
pub fn serve(
    sandbox: &mut Sandbox,
    call: &mut Call,
    caller: &Caller,
    route: &Route,
) -> Result<Value, Envelope> {
    let request = call.request;
    let query = request.query();
    let player = acting_player(sandbox, caller, &query)?;
    let game = &mut sandbox.game;
    match route {
        Route::Player => game.profile(player, params::flag(&query, "detailed")?),
        Route::UpdatePlayer => {
            game.update_player(player, &request.json_object()?)?;
            game.profile(player, false)
        }
        Route::Players => {
            Ok(params::Page::read(&query)?.cut(game.players.values(), Player::reference))
        }
        Route::Actions => game.actions(player),
        Route::Play(action) => {
            let play = Play::read(&request.json_object()?, query.filled("count"))?;
            let action = params::id(action)?;
            game.play(player, action, &play, call.now, &mut call.entropy)
        }
        Route::Metrics => Ok(game.design.metrics.iter().map(definition).collect()),
        Route::Activity => {
            let window = params::window(&query, call.now)?;
            Ok(game.feed.of_player(player, window))
        }
        Route::Leaderboards(route) => leaderboards::serve(game, call, player, route),
        Route::Processes(route) => processes::serve(game, call, player, route),
        Route::Teams(route) => teams::serve(game, call, route),
        Route::Notifications(route) => notifications::serve(game, call, player, *route),
    }
}

/// Serves a route of pictures.
pub fn picture(
    sandbox: &mut Sandbox,
    call: &Call,
    caller: &Caller,
    route: &Picture,
) -> Result<Answer, Envelope> {
    let query = call.request.query();
    let player = acting_player(sandbox, caller, &query)?;
    let game = &mut sandbox.game;
    match route {
        Picture::Own => assets::player(game, player, &query),
        Picture::Upload => assets::take(game, player, call.request),
        Picture::Game => assets::of_game(&query),
        Picture::Player(id) => assets::player(game, id, &query),
        Picture::Metric(id) => assets::metric(game, id, &query),
    }
}

/// The player that the call acts for: the token's own, or `player_id`.
pub fn acting_player<'a>(
    sandbox: &Sandbox,
    caller: &'a Caller,
    query: &'a Query,
) -> Result<&'a str, Envelope> {
    let player = match (&caller.player, query.filled("player_id")) {
        (Some(own), None) => own,
        (Some(own), Some(named)) if own == named => own,
        // What the real service does here is unknown; acting for somebody
        // else than asked would hide a mistake.
        (Some(_), Some(_)) => {
            let text = "The token belongs to another player than 'player_id'";
            return Err(Envelope::new(Code::AccessDenied, text));
        }
        (None, Some(named)) => named,
        (None, None) => return Err(Code::InvalidPlayer.into()),
    };
    sandbox.game.player(player)?;
    Ok(player)
}
