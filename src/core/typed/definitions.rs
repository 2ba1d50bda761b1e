//! What is known of actions, so that a play that can't work isn't sent.

use std::rc::Rc;

use crate::core::error::{Error, code};
use crate::core::text::concat;
use crate::core::typed::tree::Tree;

/// Players whose actions are remembered at most: an app acts for many.
const PLAYERS: usize = 16;

/// The actions that players were told of.
#[derive(Debug, Default)]
pub struct Definitions(Vec<(Option<String>, Vec<Rc<Action>>)>);

/// What is known of one.
#[derive(Debug, PartialEq)]
pub struct Action {
    id: String,
    variables: Vec<Variable>,
}

#[derive(Debug, PartialEq)]
struct Variable {
    name: String,
    kind: Kind,
    required: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Int,
    Text,
    /// One that nobody has seen.
    Other,
}

impl Definitions {
    /// Remembers the actions of a list, in place of what was known.
    pub fn learn<V: Tree>(&mut self, player: Option<&str>, actions: Option<&V>) {
        let Some(actions) = actions.and_then(|list| read(list, action)) else {
            return;
        };
        self.0.retain(|(known, _)| known.as_deref() != player);
        if self.0.len() == PLAYERS {
            self.0.remove(0);
        }
        self.0.push((player.map(str::to_owned), actions));
    }

    /// Forgets everything: another player may come.
    pub fn forget(&mut self) {
        self.0.clear();
    }

    /// What a player was told of an action. Nothing stays borrowed, since what is looked into next is
    /// a caller's own object.
    pub fn of(&self, player: Option<&str>, action: &str) -> Option<Rc<Action>> {
        let known = self.0.iter().find(|(known, _)| known.as_deref() == player);
        known?.1.iter().find(|one| one.id == action).cloned()
    }
}

impl Action {
    /// Whether the variables can be right. What isn't known is the service's to say.
    ///
    /// # Errors
    /// `invalid_variables`, with the variable's name.
    pub fn check<V: Tree>(&self, variables: Option<&V>) -> Result<(), Error<V>> {
        for variable in &self.variables {
            let given = variables.and_then(|variables| variables.get(&variable.name));
            if let Some(wrong) = variable.wrong(given.as_ref()) {
                return Err(Error::config(
                    code::INVALID_VARIABLES,
                    concat(&[
                        "variable `",
                        &variable.name,
                        "` of the action `",
                        &self.id,
                        "` ",
                        wrong,
                    ]),
                ));
            }
        }
        Ok(())
    }
}

impl Variable {
    fn wrong<V: Tree>(&self, given: Option<&V>) -> Option<&'static str> {
        let Some(given) = given else {
            return self.required.then_some("is required");
        };
        match self.kind {
            Kind::Int if !is_int(given) => Some("must be a whole number"),
            Kind::Text if !given.is_text() => Some("must be a string"),
            _ => None,
        }
    }
}

/// Applications send whole numbers as texts too, and the service takes them.
fn is_int<V: Tree>(given: &V) -> bool {
    let number = match given.is_text() {
        true => given.written_number(),
        false => given
            .written()
            .and_then(|text| V::text(&text).written_number()),
    };
    number.is_some_and(|number| number.is_finite() && number.trunc() == number)
}

fn action<V: Tree>(entry: &V) -> Option<Rc<Action>> {
    let variables = entry.get("variables");
    Some(Rc::new(Action {
        id: entry.get("id")?.as_text()?,
        variables: variables
            .and_then(|list| read(&list, variable))
            .unwrap_or_default(),
    }))
}

fn variable<V: Tree>(entry: &V) -> Option<Variable> {
    let kind = entry.get("type").and_then(|kind| kind.as_text());
    Some(Variable {
        name: entry.get("name")?.as_text()?,
        kind: match kind.as_deref() {
            Some("int") => Kind::Int,
            Some("string") => Kind::Text,
            _ => Kind::Other,
        },
        required: entry
            .get("required")
            .is_some_and(|required| required.is_true()),
    })
}

