//! What every answer says beside its body.

use serde_json::{Value as Json, json};

use super::{Asked, Refusal, origin};

/// An answer; its body is made here, or passes through from the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers. What stands in them was made or checked here: nothing is echoed.
    pub headers: Vec<(&'static str, String)>,
    /// The body, if it was made here.
    pub body: Option<String>,
}

impl Answer {
    /// One without a body.
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: None,
        }
    }

    /// One with a body of JSON.
    pub fn json(status: u16, body: &Json) -> Self {
        Self {
            status,
            headers: vec![
                ("content-type", "application/json; charset=utf-8".to_owned()),
                ("x-content-type-options", "nosniff".to_owned()),
            ],
            body: Some(body.to_string()),
        }
    }

    /// A refusal.
    pub fn refusal(refusal: &Refusal) -> Self {
        let Refusal {
            status,
            code,
            description,
        } = refusal;
        let body = json!({ "error": code, "error_description": description });
        Self::json(*status, &body)
    }

    /// There are these methods only.
    pub fn not_allowed(methods: String) -> Self {
        let refusal = Refusal::new(
            405,
            "method_not_allowed",
            "This takes other methods; the header Allow names them",
        );
        Self::refusal(&refusal).with("allow", methods)
    }

    /// What a browser hears that asks whether it may.
    pub fn preflight(asked: &Asked, allow_origins: &[String], methods: String) -> Self {
        let answer = Self::empty(204);
        if origin::foreign(asked, allow_origins).is_none() {
            return answer;
        }
        let headers = match asked.path.starts_with("/api/") {
            true => "authorization, content-type, range",
            false => "authorization, content-type",
        };
        answer
            .with("access-control-allow-methods", methods)
            .with("access-control-allow-headers", headers)
            .with("access-control-max-age", "600")
    }

    /// The same with another header.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same, with what every answer to that request has.
    pub fn to(self, asked: &Asked, allow_origins: &[String]) -> Self {
        let vary = match origin::is_safe(asked.method) {
            true => "Origin, Sec-Fetch-Site",
            false => "Origin",
        };
        let mut answer = self.with("cache-control", "no-store").with("vary", vary);
        if asked.method == "HEAD" {
            answer.body = None;
        }
        match origin::foreign(asked, allow_origins) {
            // A page of this origin needs no CORS headers.
            None => answer,
            Some(origin) => answer
                .with("access-control-allow-origin", origin)
                .with("access-control-allow-credentials", "true")
                .with(
                    "access-control-expose-headers",
                    "accept-ranges, content-range, etag, retry-after",
                ),
        }
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        Self::refusal(&refusal)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{LOGIN_REQUIRED, asked};
    use super::*;

    fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
        let mut found = answer.headers.iter().filter(|(known, _)| *known == name);
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} comes once");
        value
    }

    #[test]
    fn no_answer_is_kept() {
        let allowed = ["https://b.example".to_owned()];
        for (method, vary) in [("POST", "Origin"), ("GET", "Origin, Sec-Fetch-Site")] {
            for origin in [
                None,
                Some("https://a.example"),
                Some("https://evil.example"),
            ] {
                let answer =
                    Answer::refusal(&LOGIN_REQUIRED).to(&asked(method, origin, None), &allowed);
                assert_eq!(header(&answer, "cache-control"), Some("no-store"));
                assert_eq!(header(&answer, "vary"), Some(vary));
                assert_eq!(header(&answer, "access-control-allow-origin"), None);
            }
        }
        let foreign = asked("POST", Some("https://b.example"), None);
        let answer = Answer::empty(204).to(&foreign, &allowed);
        let told = header(&answer, "access-control-allow-origin");
        assert_eq!(told, Some("https://b.example"));
        let credentials = header(&answer, "access-control-allow-credentials");
        assert_eq!(credentials, Some("true"));
    }

    #[test]
    fn a_refusal_is_an_envelope() {
        let answer = Answer::refusal(&LOGIN_REQUIRED);
        let body: Json = serde_json::from_str(&answer.body.unwrap()).unwrap();
        let expected =
            json!({"error": "login_required", "error_description": "Nobody is signed in here"});
        assert_eq!((answer.status, body), (401, expected));
    }

    #[test]
    fn a_head_has_no_body() {
        let answer = Answer::refusal(&LOGIN_REQUIRED).to(&asked("HEAD", None, None), &[]);
        assert_eq!(answer.body, None);
    }

    #[test]
    fn only_foreign_pages_ask_before() {
        let allowed = ["https://b.example".to_owned()];
        let preflight = |origin| {
            let asked = asked("OPTIONS", Some(origin), None);
            Answer::preflight(&asked, &allowed, "GET, HEAD".into())
        };
        let told = preflight("https://b.example");
        let methods = header(&told, "access-control-allow-methods");
        assert_eq!(methods, Some("GET, HEAD"));
        assert_eq!(preflight("https://a.example"), Answer::empty(204));
    }
}
