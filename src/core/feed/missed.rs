//! What was missed, page by page.

use crate::core::text::number;
use crate::core::value::Value;

/// Notifications of one page.
pub const PAGE: usize = 100;

/// What was told since some moment, as far as it has been read.
pub struct Missed<V> {
    events: Vec<V>,
}

impl<V> Default for Missed<V> {
    fn default() -> Self {
        Self { events: Vec::new() }
    }
}

impl<V: Value> Missed<V> {
    /// How many have been read.
    pub fn count(&self) -> usize {
        self.events.len()
    }

    /// Another page; gives whether it was the last one. Without any there may be no page at all.
    pub fn add(&mut self, page: &V) -> bool {
        let before = self.events.len();
        let list = page.get("data");
        let list = list.as_ref().unwrap_or(page);
        while let Some(row) = list.get(&number((self.events.len() - before) as u64)) {
            self.events.push(row);
        }
        let (read, count) = (self.events.len(), self.events.len() - before);
        let total = page.get("total").and_then(|total| total.as_number());
        let is_last = match total {
            Some(total) => read as f64 >= total,
            None => count < PAGE,
        };
        is_last || count == 0
    }

    /// All that was read, the oldest first. Nobody has recorded how the service orders them; where
    /// the times don't tell, the newest comes first.
    pub fn oldest_first(mut self) -> Vec<V> {
        let time = |event: &V| event.text_at("timestamp");
        if let [first, .., last] = &self.events[..]
            && time(first) >= time(last)
        {
            self.events.reverse();
        }
        self.events
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;

    fn at(times: &[u32]) -> Json {
        let event = |(place, time): (usize, &u32)| json!({ "n": place, "timestamp": format!("2026-01-01T00:00:0{time}.000Z") });
        times.iter().enumerate().map(event).collect()
    }

    fn order(page: &Json) -> Vec<u64> {
        let mut missed = Missed::default();
        assert!(missed.add(page));
        let place = |event: &Json| event["n"].as_u64().unwrap();
        missed.oldest_first().iter().map(place).collect()
    }

    #[test]
    fn the_oldest_comes_first_whichever_way_they_came() {
        assert_eq!(order(&at(&[3, 2, 2, 1])), [3, 2, 1, 0]);
        assert_eq!(order(&at(&[1, 2, 2, 3])), [0, 1, 2, 3]);
        assert_eq!(order(&at(&[1, 1])), [1, 0]);
        assert_eq!(order(&Json::Null), [0; 0]);
    }

    #[test]
    fn pages_are_read_up_to_the_total() {
        let mut missed = Missed::default();
        assert!(!missed.add(&json!({ "data": at(&[1, 2]), "total": 3 })));
        assert_eq!(missed.count(), 2);
        assert!(missed.add(&json!({ "data": at(&[3]), "total": 3 })));
    }

    #[test]
    fn an_empty_page_is_the_last_one_whatever_the_total_says() {
        for page in [json!({ "data": [], "total": 7 }), json!({ "total": 7 })] {
            assert!(Missed::default().add(&page), "{page}");
        }
    }
}
