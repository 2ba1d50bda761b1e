//! What players were told of actions, so that a play that can't work isn't sent.

use crate::core::error::{Error, code};
use crate::core::text::concat;
use crate::core::tree::Tree;

/// Players whose actions are remembered at most: an app acts for many.
const PLAYERS: usize = 16;

/// The lists of actions that players got last.
#[derive(Debug)]
pub struct Definitions<V>(Vec<(Option<String>, V)>);

impl<V> Default for Definitions<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V: Tree> Definitions<V> {
    /// Remembers a player's actions, in place of what was known.
    pub fn learn(&mut self, player: Option<&str>, actions: V) {
        self.0.retain(|(known, _)| known.as_deref() != player);
        if self.0.len() == PLAYERS {
            self.0.remove(0);
        }
        self.0.push((player.map(str::to_owned), actions));
    }

    /// A player's actions. Nothing stays borrowed: what is looked into next are a caller's own objects.
    pub fn of(&self, player: Option<&str>) -> Option<V> {
        let known = self.0.iter().find(|(known, _)| known.as_deref() == player);
        known.map(|(_, actions)| actions.clone())
    }
}

impl<V> Definitions<V> {
    /// Forgets everything: another player may come.
    pub fn forget(&mut self) {
        self.0.clear();
    }
}

/// Whether the variables of a play can be right, by the player's actions. What isn't known is the
/// service's to say.
///
/// # Errors
/// `invalid_variables`, with the variable's name.
pub fn check<V: Tree>(actions: &V, action: &str, variables: Option<&V>) -> Result<(), Error<V>> {
    // Whoever got the answer may have changed what is in it.
    for known in actions.items().unwrap_or_default() {
        if text(&known, "id") != action {
            continue;
        }
        let variables_of = known
            .get("variables")
            .and_then(|variables| variables.items());
        for variable in variables_of.unwrap_or_default() {
            let name = text(&variable, "name");
            let given = variables.and_then(|variables| variables.get(&name));
            if let Some(wrong) = wrong(&variable, given.as_ref()) {
                return Err(Error::config(
                    code::INVALID_VARIABLES,
                    concat(&[
                        "variable `",
                        &name,
                        "` of the action `",
                        action,
                        "` ",
                        wrong,
                    ]),
                ));
            }
        }
    }
    Ok(())
}

fn wrong<V: Tree>(variable: &V, given: Option<&V>) -> Option<&'static str> {
    let Some(given) = given else {
        let required = variable
            .get("required")
            .is_some_and(|required| required.is_true());
        return required.then_some("is required");
    };
    match text(variable, "type").as_str() {
        "int" if !is_int(given) => Some("must be a whole number"),
        "string" if !given.is_text() => Some("must be a string"),
        _ => None,
    }
}

/// Applications send whole numbers as texts too, and the service takes them.
fn is_int<V: Tree>(given: &V) -> bool {
    let number = given
        .written()
        .and_then(|text| V::text(&text).written_number());
    number.is_some_and(|number| number.is_finite() && number.trunc() == number)
}

fn text<V: Tree>(object: &V, name: &str) -> String {
    object
        .get(name)
        .and_then(|text| text.as_text())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;

    fn known() -> Json {
        let variable =
            |name, kind, required| json!({ "name": name, "type": kind, "required": required });
        json!([{
                "id": "share",
                "variables": [
                    variable("reach", "int", true),
                    variable("link", "string", true),
                    variable("note", "string", false),
                    variable("mood", "unheard of", false),
                ],
        }])
    }

    fn wrong(variables: &Json) -> Option<String> {
        let checked = check(&known(), "share", Some(variables));
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
        assert!(check(&known(), "share", None).is_err());
    }

    #[test]
    fn what_is_unknown_may_go() {
        assert_eq!(check(&known(), "other", None), Ok(()));
        for odd in [
            json!(null),
            json!({}),
            json!([1]),
            json!([{ "id": "share" }]),
        ] {
            assert_eq!(check(&odd, "share", None), Ok(()), "{odd}");
        }
    }

    #[test]
    fn what_was_learnt_last_counts_and_is_bounded() {
        let mut known = Definitions::default();
        known.learn(Some("johny"), json!([1]));
        known.learn(Some("johny"), json!([2]));
        assert_eq!(known.of(Some("johny")), Some(json!([2])));
        assert_eq!(known.of(None), None);
        for number in 0..100 {
            known.learn(Some(&format!("p{number}")), json!([number]));
        }
        assert_eq!(known.0.len(), PLAYERS);
        assert_eq!(known.of(Some("p99")), Some(json!([99])));
        assert_eq!(known.of(Some("johny")), None);
        known.forget();
        assert_eq!(known.of(Some("p99")), None);
    }
}
