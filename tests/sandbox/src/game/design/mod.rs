//! A game's design: what can be earned, done and ranked. It doesn't change
//! while the game is played; there are two of them.

pub mod island;
pub mod recorded;

use serde_json::{Value, json};

use crate::time::Cycle;

/// All of a game that doesn't change.
#[derive(Debug)]
pub struct Design {
    /// The game as `/admin` tells of it.
    pub about: About,
    /// The metrics, in the order that profiles list them.
    pub metrics: &'static [Metric],
    /// The rules that give levels.
    pub levels: &'static [LevelRule],
    /// The rules that give items.
    pub achievements: &'static [Achievement],
    /// The rules that an admin runs.
    pub rules: &'static [CustomRule],
    /// The actions, in the order that they are listed.
    pub actions: &'static [Action],
    /// The leaderboards.
    pub boards: &'static [Board],
    /// What teams are made of.
    pub teams: &'static [TeamDesign],
    /// What processes are made of.
    pub processes: &'static [ProcessDesign],
}

/// What `/admin` tells of a game.
#[derive(Debug)]
pub struct About {
    /// Which API answers, in its own words.
    pub api: &'static str,
    /// Its version, in its own words: the recorded answer of v2 says v1.
    pub version: &'static str,
    /// Id, title and description.
    pub named: Named,
    /// An IANA time zone.
    pub timezone: &'static str,
    /// When it was made, in Unix milliseconds.
    pub created: i64,
}

impl Design {
    /// The metric of that id.
    pub fn metric(&self, id: &str) -> Option<&'static Metric> {
        self.metrics.iter().find(|m| m.named.id == id)
    }

    /// The action of that id.
    pub fn action(&self, id: &str) -> Option<&'static Action> {
        self.actions.iter().find(|a| a.named.id == id)
    }

    /// The leaderboard of that id.
    pub fn board(&self, id: &str) -> Option<&'static Board> {
        self.boards.iter().find(|b| b.id == id)
    }

    /// The rule of that id that an admin runs.
    pub fn rule(&self, id: &str) -> Option<&'static CustomRule> {
        self.rules.iter().find(|r| r.named.id == id)
    }

    /// The team design of that id.
    pub fn team(&self, id: &str) -> Option<&'static TeamDesign> {
        self.teams.iter().find(|t| t.named.id == id)
    }

    /// The process design of that id.
    pub fn process(&self, id: &str) -> Option<&'static ProcessDesign> {
        self.processes.iter().find(|p| p.named.id == id)
    }

    /// The rule that drives that state metric.
    pub fn level_rule(&self, metric: &str) -> Option<&'static LevelRule> {
        self.levels.iter().find(|l| l.metric == metric)
    }
}

/// Something with an id, a name and a description.
#[derive(Debug, PartialEq)]
pub struct Named {
    /// The id, used where scores are written.
    pub id: &'static str,
    /// The name, used where scores are read.
    pub name: &'static str,
    /// The description.
    pub description: &'static str,
}

impl Named {
    /// `{id, name}`.
    pub fn reference(&self) -> Value {
        json!({ "id": self.id, "name": self.name })
    }

    /// `{id, name, description?}`.
    pub fn definition(&self) -> Value {
        let mut entry = self.reference();
        if !self.description.is_empty() {
            entry["description"] = self.description.into();
        }
        entry
    }
}

/// A metric.
#[derive(Debug, PartialEq)]
pub struct Metric {
    /// Id, name and description.
    pub named: Named,
    /// Its type, with what that type needs.
    pub kind: Kind,
}

