//! An app: its token, the broker's, and the players it creates.

use std::rc::Rc;

use playoff_wasm::core::client::Client;
use playoff_wasm::core::error::{Error, Failure, Kind, code};
use playoff_wasm::core::event::Reason;
use playoff_wasm::core::host::{Host, Need};
use playoff_wasm::core::method::Method;
use playoff_wasm::core::provider::Place;
use playoff_wasm::core::record::Record;
use playoff_wasm::core::request::{Body, Request};
use playoff_wasm::core::secret::Secret;
use playoff_wasm::core::settings::{Login, Options, Settings, TokenSource};
use playoff_wasm::edge::app::{App, Through, Wanted, brokered};
use playoff_wasm::edge::credentials::Credentials;
use playoff_wasm::edge::players::{Ensured, ensure};
use serde_json::{Value as Json, json};

use crate::world::{Act, Gift, Simulated, World, client_with, outcome};

const GIVEN: Act = Act::Answer(200, r#"{"access_token": "one", "expires_in": 60}"#);
const OUTAGE: Act = Act::Header(503, "retry-after", "1");
const SECRET: &str = "not/a/real/secret";

fn settings(client_id: &str) -> Settings {
    let options = Options {
        app: Some(Login {
            client_id: client_id.into(),
            ..Login::default()
        }),
        ..Options::default()
    };
    Settings::new::<Json>(options).unwrap()
}

fn app(client_id: &str, through: Through) -> App {
    let credentials = Credentials {
        client_id: client_id.into(),
        secret: Secret::new(SECRET.into()),
        scope: None,
    };
    App::new(settings(client_id), credentials, through, Rc::default())
}

fn need(reason: Reason) -> Need<'static> {
    Need {
        reason,
        player_id: None,
        refused: None,
    }
}

fn ask(world: &Rc<World>, through: Through) -> Result<Record, Error<Json>> {
    let host = Simulated(Rc::clone(world));
    outcome(world, async move {
        let app = app("app", through);
        let send = async |request: &Request<Json>| host.send(request).await;
        app.ask(&host, need(Reason::Initial), send).await
    })
}

#[test]
fn asks_again_after_an_outage_when_the_service_wants_it() {
    let world = World::new(&[OUTAGE, Act::Fail, GIVEN], &[]);
    assert_eq!(
        ask(&world, Through::TokenEndpoint).unwrap().access_token,
        "one"
    );
    assert!(world.elapsed() >= 1000.0);
    let sent = world.sent.borrow();
    assert!(sent.iter().all(|one| one.url.ends_with("/auth/token")));
}

#[test]
fn gives_up_at_last_and_at_once_where_it_is_refused() {
    let world = World::new(&[OUTAGE, OUTAGE, OUTAGE, GIVEN], &[]);
    let error = ask(&world, Through::TokenEndpoint).unwrap_err();
    assert_eq!(error.status, Some(503));
    assert_eq!(world.sent.borrow().len(), 3);

    const REFUSED: &str = r#"{"error": "client_auth_fail", "error_description": "not/a/real/secret isn't your secret"}"#;
    let world = World::new(&[Act::Answer(401, REFUSED)], &[]);
    let error = ask(&world, Through::TokenEndpoint).unwrap_err();
    assert_eq!(error.code, "client_auth_fail");
    assert_eq!(error.message, "[redacted] isn't your secret");
}

#[test]
fn what_a_broker_answers_is_its_last_word() {
    let world = World::new(&[Act::Fail, OUTAGE, GIVEN], &[]);
    let error = ask(&world, Through::Broker).unwrap_err();
    assert_eq!(error.status, Some(503));
    assert_eq!(world.sent.borrow().len(), 2);
}

#[test]
fn an_error_that_a_broker_passes_on_is_as_it_was_there() {
    const TOLD: [(&str, Kind, Option<u16>, bool); 4] = [
        (
            r#"{"error": "e", "error_description": "d", "name": "NetworkError", "retryable": true}"#,
            Kind::Network,
            None,
            true,
        ),
        (
            r#"{"error": "e", "error_description": "d", "name": "AuthError", "status": 204, "retryable": false}"#,
            Kind::Auth,
            Some(204),
            false,
        ),
        (
            r#"{"error": "e", "error_description": "d", "name": "TimeoutError", "retryable": true}"#,
            Kind::Timeout,
            None,
            true,
        ),
        // One of an older version.
        (
            r#"{"error": "e", "error_description": "d"}"#,
            Kind::Auth,
            Some(503),
            true,
        ),
    ];
    for (told, kind, status, retryable) in TOLD {
        let world = World::new(&[Act::Answer(503, told), GIVEN], &[]);
        let error = ask(&world, Through::Broker).unwrap_err();
        assert_eq!((&*error.code, &*error.message), ("e", "d"), "{told}");
        let found = (error.kind, error.status, error.retryable);
        assert_eq!(found, (kind, status, retryable), "{told}");
        assert_eq!(world.sent.borrow().len(), 1, "{told}");
    }
}

