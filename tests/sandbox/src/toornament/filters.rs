//! Which rows of a list are wanted, and in which order.

use std::cmp::Ordering;

use serde_json::Value;

use super::failure::{Failure, Problem};
use super::store::Row;
use crate::http::Query;
use crate::time;

/// What a query's parameter asks of a row. Paths lead into it by field names
/// with dots between them.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// The field is one of a comma list.
    In(&'static str),
    /// The same, of values that there are.
    Choice(&'static str, &'static [&'static str]),
    /// A field of one of the opponents is one of a comma list.
    Opponent(&'static str),
    /// One of the field's own list is one of a comma list.
    Overlap(&'static str),
    /// The field is that flag, 0 or 1.
    Flag(&'static str),
    /// Whether there is anything in the field, 0 or 1.
    Given(&'static str),
    /// The text is somewhere in the field.
    Contains(&'static str),
    /// The field is that number or more.
    Least(&'static str),
    /// The field is that number or less.
    Most(&'static str),
    /// The field is that moment or later.
    After(&'static str),
    /// The field is that moment or earlier.
    Before(&'static str),
}

/// An order of rows.
#[derive(Clone, Copy, Debug)]
pub enum Order {
    /// As they were made.
    Made,
    /// The last one first.
    MadeLast,
    /// By a field; what has none comes last.
    By(&'static str),
    /// By a field, the greatest first.
    ByLast(&'static str),
}

/// A parameter that was read.
#[derive(Debug)]
pub struct Filter {
    rule: Rule,
    wanted: Wanted,
}

#[derive(Debug)]
enum Wanted {
    Texts(Vec<String>),
    Flag(bool),
    Number(i64),
    Moment(i64),
}

/// Reads the parameters that a resource knows. Where one is repeated the last
/// one counts.
pub fn read(query: &Query, rules: &[(&str, Rule)]) -> Result<Vec<Filter>, Failure> {
    let mut filters = Vec::new();
    let mut problems = Vec::new();
    for (name, rule) in rules {
        let Some(text) = query.all(name).pop() else {
            continue;
        };
        match want(*rule, text) {
            Ok(wanted) => filters.push(Filter {
                rule: *rule,
                wanted,
            }),
            Err(message) => {
                problems.push(Problem::new("query", message).at(name, text.into()));
            }
        }
    }
    match problems.is_empty() {
        true => Ok(filters),
        false => Err(Failure::of(400, problems)),
    }
}

fn want(rule: Rule, text: &str) -> Result<Wanted, &'static str> {
    let texts = || text.split(',').map(str::to_owned).collect();
    match rule {
        Rule::In(_) | Rule::Opponent(_) | Rule::Overlap(_) => Ok(Wanted::Texts(texts())),
        Rule::Contains(_) => Ok(Wanted::Texts(vec![text.to_lowercase()])),
        Rule::Choice(_, choices) => match text.split(',').all(|t| choices.contains(&t)) {
            true => Ok(Wanted::Texts(texts())),
            false => Err("The value you selected is not a valid choice."),
        },
        Rule::Flag(_) | Rule::Given(_) => match text {
            "0" => Ok(Wanted::Flag(false)),
            "1" => Ok(Wanted::Flag(true)),
            _ => Err("This value should be 0 or 1."),
        },
        Rule::Least(_) | Rule::Most(_) => text
            .parse()
            .map(Wanted::Number)
            .map_err(|_| "This value should be a number."),
        Rule::After(_) | Rule::Before(_) => moment_in(text)
            .map(Wanted::Moment)
            .ok_or("This value is not a valid datetime."),
    }
}

impl Filter {
    /// Whether a row is wanted.
    pub fn fits(&self, row: &Row) -> bool {
        match (self.rule, &self.wanted) {
            (Rule::In(path) | Rule::Choice(path, _), Wanted::Texts(texts)) => {
                is_one_of(at(row, path), texts)
            }
            (Rule::Opponent(path), Wanted::Texts(texts)) => entries(row, "opponents")
                .iter()
                .filter_map(Value::as_object)
                .any(|opponent| is_one_of(at(opponent, path), texts)),
            (Rule::Overlap(path), Wanted::Texts(texts)) => {
                entries(row, path).iter().any(|v| is_one_of(v, texts))
            }
            (Rule::Contains(path), Wanted::Texts(texts)) => at(row, path)
                .as_str()
                .is_some_and(|t| texts.iter().all(|part| t.to_lowercase().contains(part))),
            (Rule::Flag(path), Wanted::Flag(flag)) => at(row, path).as_bool() == Some(*flag),
            (Rule::Given(path), Wanted::Flag(flag)) => at(row, path).is_null() != *flag,
            (Rule::Least(path), Wanted::Number(n)) => {
                at(row, path).as_i64().is_some_and(|v| v >= *n)
            }
            (Rule::Most(path), Wanted::Number(n)) => {
                at(row, path).as_i64().is_some_and(|v| v <= *n)
            }
            (Rule::After(path), Wanted::Moment(m)) => moment(row, path).is_some_and(|v| v >= *m),
            (Rule::Before(path), Wanted::Moment(m)) => moment(row, path).is_some_and(|v| v <= *m),
            // A parameter is always read into what its rule wants.
            _ => false,
        }
    }
}

/// Puts rows into the order that a query asks for; the first one of a resource
/// is its usual one.
pub fn sort(rows: &mut [&Row], query: &Query, orders: &[(&str, Order)]) -> Result<(), Failure> {
    let Some(name) = query.all("sort").pop().filter(|_| !orders.is_empty()) else {
        return Ok(());
    };
    let Some((_, order)) = orders.iter().find(|(n, _)| *n == name) else {
        let problem = Problem::new("query", "The value you selected is not a valid choice.");
        return Err(Failure::bad(problem.at("sort", name.into())));
    };
    match order {
        Order::Made => {}
        Order::MadeLast => rows.reverse(),
        Order::By(path) => rows.sort_by(|a, b| compare(at(a, path), at(b, path))),
        Order::ByLast(path) => rows.sort_by(|a, b| match (at(a, path), at(b, path)) {
            (Value::Null, b) => compare(&Value::Null, b),
            (a, Value::Null) => compare(a, &Value::Null),
            (a, b) => compare(b, a),
        }),
    }
    Ok(())
}

fn compare(a: &Value, b: &Value) -> Ordering {
    let key = |v: &Value| match v {
        Value::String(text) => text.to_lowercase(),
        other => other.to_string(),
    };
    match (a.is_null(), b.is_null()) {
        (false, false) => key(a).cmp(&key(b)),
        (a, b) => a.cmp(&b),
    }
}

/// What is at a path.
pub fn at<'a>(row: &'a Row, path: &str) -> &'a Value {
    let mut parts = path.split('.');
    let first = parts.next().and_then(|name| row.get(name));
    parts
        .try_fold(first.unwrap_or(&Value::Null), |value, name| value.get(name))
        .unwrap_or(&Value::Null)
}

fn entries<'a>(row: &'a Row, path: &str) -> &'a [Value] {
    at(row, path).as_array().map_or(&[], Vec::as_slice)
}

fn is_one_of(value: &Value, texts: &[String]) -> bool {
    match value {
        Value::String(text) => texts.contains(text),
        Value::Number(number) => texts.contains(&number.to_string()),
        _ => false,
    }
}

fn moment(row: &Row, path: &str) -> Option<i64> {
    moment_in(at(row, path).as_str()?)
}

/// A moment, or a day, which is its midnight.
fn moment_in(text: &str) -> Option<i64> {
    time::parse_rfc3339(text).or_else(|| time::parse_day(text))
}
