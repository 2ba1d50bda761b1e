//! The game's design: what can be earned, done and ranked. It doesn't change.

use serde_json::{Value, json};

use crate::time::Cycle;

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
    /// The sum of other metrics (a set counts its items), each with a factor.
    Compound(&'static [(i64, &'static str)]),
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

    /// `{id, name, type}`, as scores, rewards and boards refer to it.
    pub fn reference(&self) -> Value {
        json!({ "id": self.named.id, "name": self.named.name, "type": self.type_name() })
    }

    /// The metric of that id.
    pub fn find(id: &str) -> Option<&'static Metric> {
        METRICS.iter().find(|m| m.named.id == id)
    }
}

/// A variable's type and default.
#[derive(Debug)]
pub enum Default {
    /// A whole number.
    Int(i64),
    /// A text.
    Text(&'static str),
}

/// A variable of an action.
#[derive(Debug)]
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
#[derive(Debug)]
pub enum Amount {
    /// A fixed number.
    Number(i64),
    /// A variable times a factor.
    Variable(&'static str, i64),
    /// Items of a set with their counts.
    Items(&'static [(&'static str, i64)]),
}

/// A reward of an action.
#[derive(Debug)]
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

impl Action {
    /// The action of that id.
    pub fn find(id: &str) -> Option<&'static Action> {
        ACTIONS.iter().find(|a| a.named.id == id)
    }
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
    /// The item of [`BADGES`] that is given, once.
    pub item: &'static str,
}

/// Who is ranked on a board.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ranked {
    /// Players.
    Players,
    /// Teams.
    Teams,
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
    /// Whether it ranks what was booked on a custom scope.
    pub custom_scope: bool,
    /// Its cycles.
    pub cycles: &'static [Cycle],
}

