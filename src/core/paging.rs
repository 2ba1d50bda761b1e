//! Reading a list by parts, as the service gives them.

use crate::core::answer::Outcome;
use crate::core::error::{Error, Failure};
use crate::core::provider::paging::Paging;
use crate::core::request::Call;
use crate::core::text::{concat, number, read_number, split_once};
use crate::core::tree::Tree;

/// Rows of a page unless somebody names another number, as `lib/pages.js` has it.
const LIMIT: &str = "100";
/// What is behind the end of a list.
const NOT_SATISFIABLE: u16 = 416;

/// Which part of a list a call reads, where its query doesn't say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// A range of rows.
    Range {
        /// What the service calls them.
        unit: String,
        /// Rows before the first one.
        skip: u64,
        /// How many there are at most.
        limit: u64,
        /// Whether unit and limit are known to be right.
        known: bool,
    },
}

impl Part {
    /// The header that asks for it.
    pub fn range(&self) -> Option<String> {
        let Self::Range {
            unit, skip, limit, ..
        } = self
        else {
            return None;
        };
        let last = number(skip + limit - 1);
        Some(concat(&[unit, "=", &number(*skip), "-", &last]))
    }
}

/// Makes a call that says `skip` and `limit` ask for a part in the service's own way.
///
/// # Errors
/// `invalid_option` for parts that there can't be.
pub fn prepare<V>(paging: &Paging, call: &mut Call<V>) -> Result<(), Error<V>> {
    if let Paging::Skip = paging {
        call.query.add_default("limit", LIMIT);
        return Ok(());
    }
    let skip = whole(call, "skip")?.unwrap_or(0);
    let wanted = whole(call, "limit")?;
    call.part = Some(match paging {
        Paging::Range(ranges) => {
            let unit = ranges.of(call.route.as_str());
            let most = u64::from(unit.limit);
            Part::Range {
                unit: unit.name.to_owned(),
                skip,
                limit: wanted.unwrap_or(most).clamp(1, most),
                known: unit.known,
            }
        }
        _ if skip > 0 => {
            return Err(Error::option(
                "skip",
                "left out: the service gives its lists in one answer",
            ));
        }
        _ => Part::Whole,
    });
    Ok(())
}

fn whole<V>(call: &mut Call<V>, name: &str) -> Result<Option<u64>, Error<V>> {
    let Some(given) = call.query.take(name) else {
        return Ok(None);
    };
    match read_number(&given).filter(|count| *count <= u64::from(u32::MAX)) {
        Some(count) => Ok(Some(count)),
        None => Err(Error::option(name, "a whole number, at least 0")),
    }
}

/// The page that came of a call for a part: `{data, total, limit}`, `limit` being what was asked for.
///
/// # Errors
/// Those of the call. That nothing is behind the end is none.
pub fn page<V: Tree>(
    part: Option<Part>,
    ended: Result<Outcome<V>, Failure<V>>,
) -> Result<Outcome<V>, Failure<V>> {
    let (part, mut outcome) = match (part, ended) {
        (Some(part), Ok(outcome)) => (part, outcome),
        (Some(part), Err(Failure::Failed(error))) if is_end(&part, &error) => {
            let outcome = Outcome {
                status: NOT_SATISFIABLE,
                headers: None,
                data: V::list(Vec::new()),
                request_id: error.request_id.clone(),
                range: None,
            };
            (part, outcome)
        }
        (_, ended) => return ended,
    };
    // What is no list is for others to judge.
    if let Some(length) = outcome.data.length() {
        let mut page = V::object();
        let mut put = |name: &str, count: u64| page.put(&V::text(name), V::number(count as f64));
        match &part {
            Part::Whole => put("total", length.into()),
            Part::Range { limit, .. } => {
                put("limit", *limit);
                if let Some(total) = outcome.range.as_deref().and_then(total) {
                    put("total", total);
                }
            }
        }
        page.put(&V::text("data"), outcome.data);
        outcome.data = page;
    }
    Ok(outcome)
}

/// Whether an error says that the list has ended: of a list that isn't known, the unit may be wrong.
fn is_end<V>(part: &Part, error: &Error<V>) -> bool {
    let may_be = matches!(part, Part::Range { skip, known, .. } if *known || *skip > 0);
    may_be && error.status == Some(NOT_SATISFIABLE)
}

