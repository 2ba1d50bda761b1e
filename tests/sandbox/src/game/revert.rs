//! Taking back what events changed.

use serde_json::Value;

use super::Game;
use super::design::{Design, Kind, Verb};
use super::gains::Given;
use super::scores::Gain;
use crate::codes::Envelope;

impl Game {
    /// Takes back what these events of a player changed, as a change by hand.
    /// Compounds and levels follow by themselves. What becomes of the events
    /// isn't recorded; here they stay, and a `score` event tells of the change.
    pub fn revert(&mut self, player: &str, ids: &[&str], now: i64) -> Result<(), Envelope> {
        self.player(player)?;
        let mut back = Vec::new();
        for id in ids {
            let event = self.feed.find(player, id).ok_or_else(|| {
                Envelope::validation("event_ids", &format!("the player has no event '{id}'"))
            })?;
            let changes = event["changes"].as_array().into_iter().flatten();
            back.extend(changes.filter_map(|change| undo(self.design, change)));
        }
        self.change_scores(player, &back, now)
    }
}

/// The opposite of one entry of `changes`; nothing for what follows from others.
fn undo(design: &Design, change: &Value) -> Option<Given> {
    let metric = design.metric(change["metric"]["id"].as_str()?)?;
    let gain = match metric.kind {
        Kind::Point(_) => Gain::Number(difference(&change["delta"])?),
        Kind::Set(items) => {
            let deltas = change["delta"].as_object()?.iter();
            let item = |(name, delta): (&String, &Value)| {
                let item = items.iter().find(|i| i.name == name)?;
                Some((item.id, difference(delta)?))
            };
            Gain::Items(deltas.filter_map(item).collect())
        }
        Kind::State(_) | Kind::Compound(_) => return None,
    };
    Some((metric, Verb::Remove, gain))
}

fn difference(delta: &Value) -> Option<i64> {
    let number = |value: &Value| match value {
        Value::Null => Some(0),
        value => value.as_str()?.parse::<i64>().ok(),
    };
    Some(number(&delta["new"])?.saturating_sub(number(&delta["old"])?))
}
