//! The pictures.

use super::params;
use crate::codes::{Code, Envelope};
use crate::game::Game;
use crate::game::design::{Kind, Metric};
use crate::game::images;
use crate::http::{Answer, Query};

/// The picture of the game.
pub fn game(query: &Query) -> Result<Answer, Envelope> {
    picture("game", query)
}

/// The picture of a player.
pub fn player(game: &Game, id: &str, query: &Query) -> Result<Answer, Envelope> {
    let player = game.player(params::id(id)?)?;
    match player.has_image {
        true => picture(&format!("player {id}"), query),
        false => Err(Code::ImageNotFound.into()),
    }
}

/// The picture of a metric, or of one of its items (`item`: its name).
pub fn metric(id: &str, query: &Query) -> Result<Answer, Envelope> {
    let none = || {
        Envelope::new(
            Code::ImageNotFound,
            format!("The metric '{id}' has no image"),
        )
    };
    let metric = Metric::find(params::id(id)?).ok_or_else(none)?;
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