/// The total of a `Content-Range` (RFC 9110, section 14.4): `unit 0-49/128`.
fn total(range: &str) -> Option<u64> {
    read_number(split_once(range, "/")?.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::method::Method;
    use crate::core::provider::presets::{KUMITE, PLAYOFF, TOORNAMENT};
    use crate::core::query::Scalar;
    use crate::core::route::Route;
    use serde_json::{Value as Json, json};

    fn call(route: &str, pairs: &[(&str, &str)]) -> Call<Json> {
        let mut call = Call::new(Method::Get, Route::from_path::<Json>(route).unwrap());
        for (name, value) in pairs {
            let value = vec![Scalar::Text((*value).into())];
            call.query.add::<Json>((*name).into(), value).unwrap();
        }
        call
    }

    fn part(paging: &Paging, route: &str, pairs: &[(&str, &str)]) -> Option<Part> {
        let mut call = call(route, pairs);
        prepare(paging, &mut call).unwrap();
        call.part
    }

    #[test]
    fn ranges_are_cut_to_what_the_service_gives() {
        for (route, skip, limit, expected) in [
            ("/organizer/v2/tournaments", "0", "100", "tournaments=0-49"),
            ("/organizer/v2/tournaments", "50", "10", "tournaments=50-59"),
            ("/matches", "128", "1000", "matches=128-255"),
            ("/bracket-nodes", "0", "0", "nodes=0-0"),
        ] {
            let part = part(
                &TOORNAMENT.paging,
                route,
                &[("skip", skip), ("limit", limit)],
            );
            assert_eq!(part.unwrap().range().as_deref(), Some(expected));
        }
    }

    #[test]
    fn the_query_keeps_what_it_says_of_parts_only_where_the_service_reads_it() {
        let pairs = [("skip", "0"), ("limit", "5"), ("a", "b")];
        for (paging, kept) in [
            (&PLAYOFF.paging, true),
            (&TOORNAMENT.paging, false),
            (&KUMITE.paging, false),
        ] {
            let mut call = call("/games", &pairs);
            prepare(paging, &mut call).unwrap();
            assert_eq!(call.query.text("limit").is_some(), kept);
            assert_eq!(call.query.text("a"), Some("b"));
        }
        let mut call = call("/games", &[("skip", "1")]);
        let refused = prepare(&KUMITE.paging, &mut call).unwrap_err();
        assert!(refused.message.contains("`skip`"));
    }

    fn outcome(data: Json, range: Option<&str>) -> Result<Outcome<Json>, Failure<Json>> {
        Ok(Outcome {
            status: 206,
            headers: None,
            data,
            request_id: None,
            range: range.map(str::to_owned),
        })
    }

    #[test]
    fn a_page_says_how_many_there_are_where_that_can_be_read() {
        let asked = part(&TOORNAMENT.paging, "/games", &[]);
        for (range, total) in [
            (Some("games 0-1/7"), Some(7)),
            (Some("games 0-1/*"), None),
            (Some("games"), None),
            (None, None),
        ] {
            let paged = page(asked.clone(), outcome(json!([1, 2]), range)).unwrap();
            let mut expected = json!({"data": [1, 2], "limit": 50.0});
            if let Some(total) = total {
                expected["total"] = json!(f64::from(total));
            }
            assert_eq!(paged.data, expected);
        }
        let paged = page(Some(Part::Whole), outcome(json!([1]), None)).unwrap();
        assert_eq!(paged.data, json!({"data": [1], "total": 1.0}));
        let odd = page(asked, outcome(json!({"x": 1}), None)).unwrap();
        assert_eq!(odd.data, json!({"x": 1}));
    }

    #[test]
    fn nothing_behind_the_end_is_an_end_and_a_wrong_unit_is_an_error() {
        let ended = || Err(Failure::Failed(Error::api("x", String::new(), 416)));
        let paged = |route, skip| {
            let part = part(&TOORNAMENT.paging, route, &[("skip", skip)]);
            page::<Json>(part, ended()).map(|outcome| outcome.data["data"].clone())
        };
        assert_eq!(paged("/matches", "0").unwrap(), json!([]));
        assert_eq!(paged("/matches", "128").unwrap(), json!([]));
        assert_eq!(paged("/odd", "50").unwrap(), json!([]));
        assert!(paged("/odd", "0").is_err());
        assert!(page::<Json>(None, ended()).is_err());
    }
}