/// What can be read of a list; `None` where it is none.
fn read<V: Tree, T>(list: &V, read: fn(&V) -> Option<T>) -> Option<Vec<T>> {
    let mut items = Vec::new();
    let mut list = list.clone();
    for index in 0..list.length()? {
        let item = list.take_at(index);
        items.extend(read(&item));
        list.put_at(index, item);
    }
    Some(items)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;

    fn known() -> Definitions {
        let variable =
            |name, kind, required| json!({ "name": name, "type": kind, "required": required });
        let mut known = Definitions::default();
        known.learn(
            Some("johny"),
            Some(&json!([{
                "id": "share",
                "variables": [
                    variable("reach", "int", true),
                    variable("link", "string", true),
                    variable("note", "string", false),
                    variable("mood", "unheard of", false),
                ],
            }])),
        );
        known
    }

    fn wrong(variables: &Json) -> Option<String> {
        let checked = known()
            .of(Some("johny"), "share")
            .unwrap()
            .check(Some(variables));
        checked.err().map(|error| {
            assert_eq!(error.code, code::INVALID_VARIABLES);
            error.message.clone()
        })
    }

    #[test]
    fn what_fits_may_go() {
        for good in [
            json!({ "reach": 1, "link": "/" }),
            json!({ "reach": -3.0, "link": "", "note": "x", "mood": [1] }),
            json!({ "reach": "12", "link": "/", "note": null, "more": true }),
        ] {
            assert_eq!(wrong(&good), None, "{good}");
        }
    }

    #[test]
    fn what_is_missing_or_of_another_type_is_named() {
        for (bad, name, says) in [
            (json!({ "link": "/" }), "`reach`", "is required"),
            (
                json!({ "reach": null, "link": "/" }),
                "`reach`",
                "is required",
            ),
            (json!({ "reach": 1 }), "`link`", "is required"),
            (
                json!({ "reach": 1.5, "link": "/" }),
                "`reach`",
                "whole number",
            ),
            (
                json!({ "reach": "many", "link": "/" }),
                "`reach`",
                "whole number",
            ),
            (
                json!({ "reach": "1.5", "link": "/" }),
                "`reach`",
                "whole number",
            ),
            (
                json!({ "reach": true, "link": "/" }),
                "`reach`",
                "whole number",
            ),
            (json!({ "reach": 1, "link": 2 }), "`link`", "a string"),
            (
                json!({ "reach": 1, "link": "/", "note": {} }),
                "`note`",
                "a string",
            ),
        ] {
            let message = wrong(&bad).unwrap_or_else(|| panic!("{bad}"));
            assert!(
                message.contains(name) && message.contains(says),
                "{bad}: {message}"
            );
        }
        let known = known().of(Some("johny"), "share").unwrap();
        assert!(known.check::<Json>(None).is_err());
    }

    #[test]
    fn what_is_unknown_may_go() {
        let known = known();
        for (player, action) in [
            (Some("johny"), "other"),
            (Some("other"), "share"),
            (None, "share"),
        ] {
            assert_eq!(known.of(player, action), None);
        }
    }

    #[test]
    fn what_was_learnt_last_counts_and_is_bounded() {
        let mut known = known();
        known.learn(
            Some("johny"),
            Some(&json!([{ "id": "share", "variables": [] }])),
        );
        let share = known.of(Some("johny"), "share").unwrap();
        assert_eq!(share.check(Some(&json!({}))), Ok(()));
        known.learn::<Json>(Some("johny"), None);
        for number in 0..100 {
            known.learn(Some(&format!("p{number}")), Some(&json!([])));
        }
        assert_eq!(known.0.len(), PLAYERS);
        known.forget();
        assert!(known.0.is_empty());
    }
}
