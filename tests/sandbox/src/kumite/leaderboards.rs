//! Who won: by score, ascending, so that the winner comes last.

use serde_json::{Value, json};

use super::failure::Failure;
use super::{Kumite, query};
use crate::http::Query;

impl Kumite {
    /// Answers `GET /leaderboards`.
    pub fn leaderboard(&self, query: &Query) -> Result<Value, Failure> {
        let contest = self.contests.get(&query::uuid(query, "contest_id")?)?;
        let mut scores = contest.board.scores();
        scores.sort_by_key(|(_, score)| *score);
        let rows: Vec<Value> = scores
            .into_iter()
            .enumerate()
            .map(|(rank, (player, score))| {
                json!({ "playerId": player, "rank": rank, "score": score })
            })
            .collect();
        Ok(json!({ "playerScores": rows }))
    }
}
