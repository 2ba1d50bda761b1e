//! Which rows a list has, and in which order.

use super::*;

#[test]
fn comma_lists_and_flags_choose_rows() {
    let mut world = World::new();
    world.seed_totals(json!({ "tournaments": 6, "matches": 6 }));
    let tournaments = |numbers: &[usize]| -> Vec<String> {
        numbers.iter().map(|n| id("tournaments", *n)).collect()
    };
    let both = format!(
        "tournament_ids={},{}",
        id("tournaments", 2),
        id("tournaments", 5)
    );
    for (query, numbers) in [
        (both.as_str(), &[2, 5][..]),
        ("statuses=running,completed", &[1, 3, 4, 6]),
        ("is_online=1", &[2, 4, 6]),
        ("is_online=0", &[1, 3, 5]),
        ("archived=1", &[5]),
        ("countries=US", &[2, 4, 6]),
        ("platforms=mobile,ps_vita", &[1, 3, 5]),
        ("scheduled_before=2026-01-03", &[1, 2]),
        ("scheduled_after=2026-01-06&is_online=1", &[6]),
        ("colour=red", &[1, 2, 3, 4, 5, 6]),
        ("is_online=0&is_online=1", &[2, 4, 6]),
        ("sort=scheduled_desc", &[6, 5, 4, 3, 2, 1]),
        ("sort=scheduled_asc&statuses=running", &[1, 4]),
    ] {
        let found = world.ids(&format!("/tournaments?{query}"), "tournaments");
        assert_eq!(found, tournaments(numbers), "{query}");
    }
    let opponent = id("participants", 3);
    let matches =
        |numbers: &[usize]| -> Vec<String> { numbers.iter().map(|n| id("matches", *n)).collect() };
    for (query, numbers) in [
        (format!("participant_ids={opponent}"), &[1, 5][..]),
        ("custom_user_identifiers=sandbox:player:4".into(), &[1, 5]),
        ("is_scheduled=1".into(), &[2, 4, 6]),
        ("is_scheduled=0&statuses=completed".into(), &[3]),
        (
            "scheduled_after=2026-01-05T11:00:00%2B01:00".into(),
            &[4, 6],
        ),
        ("played_before=2026-01-05T10:00:00%2B00:00".into(), &[3]),
        ("sort=latest_results&statuses=completed".into(), &[6, 3]),
        ("sort=schedule&is_scheduled=1".into(), &[2, 4, 6]),
    ] {
        let found = world.ids(&format!("/matches?{query}"), "matches");
        assert_eq!(found, matches(numbers), "{query}");
    }
}

#[test]
fn participants_and_rankings_have_filters_of_their_own() {
    let mut world = World::new();
    let people = |numbers: &[usize]| -> Vec<String> {
        numbers.iter().map(|n| id("participants", *n)).collect()
    };
    for (query, numbers) in [
        ("name=PLAYER%207", &[7][..]),
        ("is_checked_in=1", &[2, 4, 6, 8]),
        (
            "custom_user_identifiers=sandbox:player:1,sandbox:player:8",
            &[1, 8],
        ),
        ("sort=created_desc&is_checked_in=0", &[7, 5, 3, 1]),
    ] {
        let found = world.ids(&format!("/participants?{query}"), "participants");
        assert_eq!(found, people(numbers), "{query}");
    }
    let ranked = world.part("/ranking-items?min_rank=2&max_rank=4", "items=0-49");
    assert_eq!(ranked.header("content-range"), Some("items 0-2/3"));
    assert_eq!(json_of(&ranked)[0]["properties"]["losses"], 1);
    let standing = format!("/standing-items?participant_ids={}", id("participants", 2));
    let standing = json_of(&world.part(&standing, "items=0-49"));
    assert_eq!(standing[0]["position"], 2);
}

#[test]
fn what_is_wrong_with_a_query_is_listed_as_a_whole() {
    let mut world = World::new();
    let answer = world.part(
        "/tournaments?is_online=true&archived=2&statuses=running,over&scheduled_before=soon",
        "tournaments=0-49",
    );
    let (status, mut wrong) = problems(&answer);
    wrong.sort();
    assert_eq!(status, 400);
    assert_eq!(
        wrong,
        [
            "query.archived",
            "query.is_online",
            "query.scheduled_before",
            "query.statuses"
        ]
    );
    assert_eq!(
        json_of(&answer)["errors"][0]["invalid_value"],
        "running,over"
    );
    let sort = world.part("/tournaments?sort=name", "tournaments=0-49");
    assert_eq!(problems(&sort), (400, vec!["query.sort".into()]));
}
