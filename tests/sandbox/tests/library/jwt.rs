//! Players' JWTs.

use playoff_sandbox::Request;
use serde_json::{Value, json};

use crate::world::*;

fn read(world: &mut World, jwt: &str) -> (String, u16) {
    let answer = world.call("GET", &with("/v2/runtime/player", "jwt", jwt), None);
    match answer.status {
        200 => (text(&json_of(&answer)["id"]).to_owned(), 200),
        _ => error_of(&answer),
    }
}

fn signed(claims: &Value) -> String {
    sign("sandbox-jwt", &secret("sandbox-jwt"), claims).unwrap()
}

#[test]
fn a_jwt_acts_for_its_player() {
    let mut world = World::new();
    let jwt = world.jwt("mara", &[]);
    assert_eq!(read(&mut world, &jwt), error("mara", 200));
    let own = with("/v2/runtime/player?player_id=mara", "jwt", &jwt);
    assert_eq!(world.call("GET", &own, None).status, 200);
    let other = with("/v2/runtime/player?player_id=johny", "jwt", &jwt);
    assert_eq!(
        error_of(&world.call("GET", &other, None)),
        error("access_denied", 403)
    );
    let unknown = world.jwt("nobody", &[]);
    assert_eq!(read(&mut world, &unknown), error("player_not_found", 404));
}

#[test]
fn iat_and_scopes_may_be_left_out_but_not_exp_and_player() {
    let mut world = World::new();
    let exp = world.now / 1_000 + 60;
    for (claims, status) in [
        (
            json!({ "player_id": "johny", "scopes": [], "exp": exp }),
            200,
        ),
        (json!({ "player_id": "johny", "exp": exp }), 200),
        (
            json!({ "player_id": "johny", "scopes": [], "exp": exp, "iat": exp - 60, "more": 1 }),
            200,
        ),
        (json!({ "player_id": "johny", "scopes": [] }), 401),
        (
            json!({ "player_id": "johny", "scopes": [], "exp": "soon" }),
            401,
        ),
        (
            json!({ "player_id": "johny", "scopes": [], "exp": exp - 60 }),
            401,
        ),
        (
            json!({ "player_id": "johny", "scopes": "all", "exp": exp }),
            401,
        ),
        (
            json!({ "player_id": "johny", "scopes": [], "exp": exp, "iat": "now" }),
            401,
        ),
        (json!({ "player_id": 7, "scopes": [], "exp": exp }), 401),
        (json!({ "scopes": [], "exp": exp }), 401),
    ] {
        assert_eq!(read(&mut world, &signed(&claims)).1, status, "{claims}");
    }
}

#[test]
fn what_isnt_signed_by_the_client_is_refused() {
    let mut world = World::new();
    let good = world.jwt("johny", &[]);
    let claims = json!({ "player_id": "johny", "scopes": [], "exp": world.now / 1_000 + 60 });
    let (client, jws) = good.split_once(':').unwrap();
    let (head, tail) = jws.split_once('.').unwrap();
    let none = head.replace(head, "eyJhbGciOiJub25lIn0");
    let mut changed = good.clone().into_bytes();
    let middle = good.len() / 2;
    changed[middle] = if changed[middle] == b'A' { b'B' } else { b'A' };
    for jwt in [
        sign("sandbox-jwt", "another secret", &claims).unwrap(),
        sign("sandbox-code", &secret("sandbox-code"), &claims).unwrap(),
        sign("sandbox-public", "", &claims).unwrap(),
        sign("nobody", "x", &claims).unwrap(),
        jws.to_owned(),
        format!("{client}:{none}.{tail}"),
        format!("{client}:{none}.{}.", tail.split_once('.').unwrap().0),
        format!("{good}="),
        format!("{client}:"),
        format!("{client}:.."),
        String::from_utf8(changed).unwrap(),
    ] {
        assert_eq!(
            read(&mut world, &jwt),
            error("invalid_access_token", 401),
            "{jwt}"
        );
    }
    assert_eq!(read(&mut world, &good).1, 200);
    let by_app = sign("sandbox-app", &secret("sandbox-app"), &claims).unwrap();
    assert_eq!(
        read(&mut world, &by_app).1,
        200,
        "an app may sign with its own credentials"
    );
}

#[test]
fn only_the_one_algorithm_counts_however_good_the_signature() {
    let mut world = World::new();
    let claims = json!({ "player_id": "johny", "exp": world.now / 1_000 + 60 });
    for (header, status) in [
        (r#"{"alg":"HS256"}"#, 200),
        (r#"{"alg":"HS384","typ":"JWT"}"#, 401),
        (r#"{"alg":"none"}"#, 401),
        (r#"{"typ":"JWT"}"#, 401),
        ("[]", 401),
    ] {
        let jwt = sign_with(header, "sandbox-jwt", &secret("sandbox-jwt"), &claims).unwrap();
        assert_eq!(read(&mut world, &jwt).1, status, "{header}");
    }
}

#[test]
fn the_header_is_for_oauth_tokens_only() {
    let mut world = World::new();
    let jwt = world.jwt("johny", &[]);
    let request = Request::new("GET", "/v2/runtime/player")
        .with_header("Authorization", &format!("Bearer {jwt}"));
    assert_eq!(
        error_of(&world.send(&request).answer),
        error("invalid_access_token", 401)
    );
}

#[test]
fn scopes_part_reading_from_writing_and_never_reach_the_administration() {
    let mut world = World::new();
    for (scopes, read, write) in [
        (&[][..], 200, 200),
        (&["player.runtime.read"], 200, 403),
        (&["player.runtime.write"], 403, 200),
        (&["player.runtime.read", "player.runtime.write"], 200, 200),
        (&["admin.read", "something.else"], 403, 403),
    ] {
        let jwt = world.jwt("johny", scopes);
        for (method, path, status) in [
            ("GET", "/v2/runtime/player", read),
            ("POST", "/v2/runtime/actions/greet/play", write),
            ("PATCH", "/v2/runtime/player", write),
            ("GET", "/v2/admin/players", 403),
        ] {
            let answer = world.call(method, &with(path, "jwt", &jwt), None);
            assert_eq!(answer.status, status, "{scopes:?} {method} {path}");
        }
    }
}

#[test]
fn jwts_are_ended_by_player_and_time_until_the_next_second() {
    let mut world = World::new();
    world.now += 400;
    let (johny, mara) = (world.jwt("johny", &[]), world.jwt("mara", &[]));
    let without_iat = signed(&json!({ "player_id": "johny", "exp": world.now / 1_000 + 60 }));
    let request =
        Request::new("POST", "/control/expire").with_json(&json!({ "player_id": "johny" }));
    let reply = world.send(&request);
    assert_eq!(
        reply.delay_ms, 600,
        "what is minted after the answer is of a later second"
    );
    assert_eq!(read(&mut world, &johny), error("invalid_access_token", 401));
    assert_eq!(read(&mut world, &mara).1, 200);
    assert_eq!(
        read(&mut world, &without_iat).1,
        200,
        "nobody knows when it was issued"
    );

    world.now += 600;
    let fresh = world.jwt("johny", &[]);
    assert_eq!(read(&mut world, &fresh).1, 200);
    world.control(
        "POST",
        "/revoke",
        Some(&json!({ "access_token": without_iat })),
    );
    assert_eq!(read(&mut world, &without_iat).1, 401);
    world.control("POST", "/revoke", None);
    for jwt in [&fresh, &mara] {
        assert_eq!(read(&mut world, jwt).1, 401);
    }
}
