//! Teams and who is in them.

use serde_json::{Value, json};

/// A team.
#[derive(Debug)]
pub struct Team {
    /// Its id, in the recorded form `team_` and 24 hex digits.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Id and name of its definition.
    pub definition: (&'static str, &'static str),
    /// Player ids and the roles they have.
    pub members: Vec<(String, Vec<&'static str>)>,
}

impl Team {
    /// The team as a profile shows it; nothing if the player isn't in it.
    pub fn membership(&self, player: &str) -> Option<Value> {
        let (_, roles) = self.members.iter().find(|(id, _)| id == player)?;
        let (id, name) = self.definition;
        Some(json!({
            "id": self.id,
            "name": self.name,
            "definition": { "id": id, "name": name },
            "roles": roles,
        }))
    }
}
