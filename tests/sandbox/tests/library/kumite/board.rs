//! Joining, moving, and what ends a contest.

use super::*;

const ISSUE: &str = "Issue processing move";

fn is_over(world: &mut World, contest: &str) -> bool {
    world.board_of(contest)["dynamicMetadata"]["gameOver"] == true
}

/// A contest of both players of the account, X and O.
fn both(world: &mut World) -> String {
    world.kumite(json!({ "opponent": "none" }));
    let contest = world.joined();
    assert_eq!(world.join(&contest, OTHER).status, 200);
    contest
}

#[test]
fn who_joins_first_is_x_and_the_sandboxs_player_follows() {
    let mut world = World::new();
    let contest = world.open_contest();
    let before = world.board_of(&contest);
    assert_eq!(
        before["playerStatus"],
        json!({
            "playerId": ME, "playerHasJoined": false, "playerCanJoin": true,
            "accountIsViewing": false,
        })
    );
    assert_eq!(before["board"]["positions"], "_________");
    let status = json_of(&world.join(&contest, ME));
    assert_eq!(
        status,
        json!({
            "playerId": ME, "playerHasJoined": true, "playerCanJoin": false,
            "accountIsViewing": false,
        })
    );
    let after = world.board_of(&contest);
    assert_eq!(
        after["board"]["playerIdToSymbol"],
        json!({ ME: "X", OPPONENT_PLAYER: "O" })
    );
    assert_ne!(after["boardStateId"], before["boardStateId"]);
    assert_eq!(
        after["boardStateId"],
        world.board_of(&contest)["boardStateId"]
    );
    assert_eq!(
        after["dynamicMetadata"]["contenders"],
        json!([ME, OPPONENT_PLAYER])
    );
    assert_eq!(after["board"]["moveSvg"], "KumiteTicTacToeBoardMove");
}

#[test]
fn a_move_shows_the_board_as_it_left_it_and_the_other_moves_then() {
    let mut world = World::new();
    let contest = world.joined();
    let moves = world.moves_of(&contest, ME);
    assert_eq!(moves.as_object().unwrap().len(), 9);
    assert_eq!(moves["5"], json!({ "position": 5 }));
    let view = json_of(&world.play_at(&contest, ME, json!(5)));
    assert_eq!(view["board"]["positions"], "____X____");
    let board = world.board_of(&contest);
    assert_ne!(board["boardStateId"], view["boardStateId"]);
    let positions = text(&board["board"]["positions"]);
    assert_eq!(positions.matches('O').count(), 1);
    assert_eq!(world.moves_of(&contest, ME).as_object().unwrap().len(), 7);
}

#[test]
fn waiting_has_placeholders_in_place_of_moves() {
    let mut world = World::new();
    world.kumite(json!({ "opponentDelay": 500 }));
    let contest = world.joined();
    let sign_ups = json!({ "Wait for sign-ups": { "wait": true, "missingPlayers": 1 } });
    assert_eq!(world.moves_of(&contest, ME), sign_ups);
    world.now += 500;
    assert_eq!(world.moves_of(&contest, ME).as_object().unwrap().len(), 9);
    world.play_at(&contest, ME, json!(1));
    let waiting = json!({ "wait": true, "waitedPlayers": [OPPONENT_PLAYER] });
    let label = "Wait for player `O`";
    assert_eq!(world.moves_of(&contest, ME), json!({ label: waiting }));
    world.now += 499;
    assert_eq!(world.moves_of(&contest, ME), json!({ label: waiting }));
    world.now += 1;
    assert_eq!(world.moves_of(&contest, ME).as_object().unwrap().len(), 7);
}

#[test]
fn the_sandboxs_player_can_come_first_and_begins() {
    let mut world = World::new();
    world.kumite(json!({ "opponentFirst": true }));
    let contest = world.joined();
    let board = world.board_of(&contest)["board"].clone();
    assert_eq!(board["playerIdToSymbol"][OPPONENT_PLAYER], "X");
    assert_eq!(text(&board["positions"]).matches('X').count(), 1);
    assert_eq!(world.moves_of(&contest, ME).as_object().unwrap().len(), 8);
}

#[test]
fn whatever_fails_on_the_board_costs_the_contest() {
    type Mistake = fn(&mut World, &str) -> Answer;
    let mistakes: [(&str, Mistake); 7] = [
        ("out of turn", |w, c| w.play_at(c, OTHER, json!(1))),
        ("ten", |w, c| w.play_at(c, ME, json!(10))),
        ("taken", |w, c| {
            w.play_at(c, ME, json!(1));
            w.play_at(c, OTHER, json!(1))
        }),
        ("twice the same move", |w, c| {
            w.play_at(c, ME, json!(1));
            w.play_at(c, ME, json!(1))
        }),
        ("joining twice", |w, c| w.join(c, ME)),
        ("joining a full contest", |w, c| w.join(c, OPPONENT_PLAYER)),
        ("an unknown player", |w, c| {
            w.join(c, "00000000-0000-0000-1111-000000000000")
        }),
    ];
    for (name, mistake) in mistakes {
        let mut world = World::new();
        let contest = both(&mut world);
        let answer = mistake(&mut world, &contest);
        assert_eq!(failure(&answer), (500, ISSUE.to_owned()), "{name}");
        assert!(is_over(&mut world, &contest), "{name}");
        let next = world.play_at(&contest, ME, json!(2));
        assert_eq!(
            failure(&next),
            (500, "The game is over".to_owned()),
            "{name}"
        );
    }
}

