//! What was missed, page by page.

use crate::core::text::number;
use crate::core::value::Value;

/// Notifications of one page.
const PAGE: usize = 100;

/// What was told since some moment, as far as it has been read.
pub struct Missed<V> {
    since: String,
    events: Vec<V>,
}

impl<V: Value> Missed<V> {
    /// Nothing has been read yet.
    pub fn since(since: String) -> Self {
        Self {
            since,
            events: Vec::new(),
        }
    }

    /// The query of the next page.
    pub fn query(&self) -> [(&'static str, String); 3] {
        [
            ("start", self.since.clone()),
            ("skip", number(self.events.len() as u64)),
            ("limit", number(PAGE as u64)),
        ]
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
        let time = |event: Option<&V>| event.and_then(|event| event.get("timestamp")?.as_text());
        if time(self.events.first()) >= time(self.events.last()) {
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
        let mut missed = Missed::since(String::new());
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
        let mut missed = Missed::since("then".into());
        let query = |missed: &Missed<Json>| missed.query().map(|(_, value)| value);
        assert_eq!(query(&missed), ["then", "0", "100"]);
        assert!(!missed.add(&json!({ "data": at(&[1, 2]), "total": 3 })));
        assert_eq!(query(&missed), ["then", "2", "100"]);
        assert!(missed.add(&json!({ "data": at(&[3]), "total": 3 })));
    }

    #[test]
    fn an_empty_page_is_the_last_one_whatever_the_total_says() {
        for page in [json!({ "data": [], "total": 7 }), json!({ "total": 7 })] {
            assert!(Missed::since(String::new()).add(&page), "{page}");
        }
    }
}
