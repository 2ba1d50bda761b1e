//! The WebSocket, as far as it needs no sockets.

use playoff_sandbox::Moment;
use playoff_sandbox::door::Door;
use playoff_sandbox::kumite::watch::Effect;

use super::*;

fn moment(world: &World) -> Moment {
    Moment {
        unix_ms: world.now,
        random: [7; 32],
    }
}

fn request() -> Request {
    Request::new("GET", "/kumite/ws/contests").with_header("Upgrade", "websocket")
}

/// The events in those effects, all of that contest.
fn events(effects: &[Effect], id: u64, contest: &str) -> Vec<String> {
    let event = |effect: &Effect| match effect {
        Effect::Send(to, message) if *to == id => {
            let event: Value = serde_json::from_str(message).unwrap();
            assert_eq!(event["contestId"], contest);
            Some(text(&event["eventType"]).to_owned())
        }
        _ => None,
    };
    effects.iter().filter_map(event).collect()
}

/// What a call makes those who watch hear.
fn heard(world: &mut World, route: &str, body: Option<&Value>) -> Vec<Effect> {
    let token = world.player_token(ME);
    let mut request = Request::new("POST", &format!("/kumite/api/v1{route}"))
        .with_header("Authorization", &format!("Bearer {token}"));
    if let Some(body) = body {
        request = request.with_json(body);
    }
    world.send(&request).watch
}

#[test]
fn everybody_hears_of_every_contest_without_a_token() {
    let mut world = World::new();
    world.kumite(json!({ "opponent": "none", "keepOpen": false }));
    let contest = world.open_contest();
    let now = moment(&world);
    assert!(matches!(
        world.sandbox.watch_door(&request(), now),
        Door::Open(0)
    ));
    let (one, two) = (world.sandbox.watch_opened(), world.sandbox.watch_opened());
    let join = |player: &str| format!("/board/player?player_id={player}&contest_id={contest}");
    let effects = heard(&mut world, &join(ME), None);
    for id in [one, two] {
        assert_eq!(
            events(&effects, id, &contest),
            ["BoardIsUpdated", "PlayerJoinedBoard"]
        );
    }
    let effects = heard(&mut world, &join(OTHER), None);
    let expected = ["PlayerCanMove", "BoardIsUpdated", "PlayerJoinedBoard"];
    assert_eq!(events(&effects, one, &contest), expected);
    world.sandbox.watch_closed(two);
    let route = format!("/board/move?player_id={ME}&contest_id={contest}");
    let effects = heard(&mut world, &route, Some(&json!({ "position": 1 })));
    let expected = ["PlayerCanMove", "BoardIsUpdated", "PlayerMoved"];
    assert_eq!(events(&effects, one, &contest), expected);
    assert_eq!(events(&effects, two, &contest), [""; 0]);
    let effects = heard(&mut world, &route, Some(&json!({ "position": 1 })));
    let expected = ["BoardIsUpdated", "ContestIsGameover"];
    assert_eq!(events(&effects, one, &contest), expected);
}

#[test]
fn what_the_sandboxs_player_does_later_is_heard_when_it_is_due() {
    let mut world = World::new();
    world.kumite(json!({ "opponentDelay": 50, "keepOpen": false }));
    let contest = world.open_contest();
    let id = world.sandbox.watch_opened();
    let route = format!("/board/player?player_id={ME}&contest_id={contest}");
    let effects = heard(&mut world, &route, None);
    assert_eq!(effects.last(), Some(&Effect::WakeAfter(50)));
    let early = moment(&world);
    assert_eq!(world.sandbox.wake(early), []);
    world.now += 50;
    let due = moment(&world);
    let expected = ["PlayerCanMove", "BoardIsUpdated", "PlayerJoinedBoard"];
    assert_eq!(events(&world.sandbox.wake(due), id, &contest), expected);
}

#[test]
fn who_watches_can_be_cut_off_and_kept_out() {
    let mut world = World::new();
    let id = world.sandbox.watch_opened();
    let reply = world.send(&Request::new("POST", "/control/kumite/drop"));
    assert_eq!(json_of(&reply.answer)["connections"], 1);
    assert_eq!(reply.watch, [Effect::Cut(id)]);
    let again = world.sandbox.watch_opened();
    assert_ne!(again, id);
    assert_eq!(world.control("GET", "/kumite", None)["connections"], 1);
    let reply = world.send(&Request::new("POST", "/control/reset"));
    assert_eq!(reply.watch, [Effect::Cut(again)]);

    let fault = json!({ "path": "/kumite/ws", "status": 503 });
    world.control("POST", "/fail", Some(&fault));
    let now = moment(&world);
    match world.sandbox.watch_door(&request(), now) {
        Door::Shut(reply) => assert_eq!(reply.answer.status, 503),
        Door::Open(_) => panic!("it was to fail"),
    }
    let plain = Request::new("GET", "/kumite/ws/contests");
    match world.sandbox.watch_door(&plain, now) {
        Door::Shut(reply) => assert_eq!(reply.answer.status, 400),
        Door::Open(_) => panic!("it is no WebSocket"),
    }
    let log = world.control("GET", "/log", None);
    let statuses: Vec<&Value> = log["calls"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| &c["status"])
        .collect();
    assert_eq!(statuses, [503, 400]);
}
