//! Teams: how they are made, joined, left and removed.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::Game;
use super::access::Access;
use super::design::TeamDesign;
use super::feed::Event;
use super::ledger::Entity;
use crate::codes::{Code, Envelope};
use crate::time::iso;

/// A team.
#[derive(Debug)]
pub struct Team {
    /// Its id, in the recorded form `team_` and 24 hex digits.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is made of.
    pub definition: &'static TeamDesign,
    /// Who may join.
    pub access: Access,
    /// When it was made, in Unix milliseconds.
    pub created: i64,
    /// The player who made it; none when an admin did.
    pub owner: Option<String>,
    /// Player ids and the roles they have, in the order they came.
    pub members: Vec<Member>,
}

/// A player's id and roles.
pub type Member = (String, Vec<&'static str>);

/// What a new team is made of.
#[derive(Debug)]
pub struct NewTeam {
    /// The id, if one was asked for.
    pub id: Option<String>,
    /// The name.
    pub name: String,
    /// What it is made of.
    pub definition: &'static TeamDesign,
    /// Who may join.
    pub access: Access,
}

impl Team {
    /// The team as a profile shows it; nothing if the player isn't in it.
    pub fn membership(&self, player: &str) -> Option<Value> {
        let (_, roles) = self.members.iter().find(|(id, _)| id == player)?;
        Some(json!({
            "id": self.id,
            "name": self.name,
            "definition": self.definition.named.reference(),
            "roles": roles,
        }))
    }

    /// `{id, name}`, as events refer to it.
    pub fn reference(&self) -> Value {
        json!({ "id": self.id, "name": self.name })
    }

    /// The roles of that member.
    pub fn roles(&self, player: &str) -> Option<&[&'static str]> {
        let found = self.members.iter().find(|(id, _)| id == player);
        found.map(|(_, roles)| roles.as_slice())
    }
}

/// Reads roles as joins have them: an object of role and whether it is wanted.
pub fn read_roles(
    definition: &'static TeamDesign,
    given: &Map<String, Value>,
) -> Result<Vec<&'static str>, Envelope> {
    let mut roles = Vec::new();
    for (name, wanted) in given {
        let role = definition.roles.iter().find(|r| *r == name);
        match (role, wanted) {
            (Some(role), Value::Bool(true)) => roles.push(*role),
            (Some(_), Value::Bool(false)) => {}
            (None, _) => return Err(Envelope::validation(name, "is not a role of this team")),
            _ => return Err(Envelope::validation(name, "must be true or false")),
        }
    }
    match roles.is_empty() {
        true => Err(Envelope::validation("roles", "must name one at least")),
        false => Ok(roles),
    }
}

impl Game {
    /// The team of that id.
    pub fn team(&self, id: &str) -> Result<&Team, Envelope> {
        let none = || {
            let text = format!("The team '{id}' does not exist");
            Envelope::new(Code::TeamNotFound, text)
        };
        self.teams.get(id).ok_or_else(none)
    }

    /// The ids of a player's teams.
    pub fn teams_of(&self, player: &str) -> Vec<String> {
        let of = self.teams.values().filter(|t| t.roles(player).is_some());
        of.map(|t| t.id.clone()).collect()
    }

    /// The other members of these teams.
    pub fn mates(&self, player: &str, teams: &[String]) -> BTreeSet<String> {
        let teams = teams.iter().filter_map(|id| self.teams.get(id));
        let members = teams.flat_map(|team| &team.members).map(|(id, _)| id);
        members.filter(|id| *id != player).cloned().collect()
    }

    /// The definitions, with the roles that members can have.
    pub fn team_definitions(&self) -> Value {
        let entry = |team: &TeamDesign| {
            let mut entry = team.named.definition();
            entry["roles"] = team.roles.into();
            entry
        };
        self.design.teams.iter().map(entry).collect()
    }

