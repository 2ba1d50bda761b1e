//! All resources in one table: units, sizes, scopes, filters, fields.

use super::access::Needs;
use super::fields::{Field, Kind};
use super::filters::{Order, Rule};
use super::scopes::{
    ADMIN, CIRCUIT, DELETE, FILE, PARTICIPANT, REGISTRATION, RESULT, TEAM, USER, VIEW,
};
use super::webhooks::{EVENTS, SCOPES};

/// What there is to know of a resource.
#[derive(Debug)]
pub struct Resource {
    /// Its name in paths.
    pub name: &'static str,
    /// The API it belongs to.
    pub base: &'static str,
    /// The unit of its ranges.
    pub unit: &'static str,
    /// How many rows a range may hold.
    pub max: usize,
    /// The status of its lists.
    pub list_status: u16,
    /// The field that single rows go by in paths.
    pub key: &'static str,
    /// What reading needs.
    pub read: Needs,
    /// What making needs.
    pub make: Needs,
    /// What changing needs.
    pub change: Needs,
    /// What deleting needs.
    pub delete: Needs,
    /// Whether its list is there for whoever has only the key.
    pub viewable: bool,
    /// What its list can be filtered by.
    pub rules: &'static [(&'static str, Rule)],
    /// What its list can be sorted by.
    pub orders: &'static [(&'static str, Order)],
    /// What bodies hold.
    pub fields: &'static [Field],
    /// What bodies can't set.
    pub fixed: &'static [&'static str],
    /// What only single rows show.
    pub detail: &'static [&'static str],
    /// How it is called where its events are told.
    pub event: Option<&'static str>,
    /// How many rows there are from the start.
    pub seeded: usize,
}

/// What most resources are like.
const USUAL: Resource = Resource {
    name: "",
    base: "organizer",
    unit: "",
    max: 50,
    list_status: 206,
    key: "id",
    read: Needs::OneOf(&[RESULT]),
    make: Needs::Unserved,
    change: Needs::Unserved,
    delete: Needs::Unserved,
    viewable: false,
    rules: &[("tournament_ids", Rule::In("tournament_id"))],
    orders: &[],
    fields: &[],
    fixed: &["id"],
    detail: &[],
    event: None,
    seeded: 0,
};

/// A resource of the tournament's administration.
const ADMINISTERED: Resource = Resource {
    read: Needs::OneOf(&[ADMIN]),
    make: Needs::OneOf(&[ADMIN]),
    change: Needs::OneOf(&[ADMIN]),
    delete: Needs::OneOf(&[ADMIN]),
    ..USUAL
};

const STATUSES: &[&str] = &["pending", "running", "completed"];
const RESULT_OR_ADMIN: Needs = Needs::OneOf(&[RESULT, ADMIN]);

/// The filters of whoever takes part.
const TAKING_PART: &[(&str, Rule)] = &[
    ("name", Rule::Contains("name")),
    ("tournament_ids", Rule::In("tournament_id")),
    ("participant_ids", Rule::In("id")),
    ("registration_ids", Rule::In("id")),
    ("is_checked_in", Rule::Flag("checked_in")),
    ("user_ids", Rule::In("user_id")),
    ("team_ids", Rule::In("team_id")),
    (
        "custom_user_identifiers",
        Rule::In("custom_user_identifier"),
    ),
    (
        "statuses",
        Rule::Choice("status", &["pending", "accepted", "refused", "cancelled"]),
    ),
];
const BY_CREATION: &[(&str, Order)] = &[
    ("created_asc", Order::Made),
    ("created_desc", Order::MadeLast),
    ("alphabetic", Order::By("name")),
];
const PERSON: &[Field] = &[
    Field::required("name", Kind::Text(40)),
    Field::required("tournament_id", Kind::Id),
    Field::required("type", Kind::Choice(&["team", "player"])),
    Field::new("email", Kind::Text(180)),
    Field::new("custom_user_identifier", Kind::Text(100)),
    Field::new("checked_in", Kind::Flag),
    Field::new("custom_fields", Kind::Object),
    Field::new("lineup", Kind::List),
    Field::new(
        "status",
        Kind::Choice(&["pending", "accepted", "refused", "cancelled"]),
    ),
];

/// The filters of whatever is a part of a stage.
const STRUCTURE: &[(&str, Rule)] = &[
    ("tournament_ids", Rule::In("tournament_id")),
    ("stage_ids", Rule::In("stage_id")),
    ("group_ids", Rule::In("group_id")),
];

