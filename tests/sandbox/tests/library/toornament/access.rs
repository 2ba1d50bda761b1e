//! Keys, tokens, scopes, and what pages may do.

use super::*;

const TOURNAMENTS: &str = "/toornament/organizer/v2/tournaments";

#[test]
fn client_credentials_by_form_give_a_token_for_twenty_five_hours() {
    let mut world = World::new();
    let form = format!(
        "grant_type=client_credentials&client_id={CLIENT_ID}&client_secret={CLIENT_SECRET}"
    );
    let answer = world.token_request(&format!("{form}&scope=organizer:view+organizer%3Aresult"));
    assert_eq!(answer.status, 200);
    let body = json_of(&answer);
    assert_eq!(
        (&body["expires_in"], &body["token_type"], &body["scope"]),
        (
            &json!(90_000),
            &json!("Bearer"),
            &json!("organizer:view organizer:result")
        )
    );
    assert_eq!(body.as_object().unwrap().len(), 4, "and no refresh token");
    let without_scope = json_of(&world.token_request(&form));
    assert_eq!(without_scope["scope"], Value::Null);
    world.toornament(json!({ "tokenType": "bearer", "accessTokenSeconds": 5 }));
    let body = json_of(&world.token_request(&form));
    assert_eq!(
        (&body["token_type"], &body["expires_in"]),
        (&json!("bearer"), &json!(5))
    );
}

#[test]
fn what_is_wrong_with_a_token_request_is_said_in_the_leagues_form() {
    let mut world = World::new();
    let good = format!("client_id={CLIENT_ID}&client_secret={CLIENT_SECRET}");
    for (form, status, error) in [
        (good.clone(), 400, "invalid_request"),
        (
            format!("grant_type=password&{good}"),
            400,
            "unsupported_grant_type",
        ),
        (
            "grant_type=client_credentials".into(),
            400,
            "invalid_request",
        ),
        (
            "grant_type=client_credentials&client_id=x&client_secret=y".into(),
            401,
            "invalid_client",
        ),
        (
            format!("grant_type=client_credentials&{good}&scope=organizer:all"),
            400,
            "invalid_scope",
        ),
    ] {
        let answer = world.token_request(&form);
        let body = json_of(&answer);
        assert_eq!(
            (answer.status, &body["error"]),
            (status, &json!(error)),
            "{form}"
        );
        assert_eq!(body["message"], body["error_description"]);
    }
    let fields = json!({
        "grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET,
    });
    let as_json = world.call("POST", "/toornament/oauth/v2/token", Some(&fields));
    assert_eq!(
        error_of(&as_json),
        error("invalid_request", 400),
        "it must be a form"
    );
    let by_get = world.call("GET", "/toornament/oauth/v2/token", None);
    assert_eq!(problems(&by_get).0, 405);
}

#[test]
fn every_call_needs_the_key_before_anything_else() {
    let mut world = World::new();
    for target in [
        TOURNAMENTS.to_owned(),
        format!("{TOURNAMENTS}?api_key=wrong"),
    ] {
        let answer = world.call("GET", &target, None);
        assert_eq!(problems(&answer), (403, vec!["header".into()]), "{target}");
    }
    let in_query = world.call("GET", &format!("{TOURNAMENTS}?api_key={API_KEY}"), None);
    assert_eq!(
        problems(&in_query).0,
        401,
        "the key counts, the token is missing"
    );
}

