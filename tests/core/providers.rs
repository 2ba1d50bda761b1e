//! Services that are read by their definitions alone: a token for each player by one refresh token,
//! other schemes, other errors, lists by ranges.

use std::fs;
use std::path::Path;
use std::rc::Rc;

use playoff_wasm::core::client::Client;
use playoff_wasm::core::error::{Failure, Kind, code};
use playoff_wasm::core::method::Method;
use playoff_wasm::core::paging;
use playoff_wasm::core::provider::Provider;
use playoff_wasm::core::provider::presets::{KUMITE, PRESETS, TOORNAMENT};
use playoff_wasm::core::query::Scalar;
use playoff_wasm::core::request::{Body, Call};
use playoff_wasm::core::route::Route;
use playoff_wasm::core::secret::Secret;
use playoff_wasm::core::settings::TokenSource;
use playoff_wasm::edge::app::{App, Through};
use playoff_wasm::edge::credentials::{Credentials, Given};
use serde_json::{Value as Json, json};

use crate::world::{Act, Ended, Gift, Simulated, World, client_with, jwt, run, run_one};

const HOUR: f64 = 3600.0;
const OAUTH: Act = Act::Header(401, "www-authenticate", "OAuth realm=\"Kumite\"");
const BEARER: Act = Act::Header(401, "www-authenticate", "Bearer realm=\"Kumite Realm\"");

fn refresh_token() -> String {
    jwt(&json!({"playerIds": ["ada", "bob"], "refresh_token": true, "jti": "r"}))
}

fn access(player: &str, number: u32) -> String {
    jwt(&json!({"playerId": player, "jti": number.to_string()}))
}

/// The answer to a token request.
fn given(player: &str, number: u32) -> Act {
    let token = access(player, number);
    let body = json!({"access_token": token, "player_id": player, "token_type": "Bearer", "expires_in": HOUR});
    Act::Answer(200, body.to_string().leak())
}

/// An app of a service, in a world that answers like this.
fn app(provider: Provider, given: Given, script: &[Act]) -> Rc<Client<Simulated>> {
    let world = World::new(script, &[]);
    let provider = Rc::new(provider);
    let credentials = Credentials::new::<Json>(&provider, given).unwrap();
    let client = client_with(&world, TokenSource::Service, |options| {
        options.provider = Some(Rc::clone(&provider));
        options.players = credentials.players::<Json>(&provider);
        options.app = Some(credentials.kin());
        options.retry.limit = Some(1);
    });
    let scheme = Rc::clone(&client.sessions.scheme);
    let settings = client.settings.clone();
    let app = App::new(settings, credentials, Through::TokenEndpoint, scheme);
    assert!(world.app.set(app).is_ok(), "one app in a world");
    client
}

fn robot(script: &[Act]) -> Rc<Client<Simulated>> {
    let given = Given {
        refresh_token: Some(Secret::new(refresh_token())),
        ..Given::default()
    };
    app(KUMITE, given, script)
}

fn organiser(script: &[Act]) -> Rc<Client<Simulated>> {
    let given = Given {
        client_id: Some("app".into()),
        client_secret: Some(Secret::new("not-a-real-secret".into())),
        scope: Some("organizer:view organizer:result".into()),
        ..Given::default()
    };
    app(TOORNAMENT, given, script)
}

fn call(method: Method, path: &str, player: Option<&str>) -> Call<Json> {
    let mut call = Call::new(method, Route::from_path::<Json>(path).unwrap());
    call.player_id = player.map(str::to_owned);
    call
}

fn play(player: &str) -> Call<Json> {
    call(Method::Post, "/board/move", Some(player))
}

fn look(player: &str) -> Call<Json> {
    call(Method::Get, "/board", Some(player))
}

/// What was sent: method, path and query, `Authorization`.
fn sent(client: &Client<Simulated>) -> Vec<(Method, String, String)> {
    let sent = client.host.0.sent.borrow();
    let of = |request: &playoff_wasm::core::request::Request<Json>| {
        let path = request.url.strip_prefix("https://api.example").unwrap();
        let mut headers = request.headers.iter();
        let authorization = headers.find(|(name, _)| name == "authorization");
        let authorization = authorization.map(|(_, value)| value.clone());
        (
            request.method,
            path.to_owned(),
            authorization.unwrap_or_default(),
        )
    };
    sent.iter().map(of).collect()
}

fn asked(player: &str, scheme: &str) -> (Method, String, String) {
    let more = if scheme == "OAuth" {
        "&refresh_token=true"
    } else {
        ""
    };
    let path = format!("/api/v1/oauth2/token?player_id={player}{more}");
    (Method::Get, path, format!("{scheme} {}", refresh_token()))
}

fn looked(player: &str, scheme: &str, number: u32) -> (Method, String, String) {
    let path = format!("/api/v1/board?player_id={player}");
    (
        Method::Get,
        path,
        format!("{scheme} {}", access(player, number)),
    )
}

fn failed(ended: Ended) -> playoff_wasm::core::error::Error<Json> {
    match ended {
        Err(Failure::Failed(error)) => error,
        other => panic!("it should have failed: {other:?}"),
    }
}

