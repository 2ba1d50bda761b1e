//! Reading what there was for a token: what the `token` option gave (a string, an object or a
//! `Response`), or the service's own.

use crate::core::error::Error;
use crate::core::grant;
use crate::core::host::{Given, Host};
use crate::core::provider::errors::OURS;
use crate::core::record::Record;
use crate::core::value::Value;

const TAKES: &str = "give a string, an object with `access_token`, or a Response whose body is one";

/// The record in what `giver` gave; a text is a token of which nothing else is known.
///
/// # Errors
/// An `AuthError` that names what was given and what would be right; it holds no part of it.
pub async fn read<H: Host>(
    host: &H,
    giver: &str,
    given: Given<H::Value, H::Answer>,
) -> Result<Record, Error<H::Value>> {
    let (value, date) = match given {
        Given::Value(value) => (value, None),
        Given::Answer(answer) => {
            let answered = grant::read(answer, OURS, giver, TAKES).await?;
            (answered.body, answered.date)
        }
        Given::Record(record) => return Ok(record),
    };
    let mut record = match value.as_text() {
        Some(text) => Record::bare(text),
        None => Record::read(&value, &|text| host.date(text))
            .map_err(|found| grant::invalid(giver, &found, TAKES))?,
    };
    record.given_at = date.and_then(|date| host.date(&date));
    Ok(record)
}
