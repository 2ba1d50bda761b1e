//! Whole games against the sandbox's player.

use super::*;

/// Plays a game to the end by always taking the first move; gives the board
/// and the own score.
fn play(world: &mut World) -> (String, u64) {
    let contest = world.joined();
    loop {
        let moves = world.moves_of(&contest, ME);
        let Some(first) = moves
            .as_object()
            .unwrap()
            .values()
            .find(|m| m["wait"] != true)
        else {
            break;
        };
        let answer = world.play_at(&contest, ME, first["position"].clone());
        assert_eq!(answer.status, 200, "a move that was offered is legal");
    }
    let board = world.board_of(&contest);
    assert_eq!(board["dynamicMetadata"]["gameOver"], true);
    let scores = world.read(&format!("/leaderboards?contest_id={contest}"))["playerScores"].clone();
    let mine = scores
        .as_array()
        .unwrap()
        .iter()
        .find(|s| s["playerId"] == ME);
    let positions = text(&board["board"]["positions"]).to_owned();
    (positions, mine.unwrap()["score"].as_u64().unwrap())
}

#[test]
fn a_hundred_games_end_in_all_ways_and_the_same_seed_plays_the_same_ones() {
    let games = |seed: u64, count: usize| -> Vec<(String, u64)> {
        let mut world = World::new();
        world.kumite(json!({ "seed": seed }));
        (0..count).map(|_| play(&mut world)).collect()
    };
    let played = games(7, 100);
    assert_eq!(played[..20], games(7, 20));
    assert_ne!(played[..20], games(8, 20));
    for score in 1..=3 {
        assert!(played.iter().any(|(_, own)| *own == score), "{score}");
    }
}

#[test]
fn a_perfect_player_never_loses() {
    for first in [false, true] {
        let mut world = World::new();
        world.kumite(json!({ "opponent": "perfect", "opponentFirst": first }));
        for _ in 0..10 {
            let (board, own) = play(&mut world);
            assert!(own < 3, "{board}");
        }
    }
}
