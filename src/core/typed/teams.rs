//! Teams.

use crate::core::typed::shape::{Field, Shape};

/// A team.
pub static TEAM: Shape = Shape::Object(&[
    Field("definition", Shape::Reference),
    Field("roles", Shape::List(&Shape::Plain)),
]);
/// Those of the game.
pub static TEAMS: Shape = Shape::Page(&TEAM);
