//! Making, changing, deleting, uploading.

use super::*;

fn participant(name: &str) -> Value {
    json!({ "tournament_id": id("tournaments", 1), "type": "player", "name": name })
}

#[test]
fn a_participant_is_made_changed_and_deleted() {
    let mut world = World::new();
    let answer = world.write("POST", "/participants", &participant("Ada"));
    assert_eq!(answer.status, 201);
    let made = json_of(&answer);
    assert_eq!(
        (&made["name"], &made["checked_in"]),
        (&json!("Ada"), &json!(false))
    );
    assert_eq!(made["created_at"], "2026-09-16T08:00:00+00:00");
    let route = format!("/participants/{}", text(&made["id"]));
    let changed = world.write(
        "PATCH",
        &route,
        &json!({ "checked_in": true, "id": "other" }),
    );
    assert_eq!(changed.status, 200);
    let mut expected = made.clone();
    expected["checked_in"] = true.into();
    assert_eq!(
        json_of(&changed),
        expected,
        "the rest stays, and so does the id"
    );
    assert_eq!(world.single(&route), expected);
    assert_eq!(world.ids("/participants", "participants").len(), 9);
    let request = world.organizer("DELETE", &route);
    let deleted = world.send(&request).answer;
    assert_eq!((deleted.status, &deleted.body[..]), (204, &b""[..]));
    assert_eq!(problems(&world.send(&request).answer).0, 404);
}

#[test]
fn what_is_wrong_with_a_body_is_listed_as_a_whole() {
    let mut world = World::new();
    let long = "x".repeat(41);
    let body = json!({ "name": long, "type": "robot", "tournament_id": 618, "checked_in": 1 });
    let answer = world.write("POST", "/participants", &body);
    let (status, wrong) = problems(&answer);
    assert_eq!(status, 400);
    assert_eq!(
        wrong,
        [
            "body.name",
            "body.tournament_id",
            "body.type",
            "body.checked_in"
        ]
    );
    assert_eq!(
        json_of(&answer)["errors"][1]["invalid_value"],
        618,
        "an id is no number"
    );
    let empty = world.write("POST", "/participants", &json!({}));
    assert_eq!(problems(&empty).1.len(), 3);
    let null = world.write(
        "PATCH",
        &format!("/participants/{}", id("participants", 1)),
        &json!({ "name": null }),
    );
    assert_eq!(problems(&null), (400, vec!["body.name".into()]));
    let list = world.write("POST", "/participants", &json!([]));
    assert_eq!(problems(&list), (400, vec!["body".into()]));
    let mut elsewhere = participant("Ada");
    elsewhere["tournament_id"] = "1".into();
    let elsewhere = world.write("POST", "/participants", &elsewhere);
    assert_eq!(
        problems(&elsewhere),
        (400, vec!["body.tournament_id".into()])
    );
}

#[test]
fn two_errors_have_a_type() {
    let mut world = World::new();
    let mut body = participant("Ada");
    body["email"] = "player-1@example.com".into();
    let twice = json_of(&world.write("POST", "/participants", &body));
    assert_eq!(twice["errors"][0]["type"], "email_duplicate");
    let both = json!({ "opponents": [
        { "number": 1, "result": "win" }, { "number": 2, "result": "win" },
    ]});
    let route = format!("/matches/{}", id("matches", 1));
    let answer = json_of(&world.write("PATCH", &route, &both));
    assert_eq!(answer["errors"][0]["type"], "match_integrity");
}

#[test]
fn a_match_gets_its_results() {
    let mut world = World::new();
    let route = format!("/matches/{}", id("matches", 1));
    assert_eq!(world.single(&route)["status"], "pending");
    let body = json!({ "opponents": [
        { "number": 2, "score": 3, "result": "win", "position": 9 },
        { "number": 1, "score": 1, "result": "loss" },
    ], "status": "running" });
    let changed = json_of(&world.write("PATCH", &route, &body));
    assert_eq!(changed["status"], "completed");
    assert_eq!(changed["played_at"], "2026-09-16T08:00:00+00:00");
    let winner = &changed["opponents"][1];
    assert_eq!(
        (&winner["score"], &winner["position"]),
        (&json!(3), &json!(2))
    );
    assert_eq!(winner["participant"]["name"], "Player 4");
    let game = format!("{route}/games/2");
    let changed = json_of(&world.write("PATCH", &game, &json!({ "status": "running" })));
    assert_eq!(
        (&changed["number"], &changed["status"]),
        (&json!(2), &json!("running"))
    );
    let made = world.write("POST", "/matches", &json!({}));
    assert_eq!(problems(&made).0, 405, "matches come from their stage");
}

