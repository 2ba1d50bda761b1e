//! The pages for people: HTML without scripts, pictures or anything else to be loaded.

pub mod consent;
mod html;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::http::Answer;
use html::escape;

const STYLE: &str = include_str!("style.css");

/// A page with one message; `next` is a link: address and words.
pub fn message(status: u16, title: &str, text: &str, next: Option<(&str, &str)>) -> Answer {
    let link = next.map(|(address, words)| {
        let (address, words) = (escape(address), escape(words));
        format!("\n<p><a href=\"{address}\">{words}</a></p>")
    });
    let text = escape(text);
    let content = format!("<p>{text}</p>{}", link.unwrap_or_default());
    page(status, title, &content, "'none'")
}

/// Sends the browser on. 303, so that it never sends the form along (RFC 9700 section 4.12).
pub fn redirect(address: &str) -> Answer {
    guarded(Answer::empty(303).with_header("location", address))
}

/// `content` is HTML; `form_action` says in the words of CSP where its forms may lead.
fn page(status: u16, title: &str, content: &str, form_action: &str) -> Answer {
    let title = escape(title);
    let html = format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>{STYLE}</style>
</head>
<body>
<main>
<p class="service">Playoff sandbox</p>
<h1>{title}</h1>
{content}
</main>
</body>
</html>
"#
    );
    let style = STANDARD.encode(Sha256::digest(STYLE));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{style}'; img-src data:; base-uri 'none'; \
         form-action {form_action}; frame-ancestors 'none'"
    );
    guarded(Answer::new(
        status,
        "text/html; charset=utf-8",
        html.into_bytes(),
    ))
    .with_header("content-security-policy", &policy)
    .with_header("x-frame-options", "DENY")
    .with_header("x-content-type-options", "nosniff")
}

/// What holds for redirects too: their addresses carry codes.
fn guarded(answer: Answer) -> Answer {
    answer
        .with_header("cache-control", "no-store")
        .with_header("referrer-policy", "no-referrer")
}
