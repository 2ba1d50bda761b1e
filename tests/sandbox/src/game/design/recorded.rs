//! The game that the recorded answers came from, as far as they tell of it:
//! who seeds it reads the very values that were recorded.

use super::{
    About, Achievement, Action, Amount, Board, BoardScope, CustomRule, Default, Design, Formula,
    Kind, LevelRule, Metric, ProcessDesign, Ranked, Reward, Task, TeamDesign, Verb, add, named,
    term, variable,
};
use crate::time::Cycle;

/// The design.
pub static DESIGN: Design = Design {
    about: About {
        api: "Playlyfe Hermes",
        version: "v1",
        named: named("recorded", "The recorded game", "tests"),
        timezone: "Europe/Prague",
        created: 1_461_680_607_408,
    },
    metrics: METRICS,
    levels: LEVELS,
    achievements: &[Achievement {
        id: "get_a_multitool",
        metric: "test_points",
        at_least: 22,
        set: "toolbox",
        item: "multitool",
    }],
    rules: &[CustomRule {
        named: named("bonus", "Bonus", ""),
        variables: &[],
        rewards: &[add("plus_points", Amount::Number(1))],
    }],
    actions: ACTIONS,
    boards: BOARDS,
    teams: &[TeamDesign {
        named: named("team1", "Team1", ""),
        roles: &["Private", "Sergeant", "Captain"],
        creator_roles: &["Captain"],
    }],
    processes: &[ProcessDesign {
        named: named("process1", "Process1", ""),
        tasks: &[Task {
            trigger: "start",
            name: "Start",
            stage: 0,
            next: 1,
            times: Some(1),
            rewards: &[add("plus_points", Amount::Number(1))],
        }],
    }],
};

const METRICS: &[Metric] = &[
    Metric {
        named: named("compound_metric", "Compound metric", "A mixed metric"),
        kind: Kind::Compound(&Formula {
            text: " $scores['test_points'] -$scores['toolbox']['multitool'] ",
            terms: &[
                term(1, "test_points", None),
                term(-1, "toolbox", Some("multitool")),
            ],
        }),
    },
    Metric {
        named: named("experience", "Experience", "How experienced the player is"),
        kind: Kind::State(&[
            named("apprentice", "Apprentice", ""),
            named("journeyman", "Journeyman", ""),
            named("master", "Master", ""),
            named("guild_leader", "Guild leader", ""),
        ]),
    },
    Metric {
        named: named("toolbox", "Toolbox", ""),
        kind: Kind::Set(&[
            named("multitool", "Multitool", "Does everything"),
            named("hammer", "Hammer", "For nails"),
            named("screwdriver", "Screwdriver", "For screws"),
        ]),
    },
    Metric {
        named: named("plus_points", "plus_points", "Measures nothing"),
        kind: Kind::Point(None),
    },
    Metric {
        named: named("test_points", "test points", ""),
        kind: Kind::Point(None),
    },
    // Of another recorded game: the state of a player who has a level before them.
    Metric {
        named: named("grade", "Grade", ""),
        kind: Kind::State(&[
            named("beginner", "Beginner", ""),
            named("advanced", "Advanced", ""),
        ]),
    },
    Metric {
        named: named("effort", "Effort", ""),
        kind: Kind::Point(None),
    },
];

const LEVELS: &[LevelRule] = &[
    LevelRule {
        id: "leveling_in_experience",
        metric: "experience",
        base: "test_points",
        levels: &[
            (0, "apprentice"),
            (4, "journeyman"),
            (11, "master"),
            (21, "guild_leader"),
        ],
    },
    LevelRule {
        id: "leveling_in_grade",
        metric: "grade",
        base: "effort",
        levels: &[(0, "beginner"), (10, "advanced")],
    },
];

const ACTIONS: &[Action] = &[
    Action {
        named: named("first_deed", "First deed", "Four points to begin with"),
        variables: &[],
        rewards: &[add("test_points", Amount::Number(4))],
        limit: None,
    },
    Action {
        named: named("both_points", "Both points", ""),
        variables: &[],
        rewards: &[
            add("plus_points", Amount::Number(1)),
            add("test_points", Amount::Number(1)),
        ],
        limit: None,
    },
    // The same metric twice: each has an entry of its own in `changes`.
    Action {
        named: named("get_tools", "Get tools", ""),
        variables: &[],
        rewards: &[
            add("toolbox", Amount::Items(&[("hammer", 1)])),
            add("plus_points", Amount::Number(1)),
            add("toolbox", Amount::Items(&[("screwdriver", 1)])),
        ],
        limit: None,
    },
    Action {
        named: named("once_a_day", "Once a day", ""),
        variables: &[],
        rewards: &[add("test_points", Amount::Number(1))],
        limit: Some((1, Cycle::Daily)),
    },
    Action {
        named: named("plus", "Plus", "One more"),
        variables: &[],
        rewards: &[add("plus_points", Amount::Number(1))],
        limit: None,
    },
    Action {
        named: named("set_test_points", "Set test points", ""),
        variables: &[
            variable("tst_p", true, Default::Int(0)),
            variable("remark", false, Default::Text("none")),
        ],
        rewards: &[Reward {
            metric: "test_points",
            verb: Verb::Set,
            amount: Amount::Variable("tst_p", 1),
            probability: 1.0,
        }],
        limit: None,
    },
];

const BOARDS: &[Board] = &[
    Board {
        id: "leaderboard1",
        name: "Test points",
        ranked: Ranked::Players,
        metric: "test_points",
        scope: BoardScope::Game,
        cycles: &[Cycle::Alltime],
    },
    Board {
        id: "leaderboard_plus_points",
        name: "Plus points",
        ranked: Ranked::Teams,
        metric: "plus_points",
        scope: BoardScope::Game,
        cycles: &[Cycle::Alltime],
    },
];
