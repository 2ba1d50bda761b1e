//! A feed without its socket, its calls and its clock: what happened goes in, what is to be done
//! comes out.
//!
//! What is missed between two connections is read by REST, and whatever the stream tells meanwhile
//! waits: so every notification is given once, in order. What isn't given now is missed as well, and
//! read when there is room for it.

use crate::core::error::{Error, Failure, Kind, code};
use crate::core::feed::backoff::Backoff;
use crate::core::feed::doubles::Doubles;
use crate::core::feed::missed::{AHEAD, Missed};
use crate::core::feed::packet::{self, Heartbeat, PING, Packet};
use crate::core::secret::Secret;
use crate::core::text::{concat, contains, split_once};
use crate::core::tree::Tree;
use crate::core::typed::events::EVENT;
use crate::core::typed::shape::shaped;

/// How many the stream may tell while what was missed is being read; the others are missed too.
const WAITING: usize = 1_000;
/// Refusals in a row, the second one with a token that is fresh: another one would be refused too.
const REFUSALS: u32 = 2;
/// Milliseconds between two looks for what nobody tells of: a network, eyes.
const LOOK: f64 = 1_000.0;
/// Milliseconds until a page that was left connects again, at most: it is there again, or never.
const RETURN: f64 = 1_000.0;

/// What the caller wants.
#[derive(Clone, Debug)]
pub struct Wish {
    /// `production` or `staging`.
    pub environment: String,
    /// The game's id.
    pub game_id: String,
    /// Whose notifications, where the token doesn't say it.
    pub player_id: Option<String>,
    /// From when on, as an ISO date; else from now on.
    pub since: Option<String>,
    /// Milliseconds between two reads where the stream can't be had.
    pub poll: Option<u32>,
}

/// Where a feed begins.
#[derive(Clone, Debug)]
pub struct Start {
    /// The time, as an ISO date.
    pub now: String,
    /// Whether there are WebSockets.
    pub streams: bool,
    /// Milliseconds until a connection must stand.
    pub patience: u32,
}

/// What is true right now.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// Milliseconds, by a clock that never goes back.
    pub now: f64,
    /// In `0..1`, another one every time.
    pub random: f64,
    /// Whether there is a network.
    pub online: bool,
    /// Whether somebody may see the page.
    pub visible: bool,
}

/// What is to be done.
#[derive(Debug, PartialEq)]
pub enum Do<V> {
    /// Ask for a token of the stream.
    AskToken,
    /// Read what was told since then, but for the first so many.
    Read(String, usize),
    /// Connect.
    Connect,
    /// Send a packet.
    Send(String),
    /// Close the connection.
    Leave,
    /// Give a notification.
    Give(V),
    /// Tell how it stands.
    Tell(State),
    /// It is over.
    End(Failure<V>),
}

/// How a feed stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is connecting.
    Connecting,
    /// It hears what happens when it happens.
    Live,
    /// It connects again after a while, or when there is a network.
    Waiting,
    /// There is no stream here: it reads now and then.
    Polling,
}

