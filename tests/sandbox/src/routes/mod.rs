//! Which path leads where.

pub mod admin;
pub mod assets;
pub mod control;
pub mod params;
pub mod runtime;
pub mod sign_in;
pub mod v1;

use serde_json::json;

use crate::codes::{Code, Envelope};
use crate::http::{Answer, Request};
use crate::oauth::clients::Right;
use crate::oauth::credentials::Caller;
use crate::oauth::tokens::{Filter, Scope};
use crate::sandbox::{Call, Sandbox};

/// Answers every call but the control routes'.
pub fn answer(sandbox: &mut Sandbox, call: &mut Call) -> Result<Answer, Envelope> {
    let segments = call.request.segments().ok_or(Code::RouteNotFound)?;
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match (method(call.request), &segments[..]) {
        ("GET", [""]) => Ok(index()),
        ("GET", ["auth"]) => Ok(sign_in::ask(sandbox, call)),
        ("POST", ["auth"]) => Ok(sign_in::decide(sandbox, call)),
        ("GET", ["logout"]) => Ok(sign_in::sign_out(sandbox, call)),
        ("POST", ["auth", "token"]) => {
            let Call {
                request,
                now,
                entropy,
                ..
            } = call;
            sandbox.oauth.token_endpoint(request, *now, entropy)
        }
        (_, ["v1" | "v2", route @ ..]) => api(sandbox, call, segments[0], route),
        _ => Err(Code::RouteNotFound.into()),
    }
}

fn api(
    sandbox: &mut Sandbox,
    call: &mut Call,
    version: &str,
    route: &[&str],
) -> Result<Answer, Envelope> {
    // The real service looks at the token before the route: clients renew a
    // bad one whatever they asked for.
    let caller = sandbox.oauth.caller(call.request, call.now)?;
    sandbox.plan.count_call()?;
    match (version, method(call.request), route) {
        (_, "POST", ["logout"]) => Ok(logout(sandbox, &caller)),
        ("v2", _, ["runtime", rest @ ..]) => runtime::answer(sandbox, call, &caller, rest),
        ("v2", _, ["admin", rest @ ..]) => admin::answer(sandbox, call, &caller, rest),
        ("v1", _, rest) => v1::answer(sandbox, call, &caller, rest),
        _ => Err(Code::RouteNotFound.into()),
    }
}

/// The method; HEAD is GET whose body the shell leaves out.
fn method(request: &Request) -> &str {
    match request.method.as_str() {
        "HEAD" => "GET",
        method => method,
    }
}

/// Reading is GET; everything else is writing.
fn demand(caller: &Caller, request: &Request, read: Right, write: Right) -> Result<(), Envelope> {
    let needed = match method(request) {
        "GET" => read,
        _ => write,
    };
    match caller.rights.contains(&needed) {
        true => Ok(()),
        false => Err(Envelope::new(
            Code::AccessDenied,
            format!(
                "The token has no access to this route: it needs {}",
                needed.scope()
            ),
        )),
    }
}

fn logout(sandbox: &mut Sandbox, caller: &Caller) -> Answer {
    let filter = Filter {
        text: Some(caller.token.clone()),
        ..Filter::default()
    };
    sandbox.oauth.tokens.revoke(&filter);
    if caller.token.contains(':') {
        sandbox.oauth.ended.end_text(&caller.token);
    }
    Answer::message("You have been logged out")
}

fn index() -> Answer {
    Answer::json(&json!({
        "name": "playoff-sandbox",
        "routes": [
            "/auth", "/auth/token", "/logout",
            "/v2/runtime/...", "/v2/admin/...", "/v2/logout", "/v1/...", "/control",
        ],
    }))
}
