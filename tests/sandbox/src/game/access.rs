//! Who may join a team or a process.

use serde_json::Value;

use crate::codes::Envelope;

/// The recorded kinds of access.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// Everyone.
    Public,
    /// Everyone who is let in.
    Protected,
    /// Who is invited.
    #[default]
    Private,
}

impl Access {
    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Access::Public => "PUBLIC",
            Access::Protected => "PROTECTED",
            Access::Private => "PRIVATE",
        }
    }

    /// Reads it; `None` when there is none.
    pub fn read(value: Option<&Value>) -> Result<Option<Self>, Envelope> {
        let all = [Access::Public, Access::Protected, Access::Private];
        match value {
            None | Some(Value::Null) => Ok(None),
            Some(value) => all
                .into_iter()
                .find(|a| value == a.name())
                .map(Some)
                .ok_or_else(|| {
                    Envelope::validation("access", "must be PUBLIC, PROTECTED or PRIVATE")
                }),
        }
    }
}
