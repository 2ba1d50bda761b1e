//! Toornament through the library.

mod access;
mod filters;
mod lists;
mod noise;
mod webhooks;
mod writes;

use playoff_sandbox::toornament::access::{API_KEY, CLIENT_ID, CLIENT_SECRET};
use playoff_sandbox::toornament::rows::id;
use playoff_sandbox::{Answer, Request};
use serde_json::{Value, json};

use crate::world::*;

const ORGANIZER: &str = "/toornament/organizer/v2";
const EVERYTHING: &str = "organizer:view organizer:admin organizer:result organizer:participant \
                          organizer:registration organizer:delete organizer:file organizer:circuit \
                          platform:user platform:team";

/// How organisers call.
impl World {
    fn token_request(&mut self, form: &str) -> Answer {
        let mut request = Request::new("POST", "/toornament/oauth/v2/token")
            .with_header("Content-Type", "application/x-www-form-urlencoded");
        request.body = form.as_bytes().to_vec();
        self.send(&request).answer
    }

    fn scoped_token(&mut self, scope: &str) -> String {
        let scope: String = form_urlencoded::byte_serialize(scope.as_bytes()).collect();
        let answer = self.token_request(&format!(
            "grant_type=client_credentials&client_id={CLIENT_ID}&client_secret={CLIENT_SECRET}\
             &scope={scope}"
        ));
        text(&json_of(&answer)["access_token"]).to_owned()
    }

    /// A request with key and token.
    fn organizer(&mut self, method: &str, route: &str) -> Request {
        let token = self.scoped_token(EVERYTHING);
        let target = match route.starts_with("/toornament") {
            true => route.to_owned(),
            false => format!("{ORGANIZER}{route}"),
        };
        Request::new(method, &target)
            .with_header("X-Api-Key", API_KEY)
            .with_header("Authorization", &format!("Bearer {token}"))
    }

    /// A part of a list.
    fn part(&mut self, route: &str, range: &str) -> Answer {
        let request = self.organizer("GET", route).with_header("Range", range);
        self.send(&request).answer
    }

    /// The ids of a list's first rows.
    fn ids(&mut self, route: &str, unit: &str) -> Vec<String> {
        let answer = self.part(route, &format!("{unit}=0-49"));
        if answer.status == 416 {
            return Vec::new();
        }
        assert!(matches!(answer.status, 200 | 206), "{route}: {answer:?}");
        let rows = json_of(&answer);
        let rows = rows.as_array().unwrap().iter();
        rows.map(|row| text(&row["id"]).to_owned()).collect()
    }

    fn write(&mut self, method: &str, route: &str, body: &Value) -> Answer {
        let request = self.organizer(method, route).with_json(body);
        self.send(&request).answer
    }

    fn single(&mut self, route: &str) -> Value {
        let request = self.organizer("GET", route);
        let answer = self.send(&request).answer;
        assert_eq!(answer.status, 200, "{route}: {answer:?}");
        json_of(&answer)
    }

    fn toornament(&mut self, settings: Value) {
        self.control("POST", "/toornament", Some(&settings));
    }

    fn seed_totals(&mut self, totals: Value) {
        self.control("POST", "/toornament/seed", Some(&totals));
    }
}

/// Status of an error, and part and place of each thing that was wrong.
fn problems(answer: &Answer) -> (u16, Vec<String>) {
    let body = json_of(answer);
    let errors = body["errors"]
        .as_array()
        .unwrap_or_else(|| panic!("{body}"));
    let one = |error: &Value| {
        assert!(error["message"].is_string(), "{error}");
        match error["property_path"].as_str() {
            Some(path) => format!("{}.{path}", text(&error["scope"])),
            None => text(&error["scope"]).to_owned(),
        }
    };
    (answer.status, errors.iter().map(one).collect())
}
