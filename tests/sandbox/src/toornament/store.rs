//! What there is of all resources.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::resources::{RESOURCES, Resource};
use super::rows;

/// One row of a resource. Fields that begin with an underscore aren't shown.
pub type Row = Map<String, Value>;

/// All rows of all resources, in the order they were made.
#[derive(Debug)]
pub struct Store {
    rows: BTreeMap<&'static str, Vec<Row>>,
    made: usize,
}

impl Default for Store {
    fn default() -> Self {
        let mut store = Self {
            rows: BTreeMap::new(),
            made: 0,
        };
        for resource in &RESOURCES {
            store.fill(resource, resource.seeded);
        }
        store
    }
}

impl Store {
    /// All rows.
    pub fn list(&self, resource: &str) -> &[Row] {
        self.rows.get(resource).map_or(&[], Vec::as_slice)
    }

    /// All rows, to be changed.
    pub fn list_mut(&mut self, resource: &'static str) -> &mut Vec<Row> {
        self.rows.entry(resource).or_default()
    }

    /// Puts exactly so many seeded rows in place of all that there are.
    pub fn fill(&mut self, resource: &'static Resource, total: usize) {
        let rows = (1..=total).map(|n| rows::row(resource.name, n));
        *self.list_mut(resource.name) = rows.collect();
    }

    /// Drops all rows that belong to another one.
    pub fn drop_below(&mut self, field: &str, id: &str) {
        for rows in self.rows.values_mut() {
            rows.retain(|row| row.get(field).and_then(Value::as_str) != Some(id));
        }
    }

    /// The id of something new.
    pub fn new_id(&mut self, resource: &str) -> String {
        self.made += 1;
        rows::id(resource, rows::SEEDED_AT_MOST + self.made)
    }

    /// How many there are of each.
    pub fn counts(&self) -> Value {
        let counts = RESOURCES.iter().map(|r| (r.name, self.list(r.name).len()));
        counts
            .map(|(name, count)| (name.to_owned(), count.into()))
            .collect::<Row>()
            .into()
    }
}
