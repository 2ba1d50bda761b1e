//! The notification stream, as far as it needs no sockets.

use playoff_sandbox::door::Door;
use playoff_sandbox::stream::{Effect, Timer};
use playoff_sandbox::{Moment, Request};
use serde_json::{Value, json};

use crate::world::*;

const PATH: &str = "/v1/notifications/stream/";
const GOOD: &str = "AUTH_SUCCESS";
const UNAUTHORIZED: &str = "AUTH_FAILED unauthorized token";

/// What happens at the sockets.
impl World {
    fn moment(&self) -> Moment {
        Moment {
            unix_ms: self.now,
            random: [7; 32],
        }
    }

    fn stream_token(&mut self, player: &str) -> String {
        let target = "/v2/runtime/notifications/token";
        text(&self.good(player, "GET", target, None)["token"]).to_owned()
    }

    fn open(&mut self) -> (u64, Vec<Effect>) {
        let moment = self.moment();
        self.sandbox.stream_opened(moment)
    }

    fn say(&mut self, id: u64, text: &str) -> Vec<Effect> {
        let moment = self.moment();
        self.sandbox.stream_message(id, text, moment)
    }

    fn ring(&mut self, timer: Timer) -> Vec<Effect> {
        let moment = self.moment();
        self.sandbox.ring(timer, moment)
    }

    /// A connection of that player.
    fn listen(&mut self, player: &str) -> u64 {
        let token = self.stream_token(player);
        let (id, _) = self.open();
        assert_eq!(self.say(id, &answer(&token, player)), [send(id, GOOD)]);
        id
    }

    fn effects(&mut self, path: &str, body: Value) -> Vec<Effect> {
        let path = format!("/control{path}");
        let reply = self.send(&Request::new("POST", &path).with_json(&body));
        assert_eq!(reply.answer.status, 200, "{}", json_of(&reply.answer));
        reply.effects
    }

    /// Tells a player of something, in the way that `more` says.
    fn tell(&mut self, player: &str, more: Value) -> Vec<Effect> {
        self.effects("/notifications", told(player, more))
    }

    /// What the log says of the stream: what, of which connection, why.
    fn stream_log(&mut self) -> Vec<Value> {
        let log = self.control("GET", "/log", None);
        let entries = log["stream"].as_array().unwrap().iter();
        entries
            .map(|e| json!([e["what"], e["connection"], e["player_id"], e["reason"]]))
            .collect()
    }

    fn door(&mut self) -> Door {
        let moment = self.moment();
        self.sandbox.stream_door(&Request::new("GET", PATH), moment)
    }
}

fn told(player: &str, more: Value) -> Value {
    let mut body = json!({ "player_id": player, "event": { "event": "level" } });
    for (field, value) in more.as_object().unwrap() {
        body[field] = value.clone();
    }
    body
}

fn answer(token: &str, player: &str) -> String {
    format!("AUTH_RESPONSE {token} player production sandbox {player}")
}

fn send(id: u64, text: &str) -> Effect {
    Effect::Send(id, text.to_owned())
}

/// The time that a connection has to say whose it is.
fn patience(id: u64, ms: u64) -> Effect {
    let timer = Timer::Auth(id);
    Effect::Later { ms, timer }
}

/// The event of a message, whose leading word is cut off at the first space.
fn event(effect: &Effect) -> Value {
    let Effect::Send(_, text) = effect else {
        panic!("{effect:?}")
    };
    let (word, json) = text.split_once(' ').unwrap();
    assert!(!word.is_empty());
    serde_json::from_str(json).unwrap()
}

#[test]
fn a_connection_is_challenged_answers_and_hears_of_what_comes_after() {
    let mut world = World::new();
    world.tell("johny", json!({}));
    let token = world.stream_token("johny");
    let (id, effects) = world.open();
    assert_eq!(effects, [send(id, "AUTH_CHALLENGE"), patience(id, 10_000)]);
    assert_eq!(world.tell("johny", json!({})), []);
    assert_eq!(world.say(id, &answer(&token, "johny")), [send(id, GOOD)]);
    assert_eq!(world.ring(Timer::Auth(id)), []);

    let effects = world.tell("johny", json!({ "count": 2 }));
    let listed = world.sandbox.notifications_after("johny", 0);
    let kept: Vec<Value> = listed.map(|n| n.event.clone()).collect();
    assert_eq!(kept.len(), 4, "whether somebody listens or not");
    let sent: Vec<Value> = effects.iter().map(event).collect();
    assert_eq!(sent, kept[2..]);
    assert_eq!(sent[0]["sequence"], 1);
    assert_eq!(world.tell("mara", json!({})), []);
    assert_eq!(
        world.stream_log(),
        [
            json!(["opened", id, null, null]),
            json!(["authenticated", id, "johny", null])
        ]
    );
}

