//! Reading the fields of a body.

use serde_json::{Map, Value};

use crate::codes::{Envelope, detail};

/// What is wrong with a field: one of a validation's details (see [`detail`]).
#[derive(Debug)]
pub struct Wrong(pub Value);

impl Wrong {
    fn new(field: &str, message: &str) -> Self {
        Self(detail(field, message))
    }
}

impl From<Wrong> for Envelope {
    fn from(wrong: Wrong) -> Self {
        Self::validations(vec![wrong.0])
    }
}

/// A filled string, if it is there.
pub fn text<'a>(body: &'a Map<String, Value>, field: &str) -> Result<Option<&'a str>, Wrong> {
    match any_text(body, field) {
        Ok(text) if text != Some("") => Ok(text),
        _ => Err(Wrong::new(field, "must be a filled string")),
    }
}

/// A filled string, which must be there.
pub fn needed<'a>(body: &'a Map<String, Value>, field: &str) -> Result<&'a str, Wrong> {
    text(body, field)?.ok_or_else(|| Wrong::new(field, "is required"))
}

/// A string, if it is there: for control routes, where an empty one says something too.
pub fn any_text<'a>(body: &'a Map<String, Value>, field: &str) -> Result<Option<&'a str>, Wrong> {
    match body.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Wrong::new(field, "must be a string")),
    }
}

/// An array of strings, which must be there.
pub fn texts<'a>(body: &'a Map<String, Value>, field: &str) -> Result<Vec<&'a str>, Wrong> {
    let list = body.get(field).and_then(Value::as_array);
    let texts = list.and_then(|list| list.iter().map(Value::as_str).collect());
    texts.ok_or_else(|| Wrong::new(field, "must be an array of strings"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_empty_string_is_none_unless_it_says_something() {
        let body = json!({ "filled": "a", "empty": "", "null": null, "number": 7 });
        let body = body.as_object().unwrap();
        let read = |field| {
            let ok = |text: Result<Option<&str>, Wrong>| text.ok().map(|t| t.map(str::to_owned));
            let needed = needed(body, field).ok().map(str::to_owned);
            (ok(text(body, field)), needed, ok(any_text(body, field)))
        };
        let [a, empty] = ["a", ""].map(|text| Some(text.to_owned()));
        assert_eq!(read("filled"), (Some(a.clone()), a.clone(), Some(a)));
        assert_eq!(read("empty"), (None, None, Some(empty)));
        assert_eq!(read("null"), (Some(None), None, Some(None)));
        assert_eq!(read("none"), (Some(None), None, Some(None)));
        assert_eq!(read("number"), (None, None, None));
    }
}
