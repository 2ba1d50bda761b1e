//! Ranges: what is asked for, and what comes.

use super::*;

/// Every unit, with its largest range and its status.
const UNITS: [(&str, &str, usize, u16); 20] = [
    ("tournaments", "tournaments", 50, 206),
    ("participants", "participants", 50, 206),
    ("registrations", "registrations", 50, 206),
    ("stages", "stages", 50, 200),
    ("groups", "groups", 50, 200),
    ("rounds", "rounds", 50, 206),
    ("disciplines", "disciplines", 50, 206),
    ("webhooks", "webhooks", 50, 206),
    ("streams", "streams", 50, 206),
    ("videos", "videos", 50, 206),
    ("files", "files", 50, 206),
    ("reports", "reports", 50, 206),
    ("matches", "matches", 128, 206),
    ("bracket-nodes", "nodes", 128, 206),
    ("ranking-items", "items", 50, 206),
    ("standing-items", "items", 50, 206),
    ("tournament-sponsors", "sponsors", 50, 206),
    ("custom-fields", "custom-fields", 50, 200),
    ("/toornament/circuit/v2/tiers", "tiers", 50, 206),
    ("/toornament/platform/v2/users", "users", 50, 206),
];

fn route(name: &str) -> String {
    match name.starts_with('/') {
        true => name.to_owned(),
        false => format!("/{name}"),
    }
}

#[test]
fn every_unit_gives_any_total_part_by_part() {
    let mut world = World::new();
    for (name, unit, max, status) in UNITS {
        let resource = name.rsplit('/').next().unwrap();
        for total in [0, 1, 49, 50, 51, 128, 129, 1_000] {
            world.seed_totals(json!({ resource: total }));
            let mut seen = std::collections::BTreeSet::new();
            for from in (0..total).step_by(max) {
                let to = from + max - 1;
                let answer = world.part(&route(name), &format!("{unit}={from}-{to}"));
                assert_eq!(answer.status, status, "{name} {from}");
                let last = to.min(total - 1);
                let range = format!("{unit} {from}-{last}/{total}");
                assert_eq!(answer.header("content-range"), Some(range.as_str()));
                for row in json_of(&answer).as_array().unwrap() {
                    let id = row["id"].as_str().expect("ids are strings");
                    assert!(seen.insert(id.to_owned()), "{id} came twice");
                }
            }
            assert_eq!(seen.len(), total, "{name}");
            let past = world.part(&route(name), &format!("{unit}={total}-{}", total + 9));
            assert_eq!(
                problems(&past),
                (416, vec!["header".into()]),
                "{name} {total}"
            );
        }
    }
}

#[test]
fn games_of_a_match_are_a_list_of_their_own() {
    let mut world = World::new();
    world.seed_totals(json!({ "games": 51 }));
    let (first, second) = (id("matches", 1), id("matches", 2));
    let answer = world.part(&format!("/matches/{first}/games"), "games=50-99");
    assert_eq!(answer.header("content-range"), Some("games 50-50/51"));
    assert_eq!(json_of(&answer)[0]["number"], 51);
    let none = world.part(&format!("/matches/{second}/games"), "games=0-49");
    assert_eq!(none.status, 416);
    let game = world.single(&format!("/matches/{first}/games/3"));
    assert_eq!(
        (&game["number"], &game["properties"]),
        (&json!(3), &json!({}))
    );
    let unknown = world.part("/matches/1/games", "games=0-49");
    assert_eq!(problems(&unknown).0, 404);
    let without_match = world.part("/games", "games=0-49");
    assert_eq!(problems(&without_match).0, 404);
}

#[test]
fn a_range_is_mandatory_and_within_its_limits() {
    let mut world = World::new();
    let missing = world.organizer("GET", "/matches");
    assert_eq!(problems(&world.send(&missing).answer).0, 400);
    for (range, status) in [
        ("matches", 400),
        ("matches=", 400),
        ("matches=0", 400),
        ("matches=a-b", 400),
        ("matches=-5", 400),
        ("0-49", 400),
        ("items=0-49", 416),
        ("matches=5-4", 416),
        ("matches=0-128", 416),
        ("matches=7-7", 416),
        ("matches=0-127", 206),
        ("matches=6-6", 206),
    ] {
        let answer = world.part("/matches", range);
        assert_eq!(answer.status, status, "{range}");
    }
    let too_many = world.part("/participants", "participants=0-50");
    assert_eq!(problems(&too_many).0, 416);
}

#[test]
fn the_total_an_empty_list_and_the_status_are_as_a_test_wants_them() {
    let mut world = World::new();
    world.toornament(json!({ "contentRange": false, "listStatus": 200 }));
    let answer = world.part("/matches", "matches=0-1");
    assert_eq!((answer.status, answer.header("content-range")), (200, None));
    world.seed_totals(json!({ "matches": 0 }));
    assert_eq!(world.part("/matches", "matches=0-1").status, 416);
    world.toornament(json!({ "contentRange": true, "emptyIs416": false, "listStatus": null }));
    let empty = world.part("/matches", "matches=0-1");
    assert_eq!(
        (empty.status, empty.header("content-range")),
        (206, Some("matches */0"))
    );
    assert_eq!(json_of(&empty), json!([]));
}

#[test]
fn lists_show_less_than_single_rows() {
    let mut world = World::new();
    let tournament = &json_of(&world.part("/tournaments", "tournaments=0-0"))[0];
    assert_eq!(tournament["description"], Value::Null);
    let id_of = text(&tournament["id"]);
    assert!(
        id_of.parse::<u64>().unwrap() > 1 << 53,
        "too large to be a number"
    );
    let single = world.single(&format!("/tournaments/{id_of}"));
    assert_eq!(single["description"], "What tournament 1 is");

    let listed = json_of(&world.part("/matches", "matches=6-6"));
    assert_eq!(listed[0]["type"], "ffa");
    assert_eq!(listed[0]["opponents"].as_array().unwrap().len(), 4);
    assert_eq!(listed[0]["opponents"][0].get("properties"), None);
    let single = world.single(&format!("/matches/{}", id("matches", 7)));
    assert_eq!(single["opponents"].as_array().unwrap().len(), 8);
    assert_eq!(single["opponents"][0]["properties"], json!({}));
    let unknown = world.organizer("GET", "/matches/1");
    assert_eq!(problems(&world.send(&unknown).answer).0, 404);
}

#[test]
fn older_routes_lead_below_their_tournament() {
    let mut world = World::new();
    let (first, second) = (id("tournaments", 1), id("tournaments", 2));
    let below = |tournament: &str| format!("/tournaments/{tournament}/participants");
    assert_eq!(world.ids(&below(&first), "participants").len(), 8);
    assert_eq!(world.ids(&below(&second), "participants").len(), 0);
    let one = format!("{}/{}", below(&first), id("participants", 3));
    assert_eq!(world.single(&one)["name"], "Player 3");
    let games = format!("/tournaments/{first}/matches/{}/games", id("matches", 1));
    assert_eq!(world.part(&games, "games=0-49").status, 206);
    let other = format!("/tournaments/{second}/matches/{}/games", id("matches", 1));
    assert_eq!(world.part(&other, "games=0-49").status, 404);
}
