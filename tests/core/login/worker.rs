//! Through the page's own worker, which has the secret.

use super::*;

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
