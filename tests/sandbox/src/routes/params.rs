//! Parameters that several routes share.

use serde_json::{Map, Value};

use crate::codes::Envelope;
use crate::game::feed::Window;
use crate::http::Query;
use crate::time::{self, DAY};

/// `skip` and `limit`: which part of a list is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// How many to leave out.
    pub skip: usize,
    /// How many to give at most.
    pub limit: usize,
}

impl Page {
    /// Reads them; any size is accepted, as real clients ask for millions.
    pub fn read(query: &Query) -> Result<Self, Envelope> {
        Ok(Self {
            skip: count(query, "skip", 0)?,
            limit: count(query, "limit", 10)?,
        })
    }

    /// Cuts the page out of a list: `{data, total}`.
    pub fn cut<T>(self, list: impl ExactSizeIterator<Item = T>, row: impl Fn(T) -> Value) -> Value {
        let total = list.len();
        let data: Vec<Value> = list.skip(self.skip).take(self.limit).map(row).collect();
        serde_json::json!({ "data": data, "total": total })
    }
}

/// Reads a whole number, not negative.
pub fn count(query: &Query, name: &str, default: usize) -> Result<usize, Envelope> {
    match query.filled(name) {
        None => Ok(default),
        Some(text) => text
            .parse::<u64>()
            .map(|n| usize::try_from(n).unwrap_or(usize::MAX))
            .map_err(|_| Envelope::validation(name, "must be a whole number, not negative")),
    }
}

/// Reads a moment: seconds, milliseconds or ISO.
pub fn moment(query: &Query, name: &str) -> Result<Option<i64>, Envelope> {
    match query.filled(name) {
        None => Ok(None),
        Some(text) => time::parse(text)
            .map(Some)
            .ok_or_else(|| Envelope::validation(name, "must be a Unix or ISO timestamp")),
    }
}

/// Reads `start` and `end`. Without them: the last 24 hours.
pub fn window(query: &Query, now: i64) -> Result<Window, Envelope> {
    let end = moment(query, "end")?.unwrap_or(now);
    let start = moment(query, "start")?.unwrap_or(end.saturating_sub(DAY));
    Ok(Window { start, end })
}

/// Reads a flag: `true` or `false`.
pub fn flag(query: &Query, name: &str) -> Result<bool, Envelope> {
    match query.filled(name) {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(Envelope::validation(name, "must be true or false")),
    }
}

/// Refuses ids that are no ids, like an unfilled `:id` of a route.
pub fn id(text: &str) -> Result<&str, Envelope> {
    match text.is_empty() || text.starts_with(':') {
        true => Err(Envelope::validation("id", "is not an id")),
        false => Ok(text),
    }
}

/// Keeps only the wanted fields of a row; dotted paths lead into objects.
pub fn project(row: &Value, fields: &str) -> Value {
    let mut kept = Map::new();
    for field in fields.split(',').map(str::trim) {
        let found = field.split('.').try_fold(row, |value, key| value.get(key));
        if let Some(value) = found {
            put(&mut kept, field, value.clone());
        }
    }
    Value::Object(kept)
}

fn put(into: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            into.insert(path.to_owned(), value);
        }
        Some((key, rest)) => {
            let inner = into.entry(key).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Request;
    use serde_json::json;

    fn query(text: &str) -> Query {
        Request::new("GET", &format!("/?{text}")).query()
    }

    #[test]
    fn pages_take_any_size_but_no_nonsense() {
        let page = Page::read(&query("")).unwrap();
        assert_eq!((page.skip, page.limit), (0, 10));
        let page = Page::read(&query("skip=2&limit=1000000000000")).unwrap();
        let list = (0..5).map(Value::from).collect::<Vec<_>>();
        assert_eq!(
            page.cut(list.into_iter(), |row| row),
            json!({ "data": [2, 3, 4], "total": 5 })
        );
        for wrong in [
            "limit=-1",
            "limit=x",
            "skip=1.5",
            "skip=99999999999999999999",
        ] {
            assert!(Page::read(&query(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn fields_lead_into_objects() {
        let row = json!({ "id": "a", "alias": "A", "in": { "x": 1, "y": 2 } });
        assert_eq!(
            project(&row, "id,in.y,gone"),
            json!({ "id": "a", "in": { "y": 2 } })
        );
    }
}
