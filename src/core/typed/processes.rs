//! Processes, and what they answer.

use crate::core::typed::events::EVENTS;
use crate::core::typed::scores::SCORE;
use crate::core::typed::shape::{Field, Shape};
use crate::core::typed::triggers::TRIGGER;

/// A process. Its definition is an object where it was just made, and a text in lists.
pub static PROCESS: Shape = Shape::Object(&[Field("definition", Shape::Reference)]);
/// Those that the player sees.
pub static PROCESSES: Shape = Shape::Page(&PROCESS);

/// The answer to a trigger.
pub static PLAYED: Shape = Shape::Object(&[
    Field("triggers", Shape::List(&TRIGGER)),
    Field("events", Shape::Object(EVENTS)),
]);

/// The same in v1: a list of three, with the player's scores between.
pub static PLAYED_V1: Shape = Shape::Tuple(&[
    Field("triggers", Shape::List(&TRIGGER)),
    Field("scores", Shape::List(&SCORE)),
    Field("events", Shape::Object(EVENTS)),
]);
