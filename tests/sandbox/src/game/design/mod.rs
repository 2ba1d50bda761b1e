//! A game's design: what can be earned, done and ranked. It doesn't change
//! while the game is played; there are two of them.

mod action;
mod board;
pub mod island;
mod metric;
mod process;
pub mod recorded;
mod rule;
mod team;

use serde_json::{Value, json};

pub use action::{Action, Amount, Default, Reward, Variable, Verb};
pub use board::{Board, BoardScope, Ranked};
pub use metric::{Formula, Kind, Metric, Term, definition};
pub use process::{ProcessDesign, Task};
pub use rule::{Achievement, CustomRule, LevelRule};
pub use team::TeamDesign;

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
