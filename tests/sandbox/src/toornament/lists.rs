//! Reading lists and single rows.

use serde_json::Value;

use super::Toornament;
use super::failure::Failure;
use super::filters;
use super::ranges::Range;
use super::resources::Resource;
use super::store::Row;
use crate::http::{Answer, Request};

/// How many opponents of a match lists show.
const LISTED_OPPONENTS: usize = 4;

/// A field that rows below another one have: what it must be.
#[derive(Clone, Debug)]
pub struct Parent {
    /// The field.
    pub field: &'static str,
    /// The parent's id.
    pub id: String,
}

impl Toornament {
    /// Answers with the part of a list that is asked for.
    pub fn list(
        &self,
        request: &Request,
        resource: &'static Resource,
        parents: &[Parent],
    ) -> Result<Answer, Failure> {
        let range = Range::read(request, resource)?;
        let query = request.query();
        let wanted = filters::read(&query, resource.rules)?;
        let below = below(parents);
        let all = self.store.list(resource.name).iter();
        let mut rows: Vec<&Row> = all
            .filter(|row| below(row) && wanted.iter().all(|f| f.fits(row)))
            .collect();
        filters::sort(&mut rows, &query, resource.orders)?;
        let settings = &self.settings;
        let total = rows.len();
        let (part, content_range) = if total == 0 && !settings.empty_is_416 {
            (&rows[..], format!("{} */0", resource.unit))
        } else {
            let part = range.within(total)?;
            (part.cut(&rows), part.content_range(resource.unit, total))
        };
        let body: Value = part.iter().map(|row| listed(resource, row)).collect();
        let status = settings.list_status.unwrap_or(resource.list_status);
        let answer = Answer::json_with(status, &body);
        Ok(match settings.content_range {
            true => answer.with_header("content-range", &content_range),
            false => answer,
        })
    }

    /// The row of that key.
    pub fn find(
        &self,
        resource: &'static Resource,
        parents: &[Parent],
        key: &str,
    ) -> Result<&Row, Failure> {
        let below = below(parents);
        let mut all = self.store.list(resource.name).iter();
        all.find(|row| below(row) && has_key(resource, row, key))
            .ok_or_else(Failure::not_found)
    }
}

/// Whether a row goes by that key.
pub fn has_key(resource: &Resource, row: &Row, key: &str) -> bool {
    match row.get(resource.key) {
        Some(Value::String(text)) => text == key,
        Some(Value::Number(number)) => key
            .parse()
            .is_ok_and(|key: u64| number.as_u64() == Some(key)),
        _ => false,
    }
}

/// Whether a row is below these.
pub fn below(parents: &[Parent]) -> impl Fn(&Row) -> bool {
    move |row| {
        parents
            .iter()
            .all(|parent| row.get(parent.field).and_then(Value::as_str) == Some(&parent.id))
    }
}

/// A row as lists show it.
fn listed(resource: &Resource, row: &Row) -> Value {
    let mut row = whole(row);
    row.retain(|name, _| !resource.detail.contains(&name.as_str()));
    if let Some(Value::Array(opponents)) = row.get_mut("opponents") {
        opponents.truncate(LISTED_OPPONENTS);
        for opponent in opponents.iter_mut().filter_map(Value::as_object_mut) {
            opponent.remove("properties");
        }
    }
    row.into()
}

/// A row as it is shown alone.
pub fn whole(row: &Row) -> Row {
    let shown = row.iter().filter(|(name, _)| !name.starts_with('_'));
    shown.map(|(n, v)| (n.clone(), v.clone())).collect()
}
