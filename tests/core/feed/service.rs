//! A service whose stream breaks, falls silent and repeats itself, and a feed that listens to it.

use std::collections::BTreeMap;

use fastrand::Rng;
use playoff_wasm::core::error::{Error, Failure};
use playoff_wasm::core::feed::session::{Do, Moment, Session, Start, State, Wish};
use playoff_wasm::core::secret::Secret;
use serde_json::{Value as Json, json};

/// How often something goes wrong, each in 0..1.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    /// A connection is cut, looked at once a second.
    pub cuts: f64,
    /// A connection falls silent.
    pub silences: f64,
    /// What was told is told again.
    pub doubles: f64,
    /// A call fails, as it may do again.
    pub failures: f64,
    /// The reader takes nothing for a while.
    pub pauses: f64,
    /// The network goes away for a while.
    pub offline: f64,
    /// The page is left, and somebody comes back to it at once.
    pub departures: f64,
}

/// What happens at its time.
#[derive(Debug)]
enum Happens {
    /// The next notifications are told.
    Told,
    /// Something goes wrong, or doesn't.
    Trouble,
    /// A packet arrives at the feed, of that connection.
    Arrives(u32, String),
    /// The connection opens or closes at the feed.
    Opens(u32),
    Closes(u32),
    /// A call of that number is answered.
    Token(u32),
    Read(u32, String, usize),
    /// The reader goes on.
    Resumes,
    /// The network is there again.
    Online,
}

/// One connection, as the service sees it.
#[derive(Default)]
struct Line {
    number: u32,
    authenticated: bool,
    silent_until: f64,
    last_arrival: f64,
}

/// The service, the feed, and what came of it.
pub struct Service {
    random: Rng,
    faults: Faults,
    now: f64,
    agenda: BTreeMap<(u64, u64), Happens>,
    planned: u64,
    told: Vec<Json>,
    left: u64,
    line: Option<Line>,
    lines: u32,
    calls: u32,
    online: bool,
    /// Whether somebody sees the page.
    pub is_visible: bool,
    session: Session<Json>,
    /// The sequences that the reader got.
    pub given: Vec<u64>,
    /// How the feed stood, one after the other.
    pub states: Vec<State>,
    /// What was read by REST.
    pub reads: u32,
    /// How many connections were begun.
    pub connections: u32,
    /// What ended it.
    pub ended: Option<Failure<Json>>,
    /// Whether it takes no token.
    pub refuses: bool,
    /// Whether it lists the oldest first.
    pub lists_oldest_first: bool,
    /// Whether the reader takes nothing by itself.
    pub is_slow: bool,
}

/// So many are on a page, whatever is asked for.
const PAGE: usize = 10;
const HEARTBEAT: &str = r#"0{"pingInterval":25000,"pingTimeout":5000}"#;

/// What the feed is to be, unless a test says otherwise.
pub fn wish() -> Wish {
    Wish {
        environment: "staging".into(),
        game_id: "game".into(),
        player_id: None,
        since: None,
        poll: None,
    }
}

fn iso(milliseconds: f64) -> String {
    let seconds = (milliseconds / 1_000.0) as u64;
    let (minutes, seconds, rest) = (seconds / 60, seconds % 60, milliseconds as u64 % 1_000);
    let (hours, minutes) = (minutes / 60, minutes % 60);
    format!("2026-01-01T{hours:02}:{minutes:02}:{seconds:02}.{rest:03}Z")
}

fn event(sequence: u64, milliseconds: f64) -> Json {
    json!({
        "event": "level",
        "id": format!("id-{sequence}"),
        "timestamp": iso(milliseconds),
        "sequence": sequence,
    })
}

impl Service {
    /// One that will tell so many notifications.
    pub fn new(seed: u64, left: u64, wish: Wish, faults: Faults) -> Self {
        let start = Start {
            now: iso(0.0),
            streams: wish.poll.is_none() || !seed.is_multiple_of(3),
            patience: 30_000,
        };
        let mut service = Self {
            random: Rng::with_seed(seed),
            faults,
            now: 0.0,
            agenda: BTreeMap::new(),
            planned: 0,
            told: Vec::new(),
            left,
            line: None,
            lines: 0,
            calls: 0,
            online: true,
            is_visible: true,
            session: Session::new(wish, start),
            given: Vec::new(),
            states: Vec::new(),
            reads: 0,
            connections: 0,
            ended: None,
            refuses: false,
            lists_oldest_first: false,
            is_slow: false,
        };
        service.plan(5_000.0, Happens::Told);
        service.plan(1_000.0, Happens::Trouble);
        service
    }

