//! Leaving for the service: where to, and what is said before.

use super::*;

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