#[test]
fn a_move_before_the_second_player_costs_the_contest() {
    let mut world = World::new();
    world.kumite(json!({ "opponent": "none" }));
    let contest = world.joined();
    let answer = world.play_at(&contest, ME, json!(1));
    assert_eq!(failure(&answer), (500, ISSUE.to_owned()));
    assert!(is_over(&mut world, &contest));
    // It still says that it takes players, and then doesn't.
    let target = format!("/board?player_id={OTHER}&contest_id={contest}");
    let board = world.read(&target);
    assert_eq!(board["dynamicMetadata"]["acceptingPlayers"], true);
    assert_eq!(board["playerStatus"]["playerCanJoin"], true);
    let late = world.join(&contest, OTHER);
    assert_eq!(failure(&late), (500, "The game is over".to_owned()));
}

#[test]
fn what_is_seen_before_the_board_does_no_harm() {
    let mut world = World::new();
    let contest = world.joined();
    for (player, position, status) in [
        (ME, json!(0), 400),
        (ME, json!(11), 400),
        (ME, json!("5"), 400),
        (ME, Value::Null, 400),
        (OTHER, json!(5), 400),
        ("undefined", json!(5), 400),
    ] {
        let answer = world.play_at(&contest, player, position.clone());
        assert_eq!(failure(&answer).0, status, "{player} {position}");
    }
    for route in ["/board/player", "/board/moves", "/board", "/leaderboards"] {
        let method = match route {
            "/board/player" => "POST",
            _ => "GET",
        };
        let answer = world.robot(method, &format!("{route}?player_id={ME}"), None);
        assert_eq!(failure(&answer).0, 400, "{route} without a contest");
        let target = format!("{route}?player_id={ME}&contest_id={ME}");
        let answer = world.robot(method, &target, None);
        assert_eq!(failure(&answer).0, 400, "{route} of an unknown contest");
    }
    let nobody = format!("/board?player_id={TIC_TAC_TOE}&contest_id={contest}");
    assert_eq!(failure(&world.robot("GET", &nobody, None)).0, 400);
    let stranger = format!("/board/moves?player_id={OTHER}&contest_id={contest}");
    assert_eq!(failure(&world.robot("GET", &stranger, None)).0, 400);
    assert!(!is_over(&mut world, &contest));
}

#[test]
fn a_move_without_a_body_is_an_empty_success_and_broken_json_a_500() {
    let mut world = World::new();
    let contest = world.joined();
    let route = format!("/board/move?player_id={ME}&contest_id={contest}");
    let empty = world.robot("POST", &route, None);
    assert_eq!((empty.status, &empty.body[..]), (200, &b""[..]));
    let token = world.player_token(ME);
    let mut request = Request::new("POST", &format!("/kumite/api/v1{route}"))
        .with_header("Authorization", &format!("Bearer {token}"));
    request.body = b"{".to_vec();
    assert_eq!(failure(&world.send(&request).answer).0, 500);
    assert_eq!(world.board_of(&contest)["board"]["positions"], "_________");
}

#[test]
fn who_looks_on_doesnt_join() {
    let mut world = World::new();
    let contest = world.open_contest();
    let route = format!("/board/player?player_id={ME}&contest_id={contest}&viewer=true");
    let status = json_of(&world.robot("POST", &route, None));
    assert_eq!(
        (&status["playerHasJoined"], &status["accountIsViewing"]),
        (&json!(false), &json!(true))
    );
    let status = &world.board_of(&contest)["playerStatus"];
    assert_eq!(
        (&status["playerCanJoin"], &status["accountIsViewing"]),
        (&json!(false), &json!(true))
    );
}

#[test]
fn the_winner_comes_last_and_ranks_begin_at_zero() {
    let mut world = World::new();
    let contest = both(&mut world);
    let leaderboard = format!("/leaderboards?contest_id={contest}");
    let scores = world.read(&leaderboard)["playerScores"].clone();
    assert_eq!(
        (&scores[0]["score"], &scores[1]["rank"]),
        (&json!(0), &json!(1))
    );
    for (player, position) in [(ME, 1), (OTHER, 4), (ME, 2), (OTHER, 5), (ME, 3)] {
        assert_eq!(world.play_at(&contest, player, json!(position)).status, 200);
    }
    assert!(is_over(&mut world, &contest));
    assert_eq!(
        world.read(&leaderboard),
        json!({ "playerScores": [
            { "playerId": OTHER, "rank": 0, "score": 1 },
            { "playerId": ME, "rank": 1, "score": 3 },
        ]})
    );
    let over = json!({ "Game is over": { "wait": true, "missingPlayers": 0 } });
    assert_eq!(world.moves_of(&contest, ME), over);
}

#[test]
fn a_connection_dropped_after_the_move_leaves_it_made() {
    let mut world = World::new();
    let contest = world.joined();
    let fault = json!({ "path": "/kumite/api/v1/board/move", "drop": "body" });
    world.control("POST", "/fail", Some(&fault));
    world.play_at(&contest, ME, json!(1));
    let board = world.board_of(&contest);
    assert_eq!(&text(&board["board"]["positions"])[..1], "X");
}
