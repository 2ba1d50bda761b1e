//! `/v2/runtime/notifications`.

use serde_json::{Value, json};

use crate::codes::Envelope;
use crate::fields::texts;
use crate::game::Game;
use crate::game::notifications::Notification;
use crate::routes::params::{self, Page};
use crate::sandbox::Call;

/// A route of notifications.
#[derive(Clone, Copy)]
pub enum Route {
    /// The player's own.
    List,
    /// Marking them as seen.
    MarkSeen,
    /// A token for the stream.
    Token,
}

/// The route of that path.
pub fn find(method: &str, route: &[&str]) -> Option<Route> {
    Some(match (method, route) {
        ("GET", ["notifications"]) => Route::List,
        ("POST", ["notifications"]) => Route::MarkSeen,
        ("GET", ["notifications", "token"]) => Route::Token,
        _ => return None,
    })
}

/// Serves it.
pub fn serve(
    game: &mut Game,
    call: &mut Call,
    player: &str,
    route: Route,
) -> Result<Value, Envelope> {
    let query = call.request.query();
    let notifications = &mut game.notifications;
    match route {
        Route::List => {
            let page = Page::read(&query)?;
            let list = notifications.within(player, params::window(&query, call.now)?);
            // Recorded: the literal `null`, not an empty page.
            Ok(match list.is_empty() {
                true => Value::Null,
                false => page.cut(list.into_iter(), Notification::to_json),
            })
        }
        Route::MarkSeen => {
            let body = call.request.json_object()?;
            let ids = texts(&body, "ids")?;
            let marked = notifications.mark_seen(player, &ids.into_iter().collect());
            // The answer isn't recorded.
            Ok(json!({ "message": format!("{marked} notifications have been marked as seen") }))
        }
        Route::Token => {
            let token = notifications.issue_token(player, call.now, &mut call.entropy);
            Ok(json!({ "token": token }))
        }
    }
}