#[test]
fn every_connection_of_a_player_hears_of_it() {
    let mut world = World::new();
    let ids = [world.listen("johny"), world.listen("johny")];
    world.listen("mara");
    let event_sent = json!({ "event": "level", "note": "a b" });
    let effects = world.tell("johny", json!({ "event": event_sent }));
    let to: Vec<Value> = effects.iter().map(|e| event(e)["note"].clone()).collect();
    assert_eq!(to, ["a b", "a b"]);
    for (effect, id) in effects.iter().zip(ids) {
        assert!(matches!(effect, Effect::Send(to, _) if *to == id));
    }
}

#[test]
fn what_a_play_tells_comes_by_the_stream_and_stays_in_the_list() {
    let mut world = World::new();
    world.listen("newbie");
    let token = world.app_token();
    let play = "/v2/runtime/actions/greet/play?player_id=newbie";
    let play = Request::new("POST", &with(play, "access_token", &token));
    let mut sent = Vec::new();
    while sent.is_empty() {
        let reply = world.send(&play);
        assert_eq!(reply.answer.status, 200);
        sent.extend(reply.effects.iter().map(event));
    }
    let list = world.good("newbie", "GET", "/v2/runtime/notifications", None);
    let mut listed = list["data"].as_array().unwrap().clone();
    for entry in &mut listed {
        assert_eq!(
            entry.as_object_mut().unwrap().remove("seen"),
            Some(json!(false))
        );
    }
    listed.reverse();
    assert_eq!(sent, listed);
}

#[test]
fn a_token_is_its_players_own_and_ends() {
    let mut world = World::new();
    let token = world.stream_token("johny");
    for (text, reason) in [
        (answer(&token, "mara"), UNAUTHORIZED),
        (answer("nonsense", "johny"), UNAUTHORIZED),
        (
            answer(&token, "johny").replace("sandbox", "other"),
            "AUTH_FAILED unknown game",
        ),
        (token.clone(), "AUTH_FAILED malformed response"),
    ] {
        let (id, _) = world.open();
        assert_eq!(
            world.say(id, &text),
            [send(id, reason), Effect::Close(id)],
            "{text}"
        );
        assert_eq!(world.say(id, &answer(&token, "johny")), [], "it is over");
    }
    assert_eq!(
        world.stream_log()[..3],
        [
            json!(["opened", 1, null, null]),
            json!(["refused", 1, null, "unauthorized token"]),
            json!(["closed", 1, null, "refused"])
        ]
    );
    world.control("POST", "/clock", Some(&json!({ "offset": 3600 })));
    let (id, _) = world.open();
    let effects = world.say(id, &answer(&token, "johny"));
    assert_eq!(effects, [send(id, UNAUTHORIZED), Effect::Close(id)]);
}

#[test]
fn refusals_can_be_asked_for() {
    let mut world = World::new();
    let token = world.stream_token("johny");
    let answer = answer(&token, "johny");
    world.effects("/stream/refuse", json!({ "reason": "try later" }));
    let (id, _) = world.open();
    let failed = send(id, "AUTH_FAILED try later");
    assert_eq!(world.say(id, &answer), [failed, Effect::Close(id)]);
    world.effects("/stream/refuse", json!({ "count": 2, "reason": "" }));
    for _ in 0..2 {
        let (id, _) = world.open();
        let failed = send(id, "AUTH_FAILED");
        assert_eq!(world.say(id, &answer), [failed, Effect::Close(id)]);
    }
    let (id, _) = world.open();
    assert_eq!(world.say(id, &answer), [send(id, GOOD)]);
}

#[test]
fn who_says_nothing_or_too_much_is_sent_away() {
    let mut world = World::new();
    let settings = world.control(
        "POST",
        "/stream",
        Some(&json!({ "authTimeout": 50, "pingInterval": 300 })),
    );
    assert_eq!(
        settings,
        json!({ "pingInterval": 300, "pingTimeout": 5000, "authTimeout": 50, "connections": [] })
    );
    let (id, effects) = world.open();
    assert_eq!(effects[1], patience(id, 50));
    assert_eq!(world.ring(Timer::Auth(id)), [Effect::Close(id)]);
    let id = world.listen("johny");
    assert_eq!(world.say(id, "anything"), [Effect::Close(id)]);
    let reasons: Vec<Value> = world.stream_log().iter().map(|e| e[3].clone()).collect();
    let said = [json!("no answer"), json!("unexpected message")];
    assert!(said.iter().all(|r| reasons.contains(r)), "{reasons:?}");
}

