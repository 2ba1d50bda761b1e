//! What ends a sign-in, and who is told.

use super::*;

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
