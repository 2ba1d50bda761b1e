//! The rules of Tic-Tac-Toe.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::failure::Failure;

/// The fields' lines of three.
const LINES: [[usize; 3]; 8] = [
    [0, 1, 2],
    [3, 4, 5],
    [6, 7, 8],
    [0, 3, 6],
    [1, 4, 7],
    [2, 5, 8],
    [0, 4, 8],
    [2, 4, 6],
];
/// What an empty position holds.
const EMPTY: char = '_';

/// A board, with whoever plays on it.
#[derive(Clone, Debug)]
pub struct Board {
    positions: [char; 9],
    symbols: BTreeMap<String, char>,
}

impl Default for Board {
    fn default() -> Self {
        Self {
            positions: [EMPTY; 9],
            symbols: BTreeMap::new(),
        }
    }
}

/// Reads a move. Ten is let through, as the real server lets it: it fails on
/// the board, where it costs the contest.
pub fn read_move(body: &Map<String, Value>) -> Result<usize, Failure> {
    let raw = body.get("position").unwrap_or(&Value::Null);
    match raw.as_f64().map(|number| number as i64) {
        Some(position @ 1..=10) => Ok(position.unsigned_abs() as usize),
        Some(position) => Err(Failure::argument(format!("Invalid position: {position}"))),
        None => Err(Failure::argument(format!("Invalid position: {raw}"))),
    }
}

impl Board {
    /// Whose players they are, in the order of their ids.
    pub fn players(&self) -> Vec<&str> {
        self.symbols.keys().map(String::as_str).collect()
    }

    /// Whether that player plays here.
    pub fn has(&self, player: &str) -> bool {
        self.symbols.contains_key(player)
    }

    /// Adds a player: the first one is X and begins.
    pub fn join(&mut self, player: &str) -> Result<(), String> {
        let symbol = match self.symbols.len() {
            _ if self.has(player) => {
                return Err(format!("playerId={player} is already registered"));
            }
            0 => 'X',
            1 => 'O',
            _ => return Err("There are already 2 players".to_owned()),
        };
        self.symbols.insert(player.to_owned(), symbol);
        Ok(())
    }

    /// Makes a move, from 1.
    pub fn play(&mut self, player: &str, position: usize) -> Result<(), String> {
        if self.symbols.len() != 2 {
            return Err("We need 2 players before accepting moves".to_owned());
        }
        if self.whose_turn() != Some(player) {
            return Err(format!("playerId={player} can not play for now"));
        }
        let next = self.next_symbol();
        match self.positions.get_mut(position.wrapping_sub(1)) {
            Some(field) if *field == EMPTY => {
                *field = next;
                Ok(())
            }
            Some(field) => Err(format!("position={position} is not empty ({field})")),
            None => Err(format!("Index {position} out of bounds")),
        }
    }

    /// The player who moves next, once there are two.
    pub fn whose_turn(&self) -> Option<&str> {
        let next = self.next_symbol();
        let turn = self.symbols.iter().find(|(_, symbol)| **symbol == next);
        turn.filter(|_| self.symbols.len() == 2 && !self.is_over())
            .map(|(player, _)| player.as_str())
    }

    /// The positions that are free, from 1.
    pub fn free(&self) -> Vec<usize> {
        let free = self.positions.iter().zip(1..).filter(|(c, _)| **c == EMPTY);
        free.map(|(_, position)| position).collect()
    }

    /// Whether somebody has won or nothing is free.
    pub fn is_over(&self) -> bool {
        self.winner().is_some() || self.free().is_empty()
    }

    /// Who has won.
    pub fn winner(&self) -> Option<char> {
        let mut lines = LINES.iter().map(|line| line.map(|at| self.positions[at]));
        let won = lines.find(|[a, b, c]| *a != EMPTY && a == b && b == c);
        won.map(|[symbol, ..]| symbol)
    }

    /// The points of each player: 3 for who has won, 1 for who has lost, 2 each
    /// where nobody has, and 0 before.
    pub fn scores(&self) -> Vec<(&str, u64)> {
        let winner = self.winner();
        let points = |symbol: char| match winner {
            Some(winner) if winner == symbol => 3,
            Some(_) => 1,
            None if self.is_over() => 2,
            None => 0,
        };
        let scores = self.symbols.iter();
        scores
            .map(|(player, symbol)| (player.as_str(), points(*symbol)))
            .collect()
    }

