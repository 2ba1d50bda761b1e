//! What is made of a value, as data, and the one function that makes it.
//!
//! What no shape names stays as the service sent it.

use crate::core::tree::Tree;

/// What is made of a value.
#[derive(Debug)]
pub enum Shape {
    /// It stays as it is.
    Plain,
    /// A text of a number: it becomes the number, and the exact text stands beside it, under its name
    /// and `Text`. A text that is no number is no number then, and its text stands there all the same.
    /// Members alone can be numbers, since items have no place beside them.
    Number,
    /// An object with these members.
    Object(&'static [Field]),
    /// A list of these. Nothing and an object without members are empty lists; an object with members
    /// is something else, and stays.
    List(&'static Shape),
    /// A list of objects, or an object of objects by their names: it becomes the list. What isn't an
    /// object in it becomes one with the member of that name.
    Named(&'static str, &'static [Field]),
    /// `{data, total}`, where a bare list is `data` alone.
    Page(&'static Shape),
    /// `{id}`, also where it is the id alone.
    Reference,
    /// An object with a `metric`, and members that depend on the metric's type. The type stands beside
    /// them too: TypeScript can't tell objects apart by what is deeper in them.
    ByMetric(&'static Metric),
    /// A member whose name is another one.
    Renamed(&'static str, &'static Shape),
    /// A list whose items are the members of an object.
    Tuple(&'static [Field]),
    /// An object with others by name in its member `list`. Those whose `mark` is true are no members of
    /// that: the first one stands in `to`, which is null where there is none.
    #[cfg(feature = "edge")]
    Apart {
        /// Where the objects are.
        list: &'static str,
        /// What tells those that don't belong there.
        mark: &'static str,
        /// Where one of these goes.
        to: &'static str,
    },
}

/// A member and its shape.
#[derive(Debug)]
pub struct Field(pub &'static str, pub Shape);

/// Members that depend on the type of the metric that stands beside them.
#[derive(Debug)]
pub struct Metric {
    /// Where it is a number: points and what is computed of them.
    pub numbers: &'static [Field],
    /// Where it is a state.
    pub states: &'static [Field],
    /// Where it is a set of items.
    pub sets: &'static [Field],
}

impl Metric {
    fn fields<T: Tree>(&self, kind: &T) -> &'static [Field] {
        match kind.as_text().as_deref() {
            Some("point" | "compound") => self.numbers,
            Some("state") => self.states,
            Some("set") => self.sets,
            _ => &[],
        }
    }
}

/// A field whose names are made, for any number of objects.
struct Ready<T> {
    name: T,
    text: T,
    shape: &'static Shape,
}

fn ready<T: Tree>(fields: &'static [Field]) -> Vec<Ready<T>> {
    let mut all = Vec::new();
    for Field(name, shape) in fields {
        let mut text = String::from(*name);
        if let Shape::Renamed(other, _) = shape {
            text = String::from(*other);
        } else {
            text.push_str("Text");
        }
        all.push(Ready {
            name: T::text(name),
            text: T::text(&text),
            shape,
        });
    }
    all
}

/// The value in its shape.
pub fn shaped<T: Tree>(mut value: T, shape: &'static Shape) -> T {
    match shape {
        Shape::Plain | Shape::Number | Shape::Renamed(..) => {}
        Shape::Object(fields) => members(&mut value, &ready(fields)),
        Shape::List(item) => return list(value, item),
        Shape::Named(single, fields) => return named(value, single, fields),
        Shape::Page(item) => return page(value, item),
        Shape::Reference if value.is_text() => {
            let mut reference = T::object();
            reference.put(&T::text("id"), value);
            return reference;
        }
        Shape::Reference => {}
        Shape::ByMetric(metric) => {
            let kind = value.get("metric").and_then(|metric| metric.get("type"));
            if let Some(kind) = kind {
                members(&mut value, &ready(metric.fields(&kind)));
                value.put(&T::text("type"), kind);
            }
        }
        Shape::Tuple(fields) => return tuple(value, fields),
        #[cfg(feature = "edge")]
        Shape::Apart { list, mark, to } => apart(&mut value, list, mark, to),
    }
    value
}

fn members<T: Tree>(value: &mut T, fields: &[Ready<T>]) {
    for field in fields {
        let Some(member) = value.take(&field.name) else {
            continue;
        };
        match field.shape {
            Shape::Number => number(value, field, member),
            Shape::Renamed(_, shape) => {
                value.remove(&field.name);
                value.put(&field.text, shaped(member, shape));
            }
            shape => value.put(&field.name, shaped(member, shape)),
        }
    }
}

fn number<T: Tree>(value: &mut T, field: &Ready<T>, member: T) {
    if member.is_text() {
        let number = member.written_number();
        value.put(&field.name, number.map_or_else(T::absent, T::number));
        value.put(&field.text, member);
        return;
    }
    // A service may write numbers as numbers; nothing stays nothing.
    let text = member.written();
    value.put(
        &field.text,
        text.map_or_else(T::null, |text| T::text(&text)),
    );
    value.put(&field.name, member);
}

fn list<T: Tree>(mut value: T, item: &'static Shape) -> T {
    let Some(length) = value.length() else {
        let is_empty = value.is_nothing() || value.names().is_some_and(|names| names.is_empty());
        return match is_empty {
            true => T::list(Vec::new()),
            false => value,
        };
    };
    match item {
        Shape::Plain => {}
        Shape::Object(fields) => {
            let fields = ready(fields);
            for index in 0..length {
                let mut one = value.take_at(index);
                members(&mut one, &fields);
                value.put_at(index, one);
            }
        }
        _ => {
            for index in 0..length {
                let one = value.take_at(index);
                value.put_at(index, shaped(one, item));
            }
        }
    }
    value
}

fn named<T: Tree>(mut value: T, single: &'static str, fields: &'static [Field]) -> T {
    let fields = ready(fields);
    if let Some(length) = value.length() {
        for index in 0..length {
            let mut one = value.take_at(index);
            members(&mut one, &fields);
            value.put_at(index, one);
        }
        return value;
    }
    if value.is_nothing() {
        return T::list(Vec::new());
    }
    let Some(names) = value.names() else {
        return value;
    };
    let mut items = Vec::new();
    for name in names {
        let Some(member) = value.take(&name) else {
            continue;
        };
        let mut one = match member.names() {
            Some(_) => member,
            None => {
                let mut one = T::object();
                one.put(&T::text(single), member);
                one
            }
        };
        one.put(&T::text("name"), name);
        members(&mut one, &fields);
        items.push(one);
    }
    T::list(items)
}

fn page<T: Tree>(mut value: T, item: &'static Shape) -> T {
    let name = T::text("data");
    if value.names().is_none() {
        let mut page = T::object();
        page.put(&name, list(value, item));
        return page;
    }
    let data = value.take(&name);
    let is_empty = || value.names().is_some_and(|names| names.is_empty());
    // An object of something else is no list at all.
    if data.is_some() || is_empty() {
        let data = data.unwrap_or_else(T::null);
        value.put(&name, list(data, item));
    }
    value
}

fn tuple<T: Tree>(mut value: T, fields: &'static [Field]) -> T {
    let Some(length) = value.length() else {
        return value;
    };
    let mut object = T::object();
    for (index, Field(name, shape)) in (0..length).zip(fields) {
        let item = value.take_at(index);
        object.put(&T::text(name), shaped(item, shape));
    }
    object
}

#[cfg(feature = "edge")]
fn apart<T: Tree>(value: &mut T, list: &str, mark: &str, to: &str) {
    let list = T::text(list);
    let Some(mut members) = value.take(&list) else {
        return;
    };
    if let Some(names) = members.names() {
        let mut found = None;
        for name in names {
            let Some(member) = members.take(&name) else {
                continue;
            };
            if member.get(mark).is_some_and(|mark| mark.is_true()) {
                members.remove(&name);
                found = found.or(Some(member));
            } else {
                members.put(&name, member);
            }
        }
        value.put(&T::text(to), found.unwrap_or_else(T::null));
    }
    value.put(&list, members);
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::core::typed::{actions, events, leaderboards, processes, profile, teams};

    #[test]
    fn what_has_no_shape_stays() {
        let odd = json!({ "a": [1, { "value": "1" }], "scores": "none", "teams": { "x": 1 } });
        assert_eq!(shaped(odd.clone(), &profile::PROFILE), odd);
        for scalar in [json!("text"), json!(1), json!(null), json!([1, "2", null])] {
            assert_eq!(shaped(scalar.clone(), &profile::PROFILE), scalar);
            assert_eq!(shaped(scalar.clone(), &Shape::Plain), scalar);
        }
    }

    #[test]
    fn who_was_just_made_has_lists() {
        let made = json!({ "id": "new", "bootstrap": true, "scores": {}, "teams": {} });
        let shown = shaped(made, &profile::PROFILE);
        assert_eq!(
            shown,
            json!({ "id": "new", "bootstrap": true, "scores": [], "teams": [] })
        );
    }

    #[test]
    fn pages_have_one_form() {
        let rows = json!([{ "rank": 1, "score": "24" }, { "rank": 2, "score": "-6" }]);
        let data = json!([
            { "rank": 1, "score": 24.0, "scoreText": "24" },
            { "rank": 2, "score": -6.0, "scoreText": "-6" },
        ]);
        let ranking = |answer| shaped(answer, &leaderboards::RANKING);
        assert_eq!(ranking(rows.clone()), json!({ "data": data }));
        assert_eq!(
            ranking(json!({ "data": rows, "total": 2, "more": "x" })),
            json!({ "data": data, "total": 2, "more": "x" })
        );
        for empty in [json!(null), json!([]), json!({})] {
            assert_eq!(ranking(empty), json!({ "data": [] }));
        }
        assert_eq!(
            ranking(json!({ "data": null, "total": 0 })),
            json!({ "data": [], "total": 0 })
        );
        let other = json!({ "id": "johny" });
        assert_eq!(ranking(other.clone()), other);
    }

    #[test]
    fn definitions_are_objects() {
        for given in [json!("quest"), json!({ "id": "quest" })] {
            let process = json!({ "id": "p", "definition": given });
            let shown = shaped(process, &processes::PROCESS);
            assert_eq!(shown["definition"], json!({ "id": "quest" }));
        }
        let team = json!({ "id": "t", "definition": { "id": "d", "name": "D" }, "roles": null });
        assert_eq!(
            shaped(team, &teams::TEAM),
            json!({ "id": "t", "definition": { "id": "d", "name": "D" }, "roles": [] })
        );
    }

    fn action_event() -> (Json, Json) {
        let event = |delta: Json| {
            let metric = json!({ "id": "p", "name": "P", "type": "point" });
            let mut change = json!({ "metric": metric, "delta": delta });
            if delta["oldText"] == "24" {
                change["type"] = json!("point");
            }
            json!({ "event": "action", "action": { "vars": { "n": 9 } }, "changes": [change] })
        };
        let after = json!({ "old": 24.0, "oldText": "24", "new": 33.0, "newText": "33" });
        (event(json!({ "old": "24", "new": "33" })), event(after))
    }

    #[test]
    fn both_answers_to_a_play_are_one() {
        let (event, shown) = action_event();
        let events = json!({ "local": [event], "global": null });
        let expected = json!({ "actions": [], "events": { "local": [shown], "global": [] } });
        for name in ["events", "logs"] {
            let mut answer = json!({ "actions": {} });
            answer[name] = events.clone();
            assert_eq!(shaped(answer, &actions::PLAYED), expected, "{name}");
        }
    }

    #[test]
    fn both_answers_to_a_trigger_are_one() {
        let (event, shown) = action_event();
        let trigger = json!({ "trigger": "Go:Left", "loop": { "total": "3" } });
        let triggers =
            json!([{ "trigger": "Go:Left", "loop": { "total": 3.0, "totalText": "3" } }]);
        let events = json!({ "local": [shown], "global": [] });
        let object = json!({ "triggers": [trigger], "events": { "local": [event], "global": [] } });
        assert_eq!(
            shaped(object.clone(), &processes::PLAYED),
            json!({ "triggers": triggers, "events": events })
        );
        let three = json!([object["triggers"], {}, object["events"]]);
        assert_eq!(
            shaped(three, &processes::PLAYED_V1),
            json!({ "triggers": triggers, "scores": [], "events": events })
        );
    }

    #[test]
    fn changes_of_roles_stay_by_role() {
        let event = json!({
            "event": "role:assign",
            "changes": { "Captain": { "old": null, "new": true } },
            "roles": { "Private": 1 },
        });
        assert_eq!(shaped(json!([event]), &events::FEED), json!([event]));
        assert_eq!(shaped(json!(null), &events::FEED), json!([]));
        let escalation =
            json!({ "data": [{ "event": "escalation", "seen": false, "triggers": null }] });
        assert_eq!(
            shaped(escalation, &events::NOTIFICATIONS)["data"][0],
            json!({ "event": "escalation", "seen": false, "triggers": [] })
        );
    }
}
