//! Kumite's WebSocket on real sockets.

use std::net::TcpStream;

use serde_json::{Value, json};
use tungstenite::{Error, HandshakeError, Message, WebSocket};

use crate::program::{Program, get, post};

const PATH: &str = "/kumite/ws/contests";

/// A robot without an SDK.
struct Robot<'a> {
    program: &'a Program,
    token: String,
    player: String,
}

impl<'a> Robot<'a> {
    fn new(program: &'a Program) -> Self {
        let kumite = &program.described["kumite"];
        let player = kumite["playerIds"][0].as_str().unwrap().to_owned();
        let mut robot = Self {
            program,
            token: kumite["refreshToken"].as_str().unwrap().to_owned(),
            player,
        };
        let given = robot.call(&get(&format!(
            "/kumite/api/v1/oauth2/token?player_id={}",
            robot.player
        )));
        robot.token = given["access_token"].as_str().unwrap().to_owned();
        robot
    }

    fn call(&self, request: &str) -> Value {
        let header = format!("\r\nAuthorization: Bearer {}\r\nHost: ", self.token);
        let answer = self
            .program
            .answer(&request.replacen("\r\nHost: ", &header, 1));
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap()
    }

    fn contest(&self) -> String {
        let open = self.call(&get("/kumite/api/v1/contests?accept_players=true"));
        open[0]["contestId"].as_str().unwrap().to_owned()
    }

    fn join(&self, contest: &str) {
        let player = &self.player;
        let target = format!("/kumite/api/v1/board/player?player_id={player}&contest_id={contest}");
        self.call(&post(&target, ""));
    }
}

fn control(program: &Program, path: &str, body: Value) {
    let answer = program.answer(&post(&format!("/control{path}"), &body.to_string()));
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

fn open(program: &Program) -> Result<WebSocket<TcpStream>, u16> {
    let address = format!("ws://127.0.0.1:{}{PATH}", program.port);
    match tungstenite::client(address, program.connect()) {
        Ok((socket, _)) => Ok(socket),
        Err(HandshakeError::Failure(Error::Http(answer))) => Err(answer.status().as_u16()),
        Err(error) => panic!("{error}"),
    }
}

/// The next event of that contest.
fn event(socket: &mut WebSocket<TcpStream>, contest: &str) -> String {
    loop {
        let Message::Text(text) = socket.read().unwrap() else {
            panic!("not a text");
        };
        let event: Value = serde_json::from_str(&text).unwrap();
        if event["contestId"] == contest {
            return event["eventType"].as_str().unwrap().to_owned();
        }
    }
}

#[test]
fn a_contest_can_be_watched_up_to_its_opponents_turn() {
    let program = Program::start(&["--port", "0", "--json"]);
    control(&program, "/kumite", json!({ "opponentDelay": 30 }));
    let robot = Robot::new(&program);
    let contest = robot.contest();
    let mut socket = open(&program).unwrap();
    socket
        .send(Message::text(
            json!({ "playerId": robot.player }).to_string(),
        ))
        .unwrap();
    robot.join(&contest);
    // The second player comes by itself, after a while.
    for expected in [
        "BoardIsUpdated",
        "PlayerJoinedBoard",
        "PlayerCanMove",
        "BoardIsUpdated",
        "PlayerJoinedBoard",
    ] {
        assert_eq!(event(&mut socket, &contest), expected);
    }
    socket.close(None).unwrap();
    program.wait_until(|| {
        let shown = program.answer(&get("/control/kumite"));
        shown.contains(r#""connections":0"#)
    });
}

#[test]
fn who_watches_is_cut_off_without_a_close_frame_and_may_come_again() {
    let program = Program::start(&["--port", "0", "--json"]);
    let mut socket = open(&program).unwrap();
    control(&program, "/kumite/drop", json!({}));
    let end = socket.read();
    assert!(!matches!(end, Ok(Message::Close(_))), "{end:?}");
    assert!(end.is_err());
    assert!(open(&program).is_ok());
}

#[test]
fn connecting_fails_as_a_fault_says() {
    let program = Program::start(&["--port", "0", "--json"]);
    program.fail(&json!({ "path": PATH, "status": 503 }).to_string());
    assert_eq!(open(&program).map(|_| ()), Err(503));
    let plain = program.answer(&get(PATH));
    assert!(plain.starts_with("HTTP/1.1 400"), "{plain}");
    assert!(open(&program).is_ok());
}