    /// The best position for whoever moves next.
    pub fn best(&self) -> Option<usize> {
        // With nothing played all are as good; the middle spares the search.
        if self.free().len() == 9 {
            return Some(5);
        }
        let value = |position: &usize| {
            let mut after = self.clone();
            after.positions[position - 1] = self.next_symbol();
            -after.value()
        };
        self.free().into_iter().max_by_key(value)
    }

    /// What the board is worth for whoever moves next.
    fn value(&self) -> i32 {
        if self.winner().is_some() {
            return -1 - self.free().len() as i32;
        }
        let best = self.free().into_iter().map(|position| {
            let mut after = self.clone();
            after.positions[position - 1] = self.next_symbol();
            -after.value()
        });
        best.max().unwrap_or(0)
    }

    fn next_symbol(&self) -> char {
        let count = |symbol| self.positions.iter().filter(|c| **c == symbol).count();
        match count('X') == count('O') {
            true => 'X',
            false => 'O',
        }
    }

    /// The moves that a player can make, or the placeholder for waiting.
    pub fn moves(&self, player: &str) -> Result<Value, Failure> {
        if self.is_over() {
            // Not the placeholder for a game that is over, which there is too.
            return Ok(json!({ "Game is over": { "wait": true, "missingPlayers": 0 } }));
        }
        let missing = 2 - self.symbols.len();
        if missing > 0 {
            return Ok(json!({ "Wait for sign-ups": { "wait": true, "missingPlayers": missing } }));
        }
        if !self.has(player) {
            return Err(Failure::argument(format!(
                "playerId={player} is not registered"
            )));
        }
        if self.whose_turn() == Some(player) {
            let one = |position| (format!("{position}"), json!({ "position": position }));
            return Ok(self
                .free()
                .into_iter()
                .map(one)
                .collect::<Map<_, _>>()
                .into());
        }
        let others: Vec<&str> = self
            .players()
            .into_iter()
            .filter(|p| *p != player)
            .collect();
        let label = format!("Wait for player `{}`", self.next_symbol());
        Ok(json!({ label: { "wait": true, "waitedPlayers": others } }))
    }

    /// The board as everybody sees it.
    pub fn to_json(&self) -> Value {
        let symbols: Map<String, Value> = self
            .symbols
            .iter()
            .map(|(player, symbol)| (player.clone(), symbol.to_string().into()))
            .collect();
        json!({
            "positions": self.positions.iter().collect::<String>(),
            "playerIdToSymbol": symbols,
            "boardSvg": "KumiteTicTacToeBoardState",
            "moveSvg": "KumiteTicTacToeBoardMove",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board(text: &str) -> Board {
        let mut board = Board::default();
        for (field, symbol) in board.positions.iter_mut().zip(text.chars()) {
            *field = symbol;
        }
        board.join("x").unwrap();
        board.join("o").unwrap();
        board
    }

    #[test]
    fn every_line_of_three_wins() {
        for line in LINES {
            let mut won = board("_________");
            for at in line {
                won.positions[at] = 'O';
            }
            assert_eq!(won.winner(), Some('O'), "{line:?}");
            assert_eq!(won.scores(), [("o", 3), ("x", 1)]);
        }
        let drawn = board("XOXXOOOXX");
        assert_eq!(drawn.winner(), None);
        assert!(drawn.is_over());
        assert_eq!(drawn.scores(), [("o", 2), ("x", 2)]);
        assert_eq!(board("XO_______").scores(), [("o", 0), ("x", 0)]);
    }

    #[test]
    fn the_best_position_wins_at_once_or_keeps_the_other_from_it() {
        assert_eq!(board("XX_OO____").best(), Some(3));
        assert_eq!(board("XX__O____").best(), Some(3));
        assert_eq!(board("_________").best(), Some(5));
    }

    #[test]
    fn perfect_players_draw() {
        let mut board = board("_________");
        while let Some(turn) = board.whose_turn().map(str::to_owned) {
            let position = board.best().unwrap();
            board.play(&turn, position).unwrap();
        }
        assert_eq!(board.winner(), None);
    }
}
