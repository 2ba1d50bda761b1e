//! Processes: how they are started, played and removed.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Game;
use super::access::Access;
use super::design::{ProcessDesign, Task};
use super::play::give;
use super::settle::{Events, Happening};
use crate::codes::{Code, Envelope};
use crate::ids::Entropy;

/// A process under way.
#[derive(Debug)]
pub struct Process {
    /// Its id. That of a bootstrapped one has two parts, `owner/process`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is made of.
    pub definition: &'static ProcessDesign,
    /// The player who started it.
    pub owner: String,
    /// Who may play it besides.
    pub access: Access,
    /// How far it has come.
    pub stage: usize,
    /// How often each task was played at this stage, by trigger.
    pub played: BTreeMap<&'static str, u64>,
}

impl Process {
    /// What can be done now.
    fn open(&self) -> impl Iterator<Item = &'static Task> {
        let tasks = self.definition.tasks.iter();
        tasks.filter(|task| {
            let played = self.played.get(task.trigger).copied().unwrap_or(0);
            task.stage == self.stage && task.times.is_none_or(|times| played < times)
        })
    }

    /// The triggers of what can be done now.
    pub fn triggers(&self) -> Value {
        let entry = |task: &Task| {
            let total = task.times.map_or("Infinity".to_owned(), |n| n.to_string());
            json!({
                "trigger": task.trigger,
                "name": task.name,
                "loop": { "total": total },
                // What stands in it isn't recorded.
                "actions": [],
            })
        };
        self.open().map(entry).collect()
    }

    /// The process with its definition as an object, as creation answers, or
    /// as its id, as lists have it.
    pub fn to_json(&self, definition_as_object: bool) -> Value {
        // Only ACTIVE is recorded.
        let state = match self.open().next() {
            Some(_) => "ACTIVE",
            None => "COMPLETED",
        };
        json!({
            "id": self.id,
            "name": self.name,
            "definition": match definition_as_object {
                true => self.definition.named.reference(),
                false => self.definition.named.id.into(),
            },
            "state": state,
            "access": self.access.name(),
        })
    }
}

/// What a process is started with.
#[derive(Debug)]
pub struct NewProcess {
    /// The id, if one was asked for.
    pub id: Option<String>,
    /// The name; that of the definition if there is none.
    pub name: Option<String>,
    /// What it is made of.
    pub definition: &'static ProcessDesign,
    /// Who may play it.
    pub access: Access,
}

impl Game {
    /// The definitions that can be started.
    pub fn process_definitions(&self) -> Value {
        let entry = |process: &ProcessDesign| process.named.definition();
        self.design.processes.iter().map(entry).collect()
    }

    /// The process design of that id.
    pub fn process_design(&self, id: &str) -> Result<&'static ProcessDesign, Envelope> {
        let none = || {
            let text = format!("The process definition '{id}' does not exist");
            Envelope::new(Code::DefinitionNotFound, text)
        };
        self.design.process(id).ok_or_else(none)
    }

    /// The process of that id.
    pub fn process(&self, id: &str) -> Result<&Process, Envelope> {
        self.processes.get(id).ok_or_else(|| no_process(id))
    }

    /// The processes that a player sees: the own ones, and those for everyone.
    pub fn processes_of(&self, player: &str) -> Vec<&Process> {
        let all = self.processes.values();
        all.filter(|p| p.owner == player || p.access == Access::Public)
            .collect()
    }

    /// A process that this player sees.
    pub fn process_for(&self, id: &str, player: &str) -> Result<&Process, Envelope> {
        let process = self.process(id)?;
        match process.owner == player || process.access == Access::Public {
            true => Ok(process),
            false => Err(Envelope::new(
                Code::AccessDenied,
                format!("The process '{id}' is not open to '{player}'"),
            )),
        }
    }

    /// A process that this player may change: their own.
    pub fn own_process(&mut self, id: &str, player: &str) -> Result<&mut Process, Envelope> {
        let process = self.processes.get_mut(id).ok_or_else(|| no_process(id))?;
        match process.owner == player {
            true => Ok(process),
            false => Err(Envelope::new(
                Code::AccessDenied,
                format!("The process '{id}' belongs to another player"),
            )),
        }
    }

    /// Starts a process.
    pub fn create_process(
        &mut self,
        new: NewProcess,
        id: String,
        owner: &str,
    ) -> Result<&Process, Envelope> {
        self.player(owner)?;
        if self.processes.contains_key(&id) {
            let text = format!("A process with ID '{id}' already exists");
            return Err(Envelope::new(Code::ProcessExists, text));
        }
        let name = new.name.as_deref().unwrap_or(new.definition.named.name);
        let process = Process {
            id: id.clone(),
            name: name.to_owned(),
            definition: new.definition,
            owner: owner.to_owned(),
            access: new.access,
            stage: 0,
            played: BTreeMap::new(),
        };
        Ok(self.processes.entry(id).or_insert(process))
    }

    /// Plays a trigger; the process moves on.
    pub fn play_process(
        &mut self,
        id: &str,
        player: &str,
        trigger: &str,
        now: i64,
        entropy: &mut Entropy,
    ) -> Result<Events, Envelope> {
        let process = self.process_for(id, player)?;
        let reference = json!({ "id": process.id, "name": process.name });
        let task = process
            .open()
            .find(|t| t.trigger == trigger)
            .ok_or_else(|| Envelope::validation("trigger", "is not open in this process"))?;
        let happening = Happening {
            name: "progress",
            details: json!({
                "process": reference,
                "activity": { "id": task.trigger, "name": task.name },
            }),
            by_player: true,
        };
        let design = self.design;
        let events = self.change(player, happening, &[], now, |scores| {
            give(design, scores, task.rewards, &Map::new(), 1, entropy)
        })?;
        if let Some(process) = self.processes.get_mut(id) {
            *process.played.entry(task.trigger).or_default() += 1;
            if task.next != process.stage {
                process.stage = task.next;
                process.played.clear();
            }
        }
        Ok(events)
    }
}

fn no_process(id: &str) -> Envelope {
    let text = format!("The process '{id}' does not exist");
    Envelope::new(Code::ProcessNotFound, text)
}
