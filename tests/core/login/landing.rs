//! Coming back: whose answer it is, and the code that is given for a token.

use super::*;

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
