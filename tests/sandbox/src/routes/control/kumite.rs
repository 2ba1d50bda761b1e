//! Kumite's knobs.

use serde_json::{Map, Value, json};

use super::settings::{flag, seconds};
use super::{only, whole};
use crate::codes::Envelope;
use crate::fields::{text, texts};
use crate::ids;
use crate::kumite::accounts::ROBOT;
use crate::kumite::settings::{Manner, Settings, Skill};
use crate::sandbox::{Call, Sandbox};

/// The longest time, in milliseconds.
const MAX_MS: u64 = 600_000;

/// Answers one of the routes; `None` where there is none of that name.
pub fn answer(
    sandbox: &mut Sandbox,
    call: &mut Call,
    (method, route): (&str, &[&str]),
) -> Result<Option<Value>, Envelope> {
    let body = call.request.json_object()?;
    Ok(Some(match (method, route) {
        ("GET", []) => shown(sandbox),
        ("POST", []) => change(sandbox, &body, call.now)?,
        ("GET", ["tokens"]) => sandbox.kumite.tokens.live(call.now).into(),
        ("POST", ["refresh-token"]) => refresh_token(sandbox, &body, call)?,
        ("POST", ["drop"]) => {
            only(&body, &[])?;
            json!({ "connections": sandbox.kumite.watch.cut_all() })
        }
        _ => return Ok(None),
    }))
}

fn shown(sandbox: &Sandbox) -> Value {
    let mut all = sandbox.kumite.settings.to_json();
    all["connections"] = sandbox.kumite.watch.count().into();
    all["contests"] = sandbox.kumite.contests.iter().count().into();
    all
}

fn change(sandbox: &mut Sandbox, body: &Map<String, Value>, now: i64) -> Result<Value, Envelope> {
    only(
        body,
        &[
            "manner",
            "accessTokenSeconds",
            "opponent",
            "opponentDelay",
            "opponentFirst",
            "keepOpen",
            "seed",
        ],
    )?;
    let kumite = &mut sandbox.kumite;
    let current = kumite.settings;
    let manner = match text(body, "manner")? {
        None => current.manner,
        Some(name) => Manner::named(name)
            .ok_or_else(|| Envelope::validation("manner", "must be server or page"))?,
    };
    let opponent = match text(body, "opponent")? {
        None => current.opponent,
        Some(name) => Skill::named(name)
            .ok_or_else(|| Envelope::validation("opponent", "must be none, random or perfect"))?,
    };
    let seed = whole(body, "seed", 0..=u64::MAX)?;
    kumite.settings = Settings {
        manner,
        access_seconds: seconds(body, "accessTokenSeconds")?.unwrap_or(current.access_seconds),
        opponent,
        opponent_delay_ms: whole(body, "opponentDelay", 0..=MAX_MS)?
            .unwrap_or(current.opponent_delay_ms),
        opponent_first: flag(body, "opponentFirst")?.unwrap_or(current.opponent_first),
        keep_open: flag(body, "keepOpen")?.unwrap_or(current.keep_open),
        seed: seed.unwrap_or(current.seed),
    };
    if let Some(seed) = seed {
        kumite.contests.sow(seed);
    }
    kumite.advance(now);
    Ok(shown(sandbox))
}

/// A refresh token as the page for people gives it out: `{playerIds?}`. Players
/// that nobody knows are made; without any it is for all players that there are.
fn refresh_token(
    sandbox: &mut Sandbox,
    body: &Map<String, Value>,
    call: &mut Call,
) -> Result<Value, Envelope> {
    only(body, &["playerIds"])?;
    let kumite = &mut sandbox.kumite;
    let players = match body.contains_key("playerIds") {
        false => kumite.accounts.players_of(ROBOT),
        true => texts(body, "playerIds")?
            .into_iter()
            .map(|id| {
                ids::parse_uuid(id)
                    .ok_or_else(|| Envelope::validation("playerIds", "must hold UUIDs"))
            })
            .collect::<Result<_, _>>()?,
    };
    for player in &players {
        match kumite.accounts.account_of(player) {
            None => kumite.accounts.add(player, ROBOT),
            Some(ROBOT) => {}
            Some(_) => {
                return Err(Envelope::validation(
                    "playerIds",
                    "hold another account's player",
                ));
            }
        }
    }
    let token = kumite.give_refresh_token(ROBOT, &players, call.now, &mut call.entropy);
    Ok(json!({ "refreshToken": token, "playerIds": players }))
}
