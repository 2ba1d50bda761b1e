//! The leaderboards: their definitions and rankings.

use serde_json::{Value, json};

use super::Game;
use super::design::{BOARDS, Board, Metric, Ranked};
use super::ledger::Entity;
use crate::codes::{Code, Envelope};
use crate::time::Cycle;

/// Which part of a ranking is wanted.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// The cycle's name; alltime if none is given.
    pub cycle: Option<&'a str>,
    /// The custom scope.
    pub scope: Option<&'a str>,
    /// How many rows to leave out.
    pub skip: usize,
    /// How many rows to give at most.
    pub limit: usize,
}

/// All definitions.
pub fn definitions() -> Value {
    BOARDS.iter().map(definition).collect()
}

fn definition(board: &Board) -> Value {
    json!({
        "id": board.id,
        "name": board.name,
        "entity_type": match board.ranked {
            Ranked::Players => "players",
            Ranked::Teams => "teams",
        },
        "metric": Metric::find(board.metric).map(Metric::reference),
        "scope": { "type": if board.custom_scope { "custom" } else { "game" } },
        "cycles": board.cycles.iter().map(|c| c.name()).collect::<Vec<_>>(),
    })
}

impl Game {
    /// A board's ranking: `{data, total}`.
    pub fn leaderboard(&self, id: &str, wanted: &Wanted, now: i64) -> Result<Value, Envelope> {
        let board = Board::find(id).ok_or_else(|| {
            Envelope::new(
                Code::LeaderboardNotFound,
                format!("The leaderboard '{id}' does not exist"),
            )
        })?;
        let cycle = cycle(board, wanted.cycle.unwrap_or("alltime"))?;
        let scope = match (board.custom_scope, wanted.scope) {
            (true, None) => return Err(Envelope::validation("scope_id", "is required")),
            (true, scope) => scope,
            (false, _) => None,
        };
        let rows = self.ranking(board, scope, cycle, now);
        let total = rows.len();
        let data: Vec<Value> = rows
            .into_iter()
            .skip(wanted.skip)
            .take(wanted.limit)
            .collect();
        Ok(json!({ "data": data, "total": total }))
    }

    fn ranking(&self, board: &Board, scope: Option<&str>, cycle: Cycle, now: i64) -> Vec<Value> {
        let mut entries: Vec<(i64, &str, Value)> = self
            .ledgers
            .sums(scope, cycle, now, board.metric)
            .filter_map(|(entity, sum)| {
                let (id, who) = self.ranked(board.ranked, entity)?;
                Some((sum, id, who))
            })
            .collect();
        entries.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));

        let mut rank = 0;
        let mut last = None;
        let rows = entries.into_iter().enumerate().map(|(i, (score, _, who))| {
            // Ties share a rank and the next one is skipped: 1, 1, 3.
            if last != Some(score) {
                rank = i + 1;
                last = Some(score);
            }
            let key = match board.ranked {
                Ranked::Players => "player",
                Ranked::Teams => "team",
            };
            json!({ "rank": rank, "score": score.to_string(), key: who })
        });
        rows.collect()
    }

    fn ranked<'a>(&'a self, ranked: Ranked, entity: &'a Entity) -> Option<(&'a str, Value)> {
        match (ranked, entity) {
            (Ranked::Players, Entity::Player(id)) => {
                let player = self.players.get(id)?;
                Some((id, json!({ "id": id, "alias": player.alias })))
            }
            (Ranked::Teams, Entity::Team(id)) => {
                let team = self.teams.get(id)?;
                Some((id, json!({ "id": id, "name": team.name })))
            }
            _ => None,
        }
    }
}

fn cycle(board: &Board, name: &str) -> Result<Cycle, Envelope> {
    Cycle::named(name)
        .filter(|c| board.cycles.contains(c))
        .ok_or_else(|| Envelope::validation("cycle", "is not a cycle of this leaderboard"))
}