/// The type of a metric.
#[derive(Debug, PartialEq)]
pub enum Kind {
    /// A number, that may have a lower bound.
    Point(Option<i64>),
    /// Items, each with a count.
    Set(&'static [Named]),
    /// One of several states.
    State(&'static [Named]),
    /// The sum of other metrics.
    Compound(&'static Formula),
}

/// What a compound is worked out from.
#[derive(Debug, PartialEq)]
pub struct Formula {
    /// As the metric's definition shows it.
    pub text: &'static str,
    /// What is summed up.
    pub terms: &'static [Term],
}

/// One part of a sum.
#[derive(Debug, PartialEq)]
pub struct Term {
    /// How often it counts.
    pub factor: i64,
    /// The metric's id.
    pub metric: &'static str,
    /// The one item of a set that counts; without it all of them do.
    pub item: Option<&'static str>,
}

impl Metric {
    /// The type's name on the wire.
    pub fn type_name(&self) -> &'static str {
        match self.kind {
            Kind::Point(_) => "point",
            Kind::Set(_) => "set",
            Kind::State(_) => "state",
            Kind::Compound(_) => "compound",
        }
    }

    /// The name of a state.
    pub fn state_name(&self, id: &str) -> Option<&'static str> {
        match self.kind {
            Kind::State(states) => states.iter().find(|s| s.id == id).map(|s| s.name),
            _ => None,
        }
    }

    /// `{id, name, type}`, as scores, rewards and boards refer to it.
    pub fn reference(&self) -> Value {
        json!({ "id": self.named.id, "name": self.named.name, "type": self.type_name() })
    }
}

/// A variable's type and default.
#[derive(Debug, PartialEq)]
pub enum Default {
    /// A whole number.
    Int(i64),
    /// A text.
    Text(&'static str),
}

/// A variable of an action.
#[derive(Debug, PartialEq)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// Whether it must be given.
    pub required: bool,
    /// Its default, which also says its type.
    pub default: Default,
}

/// What a reward does with the score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verb {
    /// Adds to it.
    Add,
    /// Takes from it.
    Remove,
    /// Replaces it.
    Set,
}

/// How much a reward gives.
#[derive(Debug, PartialEq)]
pub enum Amount {
    /// A fixed number.
    Number(i64),
    /// A variable times a factor.
    Variable(&'static str, i64),
    /// Items of a set with their counts.
    Items(&'static [(&'static str, i64)]),
}

/// A reward of an action.
#[derive(Debug, PartialEq)]
pub struct Reward {
    /// The metric's id.
    pub metric: &'static str,
    /// What is done.
    pub verb: Verb,
    /// How much.
    pub amount: Amount,
    /// How likely it is, up to 1.
    pub probability: f64,
}

/// An action.
#[derive(Debug)]
pub struct Action {
    /// Id, name and description.
    pub named: Named,
    /// Its variables.
    pub variables: &'static [Variable],
    /// Its rewards, in the order they are given.
    pub rewards: &'static [Reward],
    /// How often a player may play it in a cycle.
    pub limit: Option<(u64, Cycle)>,
}

/// A rule that gives an item once a metric is high enough.
#[derive(Debug)]
pub struct Achievement {
    /// The rule's id.
    pub id: &'static str,
    /// The metric that is looked at.
    pub metric: &'static str,
    /// What it must reach.
    pub at_least: i64,
    /// The set that the item is of.
    pub set: &'static str,
    /// The item that is given, once.
    pub item: &'static str,
}

/// A rule that gives a state by how high another metric is.
#[derive(Debug)]
pub struct LevelRule {
    /// The rule's id.
    pub id: &'static str,
    /// The state metric that it drives.
    pub metric: &'static str,
    /// The metric that is looked at.
    pub base: &'static str,
    /// From how many on a player is in which state.
    pub levels: &'static [(i64, &'static str)],
}

/// A rule that an admin runs for players.
#[derive(Debug)]
pub struct CustomRule {
    /// Id, name and description.
    pub named: Named,
    /// Its variables.
    pub variables: &'static [Variable],
    /// What it gives.
    pub rewards: &'static [Reward],
}

/// Who is ranked on a board.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ranked {
    /// Players.
    Players,
    /// Teams.
    Teams,
}

/// Where what a board ranks was earned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BoardScope {
    /// Anywhere.
    Game,
    /// Where a play was booked on a custom scope.
    Custom,
    /// As a member of a team of that design.
    TeamInstance(&'static str),
}

/// A leaderboard.
#[derive(Debug)]
pub struct Board {
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Who is ranked.
    pub ranked: Ranked,
    /// The metric's id: a point or a compound.
    pub metric: &'static str,
    /// Where what it ranks was earned.
    pub scope: BoardScope,
    /// Its cycles.
    pub cycles: &'static [Cycle],
}

/// What teams are made of.
#[derive(Debug, PartialEq)]
pub struct TeamDesign {
    /// Id, name and description.
    pub named: Named,
    /// The roles that members can have.
    pub roles: &'static [&'static str],
    /// Those of who makes a team.
    pub creator_roles: &'static [&'static str],
}

