//! Rankings.

use serde_json::{Value, json};

use crate::world::*;

fn board(world: &mut World, target: &str) -> Value {
    world.good(
        "johny",
        "GET",
        &format!("/v2/runtime/leaderboards/{target}"),
        None,
    )
}

fn ranks(board: &Value) -> Vec<(u64, String)> {
    let rows = board["data"].as_array().unwrap();
    rows.iter()
        .map(|r| (r["rank"].as_u64().unwrap(), text(&r["score"]).to_owned()))
        .collect()
}

fn seed(world: &mut World, points: &[(&str, i64)]) {
    let players: Vec<Value> = points
        .iter()
        .map(|(id, n)| json!({ "id": id, "alias": id, "scores": { "points": n } }))
        .collect();
    world.control("POST", "/seed", Some(&json!({ "players": players })));
}

#[test]
fn definitions_have_the_recorded_shape() {
    let mut world = World::new();
    let list = world.good("johny", "GET", "/v2/runtime/leaderboards", None);
    let first = json!({
        "id": "points", "name": "Most points", "entity_type": "players",
        "metric": { "id": "points", "name": "Points", "type": "point" },
        "scope": { "type": "game" },
        "cycles": ["alltime", "daily", "weekly", "monthly", "yearly"],
    });
    assert_eq!(list[0], first);
    assert_eq!(list.as_array().unwrap().len(), 5);
}

#[test]
fn ties_share_a_rank_and_the_next_is_skipped() {
    let mut world = World::new();
    let points = [
        ("t1", 9_000),
        ("t2", 9_000),
        ("t3", 8_000),
        ("t4", 8_000),
        ("t5", 7_000),
    ];
    seed(&mut world, &points);
    let top = board(&mut world, "points?limit=5");
    let expected = [
        (1, "9000"),
        (1, "9000"),
        (3, "8000"),
        (3, "8000"),
        (5, "7000"),
    ];
    assert_eq!(
        ranks(&top),
        expected.map(|(rank, score)| (rank, score.to_owned()))
    );
    assert_eq!(
        top["data"][0]["player"],
        json!({ "id": "t1", "alias": "t1" })
    );
    let page = board(&mut world, "points?skip=1&limit=2");
    assert_eq!(page["data"], json!([top["data"][1], top["data"][2]]));
    assert_eq!(page["total"], top["total"]);
}

#[test]
fn ten_rows_by_default_and_only_those_who_scored() {
    let mut world = World::new();
    let all = board(&mut world, "points");
    assert_eq!(all["data"].as_array().unwrap().len(), 10);
    assert_eq!(all["total"], 12, "the newbie has no score");
    let none = board(&mut world, "points?limit=0");
    assert_eq!((&none["data"], &none["total"]), (&json!([]), &json!(12)));
}

#[test]
fn every_cycle_has_rows_at_any_hour_and_starts_anew_with_the_next() {
    let totals = |world: &mut World| {
        ["alltime", "yearly", "monthly", "weekly", "daily"].map(|cycle| {
            board(world, &format!("points?cycle={cycle}"))["total"]
                .as_u64()
                .unwrap()
        })
    };
    let mut world = World::new();
    let at_start = totals(&mut world);
    assert!(at_start.is_sorted_by(|a, b| a >= b), "{at_start:?}");
    assert!(at_start[4] >= 3, "{at_start:?}");

    world.now += 86_400_000;
    assert_eq!(totals(&mut world)[4], 0);
    world.good("johny", "POST", "/v2/runtime/actions/daily/play", None);
    assert_eq!(totals(&mut world)[4], 0, "coins are no points");
    world.good("johny", "POST", "/v2/runtime/actions/greet/play", None);
    let daily = board(&mut world, "points?cycle=daily");
    assert_eq!(
        ranks(&daily),
        [(1, "5".to_owned())],
        "only what was earned today"
    );
    world.now += 366 * 86_400_000;
    let later = totals(&mut world);
    assert_eq!(later, [12, 0, 0, 0, 0]);

    let midnight = playoff_sandbox::time::midnight(2027, 1, 1);
    world.now = midnight + 1;
    world.control("POST", "/reset", None);
    assert!(totals(&mut world)[4] >= 3, "just after New Year");
}

