//! What processes wait for.

use crate::core::typed::shape::{Field, Shape};

/// What a process can be told, and how often.
pub static TRIGGER: Shape = Shape::Object(&[Field(
    "loop",
    Shape::Object(&[Field("total", Shape::Number)]),
)]);
/// All that it can be told now.
pub static TRIGGERS: Shape = Shape::List(&TRIGGER);