impl State {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::Live => "live",
            Self::Waiting => "waiting",
            Self::Polling => "polling",
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Phase {
    /// There is no connection until then.
    Away { again: f64 },
    /// A token is asked for.
    Asking,
    /// The connection must stand by then.
    Opening { until: f64 },
    /// The connection stands since then.
    Live { since: f64 },
}

/// One feed.
pub struct Session<V> {
    wish: Wish,
    /// Whether there is a stream.
    streams: bool,
    patience: f64,
    /// From when on there may be something to read, before anything was given.
    since: String,
    phase: Phase,
    /// What opens the stream, and for whom.
    ticket: Option<(Secret, String)>,
    refusals: u32,
    backoff: Backoff,
    heartbeat: Heartbeat,
    ping_at: f64,
    /// When the server counts as dead, unless it says something.
    dead_at: f64,
    /// Whether something may have been missed.
    missed: bool,
    /// What has been read of that, while it is being read.
    reading: Option<Missed<V>>,
    /// How many of it are read at a time.
    ahead: usize,
    /// Not before then.
    read_at: f64,
    reads: Backoff,
    waiting: Vec<V>,
    full: bool,
    doubles: Doubles,
    todo: Vec<Do<V>>,
}

impl<V: Tree> Session<V> {
    /// One that hasn't begun.
    pub fn new(wish: Wish, start: Start) -> Self {
        let mut session = Self {
            missed: wish.since.is_some() || !start.streams,
            read_at: wish.poll.filter(|_| start.streams).map_or(0.0, f64::from),
            since: wish.since.clone().unwrap_or(start.now),
            streams: start.streams,
            patience: start.patience.into(),
            wish,
            phase: Phase::Away { again: 0.0 },
            ticket: None,
            refusals: 0,
            backoff: Backoff::default(),
            heartbeat: Heartbeat::default(),
            ping_at: 0.0,
            dead_at: 0.0,
            reading: None,
            ahead: AHEAD,
            reads: Backoff::default(),
            waiting: Vec::new(),
            full: false,
            doubles: Doubles::default(),
            todo: Vec::new(),
        };
        if !session.streams {
            session.tell(State::Polling);
        }
        session
    }

    /// What is to be done, in that order.
    pub fn take_todo(&mut self) -> Vec<Do<V>> {
        std::mem::take(&mut self.todo)
    }

    /// Time has passed. Gives in how many milliseconds it has to be told again, at the latest.
    pub fn tick(&mut self, at: Moment) -> f64 {
        match self.phase {
            Phase::Away { again } if self.may_connect(again, at) => self.connect(at),
            Phase::Opening { until } if until <= at.now => self.lost(at),
            Phase::Live { .. } if self.dead_at <= at.now => self.lost(at),
            Phase::Live { .. } if self.ping_at <= at.now => {
                self.ping_at = at.now + self.heartbeat.interval;
                // Whatever it says from now on tells that it lives.
                self.dead_at = self.dead_at.min(at.now + self.heartbeat.timeout);
                self.todo.push(Do::Send(PING.to_owned()));
            }
            _ => {}
        }
        if self.may_read(at) {
            self.read();
        }
        (self.due(at) - at.now).max(0.0)
    }

    fn may_connect(&self, again: f64, at: Moment) -> bool {
        self.streams && self.reading.is_none() && at.online && again <= at.now
    }

    /// Without a connection that is polling, which nobody needs who doesn't see it.
    fn may_read(&self, at: Moment) -> bool {
        let is_time = self.missed && self.reading.is_none() && self.read_at <= at.now;
        // Whether there is room is known when all was given that there is to give.
        let has_room = self.todo.is_empty() && !self.full;
        is_time
            && has_room
            && match self.phase {
                Phase::Live { .. } => true,
                Phase::Away { .. } => self.wish.poll.is_some() && at.online && at.visible,
                Phase::Asking | Phase::Opening { .. } => false,
            }
    }

    /// When something is to be done by the clock. What is due and isn't done waits for something
    /// else: for an end, for room, or for a network or eyes, for which it looks now and then. While
    /// it hears the server it doesn't: timers that follow upon timers are what browsers hold back in
    /// pages that nobody sees, for a minute, and the server wants to be pinged.
    fn due(&self, at: Moment) -> f64 {
        let later = |due: f64| match due > at.now {
            true => due,
            false => f64::INFINITY,
        };
        let waits = !at.online || !at.visible && self.wish.poll.is_some();
        let phase = match self.phase {
            Phase::Away { again } if waits => later(again).min(at.now + LOOK),
            Phase::Away { again } => later(again),
            Phase::Asking => f64::INFINITY,
            Phase::Opening { until } => later(until),
            Phase::Live { .. } => later(self.ping_at.min(self.dead_at)),
        };
        match self.missed {
            true => later(self.read_at).min(phase),
            false => phase,
        }
    }

