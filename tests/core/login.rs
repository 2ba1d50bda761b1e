//! Signing in: what leaves the page, what comes back, and what is refused.

use std::rc::Rc;

use futures_util::FutureExt;
use playoff_wasm::core::client::Client;
use playoff_wasm::core::error::{Error, Failure, Kind, code};
use playoff_wasm::core::event::{Event, Reason, SignedOut};
use playoff_wasm::core::login::{Exchange, Login, pkce};
use playoff_wasm::core::request::Body;
use playoff_wasm::core::settings::{Options, TokenSource};
use playoff_wasm::core::told::Told;
use serde_json::{Value as Json, json};

use crate::page::Keeps;
use crate::world::{Act, Simulated, Storage, World, client_with, finish, get, outcome, run_one};

const BACK: &str = "https://app.example/back";
const TOKEN: Act = Act::Answer(
    200,
    r#"{"access_token":"one","expires_in":3600,"refresh_token":"r1"}"#,
);
const BARE: Act = Act::Answer(200, r#"{"access_token":"two","expires_in":3600}"#);
const RENEWED: Act = Act::Answer(200, r#"{"access_token":"three","expires_in":3600}"#);
const USED: Act = Act::Answer(
    400,
    r#"{"error":"invalid_grant","error_description":"no CODE"}"#,
);
const NOBODY: Act = Act::Answer(401, r#"{"error":"login_required"}"#);
const DONE: Act = Act::Answer(200, "1");
const REFUSED: Act = Act::Answer(401, r#"{"error":"invalid_access_token"}"#);

type Handled = Result<Option<Option<String>>, (Kind, String)>;

fn page(script: &[Act]) -> Rc<World> {
    let world = World::new(script, &[]);
    at(&world, "https://app.example/start?a=b#c");
    world
}

fn at(world: &World, address: &str) {
    *world.page.address.borrow_mut() = Some(address.to_owned());
}

fn address(world: &World) -> String {
    world.page.address.borrow().clone().unwrap()
}

fn client(world: &Rc<World>, change: impl Fn(&mut Login)) -> Rc<Client<Simulated>> {
    client_of(world, |options| change(options.login.as_mut().unwrap()))
}

fn client_of(world: &Rc<World>, change: impl Fn(&mut Options)) -> Rc<Client<Simulated>> {
    client_with(world, TokenSource::Missing, |options| {
        options.auth_url = Some("https://playoff.example".into());
        options.login = Some(Login {
            client_id: "my app".into(),
            redirect_uri: Some(BACK.into()),
            ..Login::default()
        });
        change(options);
    })
}

fn with_worker(login: &mut Login) {
    login.exchange = Exchange::Worker("/auth/exchange".into());
}

/// Begins a sign-in and gives its `state`, or why it can't be.
fn begin(
    client: &Rc<Client<Simulated>>,
    return_to: Option<&'static str>,
) -> Result<(String, String), Error<Json>> {
    let begun = Rc::clone(client);
    let departure = outcome(
        &client.host.0,
        async move { begun.login_url(return_to).await },
    )?;
    Ok((departure.url, departure.state))
}

/// The service sends the player back.
fn come_back(world: &World, rest: &str) {
    at(world, &format!("{BACK}?{rest}"));
}

fn told(handled: playoff_wasm::core::login::Handled<Json>) -> Handled {
    match handled {
        Ok(landed) => Ok(landed.map(|landed| landed.return_to.clone())),
        Err(Failure::Failed(error)) => Err((error.kind, error.code.to_string())),
        Err(Failure::Thrown(thrown)) => panic!("{thrown}"),
    }
}

fn handle(client: &Rc<Client<Simulated>>) -> Handled {
    told(outcome(&client.host.0, client.handle_redirect()))
}

/// A sign-in up to the moment at which the service has sent the player back.
fn signed_in(client: &Rc<Client<Simulated>>) {
    let (_, state) = begin(client, Some("/profile?x=1#y")).unwrap();
    come_back(&client.host.0, &format!("x=1&code=CODE&state={state}&y"));
}

fn auth(code: &str) -> Handled {
    Err((Kind::Auth, code.to_owned()))
}

fn requests(world: &World) -> Vec<(String, String)> {
    let sent = world.sent.borrow();
    let body = |body: &Option<Body<Json>>| match body {
        Some(Body::Form(text) | Body::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let request = |request: &playoff_wasm::core::request::Request<Json>| {
        (request.url.clone(), body(&request.body))
    };
    sent.iter().map(request).collect()
}

fn paths(world: &World) -> Vec<String> {
    let path = |(url, _): (String, String)| {
        let path = url.split('?').next().unwrap().to_owned();
        path.replace("https://playoff.example", "")
            .replace("https://api.example", "")
    };
    requests(world).into_iter().map(path).collect()
}

#[test]
fn the_address_asks_for_a_code_by_state_and_challenge() {
    let world = page(&[]);
    let client = client(&world, |login| login.scope = Some("a b".into()));
    let (url, state) = begin(&client, None).unwrap();
    let verifier = pkce::base64url(&[2; 32]);
    assert_eq!(state, pkce::base64url(&[1; 32]));
    assert_eq!(state.len(), 43);
    let challenge = pkce::challenge(&format!("[{verifier}]"));
    let expected = format!(
        "https://playoff.example/auth?response_type=code&client_id=my%20app\
         &redirect_uri=https%3A%2F%2Fapp.example%2Fback&state={state}\
         &code_challenge={challenge}&code_challenge_method=S256&scope=a%20b"
    );
    assert_eq!(url, expected);
    let slots = world.page.slots.borrow().clone().unwrap();
    assert!(slots.contains(&verifier) && !url.contains(&verifier));
    assert!(world.sent.borrow().is_empty());
}

#[test]
fn what_cannot_work_is_said_before_anything_is_left() {
    let refused = |change: &dyn Fn(&World), login: &dyn Fn(&mut Login), to| {
        let world = page(&[]);
        change(&world);
        let error = begin(&client(&world, login), to).unwrap_err();
        assert_eq!(error.kind, Kind::Config);
        assert_eq!(*world.page.slots.borrow(), None);
        (error.code.to_string(), error.message.clone())
    };
    let nothing = |_: &mut Login| {};
    let here = |address: &'static str| refused(&move |world| at(world, address), &nothing, None).0;
    assert_eq!(here("about:srcdoc"), code::NOT_A_PAGE);
    assert_eq!(here("file:///index.html"), code::NOT_A_PAGE);
    assert_eq!(here("http://app.example/"), code::INSECURE_ORIGIN);
    let nowhere = |world: &World| drop(world.page.address.take());
    assert_eq!(refused(&nowhere, &nothing, None).0, code::NOT_A_PAGE);
    let predictable = |world: &World| world.page.is_predictable.set(true);
    assert_eq!(
        refused(&predictable, &nothing, None).0,
        code::INSECURE_ORIGIN
    );
    for (keeps, expected) in [
        (Keeps::Throws, code::STORAGE_UNAVAILABLE),
        (Keeps::Forgets, code::STORAGE_UNAVAILABLE),
        (Keeps::Promises, code::INVALID_OPTION),
    ] {
        let (code, message) = refused(&move |world| world.page.keeps.set(keeps), &nothing, None);
        assert_eq!(code, expected);
        assert!(message.contains("`login.storage`"), "{message}");
    }
    for uri in [
        None,
        Some("/back"),
        Some("https://evil.example/back"),
        Some("https://app.example.evil/back"),
        Some("http://app.example/back"),
        Some("https://app.example/back#x"),
    ] {
        let change = |login: &mut Login| login.redirect_uri = uri.map(str::to_owned);
        let (code, message) = refused(&|_| {}, &change, None);
        assert_eq!(code, code::INVALID_OPTION);
        assert!(message.contains("https://app.example"), "{message}");
    }
    for elsewhere in [
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        "x",
    ] {
        let (code, message) = refused(&|_| {}, &nothing, Some(elsewhere));
        assert_eq!(code, code::INVALID_OPTION);
        assert!(message.contains("`returnTo`"), "{message}");
    }
    let world = page(&[]);
    let without = client_of(&world, |options| options.login = None);
    assert_eq!(
        begin(&without, None).unwrap_err().code,
        code::INVALID_OPTION
    );
    let loopback = page(&[]);
    at(&loopback, "http://localhost:8787/");
    let there = |login: &mut Login| login.redirect_uri = Some("http://localhost:8787/".into());
    assert!(begin(&client(&loopback, there), None).is_ok());
}

#[test]
fn a_sign_in_ends_in_a_token() {
    let world = page(&[TOKEN, DONE]);
    let client = client_of(&world, |options| options.has_storage = true);
    signed_in(&client);
    let handled = client.handle_redirect();
    // Before the first await.
    assert_eq!(address(&world), format!("{BACK}?x=1&y"));
    assert_eq!(*world.page.slots.borrow(), None);
    assert!(world.sent.borrow().is_empty());
    let handled = told(outcome(&world, handled));
    assert_eq!(handled, Ok(Some(Some("/profile?x=1#y".into()))));
    let verifier = pkce::base64url(&[2; 32]);
    let form = format!(
        "grant_type=authorization_code&client_id=my%20app&code=CODE\
         &redirect_uri=https%3A%2F%2Fapp.example%2Fback&code_verifier={verifier}"
    );
    assert_eq!(
        requests(&world),
        [("https://playoff.example/auth/token".to_owned(), form)]
    );
    let stored: Vec<_> = world.stored.borrow().values().cloned().collect();
    assert_eq!(stored.len(), 1);
    assert_eq!(
        (&stored[0]["access_token"], &stored[0]["refresh_token"]),
        (&json!("one"), &json!("r1"))
    );
    let events = world.events.borrow().clone();
    assert!(
        matches!(
            events[..],
            [Event::Token {
                reason: Reason::Login,
                ..
            }]
        ),
        "{events:?}"
    );
    run_one(&client, get()).unwrap();
    assert_eq!(handle(&client), Ok(None));
}

#[test]
fn an_answer_that_is_not_taken_says_why_and_is_cleaned_away() {
    for (rest, expected) in [
        ("code=CODE", code::STATE_MISSING),
        ("code=CODE&state=unknown", code::STATE_MISMATCH),
        (
            "code=CODE&state=STATE&iss=https://evil.example",
            code::ISSUER_MISMATCH,
        ),
        ("error=access_denied&state=STATE", "access_denied"),
    ] {
        let world = page(&[]);
        let client = client(&world, |_| {});
        let (_, state) = begin(&client, None).unwrap();
        come_back(&world, &rest.replace("STATE", &state));
        assert_eq!(handle(&client), auth(expected));
        assert_eq!(address(&world), BACK);
        assert_eq!(
            world.page.slots.borrow().is_none(),
            rest.contains("STATE"),
            "{rest}"
        );
        assert_eq!(handle(&client), Ok(None));
    }
    let world = page(&[]);
    let client = client(&world, |_| {});
    signed_in(&client);
    world.set_clock(601.0);
    assert_eq!(handle(&client), auth(code::LOGIN_EXPIRED));
    assert!(world.sent.borrow().is_empty());
}

#[test]
fn other_addresses_and_other_clients_answers_are_left_alone() {
    let world = page(&[]);
    let ours = client(&world, |_| {});
    assert_eq!(handle(&ours), Ok(None));
    at(&world, "https://app.example/shop?code=SUMMER&state=x");
    assert_eq!(handle(&ours), Ok(None));
    world.page.address.take();
    assert_eq!(handle(&ours), Ok(None));
    at(&world, "https://app.example/");
    let other = client(&world, |login| login.client_id = "other".into());
    signed_in(&other);
    let before = (address(&world), world.page.slots.borrow().clone());
    assert_eq!(handle(&ours), Ok(None));
    assert_eq!((address(&world), world.page.slots.borrow().clone()), before);
}

#[test]
fn all_clients_of_a_page_share_the_exchange() {
    let world = page(&[TOKEN, DONE, DONE]);
    let (one, two) = (client(&world, |_| {}), client(&world, |_| {}));
    signed_in(&one);
    let landings = [
        one.handle_redirect(),
        one.handle_redirect(),
        two.handle_redirect(),
    ];
    let tasks = landings.map(|landing| {
        let task = async move { assert!(told(landing.await).unwrap().is_some()) };
        task.boxed_local()
    });
    finish(&world, tasks.into());
    assert_eq!(paths(&world), ["/auth/token"]);
    run_one(&one, get()).unwrap();
    run_one(&two, get()).unwrap();
    let logins = world.events.borrow().len();
    assert_eq!(logins, 2, "one for each client");
}

#[test]
fn the_end_of_the_client_that_began_takes_nothing_from_the_next() {
    let world = page(&[TOKEN, DONE]);
    let (one, two) = (client(&world, |_| {}), client(&world, |_| {}));
    signed_in(&one);
    let first = one.handle_redirect();
    one.dispose();
    assert_eq!(
        told(outcome(&world, first)),
        Err((Kind::Config, code::DISPOSED.into()))
    );
    assert!(world.sent.borrow().is_empty());
    assert_eq!(handle(&two), Ok(Some(Some("/profile?x=1#y".into()))));
    run_one(&two, get()).unwrap();
    assert_eq!(paths(&world), ["/auth/token", "/v2/runtime/player"]);
}

#[test]
fn a_sign_out_meanwhile_is_the_end_of_the_sign_in() {
    let world = page(&[TOKEN]);
    let client = client(&world, |_| {});
    signed_in(&client);
    let landing = client.handle_redirect();
    let ended = outcome(&world, client.logout());
    ended.unwrap();
    assert_eq!(told(outcome(&world, landing)), auth(code::SIGNED_OUT));
    assert!(client.session(None).token().is_none());
}

#[test]
fn a_code_is_sent_once_whatever_comes_of_it() {
    for (act, expected) in [
        (USED, (Kind::Auth, "invalid_grant")),
        (Act::Fail, (Kind::Network, code::NETWORK_ERROR)),
        (Act::BreakOff, (Kind::Network, code::NETWORK_ERROR)),
        (Act::Silence, (Kind::Timeout, code::TIMEOUT)),
    ] {
        let world = page(&[act]);
        let client = client(&world, |_| {});
        signed_in(&client);
        let (slots, back) = (world.page.slots.borrow().clone(), address(&world));
        let landing = outcome(&world, client.handle_redirect());
        let shown = format!("{:?}", landing.as_ref().err());
        assert!(
            !shown.contains("CODE") && !shown.contains(&pkce::base64url(&[2; 32])),
            "{shown}"
        );
        assert_eq!(told(landing), Err((expected.0, expected.1.into())));
        // A tab that was duplicated before.
        *world.page.slots.borrow_mut() = slots;
        at(&world, &back);
        assert_eq!(handle(&client), auth(code::CODE_USED));
        assert_eq!(world.sent.borrow().len(), 1);
    }
}

/// Another tab of the same origin: it has a memory of its own.
fn other_tab(world: &Rc<World>, script: &[Act]) -> Rc<World> {
    let other = page(script);
    for (from, to) in [
        (&world.page.slots, &other.page.slots),
        (&world.page.address, &other.page.address),
    ] {
        *to.borrow_mut() = from.borrow().clone();
    }
    *other.common.borrow_mut() = world.common.borrow().clone();
    *other.stored.borrow_mut() = world.stored.borrow().clone();
    other
}

#[test]
fn a_duplicated_tab_gets_the_token_where_tokens_are_shared() {
    for (has_storage, shared, expected) in [
        (true, true, Ok(Some(Some("/profile?x=1#y".into())))),
        (false, false, auth(code::CODE_USED)),
        // Each has a storage of its own.
        (true, false, auth(code::CODE_USED)),
    ] {
        let world = page(&[TOKEN]);
        let storing = |options: &mut Options| options.has_storage = has_storage;
        let first = client_of(&world, storing);
        signed_in(&first);
        let copy = other_tab(&world, &[DONE]);
        handle(&first).unwrap();
        *copy.common.borrow_mut() = world.common.borrow().clone();
        if shared {
            *copy.stored.borrow_mut() = world.stored.borrow().clone();
        }
        let second = client_of(&copy, storing);
        assert_eq!(handle(&second), expected);
        assert!(copy.sent.borrow().is_empty());
        assert_eq!(address(&copy), format!("{BACK}?x=1&y"));
        if shared {
            run_one(&second, get()).unwrap();
        }
    }
}

/// `sessionStorage` is each tab's own, and the tab was somebody else's before.
#[test]
fn a_duplicated_tab_is_not_signed_in_as_who_was_there_before() {
    let world = page(&[TOKEN]);
    let storing = |options: &mut Options| options.has_storage = true;
    let first = client_of(&world, storing);
    let key = format!("playoff-wasm:[{} ]", first.settings.token_key);
    let earlier =
        json!({"access_token": "theirs", "expires_at": 1_800_003_600, "refresh_token": "r"});
    world.stored.borrow_mut().insert(key, earlier);
    signed_in(&first);
    let copy = other_tab(&world, &[]);
    handle(&first).unwrap();
    *copy.common.borrow_mut() = world.common.borrow().clone();
    let second = client_of(&copy, storing);
    assert_eq!(handle(&second), auth(code::CODE_USED));
    assert!(copy.sent.borrow().is_empty());
}

#[test]
fn a_duplicated_tab_asks_the_worker_at_once() {
    let world = page(&[BARE]);
    let first = client(&world, with_worker);
    signed_in(&first);
    let copy = other_tab(&world, &[RENEWED, DONE]);
    handle(&first).unwrap();
    *copy.common.borrow_mut() = world.common.borrow().clone();
    let second = client(&copy, with_worker);
    assert!(handle(&second).unwrap().is_some());
    assert!(copy.elapsed() < 100.0, "{}", copy.elapsed());
    assert!(copy.locked.borrow().is_empty());
    run_one(&second, get()).unwrap();
    assert_eq!(paths(&copy), ["/auth/refresh", "/v2/runtime/player"]);
}

#[test]
fn a_tab_waits_for_the_one_that_was_first() {
    let world = page(&[]);
    let client = client_of(&world, |options| options.has_storage = true);
    signed_in(&client);
    let state = world.page.slots.borrow().clone().unwrap();
    let state = state.split(' ').nth(1).unwrap().to_owned();
    let mark = |letter| format!("[{state}] {letter} {}", 1_800_000_000);
    world.set_finished(mark("b"));
    let landing = client.handle_redirect();
    let (first, done) = (Rc::clone(&world), mark("d"));
    let tasks = vec![
        async move { assert!(told(landing.await).unwrap().is_some()) }.boxed_local(),
        async move {
            first.sleep(450.0).await;
            let token = json!({"access_token": "one", "expires_at": 1_800_003_600});
            let key = format!("playoff-wasm:[{} ]", client.settings.token_key);
            first.stored.borrow_mut().insert(key, token);
            first.set_finished(done);
        }
        .boxed_local(),
    ];
    finish(&world, tasks);
    assert!(
        (450.0..700.0).contains(&world.elapsed()),
        "{}",
        world.elapsed()
    );
    assert!(world.sent.borrow().is_empty());
}

#[test]
fn a_worker_exchanges_renews_and_forgets() {
    let world = page(&[BARE, REFUSED, RENEWED, DONE, Act::Answer(204, "")]);
    let client = client(&world, with_worker);
    signed_in(&client);
    assert!(handle(&client).unwrap().is_some());
    run_one(&client, get()).unwrap();
    let player = "/v2/runtime/player";
    assert_eq!(
        paths(&world),
        ["/auth/exchange", player, "/auth/refresh", player]
    );
    let bodies: Vec<String> = requests(&world).into_iter().map(|(_, body)| body).collect();
    let exchange: Json = serde_json::from_str(&bodies[0]).unwrap();
    let expected =
        json!({"code": "CODE", "code_verifier": pkce::base64url(&[2; 32]), "redirect_uri": BACK});
    assert_eq!((exchange, &*bodies[2]), (expected, "{}"));
    outcome(&world, client.logout()).unwrap();
    let (last, body) = requests(&world).pop().unwrap();
    assert_eq!(
        (&*last, &*body),
        ("/auth/logout", r#"{"access_token":"three"}"#)
    );
    // It doesn't ask whether the worker has forgotten.
    let ended = run_one(&client, get());
    assert!(matches!(ended, Err(Failure::Failed(error)) if error.code == code::LOGIN_REQUIRED));
    assert_eq!(world.sent.borrow().len(), 5);
}

#[test]
fn nobody_signed_in_is_remembered_until_somebody_is() {
    let world = page(&[NOBODY, NOBODY, BARE, DONE]);
    let client = client(&world, with_worker);
    for _ in 0..3 {
        let ended = run_one(&client, get());
        let Err(Failure::Failed(error)) = ended else {
            panic!("{ended:?}");
        };
        assert_eq!(
            (error.kind, &*error.code),
            (Kind::Auth, code::LOGIN_REQUIRED)
        );
    }
    assert_eq!(paths(&world), ["/auth/refresh"]);
    let asked = Rc::clone(&client);
    let again = outcome(
        &world,
        async move { asked.get_token(None, true, None).await },
    );
    assert!(again.is_err());
    assert_eq!(paths(&world).len(), 2);
    assert!(world.events.borrow().is_empty(), "nobody was signed in");
    signed_in(&client);
    assert!(handle(&client).unwrap().is_some());
    run_one(&client, get()).unwrap();
}

#[test]
fn the_end_of_a_sign_in_is_told_once() {
    let world = page(&[BARE, REFUSED, NOBODY]);
    let client = client(&world, with_worker);
    signed_in(&client);
    handle(&client).unwrap();
    for _ in 0..3 {
        let ended = run_one(&client, get());
        assert!(matches!(ended, Err(Failure::Failed(error)) if error.code == code::LOGIN_REQUIRED));
    }
    let events = world.events.borrow().clone();
    let ends = |event: &&Event<Json>| {
        matches!(
            event,
            Event::SignedOut {
                reason: SignedOut::Refused,
                ..
            }
        )
    };
    assert_eq!(events.iter().filter(ends).count(), 1);
    assert_eq!(world.sent.borrow().len(), 3);
}

#[test]
fn a_worker_that_is_out_is_no_sign_out() {
    let world = page(&[Act::Answer(503, ""), Act::Fail]);
    let client = client(&world, with_worker);
    let ended = run_one(&client, get());
    assert!(
        matches!(ended, Err(Failure::Failed(error)) if error.code == code::TOKEN_REQUEST_FAILED)
    );
    let ended = outcome(&world, client.logout()).unwrap_err();
    assert_eq!(
        (ended.kind, &*ended.code),
        (Kind::Auth, code::SIGN_OUT_FAILED)
    );
}

/// Their pages may load anew, and ask the worker for a token.
#[test]
fn other_tabs_hear_of_a_sign_out_once_the_worker_knows() {
    let world = page(&[BARE, Act::Silence]);
    world.is_page.set(true);
    let client = client(&world, with_worker);
    signed_in(&client);
    handle(&client).unwrap();
    let (looking, logout) = (Rc::clone(&world), client.logout());
    let is_told = |world: &World| world.told.borrow().contains(&Told::Logout);
    let tasks = vec![
        async move { drop(logout.await) }.boxed_local(),
        async move {
            looking.sleep(500.0).await;
            assert_eq!(paths(&looking).last().unwrap(), "/auth/logout");
            assert!(!is_told(&looking));
        }
        .boxed_local(),
    ];
    finish(&world, tasks);
    assert!(is_told(&world));
}

#[test]
fn a_token_that_nothing_renews_serves_until_it_ends() {
    let world = page(&[BARE, DONE]);
    let client = client(&world, |_| {});
    signed_in(&client);
    handle(&client).unwrap();
    world.set_clock(3590.0);
    run_one(&client, get()).unwrap();
    assert_eq!(world.events.borrow().len(), 1);
    world.set_clock(20.0);
    let ended = run_one(&client, get());
    assert!(matches!(ended, Err(Failure::Failed(error)) if error.code == code::LOGIN_REQUIRED));
    assert_eq!(world.events.borrow().len(), 2);
}

#[test]
fn the_next_player_has_nothing_of_the_one_before() {
    let world = page(&[TOKEN, BARE, REFUSED]);
    let client = client_of(&world, |options| options.has_storage = true);
    signed_in(&client);
    handle(&client).unwrap();
    signed_in(&client);
    handle(&client).unwrap();
    let stored: Vec<_> = world.stored.borrow().values().cloned().collect();
    assert_eq!(
        (&stored[0]["access_token"], &stored[0]["refresh_token"]),
        (&json!("two"), &Json::Null)
    );
    let ended = run_one(&client, get());
    assert!(matches!(ended, Err(Failure::Failed(error)) if error.code == code::LOGIN_REQUIRED));
    assert_eq!(
        world.sent.borrow().len(),
        3,
        "the old refresh token isn't sent"
    );
    // The refused token isn't found in storage either.
    assert!(world.stored.borrow().is_empty());
    run_one(&client, get()).unwrap_err();
    assert_eq!(world.sent.borrow().len(), 3);
}

#[test]
fn the_callers_function_may_exchange() {
    let world = page(&[]);
    let client = client(&world, |login| login.exchange = Exchange::Function);
    let given = json!({"access_token": "mine", "expires_in": 60});
    *world.page.exchanged.borrow_mut() = Some(given);
    signed_in(&client);
    assert!(handle(&client).unwrap().is_some());
    let code = world.page.given.borrow()[0].clone();
    assert_eq!((code.code.expose(), &*code.redirect_uri), ("CODE", BACK));
    assert_eq!(code.verifier.expose(), pkce::base64url(&[2; 32]));
    signed_in(&client);
    let ended = outcome(&world, client.handle_redirect());
    let Err(Failure::Failed(error)) = ended else {
        panic!("it throws");
    };
    assert_eq!(&*error.code, code::TOKEN_CALLBACK_FAILED);
    assert!(!format!("{error:?}").contains("CODE"), "{error:?}");
    assert!(
        error.message.contains("`login.exchange`"),
        "{}",
        error.message
    );
}

#[test]
fn a_storage_that_fails_loses_no_token() {
    let world = page(&[TOKEN, DONE]);
    world.storage.set(Storage::Throws);
    let client = client_of(&world, |options| options.has_storage = true);
    signed_in(&client);
    assert!(handle(&client).unwrap().is_some());
    run_one(&client, get()).unwrap();
}

#[test]
fn an_exchange_is_at_a_path_of_the_pages_own() {
    for path in [
        "",
        "auth/exchange",
        "//evil.example/x",
        "https://evil.example/x",
        "/a?b",
    ] {
        let login = Login {
            exchange: Exchange::Worker(path.into()),
            ..Login::default()
        };
        let refused = login.check::<Json>().unwrap_err();
        assert_eq!(refused.code, code::INVALID_OPTION, "{path}");
    }
}
