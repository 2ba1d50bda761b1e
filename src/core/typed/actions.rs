//! Actions, and what playing one brings.

use crate::core::typed::events::EVENTS;
use crate::core::typed::scores::REWARD;
use crate::core::typed::shape::{Field, Shape};

static ACTION: Shape = Shape::Object(&[Field("rewards", Shape::List(&REWARD))]);

/// All that the player may play.
pub static ACTIONS: Shape = Shape::List(&ACTION);

/// The answer to a play. v1 has its events under another name.
pub static PLAYED: Shape = Shape::Object(&[
    Field("actions", Shape::List(&ACTION)),
    Field("events", Shape::Object(EVENTS)),
    Field("logs", Shape::Renamed("events", &Shape::Object(EVENTS))),
]);
