//! `/auth` and `/logout`: the pages of the sign-in.

use crate::codes::Code;
use crate::http::{Answer, Request};
use crate::oauth::authorize::{Authorization, Refusal};
use crate::oauth::redirects::origin;
use crate::oauth::sessions::Session;
use crate::pages;
use crate::pages::consent::{Consent, Face, Who};
use crate::sandbox::{Call, Sandbox};

const COOKIE: &str = "playoff_sandbox";

/// Whether a person's browser goes there, rather than a script.
pub fn is_page(request: &Request) -> bool {
    request.segments().is_some_and(
        |segments| matches!(&segments[..], [page] if page == "auth" || page == "logout"),
    )
}

/// Answers `GET /auth`: asks the player.
pub fn ask(sandbox: &mut Sandbox, call: &mut Call) -> Answer {
    let authorization = match sandbox.oauth.authorization(&call.request.query()) {
        Ok(authorization) => authorization,
        Err(refusal) => return refuse(sandbox, refusal),
    };
    let sessions = &mut sandbox.oauth.sessions;
    let cookie = call.request.cookie(COOKIE);
    match cookie.and_then(|id| sessions.get(id, call.now).cloned()) {
        Some(session) => consent(sandbox, call, &authorization, &session, None),
        None => {
            let (id, session) = sessions.start(call.now, &mut call.entropy);
            let page = consent(sandbox, call, &authorization, &session, None);
            with_cookie(page, &id, "")
        }
    }
}

/// Answers `POST /auth`: what the player decided.
pub fn decide(sandbox: &mut Sandbox, call: &mut Call) -> Answer {
    let authorization = match sandbox.oauth.authorization(&call.request.query()) {
        Ok(authorization) => authorization,
        Err(refusal) => return refuse(sandbox, refusal),
    };
    let form = call.request.form();
    let again = format!("/auth?{}", call.request.query);
    let session = call.request.cookie(COOKIE).and_then(|id| {
        let session = sandbox.oauth.sessions.get(id, call.now)?;
        let sent = form.get("form_token");
        (sent == Some(&session.form_token)).then_some((id, session))
    });
    let Some((id, session)) = session else {
        return pages::message(
            403,
            "This form no longer counts",
            "It belongs to a session of this browser that has ended, or to none.",
            Some((&again, "Start again")),
        );
    };
    match form.get("decision") {
        Some("allow") => match form.filled("player").filter(|p| exists(sandbox, p)) {
            Some(player) => {
                let oauth = &mut sandbox.oauth;
                oauth.sessions.sign_in(id, Some(player));
                let address = oauth.allow(authorization, player, call.now, &mut call.entropy);
                pages::redirect(&address)
            }
            None => {
                let problem = Some("Choose a player.");
                consent(sandbox, call, &authorization, session, problem)
            }
        },
        Some("deny") => {
            let why = "The player denied it";
            let back = &authorization.back;
            pages::redirect(&sandbox.oauth.deny(back, Code::AccessDenied, why))
        }
        Some("switch") => {
            sandbox.oauth.sessions.sign_in(id, None);
            pages::redirect(&again)
        }
        _ => pages::message(
            400,
            "This form is not complete",
            "It doesn't say whether you allow it.",
            Some((&again, "Start again")),
        ),
    }
}

/// Answers `GET /logout`: the browser is signed out, whatever becomes of `next`.
pub fn sign_out(sandbox: &mut Sandbox, call: &Call) -> Answer {
    if let Some(id) = call.request.cookie(COOKIE) {
        sandbox.oauth.sessions.end(id);
    }
    let query = call.request.query();
    let answer = match query.filled("next") {
        None => pages::message(200, "You are signed out", "You may close this page.", None),
        Some(next) if is_of_a_client(sandbox, next) => pages::redirect(next),
        Some(_) => pages::message(
            400,
            "You are signed out",
            "The address to go on to belongs to none of the clients.",
            None,
        ),
    };
    with_cookie(answer, "", "; Max-Age=0")
}

fn refuse(sandbox: &Sandbox, refusal: Refusal) -> Answer {
    match refusal {
        Refusal::Here(why) => pages::message(400, "This sign-in can't go on", why, None),
        Refusal::Back(back, code, why) => pages::redirect(&sandbox.oauth.deny(&back, code, why)),
    }
}

fn consent(
    sandbox: &Sandbox,
    call: &Call,
    authorization: &Authorization,
    session: &Session,
    problem: Option<&str>,
) -> Answer {
    let players = &sandbox.game.players;
    let signed_in = session.player.as_ref().and_then(|id| players.get(id));
    let face = |id, alias| Face { id, alias };
    let page = Consent {
        authorization,
        query: &call.request.query,
        form_token: &session.form_token,
        who: match signed_in {
            Some(player) => Who::SignedIn(face(&player.id, &player.alias)),
            None => Who::Anyone(players.values().map(|p| face(&p.id, &p.alias)).collect()),
        },
        problem,
    };
    page.render(if problem.is_some() { 400 } else { 200 })
}

fn exists(sandbox: &Sandbox, player: &str) -> bool {
    sandbox.game.players.contains_key(player)
}

/// Whether one of the clients is at home there, by its redirect addresses.
fn is_of_a_client(sandbox: &Sandbox, address: &str) -> bool {
    let clients = sandbox.oauth.clients.values();
    origin(address).is_some_and(|wanted| {
        clients
            .flat_map(|c| &c.redirect_uris)
            .any(|uri| origin(uri) == Some(wanted))
    })
}

/// `Lax`: a page of another site may lead the browser here, but it can't send the form. Without
/// `Secure`, as there is no TLS on loopback.
fn with_cookie(answer: Answer, value: &str, more: &str) -> Answer {
    let cookie = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax{more}");
    answer.with_header("set-cookie", &cookie)
}
