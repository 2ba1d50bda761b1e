//! Which path leads where.

use serde_json::Value;

use super::failure::{Failure, message};
use super::{Kumite, games, query};
use crate::http::{Answer, Query, Request};
use crate::oauth::tokens::Dead;
use crate::sandbox::Call;

impl Kumite {
    /// Answers a call.
    pub fn answer(&mut self, call: &mut Call) -> Answer {
        self.advance(call.now);
        let answer = self.judge(call).unwrap_or_else(|failure| {
            failure.answer(self.settings.manner, &call.request.path, call.now)
        });
        self.advance(call.now);
        answer
    }

    /// The usual answer of that status, when a fault gives no body.
    pub fn usual(&self, call: &Call, status: u16) -> Answer {
        let failure = match status {
            401 => Failure::DeadToken(Dead::Expired),
            404 => Failure::NoRoute,
            _ => return message(status, "As asked for"),
        };
        failure.answer(self.settings.manner, &call.request.path, call.now)
    }

    fn judge(&mut self, call: &mut Call) -> Result<Answer, Failure> {
        let request = call.request;
        let segments = request.segments().ok_or(Failure::NoRoute)?;
        let segments: Vec<&str> = segments.iter().skip(1).map(String::as_str).collect();
        if let ["api", "v1", "public", route @ ..] = &segments[..] {
            return match (request.method.as_str(), route) {
                ("GET" | "HEAD", ["metadata"]) if accepts_json(request) => {
                    Ok(Answer::json(&games::metadata()))
                }
                _ => Err(Failure::NoRoute),
            };
        }
        // The token comes before the route, and preflights have none.
        let caller = self.caller(request, call.now)?;
        let ["api", "v1", route @ ..] = &segments[..] else {
            return Err(Failure::NoRoute);
        };
        if !accepts_json(request) {
            return Err(Failure::NoRoute);
        }
        let query = request.query();
        let value = match (request.method.as_str(), route) {
            ("GET", ["oauth2", "token"]) => {
                self.token_endpoint(request, &caller, call.now, &mut call.entropy)?
            }
            ("GET", ["games"]) => games::search(&query)?,
            // The real server leads both to the same handler.
            ("GET", ["players" | "accounts"]) => self.search_players(&query)?,
            ("GET", ["contests"]) => self.search_contests(&query)?,
            ("POST" | "DELETE", ["contests"]) => {
                self.open_contest(request, &caller.account, call.now)?
            }
            ("GET", ["board"]) => self.board(&query)?,
            ("POST", ["board", "player"]) => self.join(&query)?,
            ("GET", ["board", "moves"]) => self.moves(&query)?,
            ("POST", ["board", "move"]) => return self.make_move(request),
            ("GET", ["leaderboards"]) => self.leaderboard(&query)?,
            _ => return Err(Failure::NoRoute),
        };
        Ok(Answer::json(&value))
    }

    fn search_players(&self, query: &Query) -> Result<Value, Failure> {
        let players: Vec<String> = if let Some(id) = query::optional_uuid(query, "contest_id")? {
            let players = self.contests.get(&id)?.board.players();
            players.into_iter().map(str::to_owned).collect()
        } else if let Some(account) = query::optional_uuid(query, "account_id")? {
            self.accounts.players_of(&account)
        } else if let Some(player) = query::optional_uuid(query, "player_id")? {
            self.accounts.owner(&player)?;
            vec![player]
        } else {
            return Err(Failure::argument(
                "One of `contest_id`, `account_id`, `player_id` is required",
            ));
        };
        let row = |player: &String| self.accounts.player_json(player);
        Ok(players.iter().map(row).collect())
    }
}

/// Routes produce JSON: whoever doesn't want it finds none.
fn accepts_json(request: &Request) -> bool {
    let Some(accept) = request.header("accept") else {
        return true;
    };
    accept.split(',').any(|range| {
        let kind = range.split(';').next().unwrap_or_default().trim();
        matches!(
            kind.to_ascii_lowercase().as_str(),
            "*/*" | "application/*" | "application/json"
        )
    })
}