impl Board {
    /// The board of that id.
    pub fn find(id: &str) -> Option<&'static Board> {
        BOARDS.iter().find(|b| b.id == id)
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

const fn variable(name: &'static str, required: bool, default: Default) -> Variable {
    Variable {
        name,
        required,
        default,
    }
}

/// The metric that [`LEVELS`] looks at.
pub const LEVEL_BASE: &str = "points";
/// The metric that [`LEVELS`] drives.
pub const LEVEL: &str = "level";
/// The set that the achievements fill.
pub const BADGES: &str = "badges";
/// The id of the level rule.
pub const LEVEL_RULE: &str = "level_by_points";

/// From how many points on a player is in which state.
pub const LEVELS: &[(i64, &str)] = &[
    (0, "rookie"),
    (50, "explorer"),
    (200, "captain"),
    (500, "legend"),
];

/// The metrics, in the order that profiles list them.
pub const METRICS: &[Metric] = &[
    Metric {
        named: named("points", "Points", "What every deed is worth"),
        kind: Kind::Point(None),
    },
    Metric {
        named: named("coins", "Coins", "To be earned and spent"),
        kind: Kind::Point(Some(0)),
    },
    Metric {
        named: named("level", "Level", "How far the player has come"),
        kind: Kind::State(&[
            named("rookie", "Rookie", ""),
            named("explorer", "Explorer", "Knows the coast"),
            named("captain", "Captain", "Knows the sea"),
            named("legend", "Legend", "Known by the sea"),
        ]),
    },
    Metric {
        named: named("badges", "Badges", "Moments to remember"),
        kind: Kind::Set(&[
            named("first_steps", "First Steps", "The first ten points"),
            named("collector", "Collector", "A hundred points"),
            named("early_bird", "Early Bird", "Came back on another day"),
            named("storyteller", "Storyteller", "Shared a find"),
            named("lucky_shell", "Lucky Shell", "One in four has it"),
        ]),
    },
    Metric {
        named: named("total", "Total", "Everything put together"),
        kind: Kind::Compound(&[(1, "points"), (10, "coins"), (25, "badges")]),
    },
];

/// The rules that give badges.
pub const ACHIEVEMENTS: &[Achievement] = &[
    Achievement {
        id: "first_steps_rule",
        metric: "points",
        at_least: 10,
        item: "first_steps",
    },
    Achievement {
        id: "collector_rule",
        metric: "points",
        at_least: 100,
        item: "collector",
    },
];

/// The actions, in the order that they are listed.
pub const ACTIONS: &[Action] = &[
    Action {
        named: named("collect", "Collect shells", "Each shell is a point"),
        variables: &[variable("n", false, Default::Int(1))],
        rewards: &[
            add("points", Amount::Variable("n", 1)),
            add("coins", Amount::Number(1)),
        ],
        limit: None,
    },
    Action {
        named: named("greet", "Greet someone", "Costs nothing, brings five"),
        variables: &[],
        rewards: &[add("points", Amount::Number(5))],
        limit: None,
    },
    Action {
        named: named("share", "Share a find", "The more it reaches, the better"),
        variables: &[
            variable("reach", true, Default::Int(1)),
            variable("link", true, Default::Text("")),
        ],
        rewards: &[
            add("points", Amount::Variable("reach", 2)),
            add("badges", Amount::Items(&[("storyteller", 1)])),
        ],
        limit: None,
    },
    Action {
        named: named("daily", "Come back", "Once a day"),
        variables: &[],
        rewards: &[
            add("coins", Amount::Number(10)),
            add("badges", Amount::Items(&[("early_bird", 1)])),
        ],
        limit: Some((1, Cycle::Daily)),
    },
    Action {
        named: named("spend", "Spend coins", "Five coins for twelve points"),
        variables: &[],
        rewards: &[
            Reward {
                metric: "coins",
                verb: Verb::Remove,
                amount: Amount::Number(5),
                probability: 1.0,
            },
            add("points", Amount::Number(12)),
        ],
        limit: None,
    },
    Action {
        named: named("dive", "Dive for luck", ""),
        variables: &[],
        rewards: &[
            add("points", Amount::Number(1)),
            Reward {
                metric: "badges",
                verb: Verb::Add,
                amount: Amount::Items(&[("lucky_shell", 1)]),
                probability: 0.25,
            },
        ],
        limit: None,
    },
];

/// The leaderboards.
pub const BOARDS: &[Board] = &[
    Board {
        id: "points",
        name: "Most points",
        ranked: Ranked::Players,
        metric: "points",
        custom_scope: false,
        cycles: &Cycle::ALL,
    },
    Board {
        id: "total",
        name: "All in all",
        ranked: Ranked::Players,
        metric: "total",
        custom_scope: false,
        cycles: &[Cycle::Alltime, Cycle::Weekly],
    },
    Board {
        id: "team_points",
        name: "Teams by points",
        ranked: Ranked::Teams,
        metric: "points",
        custom_scope: false,
        cycles: &[Cycle::Alltime, Cycle::Monthly],
    },
    Board {
        id: "quest_points",
        name: "Points in a quest",
        ranked: Ranked::Players,
        metric: "points",
        custom_scope: true,
        cycles: &[Cycle::Alltime, Cycle::Weekly],
    },
];

/// The metric's definition as `/runtime/definitions/metrics` lists it.
pub fn definition(metric: &Metric) -> Value {
    let mut entry = metric.reference();
    entry["description"] = metric.named.description.into();
    match metric.kind {
        Kind::Point(_) => {}
        Kind::Set(items) => entry["items"] = by_name(items),
        Kind::State(states) => entry["states"] = by_name(states),
        Kind::Compound(terms) => entry["formula"] = formula(terms).into(),
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

fn formula(terms: &[(i64, &str)]) -> String {
    terms
        .iter()
        .map(|(factor, metric)| match factor {
            1 => format!("$scores['{metric}']"),
            _ => format!("{factor} * $scores['{metric}']"),
        })
        .collect::<Vec<_>>()
        .join(" + ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_design_refers_only_to_what_it_has() {
        for action in ACTIONS {
            for reward in action.rewards {
                let metric = Metric::find(reward.metric).expect(reward.metric);
                match (&reward.amount, &metric.kind) {
                    (Amount::Items(given), Kind::Set(items)) => {
                        for (id, _) in *given {
                            assert!(items.iter().any(|i| i.id == *id), "{id}");
                        }
                    }
                    (Amount::Variable(name, _), Kind::Point(_)) => {
                        let found = action.variables.iter().find(|v| v.name == *name);
                        assert!(matches!(found.unwrap().default, Default::Int(_)), "{name}");
                    }
                    (Amount::Number(_), Kind::Point(_)) => {}
                    other => panic!("{}: {other:?}", action.named.id),
                }
            }
        }
        for board in BOARDS {
            let metric = Metric::find(board.metric).expect(board.metric);
            assert!(matches!(metric.kind, Kind::Point(_) | Kind::Compound(_)));
        }
        let Kind::State(states) = Metric::find(LEVEL).unwrap().kind else {
            panic!("{LEVEL} is a state")
        };
        assert_eq!(states.len(), LEVELS.len());
        for ((_, id), state) in LEVELS.iter().zip(states) {
            assert_eq!(*id, state.id);
        }
    }
}
