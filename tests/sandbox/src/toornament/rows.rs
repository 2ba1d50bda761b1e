//! What resources hold from the start, by their number: any total can be seeded.

use serde_json::{Value, json};

use super::resources::{RESOURCES, named};
use super::store::Row;
use crate::time::{DAY, iso, parse};

/// How many rows can be seeded; ids of what is made later come after theirs.
pub const SEEDED_AT_MOST: usize = 1_000_000;
/// The first id: too large to be a number in JavaScript.
const FIRST_ID: u64 = 618_954_615_000_000_000;
/// How many participants seeded matches are between.
const PLAYING: usize = 8;

/// The id of a resource's row of that number.
pub fn id(resource: &str, number: usize) -> String {
    let at = RESOURCES.iter().position(|r| r.name == resource);
    (FIRST_ID + at.unwrap_or(0) as u64 * 100_000_000 + number as u64).to_string()
}

/// The seeded row of that number, from 1.
pub fn row(resource: &str, number: usize) -> Row {
    let mut row = match resource {
        "tournaments" => tournament(number),
        "participants" | "registrations" => person(resource, number),
        "stages" => stage(number),
        "matches" => duel_or_ffa(number),
        "games" => game(number),
        "bracket-nodes" => json!({
            "stage_id": id("stages", 1),
            "group_id": id("groups", 1),
            "round_id": id("rounds", 1),
            "match_id": id("matches", number),
            "number": number,
            "depth": 1 + number % 3,
            "branch": "winner",
        }),
        "ranking-items" => ranking_item(number),
        "standing-items" => json!({
            "participant": participant(number),
            "position": number,
            "rank": number,
        }),
        "groups" | "rounds" => json!({
            "stage_id": id("stages", 1),
            "group_id": id("groups", 1),
            "number": number,
            "name": format!("{resource} {number}"),
            "closed": false,
            "settings": {},
        }),
        "disciplines" => json!({
            "id": format!("discipline_{number}"),
            "name": format!("Discipline {number}"),
            "shortname": format!("D{number}"),
            "fullname": format!("Discipline {number}"),
            "copyrights": "Nobody",
            "platforms_available": ["pc"],
            "team_size": { "min": 1, "max": 5 },
        }),
        "files" => json!({
            "context": "tournament_logo",
            "associated": false,
            "status": "available",
        }),
        "webhooks" => json!({
            "name": format!("Webhook {number}"),
            "url": "http://127.0.0.1:9/nobody-listens",
            "enabled": false,
            "_secret": format!("webhook-secret-{number}-not-a-real-secret"),
        }),
        "subscriptions" => json!({
            "event_name": "participant.created",
            "scope": "tournament",
            "scope_id": id("tournaments", 1),
            "_webhook_id": id("webhooks", 1),
        }),
        _ => json!({ "name": format!("{resource} {number}") }),
    };
    if row["id"].is_null() {
        row["id"] = id(resource, number).into();
    }
    if named(resource).is_some_and(|r| r.of_tournament) {
        row["tournament_id"] = id("tournaments", 1).into();
    }
    match row {
        Value::Object(row) => row,
        _ => Row::new(),
    }
}

/// What a new row has where its body doesn't say otherwise.
pub fn blank(resource: &str) -> Row {
    let mut row = row(resource, 1);
    for value in row.values_mut() {
        *value = match value {
            Value::Bool(_) => false.into(),
            Value::Array(_) => json!([]),
            Value::Object(_) => json!({}),
            _ => Value::Null,
        };
    }
    match resource {
        "tournaments" | "stages" | "registrations" => {
            row.insert("status".to_owned(), "pending".into());
        }
        "standing-items" => {
            row.insert("participant".to_owned(), Value::Null);
        }
        _ => {}
    }
    row
}

