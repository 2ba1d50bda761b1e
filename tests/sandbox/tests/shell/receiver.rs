//! Toornament's webhooks on real sockets.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener};

use serde_json::{Value, json};

use crate::program::{Program, get, post};

fn control(program: &Program, path: &str, body: Value) {
    let answer = program.answer(&post(
        &format!("/control/toornament{path}"),
        &body.to_string(),
    ));
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

fn deliveries(program: &Program) -> Value {
    let answer = program.answer(&get("/control/toornament/deliveries"));
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).unwrap()
}

/// Takes one request and answers it with that status.
fn receive(listener: &TcpListener, status: u16) -> String {
    let (mut stream, _) = listener.accept().unwrap();
    let mut request = Vec::new();
    let mut part = [0; 4096];
    let whole = |request: &[u8]| {
        let text = String::from_utf8_lossy(request).into_owned();
        let (head, body) = text.split_once("\r\n\r\n")?;
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .map_or(0, |length| length.parse().unwrap());
        (body.len() == length).then_some(text)
    };
    loop {
        let count = stream.read(&mut part).unwrap();
        assert_ne!(count, 0, "it ended too early");
        request.extend(&part[..count]);
        if let Some(text) = whole(&request) {
            let answer = format!("HTTP/1.1 {status} Said\r\nContent-Length: 0\r\n\r\n");
            stream.write_all(answer.as_bytes()).unwrap();
            return text;
        }
    }
}

#[test]
fn a_receiver_is_asked_and_told_in_order() {
    let program = Program::start(&["--port", "0", "--json"]);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}/hook?a=b", listener.local_addr().unwrap());
    control(
        &program,
        "/deliver",
        json!({ "url": url, "secret": "s", "method": "HEAD" }),
    );
    let question = receive(&listener, 200);
    assert!(
        question.starts_with("HEAD /hook?a=b HTTP/1.1\r\n"),
        "{question}"
    );
    assert!(
        question.contains("\r\nx-webhook-secret: s\r\n"),
        "{question}"
    );
    control(
        &program,
        "/deliver",
        json!({ "url": url, "secret": "s", "count": 2 }),
    );
    let (first, second) = (receive(&listener, 204), receive(&listener, 401));
    assert!(first.contains("\r\nx-webhook-signature: "), "{first}");
    assert!(
        first.ends_with('}') && first == second,
        "a replay is the same"
    );
    program.wait_until(|| deliveries(&program)[2]["status"] == 401);
    assert_eq!(deliveries(&program)[1]["status"], 204);
}

#[test]
fn nobody_outside_of_this_machine_is_called() {
    let program = Program::start(&["--port", "0", "--json"]);
    for url in [
        "http://example.com/hook",
        "https://127.0.0.1/hook",
        "nonsense",
    ] {
        control(
            &program,
            "/deliver",
            json!({ "url": url, "secret": "s", "method": "HEAD" }),
        );
    }
    program.wait_until(|| {
        let all = deliveries(&program);
        all.as_array()
            .unwrap()
            .iter()
            .all(|d| d["error"].is_string())
    });
}
