//! Events: what happened, in feeds, notifications and the answers to plays.

use crate::core::typed::scores::CHANGE;
use crate::core::typed::shape::{Field, Shape};
use crate::core::typed::triggers::TRIGGER;

/// Changes of scores are a list; those of roles are an object by role, which stays.
pub static EVENT: Shape = Shape::Object(&[
    Field("changes", Shape::List(&CHANGE)),
    Field(
        "deferred",
        Shape::Object(&[Field("changes", Shape::List(&CHANGE))]),
    ),
    Field("triggers", Shape::List(&TRIGGER)),
]);

/// A feed; one without events may be null.
pub static FEED: Shape = Shape::List(&EVENT);
/// Notifications are events, by pages.
pub static NOTIFICATIONS: Shape = Shape::Page(&EVENT);

/// The player's own events, and those of others.
pub static EVENTS: &[Field] = &[
    Field("local", Shape::List(&EVENT)),
    Field("global", Shape::List(&EVENT)),
];
