//! Tournaments, and who takes part in them.

use super::{ADMINISTERED, Resource, STATUSES, USUAL};
use crate::toornament::access::Needs;
use crate::toornament::fields::{Field, Kind};
use crate::toornament::filters::{Order, Rule};
use crate::toornament::scopes::{ADMIN, DELETE, PARTICIPANT, REGISTRATION, VIEW};

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

/// Tournaments.
pub const TOURNAMENTS: Resource = Resource {
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
    of_tournament: false,
    ..USUAL
};

/// Who takes part.
pub const PARTICIPANTS: Resource = Resource {
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
};

/// Who wants to.
pub const REGISTRATIONS: Resource = Resource {
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
};

/// Sponsors.
pub const TOURNAMENT_SPONSORS: Resource = Resource {
    name: "tournament-sponsors",
    unit: "sponsors",
    ..ADMINISTERED
};

/// Fields of the organizer's own.
pub const CUSTOM_FIELDS: Resource = Resource {
    name: "custom-fields",
    unit: "custom-fields",
    list_status: 200,
    ..ADMINISTERED
};
