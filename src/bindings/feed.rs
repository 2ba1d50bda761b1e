//! The options of a feed.

use wasm_bindgen::JsValue;

use super::fields::Fields;
use crate::core::error::Error;
use crate::core::feed::session::Wish;
use crate::host::{FeedPort, JsWorld, js};

const NAMES: &[&str] = &[
    "environment",
    "gameId",
    "playerId",
    "since",
    "poll",
    "signal",
    "webSocket",
];

/// What the options describe, and the world for it.
pub fn read(options: &JsValue, port: FeedPort) -> Result<(Wish, JsWorld), Error<JsValue>> {
    let fields = Fields::new(options, NAMES, "notifications")?;
    let wish = Wish {
        environment: fields.text("environment")?.unwrap_or_default(),
        game_id: fields.text("gameId")?.unwrap_or_default(),
        player_id: fields.text("playerId")?,
        // As the service writes its times.
        since: fields.read("since", "a Date or what makes one", js::iso)?,
        poll: poll(fields.get("poll")?)?,
    };
    // The port ends by it; here it's only looked at.
    fields.signal("signal")?;
    let world = JsWorld::new(port, fields.function("webSocket")?);
    Ok((wish, world))
}

fn poll(given: Option<JsValue>) -> Result<Option<u32>, Error<JsValue>> {
    let Some(given) = given else {
        return Ok(None);
    };
    let interval = Fields::new(&given, &["interval"], "`poll`")?.milliseconds("interval")?;
    match interval {
        Some(interval) => Ok(Some(interval)),
        None => Err(Error::option("poll", "{ interval }, in milliseconds")),
    }
}
