//! What tokens may be used for.

use crate::oauth::tokens;

/// A scope, by its string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope(pub &'static str);

impl tokens::Scope for Scope {
    fn scope(&self) -> &str {
        self.0
    }
}

/// Listing and seeing tournaments.
pub const VIEW: Scope = Scope("organizer:view");
/// Making and editing them.
pub const ADMIN: Scope = Scope("organizer:admin");
/// Matches, rankings and standings.
pub const RESULT: Scope = Scope("organizer:result");
/// Participants.
pub const PARTICIPANT: Scope = Scope("organizer:participant");
/// Registrations.
pub const REGISTRATION: Scope = Scope("organizer:registration");
/// Deleting tournaments.
pub const DELETE: Scope = Scope("organizer:delete");
/// Files.
pub const FILE: Scope = Scope("organizer:file");
/// Circuits.
pub const CIRCUIT: Scope = Scope("organizer:circuit");
/// The platform's users.
pub const USER: Scope = Scope("platform:user");
/// The platform's teams.
pub const TEAM: Scope = Scope("platform:team");

/// All that an application may ask for.
pub const ALL: [Scope; 13] = [
    VIEW,
    ADMIN,
    RESULT,
    PARTICIPANT,
    REGISTRATION,
    Scope("organizer:permission"),
    DELETE,
    FILE,
    Scope("organizer:placement"),
    CIRCUIT,
    Scope("platform:admin"),
    USER,
    TEAM,
];

/// The scopes of a space-delimited list; the first unknown one is the error.
pub fn read(list: &str) -> Result<Vec<Scope>, &str> {
    list.split_whitespace()
        .map(|name| ALL.into_iter().find(|s| s.0 == name).ok_or(name))
        .collect()
}
