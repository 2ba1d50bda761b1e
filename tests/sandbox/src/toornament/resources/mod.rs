//! All resources in one table: units, sizes, scopes, filters, fields.

mod others;
mod results;
mod tournaments;

use super::access::Needs;
use super::fields::Field;
use super::filters::{Order, Rule};
use super::scopes::{ADMIN, RESULT};

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
    /// Whether its rows belong to a tournament.
    pub of_tournament: bool,
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
    of_tournament: true,
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

/// How far something is.
const STATUSES: &[&str] = &["pending", "running", "completed"];

/// All of them. Ids begin with their place here.
pub static RESOURCES: [Resource; 24] = [
    tournaments::TOURNAMENTS,
    tournaments::PARTICIPANTS,
    tournaments::REGISTRATIONS,
    results::STAGES,
    results::GROUPS,
    results::ROUNDS,
    results::BRACKET_NODES,
    results::MATCHES,
    results::GAMES,
    results::REPORTS,
    results::RANKING_ITEMS,
    results::STANDING_ITEMS,
    tournaments::CUSTOM_FIELDS,
    tournaments::TOURNAMENT_SPONSORS,
    others::DISCIPLINES,
    others::STREAMS,
    others::VIDEOS,
    others::FILES,
    others::WEBHOOKS,
    others::SUBSCRIPTIONS,
    others::CIRCUITS,
    others::TIERS,
    others::USERS,
    others::TEAMS,
];

/// The resource of that name.
pub fn named(name: &str) -> Option<&'static Resource> {
    RESOURCES.iter().find(|r| r.name == name)
}
