//! Media, webhooks, and what belongs to no tournament.

use super::{ADMINISTERED, Resource, USUAL};
use crate::toornament::access::Needs;
use crate::toornament::fields::{Field, Kind};
use crate::toornament::filters::Rule;
use crate::toornament::scopes::{CIRCUIT, FILE, TEAM, USER, VIEW};
use crate::toornament::webhooks::{EVENTS, SCOPES};

/// What is played.
pub const DISCIPLINES: Resource = Resource {
    name: "disciplines",
    unit: "disciplines",
    read: Needs::Key,
    viewable: true,
    rules: &[],
    seeded: 3,
    of_tournament: false,
    ..USUAL
};

/// Streams.
pub const STREAMS: Resource = Resource {
    name: "streams",
    unit: "streams",
    read: Needs::OneOf(&[VIEW]),
    ..ADMINISTERED
};

/// Videos.
pub const VIDEOS: Resource = Resource {
    name: "videos",
    unit: "videos",
    read: Needs::OneOf(&[VIEW]),
    ..USUAL
};

/// Uploaded files.
pub const FILES: Resource = Resource {
    name: "files",
    unit: "files",
    read: Needs::OneOf(&[FILE]),
    make: Needs::OneOf(&[FILE]),
    rules: &[
        ("file_ids", Rule::In("id")),
        ("contexts", Rule::In("context")),
        ("associated", Rule::Flag("associated")),
    ],
    of_tournament: false,
    ..USUAL
};

/// Who is told what happens.
pub const WEBHOOKS: Resource = Resource {
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
    of_tournament: false,
    ..USUAL
};

/// What a webhook is told of.
pub const SUBSCRIPTIONS: Resource = Resource {
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
    of_tournament: false,
    ..USUAL
};

/// What another API than the organizer's has: it is only read.
const fn elsewhere(base: &'static str, name: &'static str, read: Needs) -> Resource {
    Resource {
        name,
        base,
        unit: name,
        read,
        rules: &[],
        seeded: 1,
        of_tournament: false,
        ..USUAL
    }
}

/// Circuits of tournaments.
pub const CIRCUITS: Resource = elsewhere("circuit", "circuits", Needs::OneOf(&[CIRCUIT]));

/// Their tiers.
pub const TIERS: Resource = elsewhere("circuit", "tiers", Needs::OneOf(&[CIRCUIT]));

/// The platform's users.
pub const USERS: Resource = elsewhere("platform", "users", Needs::OneOf(&[USER]));

/// Its teams.
pub const TEAMS: Resource = elsewhere("platform", "teams", Needs::OneOf(&[TEAM]));