    /// The reader takes all that was given.
    pub fn take_all(&mut self) {
        self.session.set_full(false);
    }

    /// It has told so many already, a few at a time.
    pub fn has_told(&mut self, many: u64) {
        for sequence in 1..=many {
            let long_ago = (sequence / 4) as f64;
            self.told.push(event(sequence, long_ago));
        }
        self.now = 1_000.0 + many as f64;
    }

    /// It has told so many already, all at once.
    pub fn has_told_at_once(&mut self, many: u64) {
        self.told = (1..=many).map(|sequence| event(sequence, 0.0)).collect();
    }

    fn plan(&mut self, after: f64, happens: Happens) {
        self.planned += 1;
        let at = self.now + after.max(0.0);
        let key = ((at * 1_000.0) as u64, self.planned);
        self.agenda.insert(key, happens);
    }

    fn chance(&mut self, of: f64) -> bool {
        self.random.f64() < of
    }

    fn latency(&mut self) -> f64 {
        self.random.f64() * 200.0
    }

    fn moment(&mut self) -> Moment {
        Moment {
            now: self.now,
            random: self.random.f64(),
            online: self.online,
            visible: self.is_visible,
        }
    }

    /// Lets everything happen that there is within that time, and until it is over.
    pub fn run(&mut self, milliseconds: f64) {
        let end = self.now + milliseconds;
        while self.ended.is_none() {
            let at = self.moment();
            let wait = self.session.tick(at);
            if self.carry_out_all() {
                continue;
            }
            let due = at.now + wait;
            let next = self.agenda.keys().next();
            let next = next.map_or(f64::INFINITY, |(at, _)| *at as f64 / 1_000.0);
            let soonest = due.min(next);
            if soonest > end {
                self.now = end;
                return;
            }
            self.now = soonest.max(self.now);
            if next <= due
                && let Some((_, happens)) = self.agenda.pop_first()
            {
                self.happen(happens);
            }
        }
    }

    /// Lets everything happen until all was told and given, and a while longer.
    pub fn run_out(&mut self) {
        for _ in 0..24 * 60 {
            self.run(60_000.0);
            if self.left == 0 && self.given.len() >= self.told.len() {
                break;
            }
        }
        self.run(600_000.0);
    }

    fn carry_out_all(&mut self) -> bool {
        let mut any = false;
        for todo in self.session.take_todo() {
            any = true;
            self.carry_out(todo);
        }
        any
    }

    fn carry_out(&mut self, todo: Do<Json>) {
        match todo {
            Do::AskToken => {
                self.calls += 1;
                let after = self.latency();
                self.plan(after, Happens::Token(self.calls));
            }
            Do::Read(since, skip) => {
                self.calls += 1;
                self.reads += 1;
                let after = self.latency();
                self.plan(after, Happens::Read(self.calls, since, skip));
            }
            Do::Connect => {
                self.lines += 1;
                self.connections += 1;
                let after = self.latency();
                self.plan(after, Happens::Opens(self.lines));
            }
            Do::Send(text) => self.answer(&text),
            Do::Leave => {
                self.line = None;
                self.lines += 1;
            }
            Do::Give(event) => {
                self.given
                    .push(event["sequence"].as_u64().expect("a sequence"));
                if self.is_slow {
                    self.session.set_full(true);
                }
                let pauses = self.faults.pauses;
                if self.chance(pauses) {
                    self.session.set_full(true);
                    let after = self.random.f64() * 20_000.0;
                    self.plan(after, Happens::Resumes);
                }
            }
            Do::Tell(state) => self.states.push(state),
            Do::End(failure) => self.ended = Some(failure),
        }
    }

    /// What the service says to a packet.
    fn answer(&mut self, text: &str) {
        match text {
            "2" => self.say("3".into()),
            "4AUTH_RESPONSE token player staging game johny" if self.refuses => {
                self.say("4AUTH_FAILED unauthorized token".into());
                let number = self.lines;
                self.plan(300.0, Happens::Closes(number));
            }
            "4AUTH_RESPONSE token player staging game johny" => {
                self.say("4AUTH_SUCCESS".into());
                if let Some(line) = &mut self.line {
                    line.authenticated = true;
                }
            }
            other => panic!("nobody says {other}"),
        }
    }

