//! Two tabs with one callback.

use super::*;

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
