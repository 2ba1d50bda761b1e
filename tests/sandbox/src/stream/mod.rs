//! The notification stream without its sockets: what each connection is told,
//! and when it ends.
//!
//! A shell says what happens at the sockets ([`Sandbox::stream_opened`],
//! [`stream_message`](Sandbox::stream_message),
//! [`stream_closed`](Sandbox::stream_closed), [`ring`](Sandbox::ring)), and
//! carries out the [`Effect`]s of every call. Notifications are kept by the
//! game, so that nothing is lost while nobody listens.

pub mod auth;
mod door;
mod push;
mod settings;

use std::collections::BTreeMap;

use serde_json::{Value, json};

pub use auth::AuthResponse;
pub use door::is_stream;
pub use push::Push;
pub use settings::Settings;

use crate::game::Game;
use crate::game::notifications::Notifications;
use crate::log::{Log, StreamEntry};
use crate::{Moment, Sandbox};

/// The word before each event. Which one the real service sends isn't
/// recorded, only that clients cut at the first space.
const WORD: &str = "NOTIFICATION";

/// What a shell does at the sockets. Connections go by their number.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Sends one text message.
    Send(u64, String),
    /// Ends a connection in order, after all that was sent.
    Close(u64),
    /// Ends a connection without a word.
    Cut(u64),
    /// Sends nothing more for so many milliseconds, not even what the
    /// transport sends by itself; then goes on with what has gathered.
    Silence {
        /// The connection.
        connection: u64,
        /// For how long.
        ms: u64,
    },
    /// Serves connections from now on with the settings of now.
    Renew,
    /// Gives the timer back by [`Sandbox::ring`] after so many milliseconds.
    Later {
        /// After how long.
        ms: u64,
        /// What is then to be given back.
        timer: Timer,
    },
}

/// What is due after a while.
#[derive(Clone, Debug, PartialEq)]
pub enum Timer {
    /// Whoever hasn't said who they are by now is sent away.
    Auth(u64),
    /// The next notification of many.
    Push(Push),
}

/// A connection. Whose it is isn't known before it has answered.
#[derive(Debug)]
struct Connection {
    listener: Option<Listener>,
}

/// Whose connection it is, and the last notification it was sent.
#[derive(Debug)]
struct Listener {
    player: String,
    place: u64,
}

/// Those who will be refused for nothing.
#[derive(Debug, Default)]
struct Refusals {
    left: u64,
    reason: String,
}

/// All connections, and what is to go wrong with them.
#[derive(Debug, Default)]
pub struct Stream {
    /// Heartbeats and patience.
    pub settings: Settings,
    connections: BTreeMap<u64, Connection>,
    opened: u64,
    resets: u64,
    /// Nobody is let in before that moment of the world's clock.
    shut_until: i64,
    /// Newcomers get no answer before that moment of the world's clock.
    silent_until: i64,
    refusals: Refusals,
    effects: Vec<Effect>,
}

impl Stream {
    /// Back to the beginning; whoever is connected is cut off. Numbers of
    /// connections go on: a shell may still speak of the old ones.
    pub fn reset(&mut self) {
        let ids: Vec<u64> = self.connections.keys().copied().collect();
        let mut effects = std::mem::take(&mut self.effects);
        effects.extend(ids.into_iter().map(Effect::Cut));
        effects.push(Effect::Renew);
        *self = Self {
            opened: self.opened,
            resets: self.resets + 1,
            effects,
            ..Self::default()
        };
    }

    /// How often it was reset.
    pub fn resets(&self) -> u64 {
        self.resets
    }

    /// The settings, and who is connected.
    pub fn to_json(&self) -> Value {
        let connections: Vec<Value> = self
            .connections
            .iter()
            .map(|(id, c)| json!({ "connection": id, "player_id": c.player() }))
            .collect();
        let mut all = self.settings.to_json();
        all["connections"] = connections.into();
        all
    }

    /// Changes the settings: they hold for connections from now on.
    pub fn change(&mut self, settings: Settings) {
        self.settings = settings;
        self.effects.push(Effect::Renew);
    }

    /// Ends all connections and lets nobody in before that moment of the
    /// world's clock. Gives their number.
    pub fn restart(&mut self, cut: bool, until: i64, log: &mut Log, now: i64) -> usize {
        self.shut_until = until;
        self.end_all(None, cut, "restart", log, now)
    }

    /// Cuts connections (those of one player, or all) off without a word.
    /// Gives their number.
    pub fn cut(&mut self, player: Option<&str>, log: &mut Log, now: i64) -> usize {
        self.end_all(player, true, "drop", log, now)
    }

    /// Lets all connections of now be silent for a while, and newcomers too if
    /// asked for. Gives the number of connections.
    pub fn silence(&mut self, ms: u64, newcomers: bool, world: i64) -> usize {
        if newcomers {
            self.silent_until = world.saturating_add_unsigned(ms);
        }
        let ids = self.ids(None);
        let silence = |&connection: &u64| Effect::Silence { connection, ms };
        self.effects.extend(ids.iter().map(silence));
        ids.len()
    }

    /// Refuses the next ones that say who they are, whoever they are.
    pub fn refuse(&mut self, count: u64, reason: &str) {
        self.refusals = Refusals {
            left: count,
            reason: reason.to_owned(),
        };
    }

    fn ids(&self, player: Option<&str>) -> Vec<u64> {
        let fits = |c: &Connection| player.is_none() || c.player() == player;
        let all = self.connections.iter();
        all.filter(|(_, c)| fits(c)).map(|(id, _)| *id).collect()
    }