const DONE: Act = Act::Answer(200, "1");

#[test]
fn every_player_has_a_token_which_many_calls_share() {
    let robot = robot(&[given("ada", 1), DONE, DONE, given("bob", 1), DONE, DONE]);
    for player in ["ada", "bob"] {
        for ended in run(&robot, vec![look(player), look(player)]) {
            ended.unwrap();
        }
    }
    let expected = ["ada", "bob"].map(|player| {
        let look = looked(player, "Bearer", 1);
        [asked(player, "Bearer"), look.clone(), look]
    });
    assert_eq!(sent(&robot), expected.concat());
    let all = robot.host.0.sent.borrow();
    assert!(all.iter().all(|request| request.body.is_none()));
}

#[test]
fn a_players_token_is_renewed_alone_before_it_ends() {
    let script = [
        given("ada", 1),
        DONE,
        given("bob", 1),
        DONE,
        given("ada", 2),
        DONE,
        DONE,
    ];
    let robot = robot(&script);
    run_one(&robot, look("ada")).unwrap();
    robot.host.0.set_clock(HOUR / 2.0);
    run_one(&robot, look("bob")).unwrap();
    robot.host.0.set_clock(HOUR / 2.0 - 30.0);
    run_one(&robot, look("ada")).unwrap();
    run_one(&robot, look("bob")).unwrap();
    let expected = [
        asked("ada", "Bearer"),
        looked("ada", "Bearer", 1),
        asked("bob", "Bearer"),
        looked("bob", "Bearer", 1),
        asked("ada", "Bearer"),
        looked("ada", "Bearer", 2),
        looked("bob", "Bearer", 1),
    ];
    assert_eq!(sent(&robot), expected);
}

#[test]
fn nothing_is_sent_for_players_whom_the_token_isnt_for() {
    let robot = robot(&[given("ada", 1), DONE]);
    let foreign = failed(run_one(&robot, look("eve")));
    assert_eq!(
        (foreign.kind, &*foreign.code),
        (Kind::Config, code::PLAYER_NOT_GRANTED)
    );
    let nobody = failed(run_one(&robot, call(Method::Get, "/games", None)));
    assert_eq!(nobody.code, code::INVALID_OPTION);
    assert!(sent(&robot).is_empty());
    // Nor by a query that names another one than the call.
    let mut sly = look("ada");
    let bob = vec![Scalar::Text("bob".into())];
    sly.query.add::<Json>("player_id".into(), bob).unwrap();
    assert_eq!(failed(run_one(&robot, sly)).code, code::PLAYER_NOT_GRANTED);
    assert_eq!(sent(&robot), [asked("ada", "Bearer")]);
    run_one(&robot, look("ada")).unwrap();
}

#[test]
fn a_read_is_sent_again_after_a_refusal_and_a_move_never() {
    let robot = robot(&[given("ada", 1), BEARER, given("ada", 2), DONE, BEARER]);
    run_one(&robot, look("ada")).unwrap();
    let refused = failed(run_one(&robot, play("ada")));
    assert_eq!((refused.status, refused.kind), (Some(401), Kind::Auth));
    let moves = sent(&robot)
        .iter()
        .filter(|(method, ..)| *method == Method::Post)
        .count();
    assert_eq!((moves, sent(&robot).len()), (1, 5));
}

#[test]
fn a_move_is_not_sent_again_after_an_outage_either_unless_the_caller_wants_it() {
    let robot = robot(&[
        given("ada", 1),
        Act::Answer(503, ""),
        Act::Fail,
        BEARER,
        given("ada", 2),
        DONE,
    ]);
    assert_eq!(failed(run_one(&robot, play("ada"))).status, Some(503));
    assert_eq!(failed(run_one(&robot, play("ada"))).kind, Kind::Network);
    let mut wanted = play("ada");
    wanted.retry.methods = Some(vec![Method::Post]);
    run_one(&robot, wanted).unwrap();
}

#[test]
fn the_scheme_that_the_service_asks_for_is_used_from_then_on() {
    let robot = robot(&[OAUTH, given("ada", 1), DONE, DONE, given("bob", 1), DONE]);
    for player in ["ada", "ada", "bob"] {
        run_one(&robot, look(player)).unwrap();
    }
    let expected = [
        asked("ada", "Bearer"),
        asked("ada", "OAuth"),
        looked("ada", "OAuth", 1),
        looked("ada", "OAuth", 1),
        asked("bob", "OAuth"),
        looked("bob", "OAuth", 1),
    ];
    assert_eq!(sent(&robot), expected);
}

#[test]
fn a_call_learns_the_scheme_too_and_a_move_is_for_the_caller_to_send_again() {
    let robot = robot(&[given("ada", 1), OAUTH, DONE]);
    let refused = failed(run_one(&robot, play("ada")));
    assert_eq!(refused.status, Some(401));
    run_one(&robot, look("ada")).unwrap();
    assert_eq!(sent(&robot)[2], looked("ada", "OAuth", 1));
}

