//! Leaderboards.

use crate::time::Cycle;

/// Who is ranked on a board.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ranked {
    /// Players.
    Players,
    /// Teams.
    Teams,
}

/// Where what a board ranks was earned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BoardScope {
    /// Anywhere.
    Game,
    /// Where a play was booked on a custom scope.
    Custom,
    /// As a member of a team of that design.
    TeamInstance(&'static str),
}

/// A leaderboard.
#[derive(Debug)]
pub struct Board {
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Who is ranked.
    pub ranked: Ranked,
    /// The metric's id: a point or a compound.
    pub metric: &'static str,
    /// Where what it ranks was earned.
    pub scope: BoardScope,
    /// Its cycles.
    pub cycles: &'static [Cycle],
}