    fn end_all(
        &mut self,
        player: Option<&str>,
        cut: bool,
        reason: &str,
        log: &mut Log,
        now: i64,
    ) -> usize {
        let ids = self.ids(player);
        for id in &ids {
            self.end(*id, cut, reason, log, now);
        }
        ids.len()
    }

    fn end(&mut self, id: u64, cut: bool, reason: &str, log: &mut Log, now: i64) {
        let Some(connection) = self.connections.remove(&id) else {
            return;
        };
        self.effects.push(match cut {
            true => Effect::Cut(id),
            false => Effect::Close(id),
        });
        log.write_stream(entry("closed", id, connection.player(), Some(reason)), now);
    }

    /// A good answer, or the reason why it is not.
    fn judge<'a>(
        &mut self,
        text: &'a str,
        game: &Game,
        now: i64,
    ) -> Result<AuthResponse<'a>, String> {
        if self.refusals.left > 0 {
            self.refusals.left -= 1;
            return Err(self.refusals.reason.clone());
        }
        let response = AuthResponse::read(text)?;
        if response.game != game.design.about.named.id {
            return Err("unknown game".to_owned());
        }
        match game.notifications.token_player(response.token, now) {
            Some(player) if player == response.player => Ok(response),
            _ => Err(auth::UNAUTHORIZED.to_owned()),
        }
    }

    /// Sends every listener what it hasn't been sent yet.
    fn publish(&mut self, told: &Notifications) {
        for (id, connection) in &mut self.connections {
            let Some(listener) = &mut connection.listener else {
                continue;
            };
            // A game that was put in place of another one counts from the beginning.
            let place = listener.place.min(told.last_number());
            for notification in told.after(&listener.player, place) {
                let text = format!("{WORD} {}", notification.event);
                self.effects.push(Effect::Send(*id, text));
            }
            listener.place = told.last_number();
        }
    }
}

impl Connection {
    fn player(&self) -> Option<&str> {
        self.listener.as_ref().map(|l| l.player.as_str())
    }
}

impl Sandbox {
    /// Somebody has connected: their number, and what is done.
    pub fn stream_opened(&mut self, moment: Moment) -> (u64, Vec<Effect>) {
        let now = self.time(moment);
        let stream = &mut self.stream;
        stream.opened += 1;
        let id = stream.opened;
        self.log.write_stream(entry("opened", id, None, None), now);
        stream.connections.insert(id, Connection { listener: None });
        // It came in just before the door was shut.
        if moment.unix_ms < stream.shut_until {
            stream.end(id, true, "restart", &mut self.log, now);
        } else {
            stream.effects.extend([
                Effect::Send(id, auth::CHALLENGE.to_owned()),
                Effect::Later {
                    ms: stream.settings.auth_timeout_ms,
                    timer: Timer::Auth(id),
                },
            ]);
        }
        (id, self.stream_effects())
    }

    /// A text message of a connection: what is done. Whoever is already known
    /// has nothing more to say.
    pub fn stream_message(&mut self, id: u64, text: &str, moment: Moment) -> Vec<Effect> {
        let now = self.time(moment);
        let stream = &mut self.stream;
        let known = match stream.connections.get(&id) {
            None => return Vec::new(),
            Some(connection) => connection.listener.is_some(),
        };
        if known {
            stream.end(id, false, "unexpected message", &mut self.log, now);
            return self.stream_effects();
        }
        match stream.judge(text, &self.game, now) {
            Ok(response) => {
                let player = response.player;
                let listener = Some(Listener {
                    player: player.to_owned(),
                    place: self.game.notifications.last_number(),
                });
                stream.connections.insert(id, Connection { listener });
                self.log
                    .write_stream(entry("authenticated", id, Some(player), None), now);
                let success = auth::SUCCESS.to_owned();
                stream.effects.push(Effect::Send(id, success));
            }
            Err(reason) => {
                self.log
                    .write_stream(entry("refused", id, None, Some(&reason)), now);
                let failed = format!("{} {reason}", auth::FAILED);
                stream
                    .effects
                    .push(Effect::Send(id, failed.trim_end().to_owned()));
                stream.end(id, false, "refused", &mut self.log, now);
            }
        }
        self.stream_effects()
    }

    /// A connection has ended by itself, by that reason.
    pub fn stream_closed(&mut self, id: u64, reason: &str, moment: Moment) {
        let now = self.time(moment);
        if let Some(connection) = self.stream.connections.remove(&id) {
            let entry = entry("closed", id, connection.player(), Some(reason));
            self.log.write_stream(entry, now);
        }
    }

    /// A timer has come to its end: what is done.
    pub fn ring(&mut self, timer: Timer, moment: Moment) -> Vec<Effect> {
        let now = self.time(moment);
        match timer {
            Timer::Auth(id) => {
                let stream = &mut self.stream;
                let silent = |c: &Connection| c.listener.is_none();
                if stream.connections.get(&id).is_some_and(silent) {
                    stream.end(id, false, "no answer", &mut self.log, now);
                }
            }
            // A reset has ended what was asked for before it.
            Timer::Push(push) if push.resets != self.stream.resets => {}
            Timer::Push(push) => {
                self.push(push, now);
            }
        }
        self.stream_effects()
    }

    /// What is to be done at the sockets after a call.
    pub(crate) fn stream_effects(&mut self) -> Vec<Effect> {
        self.stream.publish(&self.game.notifications);
        std::mem::take(&mut self.stream.effects)
    }
}

fn entry<'a>(
    what: &'a str,
    connection: u64,
    player: Option<&'a str>,
    reason: Option<&'a str>,
) -> StreamEntry<'a> {
    StreamEntry {
        what,
        connection,
        player,
        reason,
    }
}
