//! Reading a token's claims for what is checked of them, without keeping them.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// What is checked of claims; `None` where one is missing.
#[derive(Debug, Default, PartialEq)]
pub struct Claims {
    /// `exp`
    pub expires_at: Option<Claim>,
    /// `iat`
    pub issued_at: Option<Claim>,
    /// `nbf`
    pub not_before: Option<Claim>,
    /// `player_id`
    pub player_id: Option<Claim>,
    /// `scopes`
    pub scopes: Option<Claim>,
}

/// What a claim's value is, as far as that matters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Claim {
    /// A whole number.
    Integer(i64),
    /// Text that isn't empty.
    Text,
    /// Text that is.
    EmptyText,
    /// A list of texts.
    Texts,
    /// Anything else.
    Other,
}

/// Claims of a JSON object that names each once: of two claims of one name, one could be checked
/// and the other used.
pub fn read(json: &str) -> Result<Claims, serde_json::Error> {
    serde_json::from_str(json)
}

impl<'de> Deserialize<'de> for Claims {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Claims;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Claims, A::Error> {
        let mut claims = Claims::default();
        let mut names: Vec<Name> = Vec::with_capacity(8);
        while let Some((name, claim)) = access.next_entry::<Name, Claim>()? {
            if names.contains(&name) {
                return Err(de::Error::custom("a name that comes twice"));
            }
            match &*name.0 {
                "exp" => claims.expires_at = Some(claim),
                "iat" => claims.issued_at = Some(claim),
                "nbf" => claims.not_before = Some(claim),
                "player_id" => claims.player_id = Some(claim),
                "scopes" => claims.scopes = Some(claim),
                _ => {}
            }
            names.push(name);
        }
        Ok(claims)
    }
}

/// A member's name, copied only where it holds an escape.
#[derive(PartialEq)]
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Name<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// Reads all of a value: an escape or a number that JSON doesn't have is found wherever it is.
impl<'de> Deserialize<'de> for Claim {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Claim;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Claim, E> {
        Ok(Claim::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Claim, E> {
        Ok(Claim::Other)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Claim, E> {
        Ok(Claim::Integer(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Claim, E> {
        Ok(i64::try_from(number).map_or(Claim::Other, Claim::Integer))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Claim, E> {
        Ok(Claim::Other)
    }

    fn visit_str<E>(self, text: &str) -> Result<Claim, E> {
        Ok(match text.is_empty() {
            true => Claim::EmptyText,
            false => Claim::Text,
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Claim, A::Error> {
        let mut all_texts = true;
        while let Some(item) = access.next_element()? {
            all_texts &= matches!(item, Claim::Text | Claim::EmptyText);
        }
        Ok(match all_texts {
            true => Claim::Texts,
            false => Claim::Other,
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Claim, A::Error> {
        while access.next_entry::<Claim, Claim>()?.is_some() {}
        Ok(Claim::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_each_claim_is() {
        let claims = read(
            r#"{"exp":-1,"iat":1.0,"nbf":"","player_id":"\u0061","scopes":["",""],"more":{"a":[null,true]}}"#,
        );
        let expected = Claims {
            expires_at: Some(Claim::Integer(-1)),
            issued_at: Some(Claim::Other),
            not_before: Some(Claim::EmptyText),
            player_id: Some(Claim::Text),
            scopes: Some(Claim::Texts),
        };
        assert_eq!(claims.unwrap(), expected);
        assert_eq!(read("{}").unwrap(), Claims::default());
        for other in [r#"["a",1]"#, "null", "false", "{}", "18446744073709551615"] {
            let claims = read(&format!(r#"{{"scopes":{other}}}"#)).unwrap();
            assert_eq!(claims.scopes, Some(Claim::Other), "{other}");
        }
    }

    #[test]
    fn refuses_what_json_doesnt_have() {
        for broken in [
            r#"{"a":1,"a":1}"#,
            r#"{"a":1,"\u0061":1}"#,
            r#"{"a":{"b":[1e400]}}"#,
            r#"{"a":["\ud800"]}"#,
            r#"{"a":{"\ud800":1}}"#,
            r#"{"a":1} 1"#,
            "[]",
            "",
        ] {
            assert!(read(broken).is_err(), "{broken}");
        }
    }
}
