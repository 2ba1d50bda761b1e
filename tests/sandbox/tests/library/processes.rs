//! Processes.

use serde_json::{Value, json};

use crate::world::*;

const AT: &str = "/v2/runtime/processes";

fn create(world: &mut World, player: &str, more: &Value) -> Value {
    let mut body = json!({ "definition": "voyage", "name": "Out" });
    for (key, value) in more.as_object().unwrap() {
        body[key] = value.clone();
    }
    world.good(player, "POST", AT, Some(&body))
}

fn triggers(answer: &Value) -> Vec<&str> {
    let list = answer.as_array().unwrap();
    list.iter().map(|t| text(&t["trigger"])).collect()
}

#[test]
fn definitions_are_listed() {
    let mut world = World::new();
    let at = "/v2/runtime/definitions/processes";
    assert_eq!(
        world.good("newbie", "GET", at, None),
        json!([{ "id": "voyage", "name": "Voyage", "description": "Out and back again" }])
    );
}

#[test]
fn a_process_is_created_changed_listed_and_deleted() {
    let mut world = World::new();
    let created = create(&mut world, "newbie", &json!({}));
    let id = text(&created["id"]).to_owned();
    assert_eq!(
        created,
        json!({
            "id": id, "name": "Out", "state": "ACTIVE", "access": "PRIVATE",
            "definition": { "id": "voyage", "name": "Voyage" },
        })
    );
    let one = format!("{AT}/{id}");
    assert_eq!(world.good("newbie", "GET", &one, None), created);
    let body = json!({ "name": "Back", "access": "PUBLIC" });
    let changed = world.good("newbie", "PATCH", &one, Some(&body));
    assert_eq!(
        (&changed["name"], &changed["access"]),
        (&json!("Back"), &json!("PUBLIC"))
    );
    let list = world.good("newbie", "GET", AT, None);
    assert_eq!(list["total"], 1);
    assert_eq!(list["data"][0]["definition"], "voyage", "a string in lists");
    let gone = world.good("newbie", "DELETE", &one, None);
    assert!(text(&gone["message"]).contains(&id));
    assert_eq!(
        world.bad("newbie", "GET", &one, None),
        error("process_not_found", 404)
    );
    let list = world.good("newbie", "GET", AT, None);
    assert_eq!(list, json!({ "data": [], "total": 0 }));
}

#[test]
fn a_play_moves_a_process_on_and_gives_what_is_next() {
    let mut world = World::new();
    create(&mut world, "newbie", &json!({ "id": "p1" }));
    let open = world.good("newbie", "GET", &format!("{AT}/p1/triggers"), None);
    assert_eq!(
        open,
        json!([{ "trigger": "set_sail", "name": "Set sail", "loop": { "total": "1" }, "actions": [] }])
    );
    let play = |world: &mut World, trigger: &str| {
        let body = json!({ "trigger": trigger });
        world.good("newbie", "POST", &format!("{AT}/p1/play"), Some(&body))
    };
    let played = play(&mut world, "set_sail");
    let next = ["fish", "land:Beach", "land:Harbour"];
    assert_eq!(triggers(&played["triggers"]), next);
    assert_eq!(played["triggers"][0]["loop"]["total"], "Infinity");
    let event = &played["events"]["local"][0];
    assert_eq!(
        (&event["event"], &event["process"], &event["activity"]),
        (
            &json!("progress"),
            &json!({ "id": "p1", "name": "Out" }),
            &json!({ "id": "set_sail", "name": "Set sail" })
        )
    );
    assert_eq!(
        event["changes"][0]["delta"],
        json!({ "old": null, "new": "2" })
    );
    for _ in 0..3 {
        assert_eq!(triggers(&play(&mut world, "fish")["triggers"]), next);
    }
    let last = play(&mut world, "land:Beach");
    assert_eq!(last["triggers"], json!([]));
    let one = world.good("newbie", "GET", &format!("{AT}/p1"), None);
    assert_eq!(one["state"], "COMPLETED");
    let profile = world.good("newbie", "GET", "/v2/runtime/player", None);
    assert_eq!(
        (score(&profile, "points"), score(&profile, "coins")),
        (json!("22"), json!("3"))
    );
}

