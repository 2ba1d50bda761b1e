//! What was missed, page by page.

use crate::core::text::number;
use crate::core::value::Value;

/// Notifications of one page.
pub const PAGE: usize = 100;
/// How many are read before they are given, and as many as come meanwhile.
pub const AHEAD: usize = 1_000;

/// What was told since some moment, as far as it has been read.
pub struct Missed<V> {
    events: Vec<V>,
    newest_first: bool,
    ahead: usize,
    /// The id at the head of the last page.
    head: Option<String>,
    /// Where the next page begins.
    pub skip: usize,
    /// The total of the last page.
    total: f64,
    /// Whether there are others, which were told later than all that was read.
    pub has_more: bool,
}

impl<V: Value> Missed<V> {
    /// Nothing yet, of which so many are read at a time.
    pub fn new(ahead: usize) -> Self {
        Self {
            events: Vec::new(),
            newest_first: false,
            ahead,
            head: None,
            skip: 0,
            total: 0.0,
            has_more: false,
        }
    }

    /// Another page; gives whether it was the last one. Without any there may be no page at all.
    ///
    /// The oldest are given first, so of more than can be held they are read alone: where the newest
    /// come first, that is the end of the list. What comes meanwhile moves it on, and nothing is left
    /// out.
    pub fn add(&mut self, page: &V) -> bool {
        let list = page.get("data");
        let list = list.as_ref().unwrap_or(page);
        let mut count = 0;
        while let Some(row) = list.get(&number(count as u64)) {
            self.events.push(row);
            count += 1;
        }
        self.skip += count;
        // Nobody has recorded how the service orders them; where the times don't tell, the newest comes
        // first.
        let time = |event: &V| event.text_at("timestamp");
        self.newest_first =
            matches!(&self.events[..], [first, .., last] if time(first) >= time(last));
        let total = page.get("total").and_then(|total| total.as_number());
        let head = list.get("0").and_then(|row| row.text_at("id"));
        // The page before once more, and not since so many came meanwhile; or none.
        let is_same = head == self.head && total.is_none_or(|total| total <= self.total);
        let is_old = is_same || head.is_none();
        self.head = head;
        let is_first = self.total == 0.0;
        self.total = total.unwrap_or_default();
        let is_last = match total {
            Some(total) => self.skip as f64 >= total,
            None => count != PAGE,
        };
        if self.has_more && self.events.len() == count && is_old {
            // The total is of something else, or `skip` isn't read: from the beginning, as far as it goes.
            self.begin_at(0, f64::INFINITY);
            return false;
        }
        if is_last || is_old {
            return true;
        }
        match total.filter(|_| self.newest_first) {
            Some(total) => {
                if is_first && total > self.ahead as f64 {
                    self.begin_at(total as usize - self.ahead, total);
                }
                false
            }
            None => {
                let is_enough = self.events.len() >= self.ahead;
                // Without a total nobody knows where the oldest are.
                self.has_more = is_enough && !self.newest_first;
                is_enough
            }
        }
    }

    /// What was read is left: it is to be read from there on.
    fn begin_at(&mut self, skip: usize, total: f64) {
        self.events.clear();
        self.skip = skip;
        self.total = total;
        self.has_more = skip > 0;
    }

    /// Takes the oldest of what was read.
    pub fn take_oldest(&mut self) -> Option<V> {
        match self.newest_first || self.events.is_empty() {
            true => self.events.pop(),
            false => Some(self.events.remove(0)),
        }
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
        let mut missed = Missed::new(AHEAD);
        assert!(missed.add(page));
        let oldest = std::iter::from_fn(|| missed.take_oldest());
        oldest.map(|event| event["n"].as_u64().unwrap()).collect()
    }

    #[test]
    fn the_oldest_comes_first_whichever_way_they_came() {
        assert_eq!(order(&at(&[3, 2, 2, 1])), [3, 2, 1, 0]);
        assert_eq!(order(&at(&[1, 2, 2, 3])), [0, 1, 2, 3]);
        assert_eq!(order(&at(&[1, 1])), [1, 0]);
        assert_eq!(order(&Json::Null), [0; 0]);
    }

