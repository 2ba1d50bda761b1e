//! Uploading in two steps: the bytes first, then whoever uses them names them.

use serde_json::{Value, json};

use super::Toornament;
use super::failure::{Failure, Problem};
use super::store::{Row, Store};
use crate::http::{Answer, Request};

/// The fields of other resources that name a file.
pub const FIELDS: [&str; 2] = ["logo", "background"];

const CONTEXTS: [&str; 7] = [
    "circuit_logo",
    "circuit_background",
    "circuit_sponsor",
    "tournament_logo",
    "tournament_background",
    "tournament_sponsor",
    "match_report_proof",
];
/// In which sizes each of the fields is served.
const LOGO: [&str; 4] = ["logo_small", "logo_medium", "logo_large", "original"];
const BACKGROUND: [&str; 4] = ["small_4x1", "medium_4x1", "full_4x1", "original"];

impl Toornament {
    /// Answers `POST /files?context=`: the body is the file itself.
    pub fn upload(&mut self, request: &Request) -> Result<Answer, Failure> {
        let query = request.query();
        let context = query.get("context").unwrap_or_default();
        if !CONTEXTS.contains(&context) {
            let problem = Problem::new("query", "The value you selected is not a valid choice.");
            return Err(Failure::bad(problem.at("context", context.into())));
        }
        if request.header("content-type").is_none() {
            return Err(Failure::new(400, "header", "Content-Type is missing"));
        }
        let disposition = request.header("content-disposition").unwrap_or_default();
        let mut parameters = disposition.split(';').skip(1).map(str::trim);
        if !parameters.any(|p| p.len() > "filename=".len() && p.starts_with("filename=")) {
            let text = "Content-Disposition must have a filename";
            return Err(Failure::new(400, "header", text));
        }
        if request.body.is_empty() {
            return Err(Failure::new(400, "body", "The file is empty"));
        }
        let file = json!({
            "id": self.store.new_id("files"),
            "context": context,
            "associated": false,
            "status": "available",
        });
        if let Value::Object(row) = &file {
            self.store.list_mut("files").push(row.clone());
        }
        Ok(Answer::json_with(201, &file))
    }
}

/// Shows the addresses of the files that a row names, which are in use now.
pub fn attach(store: &mut Store, row: &mut Row) {
    for (field, sizes) in FIELDS.into_iter().zip([LOGO, BACKGROUND]) {
        let Some(Value::Object(image)) = row.get_mut(field) else {
            continue;
        };
        let Some(id) = image.get("id").cloned() else {
            continue;
        };
        let name = id.as_str().unwrap_or_default();
        for size in sizes {
            let url = format!("https://media.example/file/{name}/{size}");
            image.insert(size.to_owned(), url.into());
        }
        for file in store.list_mut("files") {
            if file.get("id") == Some(&id) {
                file.insert("associated".to_owned(), true.into());
            }
        }
    }
}
