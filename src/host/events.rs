//! Events as JavaScript gets them.

use js_sys::Function;
use wasm_bindgen::JsValue;

use super::js::Members;
use crate::core::event::{Event, SignedOut};

/// Hands an event on. Whoever listens gets it at once, and nothing is borrowed meanwhile.
pub fn emit(listener: &Function, event: Event<JsValue>) {
    let told = Members::new();
    let name = match event {
        Event::Token {
            reason,
            expires_at,
            player_id,
        } => {
            told.set_text("reason", reason.as_str());
            told.set("expiresAt", &expires_at.into());
            told.set("playerId", &player_id.into());
            "token"
        }
        Event::SignedOut { reason, player_id } => {
            let reason = match reason {
                SignedOut::Logout => "logout",
                SignedOut::Refused => "refused",
                SignedOut::OtherTab => "other_tab",
            };
            told.set_text("reason", reason);
            told.set("playerId", &player_id.into());
            "signedOut"
        }
        Event::Retry {
            method,
            route,
            retry,
            delay,
            code,
            status,
            request_id,
        } => {
            told.set_text("method", method.as_str());
            told.set_text("route", &route);
            told.set("retry", &retry.into());
            told.set("delay", &delay.into());
            told.set_text("code", &code);
            told.set("status", &status.into());
            told.set("requestId", &request_id.into());
            "retry"
        }
        Event::Warning {
            code,
            message,
            cause,
        } => {
            told.set_text("code", code);
            told.set_text("message", &message);
            told.set("cause", &cause.into());
            "warning"
        }
    };
    // The package's own function, which never throws.
    let _ = listener.call2(&JsValue::UNDEFINED, &name.into(), &told);
}
