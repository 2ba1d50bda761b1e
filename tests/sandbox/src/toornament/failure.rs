//! How calls fail: a status, and what was wrong with which part of the request.

use serde_json::{Map, Value, json};

use crate::http::Answer;

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub struct Problem {
    message: String,
    /// The part of the request: `query`, `body`, `header` or `request`.
    part: &'static str,
    /// Where it is in that part, and what is there.
    place: Option<(String, Value)>,
    kind: Option<&'static str>,
}

impl Problem {
    /// Something wrong with a part of the request.
    pub fn new(part: &'static str, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            part,
            place: None,
            kind: None,
        }
    }

    /// The same, at that place of it.
    pub fn at(mut self, path: &str, value: Value) -> Self {
        self.place = Some((path.to_owned(), value));
        self
    }

    /// The same, of a type that has a name.
    pub fn of_type(mut self, kind: &'static str) -> Self {
        self.kind = Some(kind);
        self
    }

    fn to_json(&self) -> Value {
        let mut map = Map::new();
        map.insert("message".to_owned(), self.message.as_str().into());
        map.insert("scope".to_owned(), self.part.into());
        if let Some((path, value)) = &self.place {
            map.insert("property_path".to_owned(), path.as_str().into());
            map.insert("invalid_value".to_owned(), value.clone());
        }
        if let Some(kind) = self.kind {
            map.insert("type".to_owned(), kind.into());
        }
        map.into()
    }
}

/// Why a call fails.
#[derive(Clone, Debug)]
pub struct Failure {
    status: u16,
    problems: Vec<Problem>,
}

impl Failure {
    /// One thing is wrong.
    pub fn new(status: u16, part: &'static str, message: impl Into<String>) -> Self {
        Self::of(status, vec![Problem::new(part, message)])
    }

    /// All of these are.
    pub fn of(status: u16, problems: Vec<Problem>) -> Self {
        Self { status, problems }
    }

    /// The call is a bad one for that one reason.
    pub fn bad(problem: Problem) -> Self {
        Self::of(400, vec![problem])
    }

    /// There is nothing there.
    pub fn not_found() -> Self {
        Self::new(404, "request", "The resource was not found")
    }

    /// That can't be done there.
    pub fn not_allowed() -> Self {
        Self::new(405, "request", "The method is not allowed")
    }

    /// A range that can't be served.
    pub fn range(status: u16, message: impl Into<String>) -> Self {
        Self::new(status, "header", message)
    }

    /// The answer.
    pub fn answer(&self) -> Answer {
        let errors: Vec<Value> = self.problems.iter().map(Problem::to_json).collect();
        Answer::json_with(self.status, &json!({ "errors": errors }))
    }
}