#[test]
fn a_team_earns_what_its_members_earn() {
    let mut world = World::new();
    let score_of = |board: &Value, name: &str| {
        let rows = board["data"].as_array().unwrap();
        let row = rows.iter().find(|r| r["team"]["name"] == name).unwrap();
        text(&row["score"]).parse::<i64>().unwrap()
    };
    let before = score_of(&board(&mut world, "team_points"), "Tide Riders");
    world.good("johny", "POST", "/v2/runtime/actions/greet/play", None);
    let after = board(&mut world, "team_points");
    assert_eq!(score_of(&after, "Tide Riders"), before + 5);
    assert_eq!(
        after["data"][0]["team"].as_object().unwrap().len(),
        2,
        "id and name only"
    );
}

#[test]
fn a_custom_scope_counts_only_what_was_booked_on_it() {
    let mut world = World::new();
    let body = json!({ "scopes": [{ "id": "quest-1", "entity_id": "mara" }] });
    let played = world.good(
        "johny",
        "POST",
        "/v2/runtime/actions/greet/play",
        Some(&body),
    );
    assert_eq!(played["events"]["local"][0]["scopes"], body["scopes"]);
    let quest = board(&mut world, "quest_points?scope_id=quest-1");
    let rows =
        json!([{ "rank": 1, "score": "5", "player": { "id": "mara", "alias": "Mara Lind" } }]);
    assert_eq!(quest, json!({ "data": rows, "total": 1 }));
    assert_eq!(
        board(&mut world, "quest_points?scope_id=quest-2")["total"],
        0
    );
    let at = "/v2/runtime/leaderboards/quest_points";
    assert_eq!(
        world.bad("johny", "GET", at, None),
        error("validation_exception", 400)
    );
}

#[test]
fn what_isnt_served_is_refused_rather_than_ignored() {
    let mut world = World::new();
    for query in [
        "cycle=hourly",
        "ranking=nearby",
        "ranking=relative&radius=-1",
        "timestamp=yesterday",
        "sort=ascending",
        "detailed=perhaps",
    ] {
        let at = format!("/v2/runtime/leaderboards/points?{query}");
        let found = world.bad("johny", "GET", &at, None);
        assert_eq!(found, error("validation_exception", 400), "{query}");
    }
    let found = world.bad(
        "johny",
        "GET",
        "/v2/runtime/leaderboards/total?cycle=daily",
        None,
    );
    assert_eq!(
        found,
        error("validation_exception", 400),
        "not a cycle of that board"
    );
}

#[test]
fn a_relative_ranking_is_around_one_entity() {
    let mut world = World::new();
    let all = board(&mut world, "points?limit=100");
    let rows = all["data"].as_array().unwrap();
    let place = rows
        .iter()
        .position(|r| r["player"]["id"] == "johny")
        .unwrap();
    let around = board(&mut world, "points?ranking=relative&radius=1");
    let mut expected = rows[place - 1..=place + 1].to_vec();
    expected[1]["primary"] = true.into();
    assert_eq!(around, json!({ "data": expected, "total": 12 }));

    let first = board(
        &mut world,
        "points?ranking=relative&entity_id=mara&radius=2",
    );
    assert_eq!(first["data"].as_array().unwrap().len(), 3, "none above");
    assert_eq!(first["data"][0]["primary"], true);
    let wide = board(&mut world, "points?ranking=relative&radius=1000000000000");
    assert_eq!(wide["data"].as_array().unwrap().len(), 12);

    let teams = board(
        &mut world,
        "team_points?ranking=relative&entity_id=team_000000000000000000000002&radius=0",
    );
    assert_eq!(teams["data"][0]["team"]["name"], "Lighthouse");
    let at = "/v2/runtime/leaderboards/points?ranking=relative";
    for target in [
        format!("{at}&entity_id=newbie"),
        format!("{at}&entity_id=none"),
    ] {
        let found = world.bad("johny", "GET", &target, None);
        assert_eq!(found, error("player_not_found", 404), "{target}");
    }
    let own = world.bad("newbie", "GET", at, None);
    assert_eq!(own, error("player_not_found", 404));
}

