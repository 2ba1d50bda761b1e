//! Query strings.

use crate::core::error::{Error, code};
use crate::core::percent::encode;
use crate::core::text::{concat, contains, join};

/// How values are written that a query has no form of its own for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Lists.
    pub lists: Lists,
    /// Booleans.
    pub booleans: Booleans,
}

/// How lists are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lists {
    /// `a=1,2`
    Comma,
    /// `a=1&a=2`
    Repeat,
}

/// How booleans are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Booleans {
    /// `true` and `false`
    Words,
    /// `1` and `0`
    Digits,
}

/// A value that isn't a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// A text, or what has one form alone.
    Text(String),
    /// A boolean.
    Flag(bool),
}

impl Scalar {
    fn written(&self, booleans: Booleans) -> &str {
        match (self, booleans) {
            (Self::Text(text), _) => text,
            (Self::Flag(true), Booleans::Words) => "true",
            (Self::Flag(false), Booleans::Words) => "false",
            (Self::Flag(true), Booleans::Digits) => "1",
            (Self::Flag(false), Booleans::Digits) => "0",
        }
    }
}

/// Names and their values, in the order in which they are sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, Vec<Scalar>)>);

impl Query {
    /// Adds what a caller asked for.
    ///
    /// # Errors
    /// `invalid_query` for a name under which tokens travel: a token in a caller's hand would be
    /// logged with the caller's query.
    pub fn add<V>(&mut self, name: String, values: Vec<Scalar>) -> Result<(), Error<V>> {
        if matches!(name.as_str(), "access_token" | "jwt") {
            return Err(refused(&name));
        }
        self.0.push((name, values));
        Ok(())
    }

    /// Adds a pair unless the caller already gave one of that name.
    pub fn add_default(&mut self, name: &str, value: &str) {
        if !self.0.iter().any(|(known, _)| known == name) {
            let value = Scalar::Text(value.to_owned());
            self.0.push((name.to_owned(), vec![value]));
        }
    }

    /// The text of that name.
    pub fn text(&self, name: &str) -> Option<&str> {
        let (_, values) = self.0.iter().find(|(known, _)| known == name)?;
        match &values[..] {
            [Scalar::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// Takes the text of that name out.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let text = self.text(name)?.to_owned();
        self.0.retain(|(known, _)| known != name);
        Some(text)
    }

    /// Puts the pairs behind `url`.
    pub fn append_to(&self, url: &mut String, style: Style) {
        for (name, values) in &self.0 {
            let mut written = Vec::new();
            for value in values {
                written.push(value.written(style.booleans));
            }
            match style.lists {
                Lists::Comma => append(url, name, &join(&written, ",")),
                Lists::Repeat => {
                    for value in written {
                        append(url, name, value);
                    }
                }
            }
        }
    }
}

/// Refuses a name under which tokens travel at this service.
///
/// # Errors
/// `invalid_query`.
pub fn check<V>(query: &Query, name: &str) -> Result<(), Error<V>> {
    match query.0.iter().any(|(known, _)| known == name) {
        true => Err(refused(name)),
        false => Ok(()),
    }
}

fn refused<V>(name: &str) -> Error<V> {
    Error::config(
        code::INVALID_QUERY,
        concat(&[
            "`",
            name,
            "` can't be given in `query`: the SDK adds the token itself",
        ]),
    )
}

/// Puts a pair behind `url`.
pub fn append(url: &mut String, name: &str, value: &str) {
    append_pair(url, &concat(&[&encode(name), "=", &encode(value)]));
}

/// Puts a pair behind `url` that is encoded already.
pub fn append_pair(url: &mut String, pair: &str) {
    url.push(if contains(url, "?") { '&' } else { '?' });
    url.push_str(pair);
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: Style = Style {
        lists: Lists::Comma,
        booleans: Booleans::Words,
    };

    fn texts(values: &[&str]) -> Vec<Scalar> {
        values
            .iter()
            .map(|text| Scalar::Text((*text).into()))
            .collect()
    }

    #[test]
    fn encodes_what_would_break_out() {
        let mut query = Query::default();
        query
            .add::<()>("a&b".into(), texts(&["1=2&c#ä +"]))
            .unwrap();
        query.add_default("a&b", "ignored");
        query.add_default("player_id", "johny");
        let mut url = String::from("https://x/y");
        query.append_to(&mut url, WORDS);
        append(&mut url, "jwt", "c:d");
        assert_eq!(
            url,
            "https://x/y?a%26b=1%3D2%26c%23%C3%A4%20%2B&player_id=johny&jwt=c%3Ad"
        );
    }

    #[test]
    fn lists_and_booleans_are_written_as_the_service_reads_them() {
        let mut query = Query::default();
        query.add::<()>("a".into(), texts(&["1", "2"])).unwrap();
        query
            .add::<()>("b".into(), vec![Scalar::Flag(true), Scalar::Flag(false)])
            .unwrap();
        query.add::<()>("c".into(), vec![]).unwrap();
        for (lists, booleans, expected) in [
            (Lists::Comma, Booleans::Words, "?a=1%2C2&b=true%2Cfalse&c="),
            (Lists::Comma, Booleans::Digits, "?a=1%2C2&b=1%2C0&c="),
            (Lists::Repeat, Booleans::Words, "?a=1&a=2&b=true&b=false"),
        ] {
            let mut url = String::new();
            query.append_to(&mut url, Style { lists, booleans });
            assert_eq!(url, expected);
        }
    }

    #[test]
    fn what_stands_in_it_can_be_taken_out() {
        let mut query = Query::default();
        query.add::<()>("a".into(), texts(&["1"])).unwrap();
        query.add::<()>("b".into(), texts(&["1", "2"])).unwrap();
        assert_eq!((query.text("a"), query.text("b")), (Some("1"), None));
        assert_eq!(query.take("a").as_deref(), Some("1"));
        assert_eq!(query.take("a"), None);
    }

    #[test]
    fn refuses_tokens() {
        for name in ["access_token", "jwt"] {
            let refused = Query::default().add::<()>(name.into(), texts(&["x"]));
            assert_eq!(refused.unwrap_err().code, code::INVALID_QUERY);
        }
    }
}