    fn connect(&mut self, at: Moment) {
        self.tell(State::Connecting);
        match self.ticket {
            None => {
                self.phase = Phase::Asking;
                self.todo.push(Do::AskToken);
            }
            Some(_) => self.open(at),
        }
    }

    fn open(&mut self, at: Moment) {
        let until = at.now + self.patience;
        self.phase = Phase::Opening { until };
        self.todo.push(Do::Connect);
    }

    /// There is a token, for a player; or there is none.
    pub fn asked(&mut self, asked: Result<(Secret, String), Failure<V>>, at: Moment) {
        match asked {
            Ok(ticket) => {
                self.ticket = Some(ticket);
                self.open(at);
            }
            Err(Failure::Failed(error)) if error.retryable => self.lost(at),
            Err(Failure::Failed(error)) if error.kind == Kind::Api => self.no_stream(error, at),
            Err(failure) => self.end(failure),
        }
    }

    /// The stream can't be had here.
    pub fn no_stream(&mut self, error: Error<V>, at: Moment) {
        if self.wish.poll.is_none() {
            return self.end(error.into());
        }
        self.streams = false;
        self.read_at = at.now;
        self.leave(0.0, at);
    }

    /// The server has said something.
    pub fn heard(&mut self, text: &str, at: Moment) {
        self.dead_at = at.now + self.heartbeat.interval + self.heartbeat.timeout;
        match Packet::read::<V>(text) {
            Packet::Open(heartbeat) => self.heartbeat = heartbeat,
            Packet::Close => self.lost(at),
            Packet::Ping(payload) => self.todo.push(Do::Send(packet::pong(payload))),
            Packet::Message(text) => self.message(text, at),
            Packet::Other => {}
        }
    }

    fn message(&mut self, text: &str, at: Moment) {
        let (word, rest) = split_once(text, " ").unwrap_or((text, ""));
        match (word, self.phase) {
            ("AUTH_FAILED", _) => self.refused(rest, at),
            ("AUTH_CHALLENGE", Phase::Opening { .. }) => self.respond(),
            ("AUTH_SUCCESS", Phase::Opening { .. }) => self.live(at),
            (_, Phase::Live { .. }) => {
                if let Some(event) = V::parse(rest) {
                    self.told(event);
                }
            }
            _ => {}
        }
    }

    fn respond(&mut self) {
        let Some((token, player)) = &self.ticket else {
            return;
        };
        let Wish {
            environment,
            game_id,
            ..
        } = &self.wish;
        let words = [
            "AUTH_RESPONSE ",
            token.expose(),
            " player ",
            environment,
            " ",
            game_id,
            " ",
            player,
        ];
        let response = packet::message(&concat(&words));
        self.todo.push(Do::Send(response));
    }

    fn live(&mut self, at: Moment) {
        self.refusals = 0;
        self.phase = Phase::Live { since: at.now };
        self.ping_at = at.now + self.heartbeat.interval;
        self.dead_at = self.ping_at + self.heartbeat.timeout;
        self.tell(State::Live);
        // At once: what the stream tells from here on waits for it.
        if self.missed && !self.full {
            self.read();
        }
    }

    /// It takes the token no more, or never did.
    fn refused(&mut self, reason: &str, at: Moment) {
        self.refusals += 1;
        let ticket = self.ticket.take();
        let reason = ticket.map(|(token, _)| token.scrub(reason));
        let reason = reason.unwrap_or_default();
        if self.refusals < REFUSALS {
            return self.leave(0.0, at);
        }
        let message = concat(&[
            "the notification stream refused a fresh token too: ",
            &reason,
        ]);
        self.end(Error::auth(code::STREAM_REFUSED, message).into());
    }

    /// The stream has told something.
    fn told(&mut self, event: V) {
        match self.reading.is_some() {
            true if self.waiting.len() < WAITING => self.waiting.push(event),
            // What is read next brings it.
            true => self.missed = true,
            false if self.missed || self.full => self.missed = true,
            false => self.give(event),
        }
    }

