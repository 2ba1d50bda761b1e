//! How services write errors.

use super::Text;
use crate::core::error::code;
use crate::core::text::join;
use crate::core::tree::Tree;

/// A form of error body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decoder {
    /// `{error, error_description, data}` (RFC 6749, section 5.2).
    OAuth,
    /// `{error_message}`.
    ErrorMessage,
    /// `{errors: [{message, type, ...}]}`: the list is the error's `data`.
    Errors,
    /// `{message}`.
    Message,
}

/// What an error body says.
#[derive(Clone, Debug, PartialEq)]
pub struct Envelope<V> {
    /// What a program asks for.
    pub code: Option<String>,
    /// What a person reads.
    pub description: Option<String>,
    /// What else there is.
    pub data: Option<V>,
}

impl<V> Envelope<V> {
    /// The code, where the service gave one.
    pub fn code_or(self, other: &'static str) -> Text {
        match self.code {
            Some(code) => code.into(),
            None => other.into(),
        }
    }
}

impl Decoder {
    /// Reads a body; `None` where it has another form.
    pub fn read<V: Tree>(self, body: &V) -> Option<Envelope<V>> {
        let plain = |description: String| Envelope {
            code: None,
            description: Some(description),
            data: None,
        };
        match self {
            Self::OAuth => Some(Envelope {
                code: Some(body.text_at("error").filter(|code| !code.is_empty())?),
                description: body.text_at("error_description"),
                data: body.get("data"),
            }),
            Self::ErrorMessage => body.text_at("error_message").map(plain),
            Self::Message => body.text_at("message").map(plain),
            Self::Errors => {
                let list = body.get("errors")?;
                let mut messages = Vec::new();
                let mut first = None;
                for index in 0..list.length()? {
                    let one = list.at(index);
                    messages.extend(one.text_at("message"));
                    first = first.or_else(|| one.text_at("type"));
                }
                Some(Envelope {
                    code: first,
                    description: Some(join(&messages, "; ")).filter(|text| !text.is_empty()),
                    data: Some(list),
                })
            }
        }
    }

    /// What the first of these forms that fits reads.
    pub fn first<V: Tree>(decoders: &[Self], body: Option<&V>) -> Option<Envelope<V>> {
        let body = body?;
        decoders.iter().find_map(|decoder| decoder.read(body))
    }
}

/// The form that our own workers and backends write.
pub const OURS: &[Decoder] = &[Decoder::OAuth];

/// The code of an error that names none.
pub const UNNAMED: &str = code::HTTP_ERROR;

#[cfg(test)]
mod tests {
    use super::super::presets::{KUMITE, PLAYOFF, TOORNAMENT};
    use super::*;
    use crate::core::provider::Provider;
    use serde_json::{Value as Json, json};

    fn read(
        provider: &Provider,
        body: Json,
    ) -> Option<(Option<String>, Option<String>, Option<Json>)> {
        let envelope = Decoder::first(&provider.errors, Some(&body))?;
        Some((envelope.code, envelope.description, envelope.data))
    }

    #[test]
    fn each_service_writes_its_own_form() {
        let oauth = json!({"error": "e", "error_description": "d", "data": [1]});
        let expected = (Some("e".into()), Some("d".into()), Some(json!([1])));
        assert_eq!(read(&PLAYOFF, oauth.clone()), Some(expected.clone()));
        assert_eq!(read(&TOORNAMENT, oauth), Some(expected));

        let message = json!({"error_message": "no"});
        assert_eq!(
            read(&KUMITE, message.clone()),
            Some((None, Some("no".into()), None))
        );
        assert_eq!(read(&PLAYOFF, message), None);

        let list = json!([{"message": "a", "scope": "query"}, {"message": "b", "type": "match_integrity"}]);
        let expected = (
            Some("match_integrity".into()),
            Some("a; b".into()),
            Some(list.clone()),
        );
        assert_eq!(read(&TOORNAMENT, json!({ "errors": list })), Some(expected));
        let bare = (None, Some("m".into()), None);
        assert_eq!(read(&TOORNAMENT, json!({"message": "m"})), Some(bare));
    }

    #[test]
    fn what_has_no_form_says_nothing() {
        // As the framework behind a service writes unknown routes: its `error` is no code.
        let spring = json!({"timestamp": 1, "path": "/x", "status": 404, "error": "Not Found"});
        assert_eq!(read(&KUMITE, spring), None);
        for other in [
            json!({}),
            json!([]),
            json!(null),
            json!("e"),
            json!({"errors": "x"}),
            json!({"error": "", "error_description": "d"}),
        ] {
            assert_eq!(read(&TOORNAMENT, other), None);
        }
        assert_eq!(Decoder::first::<Json>(&TOORNAMENT.errors, None), None);
    }
}