#[test]
fn a_push_takes_its_time_and_ends_with_a_reset() {
    let mut world = World::new();
    let id = world.listen("johny");
    let mut effects = world.tell("johny", json!({ "count": 3, "interval": 20 }));
    for n in 1..=3 {
        let (sent, timer) = effects
            .iter()
            .partition::<Vec<_>, _>(|e| matches!(e, Effect::Send(..)));
        assert_eq!(sent.len(), 1);
        assert_eq!(event(sent[0])["sequence"], n);
        effects = match timer[..] {
            [Effect::Later { ms: 20, timer }] if n < 3 => world.ring(timer.clone()),
            [] if n == 3 => Vec::new(),
            _ => panic!("{timer:?}"),
        };
    }
    let timer = world
        .tell("johny", json!({ "count": 2, "interval": 20 }))
        .into_iter()
        .find_map(|e| match e {
            Effect::Later { timer, .. } => Some(timer),
            _ => None,
        });
    let reset = world.send(&Request::new("POST", "/control/reset"));
    assert_eq!(reset.effects, [Effect::Cut(id), Effect::Renew]);
    assert_eq!(world.ring(timer.unwrap()), []);
    assert_eq!(world.sandbox.notifications_after("johny", 0).count(), 0);
    assert!(world.listen("johny") > id, "numbers go on");
}

#[test]
fn a_restart_ends_all_connections_and_shuts_the_door_for_a_while() {
    let mut world = World::new();
    let id = world.listen("johny");
    let (silent, _) = world.open();
    let effects = world.effects("/stream/restart", json!({ "refuse": 200 }));
    assert_eq!(effects, [Effect::Close(id), Effect::Close(silent)]);
    let Door::Shut(reply) = world.door() else {
        panic!("it is open")
    };
    assert_eq!(reply.answer.status, 503);
    let (late, effects) = world.open();
    assert_eq!(effects, [Effect::Cut(late)], "it came in just before");
    world.tell("johny", json!({}));
    world.now += 200;
    assert!(matches!(world.door(), Door::Open(0)));
    assert_eq!(world.sandbox.notifications_after("johny", 0).count(), 1);

    let id = world.listen("johny");
    let effects = world.effects("/stream/restart", json!({ "drop": true }));
    assert_eq!(effects, [Effect::Cut(id)]);
    assert!(matches!(world.door(), Door::Open(0)));
}

#[test]
fn connections_fall_silent_or_are_dropped() {
    let mut world = World::new();
    let (johny, mara) = (world.listen("johny"), world.listen("mara"));
    let silence = |connection| Effect::Silence {
        connection,
        ms: 500,
    };
    let effects = world.effects("/stream/silence", json!({ "ms": 500 }));
    assert_eq!(effects, [silence(johny), silence(mara)]);
    assert!(matches!(world.door(), Door::Open(0)));
    world.effects("/stream/silence", json!({ "ms": 500, "newcomers": true }));
    world.now += 100;
    assert!(matches!(world.door(), Door::Open(400)));

    let effects = world.effects("/stream/drop", json!({ "player_id": "mara" }));
    assert_eq!(effects, [Effect::Cut(mara)]);
    let moment = world.moment();
    world.sandbox.stream_closed(mara, "client", moment);
    world.sandbox.stream_closed(johny, "client", moment);
    let last = world.stream_log().split_off(4);
    assert_eq!(
        last,
        [
            json!(["closed", mara, "mara", "drop"]),
            json!(["closed", johny, "johny", "client"])
        ]
    );
    assert_eq!(world.effects("/stream/drop", json!({})), []);
}

#[test]
fn faults_come_before_the_stream() {
    let mut world = World::new();
    world.control(
        "POST",
        "/fail",
        Some(&json!({ "path": PATH, "status": 502 })),
    );
    let Door::Shut(reply) = world.door() else {
        panic!("it is open")
    };
    assert_eq!((reply.answer.status, reply.drop), (502, None));
    world.control("POST", "/fail", Some(&json!({ "path": PATH, "delay": 30 })));
    assert!(matches!(world.door(), Door::Open(30)));
    let log = world.control("GET", "/log", None);
    assert_eq!(log["calls"][0]["status"], 502);
}

#[test]
fn wrong_wishes_are_refused() {
    let mut world = World::new();
    for (path, body) in [
        ("/stream", json!({ "pingInterval": 0 })),
        ("/stream", json!({ "ping_interval": 1 })),
        ("/stream/restart", json!({ "refuse": -1 })),
        ("/stream/silence", json!({ "ms": "1" })),
        ("/stream/drop", json!({ "player": "johny" })),
        ("/stream/refuse", json!({ "count": 1.5 })),
        ("/notifications", json!({ "event": { "event": "x" } })),
        ("/notifications", json!({ "player_id": "johny" })),
        ("/notifications", told("johny", json!({ "event": {} }))),
        ("/notifications", told("johny", json!({ "count": 0 }))),
        ("/notifications", told("johny", json!({ "interval": -1 }))),
    ] {
        let answer = world.call("POST", &format!("/control{path}"), Some(&body));
        assert_eq!(
            error_of(&answer),
            error("validation_exception", 400),
            "{path} {body}"
        );
    }
    let nobody = told("nobody", json!({}));
    let answer = world.call("POST", "/control/notifications", Some(&nobody));
    assert_eq!(error_of(&answer), error("player_not_found", 404));
    let answer = world.call("POST", "/control/stream/other", None);
    assert_eq!(error_of(&answer), error("route_not_found", 404));
}