#[test]
fn dead_tokens_are_401_and_missing_scopes_403() {
    let mut world = World::new();
    let call = |world: &mut World, token: &str| {
        let request = Request::new("GET", TOURNAMENTS)
            .with_header("X-Api-Key", API_KEY)
            .with_header("Authorization", &format!("Bearer {token}"))
            .with_header("Range", "tournaments=0-49");
        world.send(&request).answer
    };
    let good = world.scoped_token("organizer:view");
    assert_eq!(call(&mut world, &good).status, 206);
    for scope in ["", "organizer:result organizer:admin"] {
        let token = world.scoped_token(scope);
        assert_eq!(problems(&call(&mut world, &token)).0, 403, "{scope:?}");
    }
    assert_eq!(problems(&call(&mut world, "made-up")).0, 401);
    let body = json!({ "service": "toornament", "access_token": good });
    assert_eq!(world.control("POST", "/expire", Some(&body))["tokens"], 1);
    assert_eq!(problems(&call(&mut world, &good)).0, 401);
    let next = world.scoped_token("organizer:view");
    world.control("POST", "/revoke", Some(&json!({ "service": "toornament" })));
    assert_eq!(problems(&call(&mut world, &next)).0, 401);
    assert_eq!(world.control("GET", "/toornament/tokens", None), json!([]));
    let last = world.scoped_token("organizer:view");
    world.now += 90_000_000;
    assert_eq!(problems(&call(&mut world, &last)).0, 401);
}

#[test]
fn each_api_has_its_base_and_its_scope() {
    let mut world = World::new();
    for (route, unit, status) in [
        ("/toornament/circuit/v2/circuits", "circuits", 206),
        ("/toornament/platform/v2/users", "users", 206),
        ("/toornament/organizer/v2/circuits", "circuits", 404),
        ("/toornament/platform/v2/matches", "matches", 404),
        ("/toornament/viewer/v2/matches", "matches", 206),
        ("/toornament/viewer/v2/webhooks", "webhooks", 404),
        ("/toornament/participant/v2/me", "me", 404),
    ] {
        let answer = world.part(route, &format!("{unit}=0-9"));
        assert_eq!(answer.status, status, "{route}");
    }
    let key_alone = |target: &str| {
        Request::new("GET", target)
            .with_header("X-Api-Key", API_KEY)
            .with_header("Range", "disciplines=0-49")
    };
    let viewed = world
        .send(&key_alone("/toornament/viewer/v2/disciplines"))
        .answer;
    assert_eq!(viewed.status, 206);
    let organized = world
        .send(&key_alone("/toornament/organizer/v2/disciplines"))
        .answer;
    assert_eq!(organized.status, 206, "disciplines need the key only");
    let changed = Request::new(
        "DELETE",
        &format!("/toornament/viewer/v2/tournaments/{}", id("tournaments", 1)),
    )
    .with_header("X-Api-Key", API_KEY);
    assert_eq!(problems(&world.send(&changed).answer).0, 405);
}

#[test]
fn pages_may_call_but_not_read_the_total_unless_a_test_wants_it() {
    let mut world = World::new();
    let preflight = Request::new("OPTIONS", TOURNAMENTS)
        .with_header("Origin", "https://example.com")
        .with_header("Access-Control-Request-Method", "GET");
    let answer = world.send(&preflight).answer;
    let allowed = answer.header("access-control-allow-headers").unwrap();
    for name in ["X-Api-Key", "Authorization", "Range"] {
        assert!(allowed.contains(name), "{allowed}");
    }
    let exposed = |world: &mut World| {
        let answer = world.part("/tournaments", "tournaments=0-0");
        let header = |name: &str| answer.header(name).map(str::to_owned);
        (
            header("access-control-allow-origin"),
            header("access-control-expose-headers"),
        )
    };
    assert_eq!(exposed(&mut world), (Some("*".into()), None));
    world.toornament(json!({ "exposeContentRange": true }));
    let both = (Some("*".into()), Some("Content-Range".into()));
    assert_eq!(exposed(&mut world), both);
    world.toornament(json!({ "cors": false }));
    assert_eq!(exposed(&mut world), (None, None));
    let refused = world.send(&preflight).answer;
    assert!(refused.status >= 400 && refused.header("access-control-allow-headers").is_none());
}

#[test]
fn faults_without_a_body_have_an_error_list() {
    let mut world = World::new();
    let fault = json!({ "status": 503, "path": ORGANIZER, "headers": { "retry-after": "1" } });
    world.control("POST", "/fail", Some(&fault));
    let answer = world.part("/tournaments", "tournaments=0-0");
    assert_eq!(problems(&answer), (503, vec!["request".into()]));
    assert_eq!(answer.header("retry-after"), Some("1"));
}