#[test]
fn a_service_that_asks_for_now_this_and_now_that_ends_it() {
    let robot = robot(&[OAUTH, BEARER]);
    let refused = failed(run_one(&robot, look("ada")));
    assert_eq!((refused.status, refused.kind), (Some(401), Kind::Auth));
    assert_eq!(sent(&robot).len(), 2);
}

#[test]
fn the_services_own_errors_are_read_and_show_no_token() {
    let text = format!(
        "{{\"error_message\": \"No accountId in {}\"}}",
        refresh_token()
    );
    let robot = robot(&[Act::Answer(400, text.leak())]);
    let error = failed(run_one(&robot, look("ada")));
    assert_eq!(error.message, "No accountId in [redacted]");
    assert_eq!(
        (error.status, &*error.code),
        (Some(400), code::TOKEN_REQUEST_FAILED)
    );

    let lost = Act::Answer(500, r#"{"error_message": "Issue processing move"}"#);
    let robot = self::robot(&[given("ada", 1), lost]);
    let error = failed(run_one(&robot, play("ada")));
    assert_eq!(error.message, "Issue processing move");
    assert_eq!((error.status, &*error.code), (Some(500), code::HTTP_ERROR));
}

#[test]
fn an_app_asks_by_a_form_with_its_scopes() {
    let organiser = organiser(&[
        Act::Answer(200, r#"{"access_token": "t", "token_type": "bearer"}"#),
        DONE,
    ]);
    let mut read = call(Method::Get, "/tournaments/1", None);
    read.base = Some("organizer".into());
    read.query
        .add::<Json>("archived".into(), vec![Scalar::Flag(true)])
        .unwrap();
    run_one(&organiser, read).unwrap();
    let sent = sent(&organiser);
    assert_eq!(
        sent[0],
        (Method::Post, "/oauth/v2/token".into(), String::new())
    );
    let path = "/organizer/v2/tournaments/1?archived=1".to_owned();
    assert_eq!(sent[1], (Method::Get, path, "Bearer t".into()));
    let all = organiser.host.0.sent.borrow();
    let Some(Body::Form(form)) = &all[0].body else {
        panic!("it has a form");
    };
    assert_eq!(
        form,
        "grant_type=client_credentials&client_id=app&client_secret=not-a-real-secret\
         &scope=organizer%3Aview%20organizer%3Aresult"
    );
}

#[test]
fn lists_are_asked_for_by_ranges() {
    let token = Act::Answer(200, r#"{"access_token": "t"}"#);
    let organiser = organiser(&[
        token,
        Act::Answer(206, "[1, 2]"),
        Act::Header(416, "x", "y"),
    ]);
    let page = |skip: &str| {
        let mut call = call(Method::Get, "/organizer/v2/matches", None);
        let skip = vec![Scalar::Text(skip.into())];
        call.query.add::<Json>("skip".into(), skip).unwrap();
        paging::prepare(&organiser.settings.provider.paging, &mut call).unwrap();
        let part = call.part.clone();
        paging::page(part, run_one(&organiser, call)).unwrap().data
    };
    assert_eq!(page("0")["data"], json!([1, 2]));
    assert_eq!(page("128")["data"], json!([]));
    let all = organiser.host.0.sent.borrow();
    let range = |index: usize| {
        let mut headers = all[index].headers.iter();
        headers.find(|(name, _)| name == "range").unwrap().1.clone()
    };
    assert_eq!(
        (range(1), range(2)),
        ("matches=0-127".into(), "matches=128-255".into())
    );
    assert!(all[1].url.ends_with("/matches"), "{}", all[1].url);
}

/// What depends on a service stands in its definition: nothing else names one.
#[test]
fn who_gives_a_page_what_it_may_not_hold_isnt_asked_again_at_once() {
    let gift = json!({"access_token": "long", "expires_in": 48.0 * HOUR});
    let world = World::new(&[], &vec![Gift::Value(gift); 2]);
    world.is_page.set(true);
    let client = client_with(&world, TokenSource::Callback, |options| {
        options.provider = Some(Rc::new(KUMITE));
    });
    for _ in 0..5 {
        let error = failed(run_one(&client, look("ada")));
        assert_eq!(error.code, code::SECRET_IN_PAGE);
    }
    assert_eq!(world.asked.borrow().len(), 1);
    world.set_clock(1.0);
    failed(run_one(&client, look("ada")));
    assert_eq!(world.asked.borrow().len(), 2);
}

#[test]
fn nothing_but_the_definitions_names_a_provider() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut looked_at = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path == root.join("core/provider") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            looked_at += 1;
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
            // The SDK's own name is a service's, too: it has something behind it.
            let code = ["playoff-", "playoff_", "playoff."]
                .iter()
                .fold(code.to_lowercase(), |code, own| code.replace(own, ""));
            for (name, _) in PRESETS {
                let found = code.lines().find(|line| line.contains(name));
                assert_eq!(found, None, "{} names {name}", path.display());
            }
        }
    }
    assert!(looked_at > 100, "{looked_at} files");
}
