//! A browser without a screen: it keeps its cookie, reads a page's form and sends it.

use playoff_sandbox::{Answer, Request};

use crate::world::*;

#[derive(Default)]
pub struct Browser {
    pub cookie: Option<String>,
}

impl Browser {
    pub fn open(&mut self, world: &mut World, target: &str) -> Answer {
        self.go(world, Request::new("GET", target))
    }

    /// Sends the page's form with its hidden fields and these.
    pub fn submit(&mut self, world: &mut World, page: &Answer, fields: &[(&str, &str)]) -> Answer {
        let mut body = form_urlencoded::Serializer::new(String::new());
        for input in html(page).split("<input ").skip(1) {
            if input.starts_with("type=\"hidden\"") {
                body.append_pair(&attribute(input, "name"), &attribute(input, "value"));
            }
        }
        let body = body.extend_pairs(fields).finish();
        self.post(world, &action(page), &body)
    }

    pub fn post(&mut self, world: &mut World, target: &str, body: &str) -> Answer {
        let mut request = Request::new("POST", target)
            .with_header("content-type", "application/x-www-form-urlencoded");
        request.body = body.as_bytes().to_vec();
        self.go(world, request)
    }

    fn go(&mut self, world: &mut World, mut request: Request) -> Answer {
        if let Some(cookie) = &self.cookie {
            request = request.with_header("cookie", &format!("other=1; {cookie}"));
        }
        let answer = world.send(&request).answer;
        if let Some(cookie) = answer.header("set-cookie") {
            let ended = cookie.contains("Max-Age=0");
            let pair = cookie.split(';').next().unwrap().to_owned();
            self.cookie = (!ended).then_some(pair);
        }
        answer
    }
}

/// Where the page's form goes.
pub fn action(page: &Answer) -> String {
    let html = html(page);
    let (_, form) = html.split_once("<form ").expect("a form");
    attribute(form, "action")
}

pub fn html(answer: &Answer) -> String {
    assert_eq!(
        answer.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    String::from_utf8(answer.body.clone()).unwrap()
}

fn attribute(element: &str, name: &str) -> String {
    let (element, _) = element.split_once('>').unwrap();
    let (_, value) = element.split_once(&format!("{name}=\"")).unwrap();
    let (value, _) = value.split_once('"').unwrap();
    value
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// Where a redirect goes, and its parameters in their order.
pub fn redirect(answer: &Answer) -> (String, Vec<(String, String)>) {
    assert_eq!(
        answer.status,
        303,
        "{:?}",
        String::from_utf8_lossy(&answer.body)
    );
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
    assert!(answer.body.is_empty());
    let location = answer.header("location").unwrap();
    let (address, query) = location.split_once('?').unwrap_or((location, ""));
    let parameters = form_urlencoded::parse(query.as_bytes());
    (address.to_owned(), parameters.into_owned().collect())
}

/// One parameter of a redirect.
pub fn parameter(answer: &Answer, name: &str) -> Option<String> {
    let (_, parameters) = redirect(answer);
    let found = parameters.into_iter().find(|(n, _)| n == name);
    found.map(|(_, value)| value)
}
