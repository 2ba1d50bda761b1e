//! Judging what the `token` option gave: a string, an object or a `Response`.

use crate::core::answer::Envelope;
use crate::core::error::{Error, code};
use crate::core::host::{Answer, Given};
use crate::core::text::{concat, number};
use crate::core::token::{Life, Token};
use crate::core::value::Value;

const TAKES: &str = "give a string, an object with `access_token`, or a Response whose body is one";

/// The token in what was given.
///
/// # Errors
/// An `AuthError` that names what was given and what would be right; it holds no part of it.
pub async fn judge<A: Answer>(
    given: Given<A::Value, A>,
    fresh: bool,
    now: impl Fn() -> f64,
) -> Result<Token<A::Value>, Error<A::Value>> {
    let value = match given {
        Given::Value(value) => value,
        Given::Answer(answer) => read_answer(answer).await?,
    };
    from_value(value, fresh, now())
}

fn from_value<V: Value>(value: V, fresh: bool, now: f64) -> Result<Token<V>, Error<V>> {
    if let Some(text) = value.as_text() {
        let life = Life {
            fresh,
            ..Life::default()
        };
        return Token::new(text, life, now);
    }
    let Some(field) = value.get("access_token") else {
        return Err(invalid(&match value.kind().as_str() {
            "object" => "an object without `access_token`".to_owned(),
            kind => kind.to_owned(),
        }));
    };
    let Some(text) = field.as_text() else {
        return Err(invalid(&concat(&[
            "an `access_token` that is of type ",
            &field.kind(),
        ])));
    };
    let seconds = |name| value.get(name).and_then(|field: V| field.as_number());
    let life = Life {
        expires_in: seconds("expires_in"),
        expires_at: seconds("expires_at"),
        fresh,
    };
    Token::new(text, life, now)
}

async fn read_answer<A: Answer>(answer: A) -> Result<A::Value, Error<A::Value>> {
    let status = answer.status();
    let text = answer
        .text()
        .await
        .map_err(|cause| Error::network("the answer with the token broke off".to_owned(), cause))?;
    let body = A::Value::parse(&text);
    if (200..300).contains(&status) {
        return body.ok_or_else(|| {
            let mut error = invalid("a Response whose body isn't JSON");
            error.status = Some(status);
            error
        });
    }
    let envelope = body.as_ref().and_then(Envelope::read);
    let mut error = match envelope {
        Some(envelope) => Error::auth(
            envelope.code,
            envelope.description.unwrap_or_else(|| {
                concat(&[
                    "the token request was answered with status ",
                    &number(status.into()),
                ])
            }),
        ),
        None => Error::auth(
            code::TOKEN_REQUEST_FAILED,
            concat(&[
                "the token request was answered with status ",
                &number(status.into()),
                " and no error envelope",
            ]),
        ),
    };
    error.status = Some(status);
    error.retryable = matches!(status, 408 | 429 | 500 | 502 | 503 | 504);
    Err(error)
}

fn invalid<V>(what: &str) -> Error<V> {
    Error::auth(
        code::INVALID_TOKEN,
        concat(&["the `token` option gave ", what, "; ", TAKES]),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value as Json, json};

    fn given(value: Json) -> Result<Token<Json>, Error<Json>> {
        from_value(value, true, 1000.0)
    }

    #[test]
    fn takes_strings_and_records() {
        assert_eq!(given(json!("abc")).unwrap().ends, None);
        let record = json!({"access_token": "abc", "expires_in": 10});
        assert_eq!(given(record).unwrap().ends, Some(1010.0));
        let record = json!({"access_token": "abc", "expires_in": "10"});
        assert_eq!(given(record).unwrap().ends, Some(1010.0));
        let record = json!({"access_token": "abc", "expires_at": 1500.0});
        assert_eq!(given(record).unwrap().ends, Some(1500.0));
    }

    #[test]
    fn names_what_was_wrong() {
        for (value, what) in [
            (json!(null), "gave null"),
            (json!(7), "gave number"),
            (json!({"jwt": "abc"}), "an object without `access_token`"),
            (json!({"access_token": 7}), "of type number"),
            (json!({"access_token": ""}), "is empty"),
            (json!(""), "is empty"),
        ] {
            let error = given(value).unwrap_err();
            assert_eq!(error.code, code::INVALID_TOKEN);
            assert!(error.message.contains(what), "{}", error.message);
        }
    }
}