#[test]
fn a_tournament_takes_what_belongs_to_it_along() {
    let mut world = World::new();
    let missing = world.write("POST", "/tournaments", &json!({ "name": "Cup" }));
    assert_eq!(problems(&missing).1.len(), 5);
    let body = json!({
        "name": "Cup", "discipline": "discipline_1", "participant_type": "single", "size": 16,
        "timezone": "Europe/Paris", "platforms": ["pc"],
    });
    let made = json_of(&world.write("POST", "/tournaments", &body));
    assert_eq!(
        (&made["status"], &made["size"]),
        (&json!("pending"), &json!(16))
    );
    assert_eq!(world.ids("/tournaments", "tournaments").len(), 3);
    let request = world.organizer("DELETE", &format!("/tournaments/{}", id("tournaments", 1)));
    assert_eq!(world.send(&request).answer.status, 204);
    for (route, unit) in [("/participants", "participants"), ("/matches", "matches")] {
        assert_eq!(world.ids(route, unit).len(), 0, "{route}");
    }
}

#[test]
fn writing_needs_other_scopes_than_reading() {
    let mut world = World::new();
    let token = world.scoped_token("organizer:view organizer:participant");
    let delete = Request::new(
        "DELETE",
        &format!("{ORGANIZER}/tournaments/{}", id("tournaments", 1)),
    )
    .with_header("X-Api-Key", API_KEY)
    .with_header("Authorization", &format!("Bearer {token}"));
    assert_eq!(problems(&world.send(&delete).answer).0, 403);
}

#[test]
fn a_file_is_uploaded_first_and_named_then() {
    let mut world = World::new();
    let upload = |world: &mut World, context: &str, more: &[(&str, &str)], body: &[u8]| {
        let mut request = world.organizer("POST", &format!("/files?context={context}"));
        for (name, value) in more {
            request = request.with_header(name, value);
        }
        request.body = body.to_vec();
        world.send(&request).answer
    };
    let png = ("Content-Type", "image/png");
    let name = ("Content-Disposition", "inline; filename=\"logo.png\"");
    let bytes = [0x89, b'P', b'N', b'G', 0xff];
    for (context, more, body) in [
        ("nothing", &[png, name][..], &bytes[..]),
        ("tournament_logo", &[png], &bytes),
        ("tournament_logo", &[name], &bytes),
        (
            "tournament_logo",
            &[png, ("Content-Disposition", "inline")],
            &bytes,
        ),
        ("tournament_logo", &[png, name], &[]),
    ] {
        let answer = upload(&mut world, context, more, body);
        assert_eq!(problems(&answer).0, 400, "{context} {more:?}");
    }
    let answer = upload(&mut world, "tournament_logo", &[png, name], &bytes);
    assert_eq!(answer.status, 201);
    let file = json_of(&answer);
    assert_eq!(
        (&file["status"], &file["associated"]),
        (&json!("available"), &json!(false))
    );

    let route = format!("/tournaments/{}", id("tournaments", 1));
    let unknown = world.write("PATCH", &route, &json!({ "logo": { "id": "1" } }));
    assert_eq!(problems(&unknown), (400, vec!["body.logo".into()]));
    let changed = json_of(&world.write("PATCH", &route, &json!({ "logo": { "id": file["id"] } })));
    assert_eq!(changed["logo"]["id"], file["id"]);
    assert!(text(&changed["logo"]["logo_small"]).ends_with("/logo_small"));
    let used = world.ids(
        "/files?associated=1&contexts=tournament_logo,match_report_proof",
        "files",
    );
    assert_eq!(used, [text(&file["id"])]);
}

#[test]
fn results_reach_only_opponents_that_have_a_number() {
    let mut world = World::new();
    let made = world.write(
        "POST",
        "/tournaments",
        &json!({
            "discipline": "discipline_1", "name": "N", "size": 8, "participant_type": "single",
            "timezone": "UTC", "platforms": ["pc"], "opponents": [{}, 7, null, { "number": 1 }],
        }),
    );
    assert_eq!(made.status, 201, "{made:?}");
    let route = format!("/tournaments/{}", text(&json_of(&made)["id"]));
    for number in [json!({ "number": 1, "score": 5 }), json!({ "score": 6 })] {
        let changed = world.write("PATCH", &route, &json!({ "opponents": [number] }));
        assert_eq!(
            json_of(&changed)["opponents"],
            json!([{}, 7, null, { "number": 1, "score": 5 }])
        );
    }
}
