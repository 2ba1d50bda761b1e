//! The program itself: its ports, its output, and faults on real sockets.

mod program;
mod receiver;
mod stream;
mod watch;

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};
use std::time::{Duration, Instant};

use program::{Program, get, post};

#[test]
fn the_first_line_is_json_and_every_address_in_it_answers() {
    let program = Program::start(&["--port", "0", "--json"]);
    let origin = program.described["playoff"]["apiUrl"].as_str().unwrap();
    assert_eq!(origin, format!("http://127.0.0.1:{}", program.port));
    assert_eq!(program.described["playoff"]["authUrl"], origin);
    assert_eq!(
        program.described["control"]["url"],
        format!("{origin}/control")
    );
    let kumite = &program.described["kumite"];
    assert_eq!(kumite["url"], format!("{origin}/kumite"));
    assert_eq!(kumite["playerIds"].as_array().unwrap().len(), 2);
    let metadata = program.answer(&get("/kumite/api/v1/public/metadata"));
    assert!(metadata.starts_with("HTTP/1.1 200 OK\r\n"), "{metadata}");
    let toornament = &program.described["toornament"];
    assert_eq!(toornament["url"], format!("{origin}/toornament"));
    let key = toornament["apiKey"].as_str().unwrap();
    let discipline = format!("/toornament/viewer/v2/disciplines/discipline_1?api_key={key}");
    let discipline = program.answer(&get(&discipline));
    assert!(
        discipline.starts_with("HTTP/1.1 200 OK\r\n"),
        "{discipline}"
    );
    let clients = program.described["playoff"]["clients"].as_array().unwrap();
    let types: Vec<&str> = clients
        .iter()
        .map(|c| c["type"].as_str().unwrap())
        .collect();
    for wanted in ["client_credentials", "jwt", "authorization_code", "public"] {
        assert!(types.contains(&wanted), "{types:?}");
    }
    let public = clients.iter().find(|c| c["type"] == "public").unwrap();
    assert!(public["clientSecret"].is_null());
    assert!(
        program
            .answer(&get("/control"))
            .starts_with("HTTP/1.1 200 OK\r\n")
    );
    let mut v6 = std::net::TcpStream::connect((Ipv6Addr::LOCALHOST, program.port)).unwrap();
    assert!(program::exchange(&mut v6, &get("/control")).contains("/control/reset"));
}

