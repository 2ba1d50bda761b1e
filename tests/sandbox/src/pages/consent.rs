//! The page on which a player lets a client in.

use super::html::escape;
use super::page;
use crate::http::Answer;
use crate::oauth::authorize::Authorization;
use crate::oauth::clients::Right;
use crate::oauth::redirects::origin;

/// A player as the page shows them.
#[derive(Clone, Copy, Debug)]
pub struct Face<'a> {
    /// The id.
    pub id: &'a str,
    /// The name that others see.
    pub alias: &'a str,
}

/// Who is at the browser.
#[derive(Debug)]
pub enum Who<'a> {
    /// Nobody knows: they choose.
    Anyone(Vec<Face<'a>>),
    /// The one who signed in before.
    SignedIn(Face<'a>),
}

/// What the page is made of.
#[derive(Debug)]
pub struct Consent<'a> {
    /// What the client asks.
    pub authorization: &'a Authorization,
    /// The request's own query, under which the form is sent.
    pub query: &'a str,
    /// What the form must bring.
    pub form_token: &'a str,
    /// Whom it asks.
    pub who: Who<'a>,
    /// What was wrong with the form that was sent before.
    pub problem: Option<&'a str>,
}

impl Consent<'_> {
    /// The page.
    pub fn render(&self, status: u16) -> Answer {
        let Authorization {
            client,
            back,
            rights,
            ..
        } = self.authorization;
        let home = origin(&back.redirect_uri).unwrap_or_default();
        let problem = self.problem.map(|text| {
            let text = escape(text);
            format!("<p class=\"problem\" role=\"alert\">{text}</p>\n")
        });
        let content = format!(
            r#"{problem}<p>It is the app at <strong>{home}</strong>, and will be able to:</p>
<ul class="rights">{rights}</ul>
<form method="post" action="/auth?{query}">
<input type="hidden" name="form_token" value="{form_token}">
{who}
<div class="decisions">
<button class="allow" name="decision" value="allow">Allow</button>
<button name="decision" value="deny" formnovalidate>Deny</button>
{other}</div>
</form>
<p class="note">Either way you go back there. This is a sandbox: there are no passwords, and nobody here is real.</p>"#,
            problem = problem.unwrap_or_default(),
            rights = rights.iter().map(right).collect::<String>(),
            query = escape(self.query),
            form_token = escape(self.form_token),
            who = self.who.render(),
            other = self.who.other(),
            home = escape(home),
        );
        let title = format!("{client} asks to play as you");
        page(status, &title, &content, &form_action(home))
    }
}

/// Browsers hold the redirect after the form to it, too.
fn form_action(home: &str) -> String {
    match home.split_once("//[") {
        None => format!("'self' {home}"),
        // A CSP can't name an IPv6 address.
        Some((scheme, _)) => format!("'self' {scheme}"),
    }
}

fn right(right: &Right) -> String {
    let words = match right {
        Right::RuntimeRead => "see your profile, scores and rankings",
        Right::RuntimeWrite => "play actions and change your profile",
        Right::AdminRead => "see how the game is administered",
        Right::AdminWrite => "administer the game",
    };
    format!("<li>{words}</li>")
}

impl Who<'_> {
    fn render(&self) -> String {
        match self {
            Who::SignedIn(face) => format!(
                r#"<input type="hidden" name="player" value="{id}">
<p>You are signed in as</p>
<div class="player signed-in">{face}</div>"#,
                id = escape(face.id),
                face = face.render(),
            ),
            Who::Anyone(faces) if faces.is_empty() => {
                "<p>There is no player in this game.</p>".to_owned()
            }
            Who::Anyone(faces) => format!(
                "<fieldset>\n<legend>Who are you?</legend>\n<div class=\"players\">\n{}</div>\n</fieldset>",
                faces.iter().map(Face::choice).collect::<String>(),
            ),
        }
    }

    /// It comes last: Enter presses the form's first button.
    fn other(&self) -> &'static str {
        match self {
            Who::SignedIn(_) => {
                "<button class=\"other\" name=\"decision\" value=\"switch\">Choose another player</button>\n"
            }
            Who::Anyone(_) => "",
        }
    }
}

impl Face<'_> {
    fn choice(&self) -> String {
        format!(
            "<label class=\"player\"><input type=\"radio\" name=\"player\" value=\"{id}\" required>{face}</label>\n",
            id = escape(self.id),
            face = self.render(),
        )
    }

    fn render(&self) -> String {
        let initial: String = self.alias.chars().take(1).collect();
        format!(
            r#"<span class="face" aria-hidden="true">{initial}</span><span class="alias">{alias}</span><span class="id">{id}</span>"#,
            initial = escape(&initial),
            alias = escape(self.alias),
            id = escape(self.id),
        )
    }
}
