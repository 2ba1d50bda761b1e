//! Teams.

use serde_json::{Value, json};

use crate::world::*;

const RIDERS: &str = "team_000000000000000000000001";

fn at(route: &str) -> String {
    format!("/v2/runtime/teams/{RIDERS}{route}")
}

#[test]
fn a_team_has_the_recorded_shape() {
    let mut world = World::new();
    let list = world.good("newbie", "GET", "/v2/runtime/teams", None);
    assert_eq!(list["total"], 2);
    let team = world.good("newbie", "GET", &at(""), None);
    assert_eq!(list["data"][0], team);
    assert_eq!(world.good("", "GET", "/v2/admin/teams", None), list);
    let created = text(&team["created"]).to_owned();
    assert_eq!(
        team,
        json!({
            "id": RIDERS,
            "name": "Tide Riders",
            "definition": { "id": "crew", "name": "Crew" },
            "access": "PUBLIC",
            "created": created,
            "game_id": "sandbox",
            "owner": { "id": "johny", "alias": "Johny" },
            "roles": ["Captain", "Mate"],
        })
    );
    let definitions = world.good("newbie", "GET", "/v2/runtime/definitions/teams", None);
    assert_eq!(definitions[0]["roles"], json!(["Captain", "Mate"]));
    let none = world.bad("newbie", "GET", "/v2/runtime/teams/none", None);
    assert_eq!(none, error("team_not_found", 404));
}

#[test]
fn members_come_in_pages() {
    let mut world = World::new();
    let all = world.good("newbie", "GET", &at("/members"), None);
    assert_eq!(all["total"], 3);
    assert_eq!(all["data"][0], json!({ "id": "johny", "alias": "Johny" }));
    let page = world.good("newbie", "GET", &at("/members?skip=1&limit=1"), None);
    assert_eq!(page["data"], json!([all["data"][1]]));
    let admin = format!("/v2/admin/teams/{RIDERS}/members");
    assert_eq!(world.good("", "GET", &admin, None), all);
    let none = world.bad("newbie", "GET", "/v2/runtime/teams/none/members", None);
    assert_eq!(none, error("team_not_found", 404));
}

#[test]
fn an_admin_makes_teams_and_lets_players_in_and_out() {
    let mut world = World::new();
    let teams = "/v2/admin/teams";
    let new = json!({ "name": "Divers", "definition": "crew" });
    let team = world.good("", "POST", teams, Some(&new));
    let id = text(&team["id"]).to_owned();
    assert_eq!(id.len(), "team_".len() + 24);
    assert_eq!(
        (&team["access"], &team["owner"]),
        (&json!("PRIVATE"), &Value::Null)
    );
    let one = format!("{teams}/{id}");
    let join = |roles: Value| json!({ "player_id": "newbie", "requested_roles": roles });
    let body = join(json!({ "Captain": true, "Mate": false }));
    world.good("", "POST", &format!("{one}/join"), Some(&body));
    let profile = world.good("newbie", "GET", "/v2/runtime/player", None);
    assert_eq!(profile["teams"][0]["roles"], json!(["Captain"]));

    let feed = world.good("newbie", "GET", "/v2/runtime/activity", None);
    assert_eq!(
        (&feed[0]["event"], &feed[0]["roles"], &feed[0]["team"]["id"]),
        (
            &json!("join"),
            &json!({ "Captain": true }),
            &json!(id.as_str())
        )
    );
    let of_team = world.good("", "GET", &format!("{one}/activity"), None);
    let names: Vec<&Value> = of_team
        .as_array()
        .unwrap()
        .iter()
        .map(|e| &e["event"])
        .collect();
    assert_eq!(names, ["create", "join"]);
    assert!(of_team[0].get("actor").is_none(), "an admin made it");
    assert_eq!(of_team[1]["actor"]["id"], "newbie");

    let leave = json!({ "player_id": "newbie" });
    world.good("", "POST", &format!("{one}/leave"), Some(&leave));
    let again = world.bad("", "POST", &format!("{one}/leave"), Some(&leave));
    assert_eq!(again, error("player_not_found", 404));
    let members = world.good("", "GET", &format!("{one}/members"), None);
    assert_eq!(members, json!({ "data": [], "total": 0 }));

    for roles in [
        json!({}),
        json!({ "Cook": true }),
        json!({ "Mate": 1 }),
        json!([]),
    ] {
        let body = join(roles);
        let found = world.bad("", "POST", &format!("{one}/join"), Some(&body));
        assert_eq!(found, error("validation_exception", 400), "{body}");
    }
    let gone = world.good("", "DELETE", &one, None);
    assert!(text(&gone["message"]).contains(&id));
    assert_eq!(
        world.bad("", "GET", &one, None),
        error("team_not_found", 404)
    );
}

