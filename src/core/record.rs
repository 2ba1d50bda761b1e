//! A token as token endpoints answer it and as it is stored (RFC 6749, section 5.1).

use crate::core::text::concat;
use crate::core::value::Value;

/// What stands in a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// The token.
    pub access_token: String,
    /// Seconds from now.
    pub expires_in: Option<f64>,
    /// Unix time in seconds.
    pub expires_at: Option<f64>,
    /// What gives another one.
    pub refresh_token: Option<String>,
    /// What the token is good for.
    pub scope: Option<String>,
    /// Unix time in seconds by the clock of whoever gave it.
    pub given_at: Option<f64>,
    /// Seconds that it lives where nothing says it.
    pub lifetime: Option<f64>,
}

impl Record {
    /// A token of which nothing else is known.
    pub fn bare(access_token: String) -> Self {
        Self {
            access_token,
            ..Self::default()
        }
    }

    /// Reads one. `date` gives the Unix time in seconds that a text such as an ISO date names.
    ///
    /// # Errors
    /// What was found in place of a record, in words.
    pub fn read<V: Value>(value: &V, date: &dyn Fn(&str) -> Option<f64>) -> Result<Self, String> {
        let Some(token) = value.get("access_token") else {
            return Err(match value.kind().as_str() {
                "object" => "an object without `access_token`".to_owned(),
                kind => kind.to_owned(),
            });
        };
        let access_token = token
            .as_text()
            .ok_or_else(|| concat(&["an `access_token` that is of type ", &token.kind()]))?;
        let text = |name| value.get(name).and_then(|field: V| field.as_text());
        // The older SDKs stored dates, which JSON writes as text.
        let moment = |field: V| match field.as_text().filter(|text| is_date(text)) {
            Some(text) => date(&text),
            None => field.as_number(),
        };
        Ok(Self {
            access_token,
            expires_in: value.get("expires_in").and_then(|field| field.as_number()),
            expires_at: value.get("expires_at").and_then(moment),
            refresh_token: text("refresh_token"),
            scope: text("scope"),
            given_at: None,
            lifetime: None,
        })
    }
}

fn is_date(text: &str) -> bool {
    text.bytes().any(|byte| byte == b':')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value as Json, json};

    fn read(value: Json) -> Result<Record, String> {
        Record::read(&value, &|text| {
            (text == "2027-01-15T08:00:00.000Z").then_some(1.8e9)
        })
    }

    #[test]
    fn reads_what_services_and_older_sdks_write() {
        let full = json!({"access_token": "a", "token_type": "Bearer", "expires_in": "60", "expires_at": 7,
            "refresh_token": "r", "scope": "s"});
        let expected = Record {
            access_token: "a".into(),
            expires_in: Some(60.0),
            expires_at: Some(7.0),
            refresh_token: Some("r".into()),
            scope: Some("s".into()),
            given_at: None,
            lifetime: None,
        };
        assert_eq!(read(full).unwrap(), expected);
        let dated = json!({"access_token": "a", "expires_at": "2027-01-15T08:00:00.000Z"});
        assert_eq!(read(dated).unwrap().expires_at, Some(1.8e9));
        let bare = json!({"access_token": "a", "refresh_token": null, "expires_at": "soon: ish"});
        assert_eq!(read(bare).unwrap(), Record::bare("a".into()));
    }

    #[test]
    fn says_what_it_found_instead() {
        for (value, found) in [
            (json!({}), "an object without `access_token`"),
            (
                json!({"access_token": 7}),
                "an `access_token` that is of type number",
            ),
            (json!(7), "number"),
            (json!(null), "null"),
        ] {
            assert_eq!(read(value).unwrap_err(), found);
        }
    }
}