/// What processes are made of.
#[derive(Debug, PartialEq)]
pub struct ProcessDesign {
    /// Id, name and description.
    pub named: Named,
    /// What can be done, in the order that triggers are listed.
    pub tasks: &'static [Task],
}

/// A step of a process.
#[derive(Debug, PartialEq)]
pub struct Task {
    /// What sets it off; `Name:Gate` where there is a choice.
    pub trigger: &'static str,
    /// Its name.
    pub name: &'static str,
    /// At which stage of the process it can be played.
    pub stage: usize,
    /// The stage that follows. A task that leads to its own stage can be played again.
    pub next: usize,
    /// How often it can be played at its stage; without end if `None`.
    pub times: Option<u64>,
    /// What it gives.
    pub rewards: &'static [Reward],
}

const fn named(id: &'static str, name: &'static str, description: &'static str) -> Named {
    Named {
        id,
        name,
        description,
    }
}

const fn add(metric: &'static str, amount: Amount) -> Reward {
    Reward {
        metric,
        verb: Verb::Add,
        amount,
        probability: 1.0,
    }
}

const fn term(factor: i64, metric: &'static str, item: Option<&'static str>) -> Term {
    Term {
        factor,
        metric,
        item,
    }
}

const fn variable(name: &'static str, required: bool, default: Default) -> Variable {
    Variable {
        name,
        required,
        default,
    }
}

/// The metric's definition as `/runtime/definitions/metrics` lists it.
pub fn definition(metric: &Metric) -> Value {
    let mut entry = metric.reference();
    if !metric.named.description.is_empty() {
        entry["description"] = metric.named.description.into();
    }
    match metric.kind {
        Kind::Point(_) => {}
        Kind::Set(items) => entry["items"] = by_name(items),
        Kind::State(states) => entry["states"] = by_name(states),
        Kind::Compound(formula) => entry["formula"] = formula.text.into(),
    }
    entry
}

fn by_name(items: &[Named]) -> Value {
    items
        .iter()
        .map(|i| (i.name.to_owned(), json!({ "description": i.description })))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_reward(design: &Design, reward: &Reward, variables: &[Variable]) {
        let metric = design.metric(reward.metric).expect(reward.metric);
        match (&reward.amount, &metric.kind) {
            (Amount::Items(given), Kind::Set(items)) => {
                for (id, _) in *given {
                    assert!(items.iter().any(|i| i.id == *id), "{id}");
                }
            }
            (Amount::Variable(name, _), Kind::Point(_)) => {
                let found = variables.iter().find(|v| v.name == *name);
                assert!(matches!(found.unwrap().default, Default::Int(_)), "{name}");
            }
            (Amount::Number(_), Kind::Point(_)) => {}
            other => panic!("{other:?}"),
        }
    }

    fn check_rewards(design: &Design) {
        let tasks = design.processes.iter().flat_map(|p| p.tasks);
        let actions = design.actions.iter().map(|a| (a.rewards, a.variables));
        let rules = design.rules.iter().map(|r| (r.rewards, r.variables));
        let none: &[Variable] = &[];
        let all = actions.chain(rules).chain(tasks.map(|t| (t.rewards, none)));
        for (rewards, variables) in all {
            for reward in rewards {
                check_reward(design, reward, variables);
            }
        }
    }

    #[test]
    fn the_designs_refer_only_to_what_they_have() {
        for design in [&island::DESIGN, &recorded::DESIGN] {
            check_rewards(design);
            for board in design.boards {
                let metric = design.metric(board.metric).expect(board.metric);
                assert!(matches!(metric.kind, Kind::Point(_) | Kind::Compound(_)));
                if let BoardScope::TeamInstance(team) = board.scope {
                    assert!(design.team(team).is_some());
                }
            }
            for rule in design.achievements {
                let Kind::Set(items) = design.metric(rule.set).unwrap().kind else {
                    panic!("{} is a set", rule.set)
                };
                assert!(items.iter().any(|i| i.id == rule.item));
            }
            for rule in design.levels {
                let Kind::State(states) = design.metric(rule.metric).unwrap().kind else {
                    panic!("{} is a state", rule.metric)
                };
                let ids: Vec<&str> = states.iter().map(|s| s.id).collect();
                let driven: Vec<&str> = rule.levels.iter().map(|(_, id)| *id).collect();
                assert_eq!(driven, ids);
            }
            for team in design.teams {
                assert!(team.creator_roles.iter().all(|r| team.roles.contains(r)));
            }
        }
    }
}
