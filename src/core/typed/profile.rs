//! Players and their profiles.

use crate::core::typed::scores::SCORE;
use crate::core::typed::shape::{Field, Shape};
use crate::core::typed::teams::TEAM;

/// A profile. Where the player was just made, lists are objects without members.
pub static PROFILE: Shape = Shape::Object(&[
    Field("scores", Shape::List(&SCORE)),
    Field("teams", Shape::List(&TEAM)),
]);
/// Players in lists, who have whatever was asked for.
pub static PLAYERS: Shape = Shape::Page(&PROFILE);
