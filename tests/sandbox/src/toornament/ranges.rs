//! `Range` and `Content-Range`: which part of a list is wanted, and which is given.

use super::failure::Failure;
use super::resources::Resource;
use crate::http::Request;

/// A part of a list, by the places of its first and last row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    from: usize,
    to: usize,
}

impl Range {
    /// Reads the header that every list wants: `unit=from-to`.
    pub fn read(request: &Request, resource: &Resource) -> Result<Self, Failure> {
        let malformed = || Failure::range(400, "The Range header is malformed");
        let header = request
            .header("range")
            .ok_or_else(|| Failure::range(400, "The Range header is missing"))?;
        let (unit, range) = header.split_once('=').ok_or_else(malformed)?;
        let (from, to) = range.split_once('-').ok_or_else(malformed)?;
        let from = number(from).ok_or_else(malformed)?;
        let to = number(to).ok_or_else(malformed)?;
        if unit != resource.unit {
            let text = format!("The unit must be '{}'", resource.unit);
            return Err(Failure::range(416, text));
        }
        if from > to {
            return Err(Failure::range(416, "The range ends before it begins"));
        }
        if to - from >= resource.max {
            let text = format!("The range can not exceed {} items", resource.max);
            return Err(Failure::range(416, text));
        }
        Ok(Self { from, to })
    }

    /// The part of so many rows that there is of it.
    pub fn within(self, total: usize) -> Result<Self, Failure> {
        match self.from < total {
            true => Ok(Self {
                from: self.from,
                to: self.to.min(total - 1),
            }),
            false => Err(Failure::range(416, "The range is out of bounds")),
        }
    }

    /// Cuts it out.
    pub fn cut<T>(self, rows: &[T]) -> &[T] {
        &rows[self.from..=self.to]
    }

    /// The header that tells which part it is.
    pub fn content_range(self, unit: &str, total: usize) -> String {
        format!("{unit} {}-{}/{total}", self.from, self.to)
    }
}

fn number(text: &str) -> Option<usize> {
    let digits = !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}