    /// Reads a list to its end, as a service pages it; gives in which order, how many calls it took,
    /// and whether there is more.
    fn read(list: &[Json], serve: impl Fn(&[Json], usize) -> Json) -> (Vec<u64>, usize, bool) {
        let mut missed = Missed::new(AHEAD);
        let mut calls = 1;
        while !missed.add(&serve(list, missed.skip)) {
            calls += 1;
            assert!(calls < 1_000, "it never ends");
        }
        let has_more = missed.has_more;
        // As a feed gives them: each once.
        let mut given = Vec::new();
        while let Some(event) = missed.take_oldest() {
            let place = event["n"].as_u64().unwrap();
            if !given.contains(&place) {
                given.push(place);
            }
        }
        (given, calls, has_more)
    }

    /// So many, the oldest first.
    fn list(length: usize) -> Vec<Json> {
        let event = |n| json!({ "n": n, "id": format!("id-{n}"), "timestamp": format!("{n:06}") });
        (0..length).map(event).collect()
    }

    fn newest_first(length: usize) -> Vec<Json> {
        list(length).into_iter().rev().collect()
    }

    fn part(list: &[Json], skip: usize) -> &[Json] {
        let rest = list.get(skip..).unwrap_or_default();
        rest.get(..PAGE).unwrap_or(rest)
    }

    fn with_total(list: &[Json], skip: usize) -> Json {
        json!({ "data": part(list, skip), "total": list.len() })
    }

    fn numbers(range: std::ops::Range<u64>) -> Vec<u64> {
        range.collect()
    }

    #[test]
    fn pages_are_read_up_to_the_total_and_no_further() {
        for (length, calls) in [(0, 1), (1, 1), (100, 1), (101, 2), (250, 3), (1_000, 10)] {
            let all = numbers(0..length as u64);
            let expected = (all.clone(), calls, false);
            assert_eq!(read(&newest_first(length), with_total), expected);
            assert_eq!(read(&list(length), with_total), expected);
        }
    }

    #[test]
    fn of_too_many_the_oldest_are_read() {
        let oldest = numbers(0..1_000);
        assert_eq!(
            read(&newest_first(50_000), with_total),
            (oldest.clone(), 11, true)
        );
        assert_eq!(read(&list(50_000), with_total), (oldest.clone(), 10, true));
        let bare = |list: &[Json], skip| json!(part(list, skip));
        assert_eq!(read(&list(50_000), bare), (oldest, 10, true));
        // Where the oldest are, nobody says.
        let newest = numbers(49_000..50_000);
        assert_eq!(read(&newest_first(50_000), bare), (newest, 10, false));
        assert_eq!(read(&newest_first(250), bare), (numbers(0..250), 3, false));
    }

    #[test]
    fn what_comes_meanwhile_pushes_nothing_out() {
        // One comes with every call.
        let told = std::cell::Cell::new(0);
        let served = read(&newest_first(6_000), |list, skip| {
            told.set(told.get() + 1);
            with_total(&list[1_000 - told.get()..], skip)
        });
        assert_eq!(served, (numbers(0..1_001), 12, true));
    }

    #[test]
    fn a_service_that_doesnt_page_is_asked_no_further() {
        let newest = numbers(4_900..5_000);
        let always = |list: &[Json]| json!(part(list, 0));
        let read_always = read(&newest_first(5_000), |list, _| always(list));
        assert_eq!(read_always, (newest.clone(), 2, false));
        let total = |list: &[Json], _| json!({ "data": part(list, 0), "total": 5_000 });
        assert_eq!(read(&newest_first(5_000), total), (newest, 3, false));
        let whole = |list: &[Json], _| json!(list);
        assert_eq!(
            read(&newest_first(5_000), whole),
            (numbers(0..5_000), 1, false)
        );
    }

    #[test]
    fn a_total_of_something_else_is_found_out() {
        let wrong = |list: &[Json], skip| json!({ "data": part(list, skip), "total": 9_000 });
        assert_eq!(read(&newest_first(250), wrong), (numbers(0..250), 6, false));
    }

    #[test]
    fn an_empty_page_is_the_last_one_whatever_the_total_says() {
        for page in [json!({ "data": [], "total": 7 }), json!({ "total": 7 })] {
            assert!(Missed::new(AHEAD).add(&page), "{page}");
        }
    }
}