    /// A packet is on its way: in order, and not before a silence is over.
    fn say(&mut self, text: String) {
        let latency = self.latency();
        let Some(line) = &mut self.line else { return };
        let arrival = (self.now + latency)
            .max(line.silent_until)
            .max(line.last_arrival);
        line.last_arrival = arrival;
        let number = line.number;
        let after = arrival - self.now;
        self.plan(after, Happens::Arrives(number, text));
    }

    fn happen(&mut self, happens: Happens) {
        match happens {
            Happens::Told => self.tell(),
            Happens::Trouble => self.trouble(),
            Happens::Resumes => self.session.set_full(false),
            Happens::Online => self.online = true,
            Happens::Opens(number) if number == self.lines => {
                self.line = Some(Line {
                    number,
                    ..Line::default()
                });
                self.say(HEARTBEAT.into());
                self.say("4AUTH_CHALLENGE".into());
            }
            Happens::Arrives(number, text) if number == self.lines => {
                let at = self.moment();
                self.session.heard(&text, at);
            }
            Happens::Closes(number) if number == self.lines => {
                let at = self.moment();
                self.session.lost(at);
            }
            Happens::Token(number) if number == self.calls => {
                let ticket = (Secret::new("token".into()), "johny".to_owned());
                let asked = self.unless_it_fails(ticket);
                let at = self.moment();
                self.session.asked(asked, at);
            }
            Happens::Read(number, since, skip) if number == self.calls => {
                let page = self.page(&since, skip);
                let page = self.unless_it_fails(page);
                let at = self.moment();
                self.session.page(page, at);
            }
            // Of what was left.
            Happens::Opens(_)
            | Happens::Arrives(..)
            | Happens::Closes(_)
            | Happens::Token(_)
            | Happens::Read(..) => {}
        }
    }

    /// As the REST route lists them, few at a time.
    fn page(&self, since: &str, skip: usize) -> Json {
        let is_late = |event: &&Json| event["timestamp"].as_str() >= Some(since);
        let mut late: Vec<&Json> = self.told.iter().filter(is_late).collect();
        let total = late.len();
        if !self.lists_oldest_first {
            late.reverse();
        }
        let page: Vec<&Json> = late.into_iter().skip(skip).take(PAGE).collect();
        json!({ "data": page, "total": total })
    }

    fn unless_it_fails<T>(&mut self, value: T) -> Result<T, Failure<Json>> {
        let failures = self.faults.failures;
        match self.chance(failures) {
            true => Err(Error::network("lost".into(), Json::Null).into()),
            false => Ok(value),
        }
    }

    /// Some at once, with the same time; then some more after a while.
    fn tell(&mut self) {
        for _ in 0..self.random.u64(1..=4).min(self.left) {
            self.left -= 1;
            let sequence = self.told.len() as u64 + 1;
            self.told.push(event(sequence, self.now));
            self.stream(self.told.len() - 1);
            let doubles = self.faults.doubles;
            if self.chance(doubles) {
                let again = self.random.usize(..self.told.len());
                self.stream(again);
            }
        }
        if self.left > 0 {
            let after = self.random.f64() * 2_000.0;
            self.plan(after, Happens::Told);
        }
    }

    fn stream(&mut self, place: usize) {
        if self.line.as_ref().is_some_and(|line| line.authenticated) {
            let text = format!("4NOTIFICATION {}", self.told[place]);
            self.say(text);
        }
    }

    /// Once a second, as long as there is something to tell.
    fn trouble(&mut self) {
        let Faults {
            cuts,
            silences,
            offline,
            departures,
            ..
        } = self.faults;
        let number = self.lines;
        if self.chance(cuts) && self.line.take().is_some() {
            let after = self.latency();
            self.plan(after, Happens::Closes(number));
        }
        let until = self.now + 60_000.0;
        if self.chance(silences)
            && let Some(line) = &mut self.line
        {
            line.silent_until = until;
        }
        if self.chance(departures) && self.line.is_some() {
            let at = self.moment();
            self.session.left(at);
        }
        if self.chance(offline) {
            self.online = false;
            let after = self.random.f64() * 10_000.0;
            self.plan(after, Happens::Online);
        }
        match self.left > 0 {
            true => self.plan(1_000.0, Happens::Trouble),
            false => self.faults = Faults::default(),
        }
    }
}
