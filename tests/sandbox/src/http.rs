//! Plain requests and answers: what a shell hands in and gets back.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::codes::{Code, Envelope};

/// The content type of every JSON answer, as recorded.
pub const JSON: &str = "application/json; charset=utf-8";

/// The largest body that a shell reads.
pub const MAX_BODY: usize = 4 << 20;

/// A request as it came over the wire.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The method, in capitals.
    pub method: String,
    /// The path as sent (still percent-encoded), without the query.
    pub path: String,
    /// The query as sent, without the `?`.
    pub query: String,
    /// All headers; names in lower case.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: Vec<u8>,
}

impl Request {
    /// A request without headers and body; `target` may hold a query.
    pub fn new(method: &str, target: &str) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            ..Self::default()
        }
    }

    /// The same with one more header.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers
            .push((name.to_ascii_lowercase(), value.to_owned()));
        self
    }

    /// The same with a JSON body.
    pub fn with_json(self, body: &Value) -> Self {
        let mut request = self.with_header("content-type", "application/json");
        request.body = body.to_string().into_bytes();
        request
    }

    /// The first header of that (lower case) name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }

    /// The scheme of the `Authorization` header, and what follows it.
    pub fn authorization(&self) -> Option<(&str, &str)> {
        let (scheme, credential) = self.header("authorization")?.split_once(' ')?;
        let credential = credential.trim();
        (!credential.is_empty()).then_some((scheme, credential))
    }

    /// The path's decoded segments. Trailing slashes are dropped; `None` when
    /// it has no leading slash or a broken escape.
    pub fn segments(&self) -> Option<Vec<String>> {
        self.path
            .strip_prefix('/')?
            .trim_end_matches('/')
            .split('/')
            .map(decode_segment)
            .collect()
    }

    /// The query, decoded.
    pub fn query(&self) -> Query {
        Query(
            form_urlencoded::parse(self.query.as_bytes())
                .into_owned()
                .collect(),
        )
    }

    /// The body as a sent form, decoded.
    pub fn form(&self) -> Query {
        Query(form_urlencoded::parse(&self.body).into_owned().collect())
    }

    /// The cookie of that name.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .filter(|(header, _)| header == "cookie")
            .flat_map(|(_, value)| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(n, _)| *n == name)
            .map(|(_, value)| value)
    }

    /// The body as JSON: `{}` when it is empty, an error when it isn't JSON.
    pub fn json(&self) -> Result<Value, Envelope> {
        if self.body.iter().all(u8::is_ascii_whitespace) {
            return Ok(Value::Object(Map::new()));
        }
        serde_json::from_slice(&self.body)
            .map_err(|e| Envelope::validation("body", &format!("is not JSON: {e}")))
    }

    /// The body as a JSON object: `{}` when it is empty.
    pub fn json_object(&self) -> Result<Map<String, Value>, Envelope> {
        match self.json()? {
            Value::Object(map) => Ok(map),
            _ => Err(Envelope::validation("body", "must be an object")),
        }
    }
}

fn decode_segment(segment: &str) -> Option<String> {
    percent_decode_str(segment)
        .decode_utf8()
        .ok()
        .map(std::borrow::Cow::into_owned)
}

/// A decoded query, or a form, which is written like one.
#[derive(Clone, Debug, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// The first value of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }

    /// The first value of that name, if it isn't empty.
    pub fn filled(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|v| !v.is_empty())
    }

    /// All values of that name.
    pub fn all(&self, name: &str) -> Vec<&str> {
        let named = self.0.iter().filter(|(n, _)| n == name);
        named.map(|(_, v)| v.as_str()).collect()
    }

    /// Whether that name comes more than once.
    pub fn is_repeated(&self, name: &str) -> bool {
        self.0.iter().filter(|(n, _)| n == name).count() > 1
    }

    /// Name to value; names that come more than once have an array.
    pub fn to_json(&self) -> Value {
        let mut map = Map::new();
        for (name, value) in &self.0 {
            let value = Value::from(value.as_str());
            match map.get_mut(name) {
                None => {
                    map.insert(name.clone(), value);
                }
                Some(Value::Array(values)) => values.push(value),
                Some(first) => *first = Value::Array(vec![first.take(), value]),
            }
        }
        Value::Object(map)
    }
}

/// An answer as it goes over the wire.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// All headers; names in lower case.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: Vec<u8>,
}

impl Answer {
    /// An answer with a body of that content type.
    pub fn new(status: u16, content_type: &str, body: Vec<u8>) -> Self {
        Self {
            status,
            headers: vec![("content-type".to_owned(), content_type.to_owned())],
            body,
        }
    }

    /// 200 and JSON.
    pub fn json(value: &Value) -> Self {
        Self::json_with(200, value)
    }

    /// JSON with that status.
    pub fn json_with(status: u16, value: &Value) -> Self {
        Self::new(status, JSON, value.to_string().into_bytes())
    }

    /// 200 and `{message}`, as the delete calls answer.
    pub fn message(text: &str) -> Self {
        Self::json(&serde_json::json!({ "message": text }))
    }

    /// A status without a body.
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// The first header of that (lower case) name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }

    /// Sets a header, replacing what was there.
    pub fn set_header(&mut self, name: &str, value: &str) {
        let name = name.to_ascii_lowercase();
        self.headers.retain(|(n, _)| *n != name);
        self.headers.push((name, value.to_owned()));
    }

    /// The same with one more header.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.set_header(name, value);
        self
    }
}

impl From<Envelope> for Answer {
    fn from(envelope: Envelope) -> Self {
        Self::json_with(envelope.code.status(), &envelope.to_json())
    }
}

impl From<Code> for Answer {
    fn from(code: Code) -> Self {
        Envelope::new(code, code.text()).into()
    }
}