fn tournament(n: usize) -> Value {
    const STATUSES: [&str; 3] = ["running", "pending", "completed"];
    json!({
        "discipline": format!("discipline_{}", 1 + n % 3),
        "name": format!("Tournament {n}"),
        "full_name": format!("The tournament of the number {n}"),
        "status": STATUSES[(n - 1) % 3],
        "scheduled_date_start": &moment(n)[..10],
        "scheduled_date_end": &moment(n + 2)[..10],
        "timezone": "Europe/Paris",
        "public": true,
        "size": 8,
        "online": n.is_multiple_of(2),
        "location": null,
        "country": if n.is_multiple_of(2) { "US" } else { "FR" },
        "platforms": if n.is_multiple_of(2) { ["pc"] } else { ["mobile"] },
        "logo": null,
        "registration_enabled": false,
        "registration_opening_datetime": null,
        "registration_closing_datetime": null,
        "circuit": null,
        "participant_type": "single",
        "organization": "The sandbox",
        "contact": null,
        "website": null,
        "discord": null,
        "description": format!("What tournament {n} is"),
        "rules": null,
        "prize": null,
        "archived": n.is_multiple_of(5),
        "background": null,
    })
}

fn person(resource: &str, n: usize) -> Value {
    let mut person = json!({
        "type": "player",
        "name": format!("Player {n}"),
        "email": format!("player-{n}@example.com"),
        "user_id": null,
        "team_id": null,
        "custom_user_identifier": format!("sandbox:player:{n}"),
        "checked_in": n.is_multiple_of(2),
        "custom_fields": {},
        "created_at": moment(n),
    });
    if resource == "registrations" {
        person["status"] = "pending".into();
    }
    person
}

fn stage(n: usize) -> Value {
    json!({
        "number": n,
        "name": format!("Stage {n}"),
        "type": "single_elimination",
        "closed": false,
        "settings": { "size": PLAYING },
        "match_settings": {},
        "auto_placement_enabled": false,
        "status": "running",
    })
}

/// Each seventh match is one of all against all.
fn duel_or_ffa(n: usize) -> Value {
    let ffa = n.is_multiple_of(7);
    let completed = n.is_multiple_of(3);
    let opponents = (1..=if ffa { PLAYING } else { 2 }).map(|number| {
        let mut all = opponent(number, completed);
        all["participant"] = participant(2 * n + number);
        all
    });
    json!({
        "stage_id": id("stages", 1),
        "group_id": id("groups", 1),
        "round_id": id("rounds", 1 + n % 3),
        "number": n,
        "type": if ffa { "ffa" } else { "duel" },
        "status": if completed { "completed" } else { "pending" },
        "settings": {},
        "scheduled_datetime": if n.is_multiple_of(2) { moment(n).into() } else { Value::Null },
        "played_at": if completed { moment(n + 1).into() } else { Value::Null },
        "public_note": null,
        "private_note": null,
        "report_closed": false,
        "report_status": null,
        "opponents": opponents.collect::<Vec<_>>(),
    })
}

/// A game of the first match.
fn game(n: usize) -> Value {
    json!({
        "number": n,
        "status": "pending",
        "opponents": [opponent(1, false), opponent(2, false)],
        "properties": {},
        "_match_id": id("matches", 1),
    })
}

fn opponent(number: usize, completed: bool) -> Value {
    let result = if number == 1 { "win" } else { "loss" };
    json!({
        "number": number,
        "position": number,
        "result": completed.then_some(result),
        "rank": null,
        "forfeit": false,
        "score": completed.then_some(2 - number.min(2)),
        "properties": {},
    })
}

fn ranking_item(n: usize) -> Value {
    json!({
        "stage_id": id("stages", 1),
        "group_id": id("groups", 1),
        "number": n,
        "position": n,
        "rank": n,
        "participant": participant(n),
        "points": 3 * (PLAYING - n.min(PLAYING)),
        "properties": {
            "wins": PLAYING - n.min(PLAYING), "draws": 0, "losses": n - 1, "played": PLAYING - 1,
            "forfeits": 0, "score_for": 0, "score_against": 0, "score_difference": 0,
        },
    })
}

/// A participant, where others name one.
fn participant(n: usize) -> Value {
    let n = 1 + (n - 1) % PLAYING;
    json!({
        "id": id("participants", n),
        "name": format!("Player {n}"),
        "custom_user_identifier": format!("sandbox:player:{n}"),
    })
}

/// Ten in the morning, so many days into 2026.
fn moment(day: usize) -> String {
    let start = parse("2026-01-01T10:00").unwrap_or(0);
    let days = i64::try_from(day).unwrap_or(0);
    rfc3339(start + days * DAY)
}

/// The form of moments in bodies, with an offset in digits.
pub fn rfc3339(unix_ms: i64) -> String {
    format!("{}+00:00", &iso(unix_ms)[..19])
}
