//! `/v2/runtime`: the game as a player plays it.

use serde_json::{Value, json};

use super::{assets, demand, method, params};
use crate::codes::{Code, Envelope};
use crate::game::design::{METRICS, definition};
use crate::game::leaderboards::{self, Wanted};
use crate::game::play::Play;
use crate::http::{Answer, Query};
use crate::oauth::clients::Right;
use crate::oauth::credentials::Caller;
use crate::sandbox::{Call, Sandbox};

/// A route of the runtime.
enum Route<'a> {
    Player,
    UpdatePlayer,
    OwnImage,
    UploadImage,
    Players,
    Actions,
    Play(&'a str),
    Leaderboards,
    Leaderboard(&'a str),
    Metrics,
    Activity,
    StreamToken,
    GameImage,
    PlayerImage(&'a str),
    MetricImage(&'a str),
}

fn find<'a>(method: &str, route: &[&'a str]) -> Option<Route<'a>> {
    Some(match (method, route) {
        ("GET", ["player"]) => Route::Player,
        ("PATCH", ["player"]) => Route::UpdatePlayer,
        ("GET", ["player", "image"]) => Route::OwnImage,
        ("POST", ["player", "image"]) => Route::UploadImage,
        ("GET", ["players"]) => Route::Players,
        ("GET", ["actions"]) => Route::Actions,
        ("POST", ["actions", id, "play"]) => Route::Play(id),
        ("GET", ["leaderboards"]) => Route::Leaderboards,
        ("GET", ["leaderboards", id]) => Route::Leaderboard(id),
        ("GET", ["definitions", "metrics"]) => Route::Metrics,
        ("GET", ["activity"]) => Route::Activity,
        ("GET", ["notifications", "token"]) => Route::StreamToken,
        ("GET", ["assets", "game"]) => Route::GameImage,
        ("GET", ["assets", "players", id]) => Route::PlayerImage(id),
        ("GET", ["assets", "definitions", "metrics", id]) => Route::MetricImage(id),
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
    let request = call.request;
    demand(caller, request, Right::RuntimeRead, Right::RuntimeWrite)?;
    let route = find(method(request), route).ok_or(Code::RouteNotFound)?;
    let query = request.query();
    let player = acting_player(caller, &query)?;
    sandbox.game.player(player)?;
    let game = &mut sandbox.game;
    let value = match route {
        Route::Player => game.profile(player, params::flag(&query, "detailed")?)?,
        Route::UpdatePlayer => {
            game.update_player(player, &request.json_object()?)?;
            game.profile(player, false)?
        }
        Route::Players => {
            let row = |p: &crate::game::players::Player| json!({ "id": p.id, "alias": p.alias });
            params::Page::read(&query)?.cut(game.players.values().map(row))
        }
        Route::Actions => game.actions(player)?,
        Route::Play(action) => {
            let play = Play::read(&request.json_object()?, query.filled("count"))?;
            game.play(
                player,
                params::id(action)?,
                &play,
                call.now,
                &mut call.entropy,
            )?
        }
        Route::Leaderboards => leaderboards::definitions(),
        Route::Leaderboard(id) => leaderboard(sandbox, id, &query, call.now)?,
        Route::Metrics => METRICS.iter().map(definition).collect(),
        Route::Activity => game
            .feed
            .of_player(player, params::window(&query, call.now)?),
        Route::StreamToken => {
            let told = &mut game.notifications;
            json!({ "token": told.issue_token(player, call.now, &mut call.entropy) })
        }
        Route::UploadImage => return assets::take(game, player, request),
        Route::OwnImage => return assets::player(game, player, &query),
        Route::GameImage => return assets::game(&query),
        Route::PlayerImage(id) => return assets::player(game, id, &query),
        Route::MetricImage(id) => return assets::metric(id, &query),
    };
    Ok(Answer::json(&value))
}

/// The player that the call acts for: the token's own, or `player_id`.
fn acting_player<'a>(caller: &'a Caller, query: &'a Query) -> Result<&'a str, Envelope> {
    match (&caller.player, query.filled("player_id")) {
        (Some(own), None) => Ok(own),
        (Some(own), Some(named)) if own == named => Ok(own),
        // What the real service does here is unknown; acting for somebody
        // else than asked would hide a mistake.
        (Some(_), Some(_)) => Err(Envelope::new(
            Code::AccessDenied,
            "The token belongs to another player than 'player_id'",
        )),
        (None, Some(named)) => Ok(named),
        (None, None) => Err(Code::InvalidPlayer.into()),
    }
}

fn leaderboard(sandbox: &Sandbox, id: &str, query: &Query, now: i64) -> Result<Value, Envelope> {
    // Not served: better refused than answered with the wrong rows.
    for name in ["timestamp", "radius", "team_instance_id"] {
        if query.filled(name).is_some() {
            return Err(Envelope::validation(name, "is not supported here"));
        }
    }
    if query.filled("ranking").is_some_and(|r| r != "absolute") {
        return Err(Envelope::validation("ranking", "must be absolute"));
    }
    let page = params::Page::read(query)?;
    let wanted = Wanted {
        cycle: query.filled("cycle"),
        scope: query.filled("scope_id"),
        skip: page.skip,
        limit: page.limit,
    };
    sandbox.game.leaderboard(params::id(id)?, &wanted, now)
}
