//! What queries hold.

use crate::http::Query;
use crate::ids;

use super::failure::Failure;

/// A UUID that must be there.
pub fn uuid(query: &Query, name: &str) -> Result<String, Failure> {
    optional_uuid(query, name)?.ok_or_else(|| Failure::argument(format!("`{name}` is required")))
}

/// A UUID, if it is there. `undefined` is what pages send that have none.
pub fn optional_uuid(query: &Query, name: &str) -> Result<Option<String>, Failure> {
    match query.get(name) {
        None => Ok(None),
        Some(text) => match ids::parse_uuid(text) {
            Some(uuid) => Ok(Some(uuid)),
            None => Err(Failure::argument(format!("Invalid UUID `{name}`: {text}"))),
        },
    }
}

/// A whole number, if it is there.
pub fn optional_number(query: &Query, name: &str) -> Result<Option<i64>, Failure> {
    match query.get(name) {
        None => Ok(None),
        Some(text) => match text.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(Failure::argument(format!("Invalid `{name}`: {text}"))),
        },
    }
}

/// A flag, as Java reads it: whatever isn't `true` is false.
pub fn optional_flag(query: &Query, name: &str) -> Option<bool> {
    query
        .get(name)
        .map(|text| text.eq_ignore_ascii_case("true"))
}
