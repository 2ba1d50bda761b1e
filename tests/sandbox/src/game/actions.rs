//! The actions as players see them, and the check of what they play them with.

use serde_json::{Map, Value, json};

use super::Game;
use super::design::{Action, Amount, Default, Design, Kind, Metric, Reward, Variable, Verb};
use crate::codes::{Code, Envelope, detail};

impl Game {
    /// The action of that id.
    pub fn action(&self, id: &str) -> Result<&'static Action, Envelope> {
        self.design.action(id).ok_or_else(|| {
            let text = format!("The action '{id}' does not exist");
            Envelope::new(Code::ActionNotFound, text)
        })
    }

    /// All actions, with how often this player has played each.
    pub fn actions(&self, player: &str) -> Result<Value, Envelope> {
        let player = self.player(player)?;
        let entry = |action: &Action| {
            let plays = player.plays.get(action.named.id);
            action_entry(self.design, action, plays.map_or(0, |p| p.count))
        };
        Ok(self.design.actions.iter().map(entry).collect())
    }
}

fn action_entry(design: &Design, action: &Action, count: u64) -> Value {
    let mut entry = json!({
        "id": action.named.id,
        "name": action.named.name,
        "count": count,
        "variables": action.variables.iter().map(variable_entry).collect::<Vec<_>>(),
        "rewards": action.rewards.iter().map(|r| reward_entry(design, r)).collect::<Vec<_>>(),
    });
    if !action.named.description.is_empty() {
        entry["description"] = action.named.description.into();
    }
    entry
}

fn variable_entry(variable: &Variable) -> Value {
    let (kind, default) = match variable.default {
        Default::Int(n) => ("int", json!(n)),
        Default::Text(text) => ("string", json!(text)),
    };
    json!({
        "name": variable.name,
        "type": kind,
        "required": variable.required,
        "default": default,
    })
}

fn reward_entry(design: &Design, reward: &Reward) -> Value {
    json!({
        "metric": design.metric(reward.metric).map(Metric::reference),
        "verb": match reward.verb {
            Verb::Add => "add",
            Verb::Remove => "remove",
            Verb::Set => "set",
        },
        "value": amount(design, reward),
        // Recorded as 1, not 1.0.
        "probability": match reward.probability {
            1.0 => json!(1),
            chance => json!(chance),
        },
    })
}

fn amount(design: &Design, reward: &Reward) -> Value {
    match &reward.amount {
        Amount::Number(n) => n.to_string().into(),
        // Recorded: the expression's text, with a trailing blank.
        Amount::Variable(name, 1) => format!("$vars['{name}'] ").into(),
        Amount::Variable(name, factor) => format!("{factor} * $vars['{name}'] ").into(),
        Amount::Items(items) => items
            .iter()
            .map(|(id, count)| {
                (
                    item_name(design, reward.metric, id),
                    count.to_string().into(),
                )
            })
            .collect::<Map<_, _>>()
            .into(),
    }
}

fn item_name(design: &Design, metric: &str, item: &str) -> String {
    let name = match design.metric(metric).map(|m| &m.kind) {
        Some(Kind::Set(items)) => items.iter().find(|i| i.id == item).map(|i| i.name),
        _ => None,
    };
    name.unwrap_or(item).to_owned()
}

/// Checks the given variables against those of an action or a rule. Gives them completed by
/// defaults, in the types that the event echoes.
pub fn check_variables(
    variables: &[Variable],
    given: &Value,
) -> Result<Map<String, Value>, Envelope> {
    let empty = Map::new();
    let given = match given {
        Value::Null => &empty,
        Value::Object(map) => map,
        _ => return Err(Envelope::validation("variables", "must be an object")),
    };
    let mut errors = Vec::new();
    let mut vars = Map::new();
    for variable in variables {
        match given.get(variable.name) {
            Some(value) => match typed(variable, value) {
                Ok(value) => {
                    vars.insert(variable.name.to_owned(), value);
                }
                Err(message) => errors.push(wrong(variable.name, message)),
            },
            None if variable.required => errors.push(wrong(variable.name, "is required")),
            None => {
                vars.insert(variable.name.to_owned(), default(variable));
            }
        }
    }
    let known = |name: &str| variables.iter().any(|v| v.name == name);
    for name in given.keys().filter(|name| !known(name)) {
        errors.push(wrong(name, "is not a variable here"));
    }
    if errors.is_empty() {
        Ok(vars)
    } else {
        Err(Envelope::validations(errors))
    }
}

fn wrong(name: &str, message: &str) -> Value {
    detail(&format!("variables.{name}"), message)
}

fn typed(variable: &Variable, value: &Value) -> Result<Value, &'static str> {
    match (&variable.default, value) {
        (Default::Text(_), Value::String(_)) => Ok(value.clone()),
        (Default::Text(_), _) => Err("must be a string"),
        (Default::Int(_), _) => whole(value).map(Value::from).ok_or("must be an int"),
    }
}

/// A whole number; real clients also send it as a string.
fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Number(n) => n.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

fn default(variable: &Variable) -> Value {
    match variable.default {
        Default::Int(n) => n.into(),
        Default::Text(text) => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::design::island::DESIGN;

    #[test]
    fn variables_are_checked_by_type_and_completed() {
        let share = DESIGN.action("share").unwrap().variables;
        let collect = DESIGN.action("collect").unwrap().variables;
        for (variables, given, expected) in [
            (collect, json!(null), json!({ "n": 1 })),
            (collect, json!({}), json!({ "n": 1 })),
            (collect, json!({ "n": 7 }), json!({ "n": 7 })),
            (collect, json!({ "n": "7" }), json!({ "n": 7 })),
            (
                share,
                json!({ "reach": 2, "link": "/" }),
                json!({ "reach": 2, "link": "/" }),
            ),
        ] {
            assert_eq!(
                Value::Object(check_variables(variables, &given).unwrap()),
                expected
            );
        }
        for (variables, given, count) in [
            (collect, json!([]), 1),
            (collect, json!({ "n": 1.5 }), 1),
            (collect, json!({ "n": true }), 1),
            (collect, json!({ "n": null }), 1),
            (collect, json!({ "m": 1 }), 1),
            (share, json!({}), 2),
            (share, json!({ "reach": "far", "link": 3 }), 2),
        ] {
            let error = check_variables(variables, &given).unwrap_err().to_json();
            assert_eq!(error["error"], "validation_exception");
            assert_eq!(
                error["data"]["errors"].as_array().unwrap().len(),
                count,
                "{given}"
            );
        }
    }

    #[test]
    fn entries_have_the_recorded_shape() {
        let entry = action_entry(&DESIGN, DESIGN.action("share").unwrap(), 3);
        assert_eq!(entry["count"], 3);
        assert_eq!(entry["variables"][0]["type"], "int");
        assert_eq!(entry["rewards"][0]["value"], "2 * $vars['reach'] ");
        assert_eq!(entry["rewards"][1]["value"], json!({ "Storyteller": "1" }));
        assert!(
            action_entry(&DESIGN, DESIGN.action("dive").unwrap(), 0)
                .get("description")
                .is_none()
        );
    }
}
