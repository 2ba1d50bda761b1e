//! Query strings.

use crate::core::error::{Error, code};
use crate::core::percent::encode;
use crate::core::text::{concat, contains};

/// Name and value pairs, in the order in which they are sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Adds what a caller asked for.
    ///
    /// # Errors
    /// `invalid_query` for a name under which tokens travel: a token in a caller's hand would be
    /// logged with the caller's query.
    pub fn add<V>(&mut self, name: String, value: String) -> Result<(), Error<V>> {
        if matches!(name.as_str(), "access_token" | "jwt") {
            return Err(Error::config(
                code::INVALID_QUERY,
                concat(&[
                    "`",
                    &name,
                    "` can't be given in `query`: the SDK adds the token itself",
                ]),
            ));
        }
        self.0.push((name, value));
        Ok(())
    }

    /// Adds a pair unless the caller already gave one of that name.
    pub fn add_default(&mut self, name: &str, value: &str) {
        if !self.0.iter().any(|(known, _)| known == name) {
            self.0.push((name.to_owned(), value.to_owned()));
        }
    }

    /// Puts the pairs behind `url`.
    pub fn append_to(&self, url: &mut String) {
        for (name, value) in &self.0 {
            append(url, name, value);
        }
    }
}

/// Puts a pair behind `url`.
pub fn append(url: &mut String, name: &str, value: &str) {
    url.push(if contains(url, "?") { '&' } else { '?' });
    url.push_str(&encode(name));
    url.push('=');
    url.push_str(&encode(value));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_what_would_break_out() {
        let mut query = Query::default();
        query.add::<()>("a&b".into(), "1=2&c#ä +".into()).unwrap();
        query.add_default("a&b", "ignored");
        query.add_default("player_id", "johny");
        let mut url = String::from("https://x/y");
        query.append_to(&mut url);
        append(&mut url, "jwt", "c:d");
        assert_eq!(
            url,
            "https://x/y?a%26b=1%3D2%26c%23%C3%A4%20%2B&player_id=johny&jwt=c%3Ad"
        );
    }

    #[test]
    fn refuses_tokens() {
        for name in ["access_token", "jwt"] {
            let refused = Query::default().add::<()>(name.into(), "x".into());
            assert_eq!(refused.unwrap_err().code, code::INVALID_QUERY);
        }
    }
}