#[test]
fn a_call_goes_through_from_token_to_profile() {
    let program = Program::start(&["--port", "0", "--json"]);
    let form = "grant_type=client_credentials&client_id=sandbox-app\
                &client_secret=sandbox-app-secret-not-a-real-secret";
    let answer = program.answer(&post("/auth/token", form));
    assert!(
        answer.contains("content-type: application/json; charset=utf-8\r\n"),
        "{answer}"
    );
    assert_eq!(answer.matches("\r\ndate: ").count(), 1, "{answer}");
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let token: serde_json::Value = serde_json::from_str(body).unwrap();
    let token = token["access_token"].as_str().unwrap();
    let profile = program.answer(&get(&format!(
        "/v2/runtime/player?player_id=johny&access_token={token}"
    )));
    assert!(profile.contains(r#""alias":"Johny""#), "{profile}");
    let head = get(&format!(
        "/v2/runtime/player?player_id=johny&access_token={token}"
    ))
    .replacen("GET", "HEAD", 1);
    let answer = program.answer(&head);
    assert!(
        answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("\r\n\r\n"),
        "{answer}"
    );
}

#[test]
fn a_player_signs_in_by_page_cookie_and_form() {
    let program = Program::start(&["--port", "0", "--json"]);
    let target = "/auth?response_type=code&client_id=sandbox-code\
                  &redirect_uri=http%3A%2F%2Flocalhost%3A8787%2Fcallback&state=a%26b";
    let page = program.answer(&get(target));
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n"), "{page}");
    assert!(page.contains("\r\ncontent-security-policy: default-src 'none'; "));
    let between = |before: &str, after: &str| {
        let (_, rest) = page.split_once(before).expect(before);
        rest.split_once(after).expect(after).0
    };
    let cookie = between("\r\nset-cookie: ", ";");
    let form_token = between("name=\"form_token\" value=\"", "\"");
    let form_token = form_token.replace('+', "%2B");
    let form = format!("form_token={form_token}&player=mara&decision=allow");
    let header = format!("\r\nCookie: {cookie}\r\nContent-Length: ");
    let sent = post(target, &form).replacen("\r\nContent-Length: ", &header, 1);
    let answer = program.answer(&sent);
    assert!(answer.starts_with("HTTP/1.1 303 See Other\r\n"), "{answer}");
    let location = "\r\nlocation: http://localhost:8787/callback?code=";
    assert!(answer.contains(location), "{answer}");
    assert!(answer.contains("&state=a%26b\r\n"), "{answer}");
    assert!(!answer.contains("access-control-"), "{answer}");
}

#[test]
fn a_taken_port_leads_to_the_next_free_one() {
    let (taken, port) = taken_with_a_free_neighbour();
    let program = Program::start(&["--port", &port.to_string(), "--json"]);
    assert!(program.port > port);
    assert!(program.answer(&get("/control")).starts_with("HTTP/1.1 200"));
    drop(taken);
    let said = program.end("TERM");
    let expected = format!("playoff-sandbox: port {port} is taken, serving on ");
    assert!(
        said.starts_with(&expected) && said.trim().lines().count() == 1,
        "{said}"
    );
}

/// A port that something listens on, not so high that none can follow.
fn taken_with_a_free_neighbour() -> (TcpListener, u16) {
    loop {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        if port < 60_000 {
            return (listener, port);
        }
    }
}

#[test]
fn signals_end_it_even_while_calls_are_held_back() {
    for signal in ["TERM", "INT"] {
        let program = Program::start(&["--port", "0", "--json"]);
        program.fail(r#"{"delay": 60000}"#);
        let mut waiting = program.connect();
        waiting.write_all(get("/").as_bytes()).unwrap();
        let port = program.port;
        assert_eq!(program.end(signal), "");
        assert_eq!(waiting.read(&mut [0; 1]).unwrap_or(0), 0);
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).expect("the port is free again");
    }
}

#[test]
fn a_dropped_connection_gives_not_a_single_byte() {
    let program = Program::start(&["--port", "0", "--json"]);
    program.fail(r#"{"drop": "connection"}"#);
    assert_eq!(program.answer(&get("/")), "");
    assert!(program.answer(&get("/")).starts_with("HTTP/1.1 200"));
}

#[test]
fn a_dropped_body_gives_the_headers_and_half_of_it() {
    let program = Program::start(&["--port", "0", "--json"]);
    let whole = program.answer(&get("/"));
    let (_, whole) = whole.split_once("\r\n\r\n").unwrap();
    program.fail(r#"{"drop": "body"}"#);
    let answer = program.answer(&get("/"));
    let (head, half) = answer.split_once("\r\n\r\n").unwrap();
    assert!(
        head.contains(&format!("content-length: {}", whole.len())),
        "{head}"
    );
    assert_eq!(half, &whole[..whole.len() / 2]);
}

#[test]
fn a_dropped_body_leaves_other_connections_open() {
    // A client that has one would lose its next call: it can't tell that the
    // connection is just being closed.
    let program = Program::start(&["--port", "0", "--json"]);
    let mut kept = program.connect();
    let unending = get("/").replace("Connection: close\r\n", "");
    kept.write_all(unending.as_bytes()).unwrap();
    let mut first = [0; 12];
    kept.read_exact(&mut first).unwrap();
    program.fail(r#"{"drop": "body"}"#);
    assert!(program.answer(&get("/")).starts_with("HTTP/1.1 200"));
    let rest = program::exchange(&mut kept, &get("/"));
    assert!(rest.contains("HTTP/1.1 200"), "no second answer: {rest}");
}

#[test]
fn a_delayed_answer_comes_later_and_others_dont_wait_for_it() {
    let program = Program::start(&["--port", "0", "--json"]);
    program.fail(r#"{"delay": 400, "path": "/late"}"#);
    let begun = Instant::now();
    let mut late = program.connect();
    late.write_all(get("/late").as_bytes()).unwrap();
    // The fault is used up as soon as the call has arrived.
    program.wait_until(|| {
        program
            .answer(&get("/control/fail"))
            .contains(r#""left":0"#)
    });
    assert!(program.answer(&get("/")).starts_with("HTTP/1.1 200"));
    let answer = program::read(&mut late);
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    assert!(begun.elapsed() >= Duration::from_millis(400));
}

#[test]
fn idle_connections_are_closed_before_one_is_to_be_dropped() {
    // A browser silently repeats a call that fails on a connection it has used
    // before: so there must be none.
    let program = Program::start(&["--port", "0", "--json"]);
    let kept = get("/").replace("Connection: close\r\n", "");
    let mut idle = program.connect();
    idle.write_all(kept.as_bytes()).unwrap();
    let mut first = [0; 12];
    idle.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    program.fail(r#"{"drop": "connection", "path": "/other"}"#);
    let rest = program::read(&mut idle);
    assert!(
        !rest.contains("connection: close"),
        "that answer was sent before"
    );

    let mut next = program.connect();
    next.write_all(kept.as_bytes()).unwrap();
    assert!(program::read(&mut next).contains("connection: close"));
}

#[test]
fn a_body_too_large_is_refused() {
    let program = Program::start(&["--port", "0", "--json"]);
    let body = " ".repeat(5 << 20);
    let answer = program.answer(&post("/auth/token", &body));
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(
        answer.contains(r#""error":"payload_too_large""#),
        "{answer}"
    );
}

#[test]
fn without_json_it_speaks_to_people() {
    let said = Program::first_lines(&["--port", "0", "--host-name", "localhost"], 6);
    assert!(said[0].contains("http://localhost:"), "{said:?}");
    for (line, address) in [
        (2, "/auth"),
        (3, "/kumite"),
        (4, "/toornament"),
        (5, "/control"),
    ] {
        assert!(said[line].ends_with(address), "{said:?}");
    }
}

#[test]
fn a_wrong_command_line_ends_with_the_right_one() {
    let output = Program::command(&["--prot", "1"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("'--prot'") && said.contains("--port N"),
        "{said}"
    );
}
