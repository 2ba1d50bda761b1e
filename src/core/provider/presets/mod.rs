//! The definitions that the SDK brings along.

mod kumite;
#[cfg(feature = "edge")]
mod kumite_calls;
mod plain;
mod playoff;
mod toornament;

use super::Provider;
pub use kumite::KUMITE;
pub use plain::PLAIN;
pub use playoff::{PLAYLYFE, PLAYOFF};
pub use toornament::TOORNAMENT;

/// A definition by its name, made when it is asked for.
pub type Preset = (&'static str, fn() -> Provider);

/// Those with a name, the default first.
pub const PRESETS: &[Preset] = &[
    ("playoff", || PLAYOFF),
    ("playlyfe", || PLAYLYFE),
    ("kumite", || KUMITE),
    ("toornament", || TOORNAMENT),
];