#[test]
fn an_id_of_two_parts_stands_in_the_path() {
    let mut world = World::new();
    let one = format!("{AT}/johny/voyage");
    assert_eq!(world.good("johny", "GET", &one, None)["id"], "johny/voyage");
    let encoded = format!("{AT}/johny%2Fvoyage");
    assert_eq!(
        world.good("johny", "GET", &encoded, None)["id"],
        "johny/voyage"
    );
    let open = world.good("johny", "GET", &format!("{one}/triggers"), None);
    assert_eq!(triggers(&open), ["set_sail"]);
    let body = json!({ "trigger": "set_sail" });
    world.good("johny", "POST", &format!("{one}/play"), Some(&body));
    world.good("johny", "PATCH", &one, Some(&json!({ "name": "Again" })));
    world.good("johny", "DELETE", &one, None);
    assert_eq!(
        world.bad("johny", "GET", &format!("{one}/a/b"), None),
        error("route_not_found", 404)
    );
}

#[test]
fn what_is_wrong_is_said_and_changes_nothing() {
    let mut world = World::new();
    create(&mut world, "newbie", &json!({ "id": "p1" }));
    let p1 = format!("{AT}/p1");
    let play = format!("{AT}/p1/play");
    for (player, method, target, body, found) in [
        (
            "newbie",
            "POST",
            AT,
            json!({}),
            error("validation_exception", 400),
        ),
        (
            "newbie",
            "POST",
            AT,
            json!({ "definition": "none" }),
            error("definition_not_found", 404),
        ),
        (
            "newbie",
            "POST",
            AT,
            json!({ "definition": "voyage", "id": "p1" }),
            error("process_exists", 409),
        ),
        (
            "newbie",
            "POST",
            AT,
            json!({ "definition": "voyage", "access": "OPEN" }),
            error("validation_exception", 400),
        ),
        (
            "newbie",
            "PATCH",
            &p1,
            json!({ "definition": "x" }),
            error("validation_exception", 400),
        ),
        (
            "newbie",
            "POST",
            &play,
            json!({}),
            error("validation_exception", 400),
        ),
        (
            "newbie",
            "POST",
            &play,
            json!({ "trigger": "fish" }),
            error("validation_exception", 400),
        ),
        (
            "johny",
            "POST",
            &play,
            json!({ "trigger": "set_sail" }),
            error("access_denied", 403),
        ),
        (
            "johny",
            "PATCH",
            &p1,
            json!({ "name": "x" }),
            error("access_denied", 403),
        ),
        (
            "johny",
            "DELETE",
            &p1,
            json!({}),
            error("access_denied", 403),
        ),
        ("johny", "GET", &p1, json!({}), error("access_denied", 403)),
    ] {
        let got = world.bad(player, method, target, Some(&body));
        assert_eq!(got, found, "{player} {method} {target} {body}");
    }
    let open = world.good("newbie", "GET", &format!("{p1}/triggers"), None);
    assert_eq!(triggers(&open), ["set_sail"]);
    let public = json!({ "access": "PUBLIC" });
    world.good("newbie", "PATCH", &p1, Some(&public));
    let body = json!({ "trigger": "set_sail" });
    world.good("johny", "POST", &play, Some(&body));
}

#[test]
fn an_admin_reads_and_removes_processes() {
    let mut world = World::new();
    create(&mut world, "newbie", &json!({ "id": "p1" }));
    let at = "/v2/admin/processes";
    assert_eq!(world.good("", "GET", at, None)["total"], 2);
    assert_eq!(world.good("newbie", "GET", at, None)["total"], 1);
    world.good("", "DELETE", &format!("{at}/johny/voyage"), None);
    world.good("", "DELETE", &format!("{at}/p1"), None);
    let again = world.bad("", "DELETE", &format!("{at}/p1"), None);
    assert_eq!(again, error("process_not_found", 404));
}

#[test]
fn processes_are_seeded_at_any_stage() {
    let mut world = World::new();
    let seed = json!({ "processes": [{ "id": "mara/p", "owner": "mara", "stage": 1, "access": "PUBLIC" }] });
    assert_eq!(world.control("POST", "/seed", Some(&seed))["processes"], 1);
    let open = world.good("newbie", "GET", &format!("{AT}/mara/p/triggers"), None);
    assert_eq!(triggers(&open).len(), 3);
    for wrong in [
        json!([{ "id": "x" }]),
        json!([{ "id": "x", "owner": "mara", "definition": "none" }]),
        json!([{ "id": "x", "owner": "mara", "stage": -1 }]),
    ] {
        let body = json!({ "processes": wrong });
        let answer = world.call("POST", "/control/seed", Some(&body));
        assert_eq!(
            error_of(&answer),
            error("validation_exception", 400),
            "{body}"
        );
    }
}
