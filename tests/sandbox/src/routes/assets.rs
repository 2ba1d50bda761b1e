//! The pictures.

use super::params;
use crate::codes::{Code, Envelope};
use crate::game::Game;
use crate::game::design::Kind;
use crate::game::images;
use crate::http::{Answer, Query, Request};
use crate::multipart::{self, File};

/// The picture of the game.
pub fn of_game(query: &Query) -> Result<Answer, Envelope> {
    picture("game", query)
}

/// The picture of a player.
pub fn player(game: &Game, id: &str, query: &Query) -> Result<Answer, Envelope> {
    let player = game.player(params::id(id)?)?;
    match &player.image {
        // As it was sent, whatever the size.
        Some(File {
            content_type,
            bytes,
        }) => Ok(Answer::new(200, content_type, bytes.clone())),
        None if player.has_image => picture(&format!("player {id}"), query),
        None => Err(Code::ImageNotFound.into()),
    }
}

/// Takes a picture of a player: the file in the field `file`, as the Node SDK's manual has it. The
/// answer isn't recorded; the one here is ours, after those of other calls that give nothing back.
pub fn take(game: &mut Game, id: &str, request: &Request) -> Result<Answer, Envelope> {
    let image = multipart::file(request, "file")?;
    game.player_mut(id)?.image = Some(image);
    Ok(Answer::message("The image has been uploaded"))
}

/// The picture of a metric, or of one of its items (`item`: its name).
pub fn metric(game: &Game, id: &str, query: &Query) -> Result<Answer, Envelope> {
    let none = || {
        Envelope::new(
            Code::ImageNotFound,
            format!("The metric '{id}' has no image"),
        )
    };
    let metric = game.design.metric(params::id(id)?).ok_or_else(none)?;
    let Some(item) = query.filled("item") else {
        return picture(&format!("metric {id}"), query);
    };
    match metric.kind {
        Kind::Set(items) | Kind::State(items) if items.iter().any(|i| i.name == item) => {
            picture(&format!("metric {id} {item}"), query)
        }
        _ => Err(none()),
    }
}

fn picture(name: &str, query: &Query) -> Result<Answer, Envelope> {
    let size = query.filled("size").unwrap_or("original");
    let edge = images::edge(size).ok_or_else(|| {
        Envelope::validation("size", "must be original, large, medium, small or icon")
    })?;
    let png = images::png(name, edge)
        .ok_or_else(|| Envelope::new(Code::ServerError, "The picture can't be drawn"))?;
    Ok(Answer::new(200, "image/png", png))
}