/// All of them.
pub static RESOURCES: [Resource; 24] = [
    Resource {
        name: "tournaments",
        unit: "tournaments",
        read: Needs::OneOf(&[VIEW]),
        make: Needs::OneOf(&[ADMIN]),
        change: Needs::OneOf(&[ADMIN]),
        delete: Needs::OneOf(&[DELETE]),
        viewable: true,
        rules: &[
            ("disciplines", Rule::In("discipline")),
            ("statuses", Rule::Choice("status", STATUSES)),
            ("scheduled_before", Rule::Before("scheduled_date_start")),
            ("scheduled_after", Rule::After("scheduled_date_start")),
            ("countries", Rule::In("country")),
            ("platforms", Rule::Overlap("platforms")),
            ("is_online", Rule::Flag("online")),
            ("archived", Rule::Flag("archived")),
            ("tournament_ids", Rule::In("id")),
            ("circuit_ids", Rule::In("circuit.id")),
        ],
        orders: &[
            ("scheduled_asc", Order::By("scheduled_date_start")),
            ("scheduled_desc", Order::ByLast("scheduled_date_start")),
        ],
        fields: &[
            Field::required("discipline", Kind::Text(100)),
            Field::required("name", Kind::Text(30)),
            Field::required("participant_type", Kind::Choice(&["team", "single"])),
            Field::required("size", Kind::Number),
            Field::required("timezone", Kind::Text(100)),
            Field::required("platforms", Kind::List),
            Field::new("online", Kind::Flag),
            Field::new("public", Kind::Flag),
            Field::new("archived", Kind::Flag),
            Field::new("description", Kind::Text(1_500)),
            Field::new("registration_opening_datetime", Kind::Moment),
            Field::new("registration_closing_datetime", Kind::Moment),
            Field::new("logo", Kind::Object),
            Field::new("background", Kind::Object),
        ],
        fixed: &["id", "status"],
        detail: &[
            "participant_type",
            "organization",
            "contact",
            "website",
            "discord",
            "description",
            "rules",
            "prize",
            "archived",
            "background",
        ],
        event: Some("tournament"),
        seeded: 2,
        ..USUAL
    },
    Resource {
        name: "participants",
        unit: "participants",
        read: Needs::OneOf(&[PARTICIPANT]),
        make: Needs::OneOf(&[PARTICIPANT]),
        change: Needs::OneOf(&[PARTICIPANT]),
        delete: Needs::OneOf(&[PARTICIPANT]),
        viewable: true,
        rules: TAKING_PART,
        orders: BY_CREATION,
        fields: PERSON,
        fixed: &["id", "created_at"],
        event: Some("participant"),
        seeded: 8,
        ..USUAL
    },
    Resource {
        name: "registrations",
        unit: "registrations",
        read: Needs::OneOf(&[REGISTRATION]),
        make: Needs::OneOf(&[REGISTRATION]),
        change: Needs::OneOf(&[REGISTRATION]),
        delete: Needs::OneOf(&[REGISTRATION]),
        rules: TAKING_PART,
        orders: BY_CREATION,
        fields: PERSON,
        fixed: &["id", "created_at"],
        event: Some("registration"),
        seeded: 1,
        ..USUAL
    },
    Resource {
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
    },
    Resource {
        name: "groups",
        unit: "groups",
        list_status: 200,
        read: RESULT_OR_ADMIN,
        rules: STRUCTURE,
        seeded: 1,
        ..USUAL
    },
    Resource {
        name: "rounds",
        unit: "rounds",
        read: RESULT_OR_ADMIN,
        rules: STRUCTURE,
        seeded: 3,
        ..USUAL
    },
    Resource {
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
    },
    Resource {
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
    },
    Resource {
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
        ..USUAL
    },
    Resource {
        name: "reports",
        unit: "reports",
        ..USUAL
    },
    Resource {
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
    },
    Resource {
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
    },
    Resource {
        name: "custom-fields",
        unit: "custom-fields",
        list_status: 200,
        ..ADMINISTERED
    },
    Resource {
        name: "tournament-sponsors",
        unit: "sponsors",
        ..ADMINISTERED
    },
    Resource {
        name: "disciplines",
        unit: "disciplines",
        read: Needs::Key,
        viewable: true,
        rules: &[],
        seeded: 3,
        ..USUAL
    },
    Resource {
        name: "streams",
        unit: "streams",
        read: Needs::OneOf(&[VIEW]),
        ..ADMINISTERED
    },
    Resource {
        name: "videos",
        unit: "videos",
        read: Needs::OneOf(&[VIEW]),
        ..USUAL
    },
    Resource {
        name: "files",
        unit: "files",
        read: Needs::OneOf(&[FILE]),
        make: Needs::OneOf(&[FILE]),
        rules: &[
            ("file_ids", Rule::In("id")),
            ("contexts", Rule::In("context")),
            ("associated", Rule::Flag("associated")),
        ],
        ..USUAL
    },
    Resource {
        name: "webhooks",
        unit: "webhooks",
        read: Needs::Token,
        make: Needs::Token,
        change: Needs::Token,
        delete: Needs::Token,
        rules: &[],
        fields: &[
            Field::required("name", Kind::Text(40)),
            Field::required("url", Kind::Text(255)),
            Field::required("enabled", Kind::Flag),
        ],
        ..USUAL
    },
    Resource {
        name: "subscriptions",
        unit: "subscriptions",
        read: Needs::Token,
        make: Needs::Token,
        change: Needs::Token,
        delete: Needs::Token,
        rules: &[],
        fields: &[
            Field::required("event_name", Kind::Choice(&EVENTS)),
            Field::required("scope", Kind::Choice(&SCOPES)),
            Field::required("scope_id", Kind::Id),
        ],
        ..USUAL
    },
    Resource {
        name: "circuits",
        base: "circuit",
        unit: "circuits",
        read: Needs::OneOf(&[CIRCUIT]),
        rules: &[],
        seeded: 1,
        ..USUAL
    },
    Resource {
        name: "tiers",
        base: "circuit",
        unit: "tiers",
        read: Needs::OneOf(&[CIRCUIT]),
        rules: &[],
        seeded: 1,
        ..USUAL
    },
    Resource {
        name: "users",
        base: "platform",
        unit: "users",
        read: Needs::OneOf(&[USER]),
        rules: &[],
        seeded: 1,
        ..USUAL
    },
    Resource {
        name: "teams",
        base: "platform",
        unit: "teams",
        read: Needs::OneOf(&[TEAM]),
        rules: &[],
        seeded: 1,
        ..USUAL
    },
];

/// The resource of that name.
pub fn named(name: &str) -> Option<&'static Resource> {
    RESOURCES.iter().find(|r| r.name == name)
}
