//! The notification stream on real sockets.

use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::error::ProtocolError;
use tungstenite::{Error, HandshakeError, Message, WebSocket};

use crate::program::{Program, get, post};

const PATH: &str = "/v1/notifications/stream/";

/// What talks to the program besides the stream.
impl Program {
    fn call(&self, request: &str) -> Value {
        let answer = self.answer(request);
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap()
    }

    fn control(&self, path: &str, body: Value) -> Value {
        self.call(&post(&format!("/control{path}"), &body.to_string()))
    }

    /// Tells johny of something, in the way that `more` says.
    fn tell(&self, more: Value) {
        let mut body = json!({ "player_id": "johny", "event": { "event": "level" } });
        for (field, value) in more.as_object().unwrap() {
            body[field] = value.clone();
        }
        self.control("/notifications", body);
    }

    fn app_token(&self) -> String {
        let form = "grant_type=client_credentials&client_id=sandbox-app\
                    &client_secret=sandbox-app-secret-not-a-real-secret";
        let token = self.call(&post("/auth/token", form));
        token["access_token"].as_str().unwrap().to_owned()
    }

    fn stream_token(&self, player: &str) -> String {
        let app = self.app_token();
        let target =
            format!("/v2/runtime/notifications/token?player_id={player}&access_token={app}");
        self.call(&get(&target))["token"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// What the log says of the stream: what and why.
    fn stream_log(&self) -> Vec<(String, Value)> {
        let log = self.call(&get("/control/log"));
        let entries = log["stream"].as_array().unwrap().iter();
        entries
            .map(|e| (e["what"].as_str().unwrap().to_owned(), e["reason"].clone()))
            .collect()
    }

    fn closed_by(&self, reason: &str) {
        let closed = ("closed".to_owned(), json!(reason));
        self.wait_until(|| self.stream_log().last() == Some(&closed));
    }
}

/// A client of the stream: WebSocket by `tungstenite`, engine.io by hand.
struct Peer(WebSocket<TcpStream>);

impl Peer {
    /// Connects; the status when that is refused.
    fn try_open(program: &Program, path: &str) -> Result<Self, u16> {
        let address = format!(
            "ws://127.0.0.1:{}{path}?EIO=3&transport=websocket",
            program.port
        );
        match tungstenite::client(address, program.connect()) {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(HandshakeError::Failure(Error::Http(answer))) => Err(answer.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    /// Connects up to the challenge; gives the open packet, too.
    fn open(program: &Program) -> (Self, Value) {
        let mut peer = Self::try_open(program, PATH).unwrap();
        let packet = peer.packet();
        assert_eq!(&packet[..1], "0");
        assert_eq!(peer.packet(), "4AUTH_CHALLENGE");
        (peer, serde_json::from_str(&packet[1..]).unwrap())
    }

    /// Connects as that player.
    fn listen(program: &Program, player: &str) -> Self {
        let (mut peer, _) = Self::open(program);
        peer.answer(&program.stream_token(player), player);
        assert_eq!(peer.packet(), "4AUTH_SUCCESS");
        peer
    }

    fn answer(&mut self, token: &str, player: &str) {
        self.send(&format!(
            "4AUTH_RESPONSE {token} player staging sandbox {player}"
        ));
    }

    fn send(&mut self, packet: &str) {
        self.0.send(Message::text(packet)).unwrap();
    }

    fn packet(&mut self) -> String {
        match self.0.read().unwrap() {
            Message::Text(text) => text.to_string(),
            other => panic!("not a text: {other:?}"),
        }
    }

    fn event(&mut self) -> Value {
        let packet = self.packet();
        assert_eq!(&packet[..1], "4");
        let (_, json) = packet.split_once(' ').unwrap();
        serde_json::from_str(json).unwrap()
    }

    fn expect_close_frame(&mut self) {
        let got = self.0.read();
        assert!(matches!(got, Ok(Message::Close(None))), "{got:?}");
    }
}

#[test]
fn a_hundred_notifications_come_in_order() {
    let program = Program::start(&["--port", "0", "--json"]);
    let (mut peer, open) = Peer::open(&program);
    assert_eq!(
        (
            &open["pingInterval"],
            &open["pingTimeout"],
            &open["upgrades"]
        ),
        (&json!(25_000), &json!(5_000), &json!([]))
    );
    peer.answer(&program.stream_token("johny"), "johny");
    assert_eq!(peer.packet(), "4AUTH_SUCCESS");
    program.tell(json!({ "count": 100 }));
    for n in 1..=100 {
        assert_eq!(peer.event()["sequence"], n);
    }
    program.tell(json!({ "count": 3, "interval": 5 }));
    for n in 1..=3 {
        assert_eq!(peer.event()["sequence"], n);
    }
    peer.send("2");
    assert_eq!(peer.packet(), "3", "the client pings, the server answers");
    peer.0.close(None).unwrap();
    program.closed_by("client");
}

#[test]
fn both_paths_lead_there_with_and_without_the_last_slash() {
    let program = Program::start(&["--port", "0", "--json"]);
    for path in [
        "/v1/notifications/stream",
        PATH,
        "/v2/runtime/notifications/stream",
        "/v2/runtime/notifications/stream/",
    ] {
        assert_eq!(Peer::try_open(&program, path).map(|_| ()), Ok(()), "{path}");
    }
    let elsewhere = Peer::try_open(&program, "/v1/notifications/stream/more");
    assert_eq!(elsewhere.map(|_| ()), Err(401));
}

#[test]
fn a_wrong_token_is_told_and_the_connection_ends_in_order() {
    let program = Program::start(&["--port", "0", "--json"]);
    let (mut peer, _) = Peer::open(&program);
    peer.answer(&program.stream_token("johny"), "mara");
    assert_eq!(peer.packet(), "4AUTH_FAILED unauthorized token");
    peer.expect_close_frame();
    program.closed_by("refused");
}

#[test]
fn who_says_nothing_is_sent_away() {
    let program = Program::start(&["--port", "0", "--json"]);
    program.control("/stream", json!({ "authTimeout": 50 }));
    let (mut peer, _) = Peer::open(&program);
    peer.expect_close_frame();
    program.closed_by("no answer");
}

#[test]
fn who_doesnt_ping_is_given_up() {
    let program = Program::start(&["--port", "0", "--json"]);
    let settings = json!({ "pingInterval": 150, "pingTimeout": 50 });
    program.control("/stream", settings);
    let (mut peer, open) = Peer::open(&program);
    assert_eq!(
        (&open["pingInterval"], &open["pingTimeout"]),
        (&json!(150), &json!(50))
    );
    let begun = Instant::now();
    peer.expect_close_frame();
    assert!(begun.elapsed() >= Duration::from_millis(150));
    program.closed_by("heartbeat");
}

#[test]
fn a_restart_closes_refuses_and_loses_nothing() {
    let program = Program::start(&["--port", "0", "--json"]);
    let mut peer = Peer::listen(&program, "johny");
    let ended = program.control("/stream/restart", json!({ "refuse": 300 }));
    assert_eq!(ended, json!({ "connections": 1 }));
    peer.expect_close_frame();
    assert_eq!(Peer::try_open(&program, PATH).map(|_| ()), Err(503));
    program.tell(json!({}));
    program.wait_until(|| Peer::try_open(&program, PATH).is_ok());
    Peer::listen(&program, "johny");
    let target = format!(
        "/v2/runtime/notifications?player_id=johny&access_token={}",
        program.app_token()
    );
    let kept = program.call(&get(&target));
    assert_eq!(
        (&kept["total"], &kept["data"][0]["seen"]),
        (&json!(1), &json!(false))
    );
}

#[test]
fn a_dropped_connection_gets_no_close_frame() {
    let program = Program::start(&["--port", "0", "--json"]);
    let mut peer = Peer::listen(&program, "johny");
    program.control("/stream/drop", json!({ "player_id": "johny" }));
    let got = peer.0.read();
    let reset = ProtocolError::ResetWithoutClosingHandshake;
    assert!(
        matches!(&got, Err(Error::Protocol(e)) if *e == reset),
        "{got:?}"
    );
    program.closed_by("drop");
    Peer::listen(&program, "johny");
}

#[test]
fn silence_holds_back_even_pongs_and_then_all_comes() {
    let program = Program::start(&["--port", "0", "--json"]);
    let mut peer = Peer::listen(&program, "johny");
    let begun = Instant::now();
    program.control("/stream/silence", json!({ "ms": 400 }));
    peer.send("2");
    program.tell(json!({ "count": 2 }));
    let mut other = Peer::listen(&program, "johny");
    other.send("2");
    assert_eq!(other.packet(), "3", "newcomers are answered");
    let mut came: Vec<String> = (0..3).map(|_| peer.packet()).collect();
    assert!(begun.elapsed() >= Duration::from_millis(400));
    came.retain(|packet| packet != "3");
    assert_eq!(came.len(), 2);
}

#[test]
fn it_can_be_polled() {
    let program = Program::start(&["--port", "0", "--json"]);
    let target = format!("{PATH}?EIO=3&transport=polling&b64=1");
    let opened = program.answer(&get(&target));
    assert!(
        opened.contains("access-control-allow-origin: *\r\n"),
        "{opened}"
    );
    let (_, packet) = opened.split_once("\r\n\r\n").unwrap();
    let (length, packet) = packet.split_once(":0").unwrap();
    assert_eq!(length.parse(), Ok(packet.len() + 1));
    let open: Value = serde_json::from_str(packet).unwrap();
    assert_eq!(open["upgrades"], json!(["websocket"]));
    let next = get(&format!("{target}&sid={}", open["sid"].as_str().unwrap()));
    let polled = program.answer(&next);
    assert!(polled.ends_with("\r\n\r\n15:4AUTH_CHALLENGE"), "{polled}");
    let calls = program.call(&get("/control/log"))["calls"].clone();
    assert_eq!(calls.as_array().unwrap().len(), 2);
}

#[test]
fn a_reset_cuts_the_stream_too() {
    let program = Program::start(&["--port", "0", "--json"]);
    program.control("/stream", json!({ "pingInterval": 70 }));
    let mut peer = Peer::listen(&program, "johny");
    program.control("/reset", json!({}));
    assert!(peer.0.read().is_err());
    let (_, open) = Peer::open(&program);
    assert_eq!(open["pingInterval"], 25_000);
}
