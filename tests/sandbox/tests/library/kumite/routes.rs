//! Routes, lists, and what pages may do.

use super::*;

#[test]
fn games_are_found_by_all_that_is_asked_for() {
    let mut world = World::new();
    let all = world.read("/games");
    assert_eq!(all[0]["gameId"], TIC_TAC_TOE);
    assert_eq!(all[0]["pace"], Value::Null, "nulls are written");
    assert_eq!(
        (&all[0]["minPlayers"], &all[0]["maxPlayers"]),
        (&json!(2), &json!(2))
    );
    for (query, count) in [
        (format!("game_id={TIC_TAC_TOE}"), 1),
        (format!("game_id={ME}"), 0),
        ("tag=1v1&tag=turn-based".into(), 1),
        ("tag=1v1&tag=solo".into(), 0),
        ("tag=1v1,solo".into(), 0),
        ("title_regex=Tic.*".into(), 1),
        ("title_regex=Tic".into(), 0),
        ("title_regex=%28%3Fi%29tic-tac-toe".into(), 1),
        ("min_players=2&max_players=2".into(), 1),
        ("min_players=3".into(), 0),
        ("max_players=1".into(), 0),
    ] {
        let found = world.read(&format!("/games?{query}"));
        assert_eq!(found.as_array().unwrap().len(), count, "{query}");
    }
    for wrong in ["game_id=x", "min_players=x", "title_regex=("] {
        let answer = world.robot("GET", &format!("/games?{wrong}"), None);
        assert_eq!(failure(&answer).0, 400, "{wrong}");
    }
}

#[test]
fn contests_are_found_and_opened() {
    let mut world = World::new();
    world.kumite(json!({ "opponent": "none" }));
    let opened = world.robot(
        "POST",
        &format!("/contests?game_id={TIC_TAC_TOE}"),
        Some(&json!({ "constant_metadata": { "name": "Mine" } })),
    );
    let contest = json_of(&opened);
    assert_eq!(
        contest["constantMetadata"],
        json!({
            "gameId": TIC_TAC_TOE, "name": "Mine", "minPlayers": 2, "maxPlayers": 2,
            "author": ROBOT, "created": "2026-09-16T08:00:00.000Z", "timeout": null,
        })
    );
    assert_eq!(
        contest["dynamicMetadata"],
        json!({
            "contenders": [], "acceptingPlayers": true, "requiringPlayers": true,
            "gameOver": false,
        })
    );
    let id = text(&contest["contestId"]).to_owned();
    world.join(&id, ME);
    for (query, count) in [
        (String::new(), 2),
        (format!("contest_id={id}"), 1),
        (format!("contest_id={ME}"), 0),
        (format!("game_id={ME}"), 0),
        ("accept_players=true".into(), 2),
        ("requires_players=false".into(), 0),
        ("game_over=true".into(), 0),
        ("game_over=nonsense".into(), 2),
    ] {
        let found = world.read(&format!("/contests?{query}"));
        assert_eq!(found.as_array().unwrap().len(), count, "{query}");
    }
}

#[test]
fn what_is_wrong_with_a_new_contest_is_said() {
    let mut world = World::new();
    let named = |more: Value| {
        let mut about = json!({ "name": "x" });
        for (field, value) in more.as_object().unwrap() {
            about[field] = value.clone();
        }
        json!({ "constant_metadata": about })
    };
    for (body, status) in [
        (json!({}), 500),
        (json!({ "constant_metadata": {} }), 500),
        (json!({ "constant_metadata": { "name": "" } }), 400),
        (named(json!({ "created": "2026-01-01" })), 400),
        (named(json!({ "minPlayers": 1 })), 400),
        (named(json!({ "maxPlayers": 3 })), 400),
        (named(json!({ "colour": "red" })), 400),
    ] {
        let route = format!("/contests?game_id={TIC_TAC_TOE}");
        let answer = world.robot("POST", &route, Some(&body));
        assert_eq!(failure(&answer).0, status, "{body}");
    }
    let without_game = world.robot("POST", "/contests", Some(&named(json!({}))));
    assert_eq!(failure(&without_game).0, 400);
    let deleted = world.robot("DELETE", &format!("/contests?contest_id={ME}"), None);
    assert_eq!(failure(&deleted).0, 400, "deleting is wired to opening");
}

