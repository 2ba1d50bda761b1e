//! Leaderboards.

use crate::core::typed::shape::{Field, Shape};

/// A ranking.
pub static RANKING: Shape = Shape::Page(&Shape::Object(&[Field("score", Shape::Number)]));
