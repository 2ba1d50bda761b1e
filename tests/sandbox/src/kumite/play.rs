//! A contest's board: looking at it, joining and moving.
//!
//! Whatever fails while a board is changed ends the contest for good.

use serde_json::{Value, json};

use super::contests::Contest;
use super::failure::Failure;
use super::tic_tac_toe::{Board, read_move};
use super::watch::Happening;
use super::{Kumite, query};
use crate::http::{Answer, Query, Request};

/// What callers are told whose change failed.
const ISSUE: &str = "Issue processing move";

impl Kumite {
    /// Answers `GET /board`.
    pub fn board(&self, query: &Query) -> Result<Value, Failure> {
        let player = query::uuid(query, "player_id")?;
        let contest = self.contests.get(&query::uuid(query, "contest_id")?)?;
        self.view(contest, &player)
    }

    fn view(&self, contest: &Contest, player: &str) -> Result<Value, Failure> {
        Ok(json!({
            "contestId": contest.id,
            "playerStatus": self.status(contest, player)?,
            "dynamicMetadata": contest.dynamic_json(),
            "boardStateId": contest.state_id,
            "board": contest.board.to_json(),
        }))
    }

    fn status(&self, contest: &Contest, player: &str) -> Result<Value, Failure> {
        let account = self.accounts.owner(player)?;
        let joined = contest.board.has(player);
        let viewing = !joined && contest.viewers.contains(account);
        Ok(json!({
            "playerId": player,
            "playerHasJoined": joined,
            "playerCanJoin": !joined && !viewing && contest.accepts(),
            "accountIsViewing": viewing,
        }))
    }

    /// Answers `GET /board/moves`.
    pub fn moves(&self, query: &Query) -> Result<Value, Failure> {
        let player = query::uuid(query, "player_id")?;
        let contest = self.contests.get(&query::uuid(query, "contest_id")?)?;
        Ok(json!({ "moves": contest.board.moves(&player)? }))
    }

    /// Answers `POST /board/player`.
    pub fn join(&mut self, query: &Query) -> Result<Value, Failure> {
        let player = query::uuid(query, "player_id")?;
        let id = query::uuid(query, "contest_id")?;
        let viewer = query::optional_flag(query, "viewer").unwrap_or(false);
        still_open(self.contests.get(&id)?)?;
        match viewer {
            true => self.look_on(&id, &player)?,
            false => self.contend(&id, &player)?,
        }
        Ok(json!({
            "playerId": player,
            "playerHasJoined": !viewer,
            "playerCanJoin": false,
            "accountIsViewing": viewer,
        }))
    }

    fn look_on(&mut self, id: &str, player: &str) -> Result<(), Failure> {
        let account = self.accounts.account_of(player).map(str::to_owned);
        match account {
            Some(account) => {
                self.contests.get_mut(id)?.viewers.insert(account);
                Ok(())
            }
            None => self.change(id, |_| Err(format!("No player for playerId={player}"))),
        }
    }

    /// Lets a player of whomever join.
    pub fn contend(&mut self, id: &str, player: &str) -> Result<(), Failure> {
        let known = self.accounts.account_of(player).is_some();
        self.change(id, |board| match known {
            true => board.join(player),
            false => Err(format!("No player for playerId={player}")),
        })?;
        self.watch.tell(Happening::PlayerJoinedBoard, id);
        Ok(())
    }

    /// Answers `POST /board/move`.
    pub fn make_move(&mut self, request: &Request) -> Result<Answer, Failure> {
        let query = request.query();
        let player = query::uuid(&query, "player_id")?;
        let id = query::uuid(&query, "contest_id")?;
        let contest = self.contests.get(&id)?;
        if request.body.is_empty() {
            // Nothing flows through the real server's stream: an empty success.
            return Ok(Answer::empty(200));
        }
        let body = match serde_json::from_slice(&request.body) {
            Ok(Value::Object(body)) => body,
            Ok(_) => return Err(Failure::internal("The body is no object")),
            Err(error) => return Err(Failure::internal(format!("JSON decoding error: {error}"))),
        };
        let position = read_move(&body)?;
        if !contest.board.has(&player) {
            return Err(Failure::argument(format!(
                "playerId={player} is not registered in contestId={id}"
            )));
        }
        still_open(contest)?;
        self.play(&id, &player, position)?;
        let view = self.view(self.contests.get(&id)?, &player)?;
        Ok(Answer::json(&view))
    }

    /// Makes a move for whomever.
    pub fn play(&mut self, id: &str, player: &str, position: usize) -> Result<(), Failure> {
        self.change(id, |board| board.play(player, position))?;
        self.watch.tell(Happening::PlayerMoved, id);
        Ok(())
    }

    /// Changes a board; what fails ends the contest.
    fn change(
        &mut self,
        id: &str,
        change: impl FnOnce(&mut Board) -> Result<(), String>,
    ) -> Result<(), Failure> {
        let contest = self.contests.get_mut(id)?;
        let turn_before = contest.board.whose_turn().map(str::to_owned);
        let done = change(&mut contest.board);
        contest.forced_over |= done.is_err();
        contest.state_id = contest.dice.uuid();
        let turn = contest.board.whose_turn();
        if done.is_ok() && turn.is_some() && turn != turn_before.as_deref() {
            self.watch.tell(Happening::PlayerCanMove, id);
        }
        self.watch.tell(Happening::BoardIsUpdated, id);
        if contest.is_over() {
            self.watch.tell(Happening::ContestIsGameover, id);
        }
        done.map_err(|_| Failure::internal(ISSUE))
    }
}

fn still_open(contest: &Contest) -> Result<(), Failure> {
    match contest.is_over() {
        true => Err(Failure::internal("The game is over")),
        false => Ok(()),
    }
}