#[test]
fn there_is_always_a_contest_to_join_unless_a_test_wants_none() {
    let mut world = World::new();
    let first = world.joined();
    let second = world.open_contest();
    assert_ne!(first, second);
    world.kumite(json!({ "keepOpen": false }));
    assert_eq!(world.join(&second, ME).status, 200);
    assert_eq!(world.read("/contests?accept_players=true"), json!([]));
}

#[test]
fn players_are_found_by_the_first_thing_that_is_asked_for() {
    let mut world = World::new();
    let contest = world.joined();
    let row = |player: &str, account: &str| json!({ "playerId": player, "accountId": account });
    let mine = row(ME, ROBOT);
    let found = world.read(&format!("/players?player_id={OTHER}&account_id={ROBOT}"));
    assert_eq!(found, json!([mine, row(OTHER, ROBOT)]));
    let found = world.read(&format!("/accounts?player_id={ME}"));
    assert_eq!(found, json!([mine]), "players, by the same handler");
    let found = world.read(&format!("/players?contest_id={contest}"));
    assert_eq!(found[0], mine);
    assert_eq!(failure(&world.robot("GET", "/players", None)).0, 400);
}

#[test]
fn unknown_routes_and_unwanted_json_are_404_in_springs_form() {
    let mut world = World::new();
    for route in ["/webhooks", "/leaderboard", "/hello"] {
        let answer = world.robot("GET", route, None);
        assert_eq!(answer.status, 404, "{route}");
        assert_eq!(json_of(&answer)["error"], "Not Found");
    }
    let token = world.player_token(ME);
    let request = Request::new("GET", "/kumite/api/v1/games")
        .with_header("Authorization", &format!("Bearer {token}"));
    for (accept, status) in [
        ("text/html", 404),
        ("application/json", 200),
        ("text/plain, */*;q=0.1", 200),
    ] {
        let answer = world
            .send(&request.clone().with_header("Accept", accept))
            .answer;
        assert_eq!(answer.status, status, "{accept}");
    }
    let unknown = world.call("GET", "/kumite/anything", None);
    assert_eq!(unknown.status, 401, "the token comes before the route");
}

#[test]
fn only_the_metadata_is_public() {
    let mut world = World::new();
    let answer = world.call("GET", "/kumite/api/v1/public/metadata", None);
    assert!(json_of(&answer)["tags"]["1v1"].is_string());
    let elsewhere = world.call("GET", "/kumite/api/v1/public/games", None);
    assert_eq!(elsewhere.status, 404);
}

#[test]
fn pages_of_other_origins_are_kept_out() {
    let mut world = World::new();
    let preflight = Request::new("OPTIONS", "/kumite/api/v1/games")
        .with_header("Origin", "https://example.com")
        .with_header("Access-Control-Request-Method", "GET")
        .with_header("Access-Control-Request-Headers", "authorization");
    let preflight = world.send(&preflight).answer;
    assert_eq!((preflight.status, &preflight.body[..]), (401, &b""[..]));
    let answers = [
        preflight,
        world.robot("GET", "/games", None),
        world.call("GET", "/kumite/api/v1/public/metadata", None),
    ];
    for answer in answers {
        let opened = |(name, _): &(String, String)| name.starts_with("access-control-");
        assert!(!answer.headers.iter().any(opened), "{answer:?}");
    }
}

#[test]
fn faults_without_a_body_have_this_services_bodies() {
    let mut world = World::new();
    let games = "/kumite/api/v1/games";
    let mut fail = |status: u16| {
        let fault = json!({ "status": status, "path": "/kumite", "headers": { "x-more": "1" } });
        world.control("POST", "/fail", Some(&fault));
        let answer = world.call("GET", games, None);
        assert_eq!(
            (answer.status, answer.header("x-more")),
            (status, Some("1"))
        );
        answer
    };
    let refused = fail(401);
    assert!(refused.body.is_empty());
    assert!(refused.header("www-authenticate").is_some());
    assert_eq!(failure(&fail(503)).0, 503);
    assert_eq!(json_of(&fail(404))["status"], 404);
    let log = world.control("GET", "/log", None);
    assert_eq!(log["calls"][0]["path"], games);
}

#[test]
fn each_so_manieth_call_fails() {
    let mut world = World::new();
    let fault = json!({ "path": "/kumite", "every": 3, "count": 2, "status": 500 });
    world.control("POST", "/fail", Some(&fault));
    let statuses: Vec<u16> = (0..8)
        .map(|_| {
            world
                .call("GET", "/kumite/api/v1/public/metadata", None)
                .status
        })
        .collect();
    assert_eq!(statuses, [200, 200, 500, 200, 200, 500, 200, 200]);
}