    fn read(&mut self) {
        self.missed = false;
        self.read_on(Missed::new(self.ahead));
    }

    /// What is given meanwhile waits, so that it reads on from the same time.
    fn read_on(&mut self, missed: Missed<V>) {
        let since = self.doubles.since().unwrap_or(&self.since).to_owned();
        self.todo.push(Do::Read(since, missed.skip));
        self.reading = Some(missed);
    }

    /// A page of what was missed; or why it can't be read.
    pub fn page(&mut self, page: Result<V, Failure<V>>, at: Moment) {
        let Some(mut missed) = self.reading.take() else {
            return;
        };
        if let Ok(page) = &page
            && !missed.add(page)
        {
            return self.read_on(missed);
        }
        let waiting = std::mem::take(&mut self.waiting);
        match page {
            Ok(_) => {
                self.reads = Backoff::default();
                let before = self.todo.len();
                while let Some(event) = missed.take_oldest() {
                    self.give(event);
                }
                // The others come before what waited, and are read when there is room for them. Where all
                // of these were given already, since so many are of one time, it is read further.
                if missed.has_more {
                    let is_stuck = self.todo.len() == before;
                    self.ahead += if is_stuck { AHEAD } else { 0 };
                    self.missed = true;
                    return;
                }
                self.ahead = AHEAD;
                for event in waiting {
                    self.give(event);
                }
                self.poll_later(at);
            }
            // What waited is missed too.
            Err(Failure::Failed(error)) if error.retryable => {
                self.missed = true;
                self.read_at = at.now + self.reads.failed(at.random);
                self.poll_later(at);
            }
            Err(failure) => self.end(failure),
        }
    }

    /// Without a connection there may always be something more.
    fn poll_later(&mut self, at: Moment) {
        if let (Phase::Away { .. }, Some(interval)) = (self.phase, self.wish.poll) {
            self.missed = true;
            self.read_at = self.read_at.max(at.now + f64::from(interval));
        }
    }

    /// One without an id can't be told from another.
    fn give(&mut self, event: V) {
        if event
            .text_at("id")
            .is_some_and(|id| !self.doubles.is_new(&id))
        {
            return;
        }
        if let Some(timestamp) = event.text_at("timestamp") {
            self.doubles.given(timestamp);
        }
        self.todo.push(Do::Give(shaped(event, &EVENT)));
    }

    /// Whoever takes them can't take more for now; then they have taken all.
    pub fn set_full(&mut self, full: bool) {
        self.full = full;
    }

    /// The connection has ended, or must.
    pub fn lost(&mut self, at: Moment) {
        if let Phase::Live { since } = self.phase {
            self.backoff.lived(at.now - since);
        }
        let wait = self.backoff.failed(at.random);
        self.leave(wait, at);
    }

    /// The page is left. Browsers that keep it as it is let it keep no connection; its timers rest, so
    /// that it connects again when somebody comes back to it.
    pub fn left(&mut self, at: Moment) {
        self.leave(at.random * RETURN, at);
    }

    /// What is being read goes on, and what it brings is given before there is another connection:
    /// one that never lives for long keeps nobody from getting on.
    fn leave(&mut self, wait: f64, at: Moment) {
        if let (Phase::Live { .. }, Some(interval)) = (self.phase, self.wish.poll) {
            self.read_at = at.now + f64::from(interval);
        }
        self.phase = Phase::Away {
            again: at.now + wait,
        };
        self.missed = true;
        self.waiting.clear();
        self.todo.push(Do::Leave);
        self.tell(match self.streams {
            true => State::Waiting,
            false => State::Polling,
        });
    }

    fn tell(&mut self, state: State) {
        self.todo.push(Do::Tell(state));
    }

    fn end(&mut self, failure: Failure<V>) {
        self.todo.push(Do::Leave);
        self.todo.push(Do::End(failure));
    }
}

/// Whether a text can be a word of the stream's answer: those are told apart by spaces.
pub fn is_word(text: &str) -> bool {
    !text.is_empty() && !contains(text, " ")
}
