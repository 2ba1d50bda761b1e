//! What a body may hold.

use serde_json::Value;

use super::failure::Problem;
use super::store::Row;
use crate::time;

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A text of so many characters at most.
    Text(usize),
    /// An id: a text, never a number.
    Id,
    /// A whole number.
    Number,
    /// True or false.
    Flag,
    /// An array.
    List,
    /// An object.
    Object,
    /// One of these.
    Choice(&'static [&'static str]),
    /// A moment with its offset from UTC (RFC 3339).
    Moment,
}

/// A field of a body. Whatever isn't listed is kept as it was sent.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    name: &'static str,
    kind: Kind,
    /// Whether nothing can be made without it.
    required: bool,
}

impl Field {
    /// A field that may be left out, or be `null`.
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            required: false,
        }
    }

    /// A field that nothing can be made without.
    pub const fn required(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            required: true,
        }
    }

    fn check(&self, body: &Row, making: bool) -> Option<Problem> {
        let value = body.get(self.name).unwrap_or(&Value::Null);
        let missing = self.required && value.is_null() && (making || body.contains_key(self.name));
        let message = match missing {
            true => Some("This value should not be null."),
            false if value.is_null() => None,
            false => self.kind.objection(value),
        };
        message.map(|m| Problem::new("body", m).at(self.name, value.clone()))
    }
}

impl Kind {
    fn objection(self, value: &Value) -> Option<&'static str> {
        let text = value.as_str();
        match self {
            Kind::Text(most) => match text {
                Some("") => Some("This value should not be blank."),
                Some(text) if text.chars().count() > most => Some("This value is too long."),
                Some(_) => None,
                None => Some("This value should be of type string."),
            },
            Kind::Id if text.is_none() => Some("This value should be of type string."),
            Kind::Number if !value.is_i64() => Some("This value should be of type integer."),
            Kind::Flag if !value.is_boolean() => Some("This value should be of type boolean."),
            Kind::List if !value.is_array() => Some("This value should be of type array."),
            Kind::Object if !value.is_object() => Some("This value should be of type object."),
            Kind::Choice(choices) if !text.is_some_and(|t| choices.contains(&t)) => {
                Some("The value you selected is not a valid choice.")
            }
            Kind::Moment if text.and_then(time::parse_rfc3339).is_none() => {
                Some("This value is not a valid datetime.")
            }
            _ => None,
        }
    }
}

/// All that is wrong with a body.
pub fn check(body: &Row, fields: &[Field], making: bool) -> Vec<Problem> {
    fields
        .iter()
        .filter_map(|field| field.check(body, making))
        .collect()
}
