//! The structure of a tournament, its matches and what came of them.

use super::{ADMINISTERED, Resource, STATUSES, USUAL};
use crate::toornament::access::Needs;
use crate::toornament::fields::{Field, Kind};
use crate::toornament::filters::{Order, Rule};
use crate::toornament::scopes::{ADMIN, RESULT};

const RESULT_OR_ADMIN: Needs = Needs::OneOf(&[RESULT, ADMIN]);

/// The filters of whatever is a part of a stage.
const STRUCTURE: &[(&str, Rule)] = &[
    ("tournament_ids", Rule::In("tournament_id")),
    ("stage_ids", Rule::In("stage_id")),
    ("group_ids", Rule::In("group_id")),
];

/// The stages of a tournament.
pub const STAGES: Resource = Resource {
    name: "stages",
    unit: "stages",
    list_status: 200,
    read: RESULT_OR_ADMIN,
    viewable: true,
    rules: &[
        ("tournament_ids", Rule::In("tournament_id")),
        ("stage_ids", Rule::In("id")),
        ("stage_numbers", Rule::In("number")),
    ],
    fields: &[
        Field::required("tournament_id", Kind::Id),
        Field::required("number", Kind::Number),
        Field::required("name", Kind::Text(30)),
        Field::required("type", Kind::Text(40)),
        Field::new("settings", Kind::Object),
        Field::new("match_settings", Kind::Object),
        Field::new("auto_placement_enabled", Kind::Flag),
    ],
    fixed: &["id", "closed", "status"],
    event: Some("stage"),
    seeded: 1,
    ..ADMINISTERED
};

/// Their groups.
pub const GROUPS: Resource = Resource {
    name: "groups",
    unit: "groups",
    list_status: 200,
    read: RESULT_OR_ADMIN,
    rules: STRUCTURE,
    seeded: 1,
    ..USUAL
};

/// Their rounds.
pub const ROUNDS: Resource = Resource {
    name: "rounds",
    unit: "rounds",
    read: RESULT_OR_ADMIN,
    rules: STRUCTURE,
    seeded: 3,
    ..USUAL
};

/// The nodes of a bracket.
pub const BRACKET_NODES: Resource = Resource {
    name: "bracket-nodes",
    unit: "nodes",
    max: 128,
    rules: &[
        ("tournament_ids", Rule::In("tournament_id")),
        ("stage_ids", Rule::In("stage_id")),
        ("min_depth", Rule::Least("depth")),
        ("max_depth", Rule::Most("depth")),
    ],
    seeded: 7,
    ..USUAL
};

/// Matches.
pub const MATCHES: Resource = Resource {
    name: "matches",
    unit: "matches",
    max: 128,
    change: Needs::OneOf(&[RESULT]),
    viewable: true,
    rules: &[
        ("tournament_ids", Rule::In("tournament_id")),
        ("stage_ids", Rule::In("stage_id")),
        ("group_ids", Rule::In("group_id")),
        ("round_ids", Rule::In("round_id")),
        ("match_ids", Rule::In("id")),
        ("statuses", Rule::Choice("status", STATUSES)),
        ("is_scheduled", Rule::Given("scheduled_datetime")),
        ("scheduled_before", Rule::Before("scheduled_datetime")),
        ("scheduled_after", Rule::After("scheduled_datetime")),
        ("played_before", Rule::Before("played_at")),
        ("played_after", Rule::After("played_at")),
        ("participant_ids", Rule::Opponent("participant.id")),
        (
            "custom_user_identifiers",
            Rule::Opponent("participant.custom_user_identifier"),
        ),
    ],
    orders: &[
        ("structure", Order::Made),
        ("schedule", Order::By("scheduled_datetime")),
        ("latest_results", Order::ByLast("played_at")),
    ],
    fields: &[
        Field::new("settings", Kind::Object),
        Field::new("scheduled_datetime", Kind::Moment),
        Field::new("public_note", Kind::Text(5_000)),
        Field::new("private_note", Kind::Text(5_000)),
        Field::new("opponents", Kind::List),
    ],
    fixed: &[
        "id",
        "tournament_id",
        "stage_id",
        "status",
        "played_at",
        "type",
    ],
    seeded: 7,
    ..USUAL
};

/// The games of a match.
pub const GAMES: Resource = Resource {
    name: "games",
    unit: "games",
    key: "number",
    change: Needs::OneOf(&[RESULT]),
    rules: &[],
    fields: &[
        Field::new("status", Kind::Choice(STATUSES)),
        Field::new("opponents", Kind::List),
        Field::new("properties", Kind::Object),
    ],
    fixed: &["number"],
    detail: &["properties"],
    seeded: 3,
    of_tournament: false,
    ..USUAL
};

/// What opponents report.
pub const REPORTS: Resource = Resource {
    name: "reports",
    unit: "reports",
    ..USUAL
};

/// Rankings within a stage.
pub const RANKING_ITEMS: Resource = Resource {
    name: "ranking-items",
    unit: "items",
    viewable: true,
    rules: &[
        ("tournament_ids", Rule::In("tournament_id")),
        ("stage_ids", Rule::In("stage_id")),
        ("group_ids", Rule::In("group_id")),
        ("participant_ids", Rule::In("participant.id")),
        ("min_rank", Rule::Least("rank")),
        ("max_rank", Rule::Most("rank")),
    ],
    seeded: 8,
    ..USUAL
};

/// The final standing.
pub const STANDING_ITEMS: Resource = Resource {
    name: "standing-items",
    unit: "items",
    make: Needs::OneOf(&[RESULT]),
    change: Needs::OneOf(&[RESULT]),
    delete: Needs::OneOf(&[RESULT]),
    viewable: true,
    rules: &[
        ("tournament_ids", Rule::In("tournament_id")),
        ("participant_ids", Rule::In("participant.id")),
    ],
    fields: &[
        Field::required("tournament_id", Kind::Id),
        Field::new("position", Kind::Number),
        Field::new("rank", Kind::Number),
    ],
    seeded: 8,
    ..USUAL
};
