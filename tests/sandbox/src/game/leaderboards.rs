//! The leaderboards: their definitions and rankings.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Game;
use super::design::{Board, BoardScope, Metric, Ranked};
use super::ledger::{Entity, Scope};
use crate::codes::{Code, Envelope};
use crate::time::Cycle;

/// Which ranking is wanted.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// The cycle's name; alltime if none is given.
    pub cycle: Option<&'a str>,
    /// A moment inside the cycle, in Unix milliseconds.
    pub at: i64,
    /// The custom scope.
    pub scope: Option<&'a str>,
    /// The team, for boards of one team.
    pub team: Option<&'a str>,
    /// Which of its rows.
    pub rows: Rows<'a>,
}

/// Which rows of a ranking are wanted.
#[derive(Debug)]
pub enum Rows<'a> {
    /// So many, after so many.
    Page {
        /// How many rows to leave out.
        skip: usize,
        /// How many rows to give at most.
        limit: usize,
    },
    /// Those around an entity.
    Around {
        /// The player or team at the centre.
        entity: &'a str,
        /// How many neighbours on each side.
        radius: usize,
    },
    /// Those of these entities.
    Of(BTreeSet<&'a str>),
}

/// A row: rank, score, the id of whose it is.
type Row<'a> = (usize, i64, &'a str);

fn definition(game: &Game, board: &Board) -> Value {
    json!({
        "id": board.id,
        "name": board.name,
        "entity_type": match board.ranked {
            Ranked::Players => "players",
            Ranked::Teams => "teams",
        },
        "metric": game.design.metric(board.metric).map(Metric::reference),
        "scope": match board.scope {
            BoardScope::Game => json!({ "type": "game" }),
            BoardScope::Custom => json!({ "type": "custom" }),
            BoardScope::TeamInstance(id) => json!({ "type": "team_instance", "id": id }),
        },
        "cycles": board.cycles.iter().map(|c| c.name()).collect::<Vec<_>>(),
    })
}

impl Game {
    /// The leaderboard of that id.
    pub fn board(&self, id: &str) -> Result<&'static Board, Envelope> {
        self.design.board(id).ok_or_else(|| {
            let text = format!("The leaderboard '{id}' does not exist");
            Envelope::new(Code::LeaderboardNotFound, text)
        })
    }

    /// All definitions.
    pub fn leaderboards(&self) -> Value {
        let boards = self.design.boards.iter();
        boards.map(|board| definition(self, board)).collect()
    }

    /// A board's ranking: `{data, total}`. The total is that of the whole
    /// ranking, whichever rows are wanted.
    pub fn leaderboard(&self, id: &str, wanted: &Wanted) -> Result<Value, Envelope> {
        let board = self.board(id)?;
        let cycle = cycle(board, wanted.cycle.unwrap_or("alltime"))?;
        let scope = self.scope(board, wanted)?;
        let ranking = self.ranking(board.ranked, board.metric, &scope, cycle, wanted.at);
        let row = |row: &Row| self.row(board.ranked, *row);
        let data: Vec<Value> = match &wanted.rows {
            Rows::Page { skip, limit } => {
                ranking.iter().skip(*skip).take(*limit).map(row).collect()
            }
            Rows::Of(ids) => {
                let of = ranking.iter().filter(|(_, _, id)| ids.contains(id));
                of.map(row).collect()
            }
            Rows::Around { entity, radius } => {
                let centre = ranking.iter().position(|(_, _, id)| id == entity);
                // Recorded: this code, also for teams.
                let centre = centre.ok_or_else(|| {
                    let text = format!("'{entity}' is not on this leaderboard");
                    Envelope::new(Code::PlayerNotFound, text)
                })?;
                let end = centre.saturating_add(*radius).min(ranking.len() - 1);
                let start = centre.saturating_sub(*radius);
                let mut rows: Vec<Value> = ranking[start..=end].iter().map(row).collect();
                rows[centre - start]["primary"] = true.into();
                rows
            }
        };
        Ok(json!({ "data": data, "total": ranking.len() }))
    }

    /// The players by a metric, as v1 ranks them: a bare array.
    pub fn metric_ranking(
        &self,
        metric: &str,
        skip: usize,
        limit: usize,
        now: i64,
    ) -> Result<Value, Envelope> {
        let metric = self.design.metric(metric).ok_or_else(|| {
            let text = format!("The metric '{metric}' does not exist");
            Envelope::new(Code::MetricNotFound, text)
        })?;
        let id = metric.named.id;
        let ranking = self.ranking(Ranked::Players, id, &Scope::Game, Cycle::Alltime, now);
        let rows = ranking.iter().skip(skip).take(limit);
        Ok(rows.map(|row| self.row(Ranked::Players, *row)).collect())
    }

    fn scope(&self, board: &Board, wanted: &Wanted) -> Result<Scope, Envelope> {
        let needed = |value: Option<&str>, field: &str| {
            let value = value.map(str::to_owned);
            value.ok_or_else(|| Envelope::validation(field, "is required"))
        };
        Ok(match board.scope {
            BoardScope::Game => Scope::Game,
            BoardScope::Custom => Scope::Custom(needed(wanted.scope, "scope_id")?),
            BoardScope::TeamInstance(_) => {
                let id = needed(wanted.team, "team_instance_id")?;
                self.team(&id)?;
                Scope::Team(id)
            }
        })
    }

    fn ranking(
        &self,
        ranked: Ranked,
        metric: &'static str,
        scope: &Scope,
        cycle: Cycle,
        at: i64,
    ) -> Vec<Row<'_>> {
        let mut entries: Vec<(i64, &str)> = self
            .ledgers
            .sums(scope, cycle, at, metric)
            .filter_map(|(entity, sum)| Some((sum, self.ranked(ranked, entity)?)))
            .collect();
        entries.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        let mut rank = 0;
        let mut last = None;
        let rows = entries.into_iter().enumerate().map(|(i, (score, id))| {
            // Ties share a rank and the next one is skipped: 1, 1, 3.
            if last != Some(score) {
                rank = i + 1;
                last = Some(score);
            }
            (rank, score, id)
        });
        rows.collect()
    }

    fn ranked<'a>(&self, ranked: Ranked, entity: &'a Entity) -> Option<&'a str> {
        match (ranked, entity) {
            (Ranked::Players, Entity::Player(id)) => self.players.contains_key(id).then_some(id),
            (Ranked::Teams, Entity::Team(id)) => self.teams.contains_key(id).then_some(id),
            _ => None,
        }
    }

    fn row(&self, ranked: Ranked, (rank, score, id): Row) -> Value {
        let mut row = json!({ "rank": rank, "score": score.to_string() });
        match ranked {
            Ranked::Players => row["player"] = self.player_reference(id),
            Ranked::Teams => {
                let name = self.teams.get(id).map(|t| t.name.as_str());
                row["team"] = json!({ "id": id, "name": name });
            }
        }
        row
    }
}

fn cycle(board: &Board, name: &str) -> Result<Cycle, Envelope> {
    Cycle::named(name)
        .filter(|c| board.cycles.contains(c))
        .ok_or_else(|| Envelope::validation("cycle", "is not a cycle of this leaderboard"))
}