#[test]
fn a_broker_is_named_by_what_the_token_is_for_and_gets_no_secret_by_its_address() {
    let asked = |client_id: &str, refused: Option<&Secret>| -> Request<Json> {
        let need = Need {
            refused,
            ..need(Reason::Refused)
        };
        let app = app(client_id, Through::Broker);
        app.request(Place::Worker, need).unwrap()
    };
    let (one, other) = (asked("one", None), asked("other", None));
    assert_eq!(one.url, asked("one", None).url);
    assert_ne!(one.url, other.url);
    let of_player = Need {
        player_id: Some("ada"),
        ..need(Reason::Initial)
    };
    let broker = app("one", Through::Broker);
    let ada: Request<Json> = broker.request(Place::Worker, of_player).unwrap();
    assert_ne!(ada.url, one.url);
    assert!(matches!(ada.body, Some(Body::Form(form)) if form == "reason=initial&player=ada"));
    assert!(!one.url.contains("one") && !one.url.contains("secret"));
    let Some(Body::Form(form)) = asked("one", Some(&Secret::new("dead".into()))).body else {
        panic!("it has a form");
    };
    assert_eq!(form, "reason=refused&refused=dead");
}

fn broker(world: &Rc<World>) -> Rc<Client<Simulated>> {
    world.is_worker.set(true);
    client_with(world, TokenSource::Service, |_| {})
}

fn gifts(names: &[&str]) -> Vec<Gift> {
    let record = |name| Gift::Value(json!({"access_token": name, "expires_in": 3600}));
    names.iter().map(record).collect()
}

fn wants(broker: &Rc<Client<Simulated>>, refused: Option<&'static str>, renewed: bool) -> String {
    let client = Rc::clone(broker);
    let token = outcome(&broker.host.0, async move {
        let refused = refused.map(|text| Secret::new(text.into()));
        let wanted = Wanted {
            renewed,
            refused,
            player: None,
        };
        brokered(&client, &wanted).await
    });
    token.unwrap().secret.expose().to_owned()
}

#[test]
fn a_broker_renews_what_was_refused_once_for_all() {
    let world = World::new(&[], &gifts(&["one", "two", "three"]));
    let broker = broker(&world);
    assert_eq!(wants(&broker, None, false), "one");
    assert_eq!(wants(&broker, None, false), "one");
    assert_eq!(wants(&broker, Some("one"), false), "two");
    // Another one who still had the old one, and one who had an even older one.
    assert_eq!(wants(&broker, Some("one"), false), "two");
    assert_eq!(wants(&broker, Some("zero"), false), "two");
    assert_eq!(wants(&broker, None, true), "three");
    assert_eq!(world.asked.borrow().len(), 3);
}

fn ensured(world: &Rc<World>) -> Result<Ensured<Json>, Failure<Json>> {
    let client = client_with(world, TokenSource::Service, |_| {});
    outcome(world, async move {
        ensure(&client, "a/b", Body::Json(json!({"id": "a/b"}))).await
    })
}

const NOBODY: Act = Act::Answer(404, r#"{"error": "player_not_found"}"#);
const TAKEN: Act = Act::Answer(409, r#"{"error": "player_exists"}"#);
const PLAYER: Act = Act::Answer(200, r#"{"id": "a/b"}"#);

fn methods(world: &World) -> Vec<Method> {
    world.sent.borrow().iter().map(|one| one.method).collect()
}

#[test]
fn creates_only_players_who_do_not_exist() {
    let world = World::new(&[PLAYER], &gifts(&["one"]));
    assert!(!ensured(&world).unwrap().created);
    assert!(world.sent.borrow()[0].url.ends_with("/admin/players/a%2Fb"));

    let world = World::new(&[NOBODY, PLAYER], &gifts(&["one"]));
    assert!(ensured(&world).unwrap().created);
    assert_eq!(methods(&world), [Method::Get, Method::Post]);
}

#[test]
fn a_player_whom_somebody_else_creates_meanwhile_is_fine() {
    let world = World::new(&[NOBODY, TAKEN, PLAYER], &gifts(&["one"]));
    let ensured = ensured(&world).unwrap();
    assert!(!ensured.created);
    assert_eq!(ensured.player["id"], "a/b");
}

#[test]
fn other_refusals_are_errors() {
    let denied = Act::Answer(403, r#"{"error": "access_denied"}"#);
    for script in [
        vec![denied.clone()],
        vec![NOBODY, denied],
        // The id was taken, and is free again: nobody knows what that means.
        vec![NOBODY, TAKEN, NOBODY],
        vec![Act::Fail],
    ] {
        let world = World::new(&script, &gifts(&["one"]));
        let Failure::Failed(error) = ensured(&world).unwrap_err() else {
            panic!("an error");
        };
        let codes = ["access_denied", "player_exists", code::NETWORK_ERROR];
        assert!(codes.contains(&&*error.code), "{}", error.code);
    }
}
