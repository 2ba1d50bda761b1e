//! The rules that an admin runs for players.

use serde_json::{Value, json};

use super::Game;
use super::actions::check_variables;
use super::play::{echo, give, read_scopes};
use super::settle::Happening;
use crate::codes::{Code, Envelope};
use crate::ids::Entropy;

impl Game {
    /// Runs a rule: for each entry of `data` an array with `{events}` of each
    /// of its players, in their order.
    pub fn run_rule(
        &mut self,
        id: &str,
        data: &[Value],
        now: i64,
        entropy: &mut Entropy,
    ) -> Result<Value, Envelope> {
        let rule = self.design.rule(id).ok_or_else(|| {
            let text = format!("The rule '{id}' does not exist");
            Envelope::new(Code::RuleNotFound, text)
        })?;
        let mut runs = Vec::new();
        // All of it is read first: either everyone is given something, or nobody.
        for entry in data {
            let Value::Object(entry) = entry else {
                return Err(Envelope::validation("data", "must hold objects"));
            };
            let variables = entry.get("variables").unwrap_or(&Value::Null);
            let vars = check_variables(rule.variables, variables)?;
            let scopes = read_scopes(entry)?;
            let bookings = self.bookings(&scopes)?;
            let players = self.players_named(entry.get("player_ids"))?;
            runs.push((vars, scopes, bookings, players));
        }
        let design = self.design;
        let mut answers = Vec::new();
        for (vars, scopes, bookings, players) in runs {
            let mut answer = Vec::new();
            for player in players {
                let happening = Happening {
                    name: "custom_rule",
                    details: json!({
                        "rule": { "id": rule.named.id, "name": rule.named.name },
                        "scopes": echo(&scopes),
                    }),
                    by_player: true,
                };
                let events = self.change(&player, happening, &bookings, now, |scores| {
                    give(design, scores, rule.rewards, &vars, 1, entropy)
                })?;
                answer.push(json!({ "events": events.to_json() }));
            }
            answers.push(Value::Array(answer));
        }
        Ok(Value::Array(answers))
    }

    fn players_named(&self, ids: Option<&Value>) -> Result<Vec<String>, Envelope> {
        let ids = ids
            .and_then(Value::as_array)
            .ok_or_else(|| Envelope::validation("player_ids", "must be an array"))?;
        let player = |id: &Value| {
            let id = id
                .as_str()
                .ok_or_else(|| Envelope::validation("player_ids", "must hold strings"))?;
            self.player(id).map(|p| p.id.clone())
        };
        ids.iter().map(player).collect()
    }
}