#[test]
fn a_past_cycle_is_named_by_a_moment_inside_it() {
    let mut world = World::new();
    let then = world.now;
    let daily = "points?cycle=daily&limit=100";
    let today = board(&mut world, daily);
    world.now += 3 * 86_400_000;
    world.good("johny", "POST", "/v2/runtime/actions/greet/play", None);
    assert_eq!(board(&mut world, daily)["total"], 1);
    for moment in [
        then.to_string(),
        (then / 1_000).to_string(),
        "2026-09-16".to_owned(),
    ] {
        let past = board(&mut world, &format!("{daily}&timestamp={moment}"));
        assert_eq!(past, today, "{moment}");
    }
    let future = board(&mut world, &format!("{daily}&timestamp=2030-01-01"));
    assert_eq!(future, json!({ "data": [], "total": 0 }));
}

#[test]
fn a_ranking_is_searched_for_certain_players() {
    let mut world = World::new();
    let all = board(&mut world, "points?limit=100");
    let at = "/v2/runtime/leaderboards/points/search";
    let body = json!({ "player_ids": ["johny", "mara", "newbie", "nobody"] });
    let found = world.good("johny", "POST", at, Some(&body));
    let rows = found["data"].as_array().unwrap();
    assert_eq!(rows.len(), 2, "those who are ranked");
    for row in rows {
        assert!(all["data"].as_array().unwrap().contains(row));
    }
    let weekly = world.good("johny", "POST", &format!("{at}?cycle=weekly"), Some(&body));
    assert_ne!(weekly["data"], found["data"]);
    for wrong in [
        json!({}),
        json!({ "player_ids": "johny" }),
        json!({ "player_ids": [1] }),
    ] {
        let refused = world.bad("johny", "POST", at, Some(&wrong));
        assert_eq!(refused, error("validation_exception", 400), "{wrong}");
    }
    let none = "/v2/runtime/leaderboards/none/search";
    assert_eq!(
        world.bad("johny", "POST", none, Some(&body)),
        error("leaderboard_not_found", 404)
    );
}

#[test]
fn a_board_of_one_team_ranks_what_its_members_earned_in_it() {
    let mut world = World::new();
    let team = "team_000000000000000000000001";
    let at = format!("crew_points?team_instance_id={team}");
    let before = board(&mut world, &at);
    assert_eq!(before["total"], 3);
    let join = json!({ "player_id": "newbie", "requested_roles": { "Mate": true } });
    let greet = "/v2/runtime/actions/greet/play";
    world.good("newbie", "POST", greet, None);
    world.good(
        "",
        "POST",
        &format!("/v2/admin/teams/{team}/join"),
        Some(&join),
    );
    assert_eq!(
        board(&mut world, &at)["total"],
        3,
        "nothing earned in it yet"
    );
    world.good("newbie", "POST", greet, None);
    let after = board(&mut world, &at);
    let rows = after["data"].as_array().unwrap();
    let row = rows.iter().find(|r| r["player"]["id"] == "newbie").unwrap();
    assert_eq!(row["score"], "5", "only what came after joining");
    let base = "/v2/runtime/leaderboards/crew_points";
    assert_eq!(
        world.bad("johny", "GET", base, None),
        error("validation_exception", 400)
    );
    let none = format!("{base}?team_instance_id=none");
    assert_eq!(
        world.bad("johny", "GET", &none, None),
        error("team_not_found", 404)
    );
}

#[test]
fn an_admin_makes_and_removes_the_scope_of_a_board() {
    let mut world = World::new();
    let at = "/v2/admin/leaderboards/quest_points/quest-1";
    world.good("", "POST", at, None);
    let body = json!({ "scopes": [{ "id": "quest-1", "entity_id": "mara" }] });
    world.good(
        "johny",
        "POST",
        "/v2/runtime/actions/greet/play",
        Some(&body),
    );
    assert_eq!(
        board(&mut world, "quest_points?scope_id=quest-1")["total"],
        1
    );
    world.good("", "DELETE", at, None);
    assert_eq!(
        board(&mut world, "quest_points?scope_id=quest-1")["total"],
        0
    );
    for (method, target, found) in [
        ("DELETE", at, error("leaderboard_not_found", 404)),
        (
            "POST",
            "/v2/admin/leaderboards/none/x",
            error("leaderboard_not_found", 404),
        ),
        (
            "POST",
            "/v2/admin/leaderboards/points/x",
            error("validation_exception", 400),
        ),
        ("GET", at, error("route_not_found", 404)),
    ] {
        assert_eq!(
            world.bad("", method, target, None),
            found,
            "{method} {target}"
        );
    }
}
