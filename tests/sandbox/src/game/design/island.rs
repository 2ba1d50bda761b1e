//! Shell Island: the game there is from the start, and the demo's.

use super::{
    About, Achievement, Action, Amount, Board, BoardScope, CustomRule, Default, Design, Formula,
    Kind, LevelRule, Metric, ProcessDesign, Ranked, Reward, Task, TeamDesign, Verb, add, named,
    term, variable,
};
use crate::time::Cycle;

/// The design.
pub static DESIGN: Design = Design {
    about: About {
        api: "playoff-sandbox",
        version: "v2",
        named: named(
            "sandbox",
            "Shell Island",
            "A small game for tests and demos",
        ),
        timezone: "Etc/UTC",
        created: 1_546_300_800_000,
    },
    metrics: METRICS,
    levels: LEVELS,
    achievements: ACHIEVEMENTS,
    rules: RULES,
    actions: ACTIONS,
    boards: BOARDS,
    teams: TEAMS,
    processes: PROCESSES,
};

const LEVELS: &[LevelRule] = &[LevelRule {
    id: "level_by_points",
    metric: "level",
    base: "points",
    levels: &[
        (0, "rookie"),
        (50, "explorer"),
        (200, "captain"),
        (500, "legend"),
    ],
}];

const METRICS: &[Metric] = &[
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
        kind: Kind::Compound(&Formula {
            text: "$scores['points'] + 10 * $scores['coins'] + 25 * $scores['badges']",
            terms: &[
                term(1, "points", None),
                term(10, "coins", None),
                term(25, "badges", None),
            ],
        }),
    },
];

const ACHIEVEMENTS: &[Achievement] = &[
    Achievement {
        id: "first_steps_rule",
        metric: "points",
        at_least: 10,
        set: "badges",
        item: "first_steps",
    },
    Achievement {
        id: "collector_rule",
        metric: "points",
        at_least: 100,
        set: "badges",
        item: "collector",
    },
];

const ACTIONS: &[Action] = &[
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

const BOARDS: &[Board] = &[
    Board {
        id: "points",
        name: "Most points",
        ranked: Ranked::Players,
        metric: "points",
        scope: BoardScope::Game,
        cycles: &Cycle::ALL,
    },
    Board {
        id: "total",
        name: "All in all",
        ranked: Ranked::Players,
        metric: "total",
        scope: BoardScope::Game,
        cycles: &[Cycle::Alltime, Cycle::Weekly],
    },
    Board {
        id: "team_points",
        name: "Teams by points",
        ranked: Ranked::Teams,
        metric: "points",
        scope: BoardScope::Game,
        cycles: &[Cycle::Alltime, Cycle::Monthly],
    },
    Board {
        id: "quest_points",
        name: "Points in a quest",
        ranked: Ranked::Players,
        metric: "points",
        scope: BoardScope::Custom,
        cycles: &[Cycle::Alltime, Cycle::Weekly],
    },
    Board {
        id: "crew_points",
        name: "Points within a crew",
        ranked: Ranked::Players,
        metric: "points",
        scope: BoardScope::TeamInstance("crew"),
        cycles: &[Cycle::Alltime, Cycle::Weekly],
    },
];

const TEAMS: &[TeamDesign] = &[TeamDesign {
    named: named("crew", "Crew", "They sail together"),
    roles: &["Captain", "Mate"],
    creator_roles: &["Captain"],
}];

const RULES: &[CustomRule] = &[CustomRule {
    named: named("storm_bonus", "Storm bonus", "For those who stayed out"),
    variables: &[variable("hours", true, Default::Int(1))],
    rewards: &[add("points", Amount::Variable("hours", 10))],
}];

const PROCESSES: &[ProcessDesign] = &[ProcessDesign {
    named: named("voyage", "Voyage", "Out and back again"),
    tasks: &[
        Task {
            trigger: "set_sail",
            name: "Set sail",
            stage: 0,
            next: 1,
            times: Some(1),
            rewards: &[add("points", Amount::Number(2))],
        },
        Task {
            trigger: "fish",
            name: "Fish",
            stage: 1,
            next: 1,
            times: None,
            rewards: &[add("coins", Amount::Number(1))],
        },
        Task {
            trigger: "land:Beach",
            name: "Land on the beach",
            stage: 1,
            next: 2,
            times: Some(1),
            rewards: &[add("points", Amount::Number(20))],
        },
        Task {
            trigger: "land:Harbour",
            name: "Land in the harbour",
            stage: 1,
            next: 2,
            times: Some(1),
            rewards: &[add("coins", Amount::Number(20))],
        },
    ],
}];