#[test]
fn a_team_needs_a_name_and_a_definition() {
    let mut world = World::new();
    let teams = "/v2/admin/teams";
    for (body, found) in [
        (json!({}), error("validation_exception", 400)),
        (json!({ "name": "x" }), error("validation_exception", 400)),
        (
            json!({ "definition": "crew" }),
            error("validation_exception", 400),
        ),
        (
            json!({ "definition": "crew", "name": "x", "access": "OPEN" }),
            error("validation_exception", 400),
        ),
        (
            json!({ "definition": "none", "name": "x" }),
            error("definition_not_found", 404),
        ),
        (
            json!({ "definition": "crew", "name": "x", "id": RIDERS }),
            error("team_exists", 409),
        ),
    ] {
        assert_eq!(world.bad("", "POST", teams, Some(&body)), found, "{body}");
    }
    assert_eq!(world.good("", "GET", teams, None)["total"], 2);
}

#[test]
fn the_feed_of_a_team_is_null_when_empty() {
    let mut world = World::new();
    let none = world.good("newbie", "GET", &at("/activity?start=0&end=1"), None);
    assert_eq!(none, Value::Null);
    let all = world.good("newbie", "GET", &at("/activity?start=0"), None);
    assert!(
        all.as_array()
            .unwrap()
            .iter()
            .all(|e| e["actor"]["id"].is_string())
    );
}

#[test]
fn teams_are_seeded_with_members_scores_and_activity() {
    let mut world = World::new();
    let seed = json!({
        "players": [{ "id": "fresh", "alias": "Fresh" }],
        "teams": [{ "id": "t1", "name": "Seeded", "access": "PROTECTED", "owner": "fresh",
            "members": [{ "id": "fresh", "roles": ["Captain"] }, { "id": "johny" }],
            "scores": { "points": 100_000 } }],
        "activity": [{ "player_id": "fresh", "team_id": "t1", "secondsAgo": 60,
            "event": { "event": "join:request", "state": "PENDING", "team": { "id": "t1", "name": "Seeded" } } }],
    });
    let done = world.control("POST", "/seed", Some(&seed));
    assert_eq!((&done["teams"], &done["activity"]), (&json!(1), &json!(1)));
    let board = world.good("fresh", "GET", "/v2/runtime/leaderboards/team_points", None);
    assert_eq!(
        board["data"][0],
        json!({ "rank": 1, "score": "100000", "team": { "id": "t1", "name": "Seeded" } })
    );
    let feed = world.good("fresh", "GET", "/v2/runtime/teams/t1/activity", None);
    assert_eq!(feed[0]["timestamp"], "2026-09-16T07:59:00.000Z");
    assert_eq!(
        (&feed[0]["actor"]["alias"], feed[0].get("team")),
        (&json!("Fresh"), None)
    );
    for wrong in [
        json!({ "teams": [{ "id": "t2" }] }),
        json!({ "teams": [{ "id": "t2", "name": "x", "definition": "none" }] }),
        json!({ "teams": [{ "id": "t2", "name": "x", "members": [{ "id": "johny", "roles": ["Cook"] }] }] }),
        json!({ "teams": [{ "id": "t2", "name": "x", "scores": { "level": "rookie" } }] }),
        json!({ "activity": [{ "player_id": "johny", "event": {} }] }),
        json!({ "activity": [{ "player_id": "johny", "secondsAgo": "x", "event": { "event": "x" } }] }),
    ] {
        let answer = world.call("POST", "/control/seed", Some(&wrong));
        assert_eq!(
            error_of(&answer),
            error("validation_exception", 400),
            "{wrong}"
        );
    }
    let nobody = json!({ "teams": [{ "id": "t2", "name": "x", "members": [{ "id": "nobody" }] }] });
    let answer = world.call("POST", "/control/seed", Some(&nobody));
    assert_eq!(error_of(&answer), error("player_not_found", 404));
    assert_eq!(world.good("", "GET", "/v2/admin/teams", None)["total"], 3);
}
