//! Kumite through the library.

mod access;
mod board;
mod noise;
mod robot;
mod routes;
mod watch;

use playoff_sandbox::kumite::accounts::{OPPONENT_PLAYER, ROBOT, ROBOT_PLAYERS};
use playoff_sandbox::kumite::games::TIC_TAC_TOE;
use playoff_sandbox::{Answer, Request};
use serde_json::{Value, json};

use crate::world::*;

const ME: &str = ROBOT_PLAYERS[0];
const OTHER: &str = ROBOT_PLAYERS[1];
const TOKEN: &str = "/kumite/api/v1/oauth2/token";

/// How robots call.
impl World {
    fn kumite(&mut self, settings: Value) -> Value {
        self.control("POST", "/kumite", Some(&settings))
    }

    fn refresh_token(&self) -> String {
        self.sandbox.kumite.refresh_token.clone()
    }

    fn with_token(&mut self, method: &str, target: &str, token: &str) -> Answer {
        let bearer = format!("Bearer {token}");
        let request = Request::new(method, target).with_header("Authorization", &bearer);
        self.send(&request).answer
    }

    fn player_token(&mut self, player: &str) -> String {
        let refresh = self.refresh_token();
        let answer = self.with_token("GET", &format!("{TOKEN}?player_id={player}"), &refresh);
        text(&json_of(&answer)["access_token"]).to_owned()
    }

    /// A call by the first player below `/api/v1`.
    fn robot(&mut self, method: &str, route: &str, body: Option<&Value>) -> Answer {
        let token = self.player_token(ME);
        let mut request = Request::new(method, &format!("/kumite/api/v1{route}"))
            .with_header("Authorization", &format!("Bearer {token}"));
        if let Some(body) = body {
            request = request.with_json(body);
        }
        self.send(&request).answer
    }

    fn read(&mut self, route: &str) -> Value {
        let answer = self.robot("GET", route, None);
        assert_eq!(answer.status, 200, "{route}: {answer:?}");
        json_of(&answer)
    }

    /// The contest that can be joined.
    fn open_contest(&mut self) -> String {
        let open = self.read("/contests?accept_players=true&game_over=false");
        text(&open[0]["contestId"]).to_owned()
    }

    fn join(&mut self, contest: &str, player: &str) -> Answer {
        let route = format!("/board/player?player_id={player}&contest_id={contest}");
        self.robot("POST", &route, None)
    }

    fn joined(&mut self) -> String {
        let contest = self.open_contest();
        assert_eq!(self.join(&contest, ME).status, 200);
        contest
    }

    fn play_at(&mut self, contest: &str, player: &str, position: Value) -> Answer {
        let route = format!("/board/move?player_id={player}&contest_id={contest}");
        self.robot("POST", &route, Some(&json!({ "position": position })))
    }

    fn board_of(&mut self, contest: &str) -> Value {
        self.read(&format!("/board?player_id={ME}&contest_id={contest}"))
    }

    fn moves_of(&mut self, contest: &str, player: &str) -> Value {
        let route = format!("/board/moves?player_id={player}&contest_id={contest}");
        self.read(&route)["moves"].clone()
    }
}

/// Status and text of an error.
fn failure(answer: &Answer) -> (u16, String) {
    let body = json_of(answer);
    assert_eq!(body.as_object().unwrap().len(), 1, "a single key: {body}");
    (answer.status, text(&body["error_message"]).to_owned())
}