    /// The team design of that id.
    pub fn team_design(&self, id: &str) -> Result<&'static TeamDesign, Envelope> {
        let none = || {
            let text = format!("The team definition '{id}' does not exist");
            Envelope::new(Code::DefinitionNotFound, text)
        };
        self.design.team(id).ok_or_else(none)
    }

    /// The team as lists and its own route show it.
    pub fn team_json(&self, team: &Team) -> Value {
        json!({
            "id": team.id,
            "name": team.name,
            "definition": team.definition.named.reference(),
            "access": team.access.name(),
            "created": iso(team.created),
            "game_id": self.design.about.named.id,
            "owner": team.owner.as_deref().map(|id| self.player_reference(id)),
            "roles": team.definition.roles,
        })
    }

    /// Makes a team. A player who makes one owns it, and is in it.
    pub fn create_team(
        &mut self,
        new: NewTeam,
        id: String,
        owner: Option<&str>,
        now: i64,
    ) -> Result<Value, Envelope> {
        if self.teams.contains_key(&id) {
            let text = format!("A team with ID '{id}' already exists");
            return Err(Envelope::new(Code::TeamExists, text));
        }
        let roles = new.definition.creator_roles.to_vec();
        let team = Team {
            id: id.clone(),
            name: new.name,
            definition: new.definition,
            access: new.access,
            created: now,
            owner: owner.map(str::to_owned),
            members: Vec::from_iter(owner.map(|owner| (owner.to_owned(), roles))),
        };
        self.teams.insert(id.clone(), team);
        self.team_event(&id, "create", owner, json!({}), now)?;
        Ok(self.team_json(self.team(&id)?))
    }

    /// Lets a player in, with these roles besides those they have.
    pub fn join_team(
        &mut self,
        id: &str,
        player: &str,
        roles: &[&'static str],
        now: i64,
    ) -> Result<(), Envelope> {
        self.player(player)?;
        self.team(id)?;
        let members = self.teams.get_mut(id).map(|t| &mut t.members);
        let members = members.ok_or(Code::TeamNotFound)?;
        match members.iter_mut().find(|(member, _)| member == player) {
            Some((_, had)) => {
                let new = roles.iter().filter(|r| !had.contains(r)).copied();
                had.extend(new.collect::<Vec<_>>());
            }
            None => members.push((player.to_owned(), roles.to_vec())),
        }
        let roles: Map<String, Value> = roles
            .iter()
            .map(|r| ((*r).to_owned(), true.into()))
            .collect();
        self.team_event(id, "join", Some(player), json!({ "roles": roles }), now)
    }

    /// Lets a player go.
    pub fn leave_team(&mut self, id: &str, player: &str, now: i64) -> Result<(), Envelope> {
        self.player(player)?;
        if self.team(id)?.roles(player).is_none() {
            let text = format!("The player '{player}' is not in the team '{id}'");
            return Err(Envelope::new(Code::PlayerNotFound, text));
        }
        self.team_event(id, "leave", Some(player), json!({}), now)?;
        if let Some(team) = self.teams.get_mut(id) {
            team.members.retain(|(member, _)| member != player);
        }
        Ok(())
    }

    /// Removes a team with everything of its.
    pub fn delete_team(&mut self, id: &str, by: Option<&str>, now: i64) -> Result<(), Envelope> {
        self.team_event(id, "delete", by, json!({}), now)?;
        self.teams.remove(id);
        self.feed.forget_team(id);
        self.ledgers.forget(&Entity::Team(id.to_owned()));
        Ok(())
    }

    /// Writes of a team: for who did it, for the team, for everyone, and as a
    /// notification for the other members.
    fn team_event(
        &mut self,
        id: &str,
        name: &str,
        player: Option<&str>,
        mut details: Value,
        now: i64,
    ) -> Result<(), Envelope> {
        let team = self.team(id)?;
        details["team"] = team.reference();
        let others: BTreeSet<String> = team
            .members
            .iter()
            .map(|(member, _)| member.clone())
            .filter(|member| Some(member.as_str()) != player)
            .collect();
        let alias = match player {
            Some(player) => self.player(player)?.alias.clone(),
            None => String::new(),
        };
        let event = self.feed.write(Event {
            at: now,
            name,
            details,
            player,
            actor: player.map(|id| (id, alias.as_str())),
            teams: vec![id.to_owned()],
            public: true,
        });
        for other in others {
            self.tell(&other, &event, now);
        }
        Ok(())
    }
}
