//! One call from request to reply.

use serde_json::{Map, Value, json};

use crate::codes::Code;
use crate::cors::{self, Cors};
use crate::faults::{Cut, Fault, Faults};
use crate::game::Game;
use crate::game::notifications::Notification;
use crate::http::{Answer, Request};
use crate::ids::{Entropy, Moment};
use crate::kumite::{Kumite, watch};
use crate::log::Log;
use crate::oauth::OAuth;
use crate::plan::Plan;
use crate::service::Service;
use crate::stream::{Effect, Stream};
use crate::toornament::Toornament;
use crate::toornament::webhooks::Delivery;
use crate::{routes, seed, time};

/// What a shell carries out.
#[derive(Debug)]
pub struct Reply {
    /// The answer. With a dropped connection nothing of it is sent.
    pub answer: Answer,
    /// How long it is held back.
    pub delay_ms: u64,
    /// How the connection is cut.
    pub drop: Option<Cut>,
    /// The connection must not be used again. While a connection is still to be
    /// dropped, this keeps clients from having old ones: browsers silently
    /// repeat a call that fails on a connection that was used before.
    pub close: bool,
    /// What is done at the sockets of the stream, in this order.
    pub effects: Vec<Effect>,
    /// What is done at those of Kumite's WebSocket.
    pub watch: Vec<watch::Effect>,
    /// What is sent to receivers of Toornament's webhooks.
    pub deliveries: Vec<Delivery>,
}

impl Reply {
    /// An answer, and nothing else.
    pub fn plain(answer: Answer) -> Self {
        Self {
            answer,
            delay_ms: 0,
            drop: None,
            close: false,
            effects: Vec::new(),
            watch: Vec::new(),
            deliveries: Vec::new(),
        }
    }
}

/// The state of all services.
#[derive(Debug)]
pub struct Sandbox {
    /// The game.
    pub game: Game,
    /// Clients and tokens.
    pub oauth: OAuth,
    /// The notification stream.
    pub stream: Stream,
    /// Kumite.
    pub kumite: Kumite,
    /// Toornament.
    pub toornament: Toornament,
    /// What is to fail.
    pub faults: Faults,
    /// What was called.
    pub log: Log,
    /// What the plan allows.
    pub plan: Plan,
    /// What pages may do.
    pub cors: Cors,
    /// How far the sandbox's clock is from the moments given, in milliseconds.
    pub clock_offset: i64,
}

/// One call under way: what it brought, in the sandbox's own time.
#[derive(Debug)]
pub struct Call<'a> {
    /// The request.
    pub request: &'a Request,
    /// The sandbox's clock.
    pub now: i64,
    /// The world's clock.
    pub world: i64,
    /// The call's random bytes.
    pub entropy: Entropy,
}

impl Sandbox {
    /// The services with their seed.
    pub fn new(unix_ms: i64) -> Self {
        let mut oauth = OAuth::default();
        seed::clients(&mut oauth);
        Self {
            game: seed::island::game(unix_ms),
            oauth,
            stream: Stream::default(),
            kumite: Kumite::new(unix_ms),
            toornament: Toornament::default(),
            faults: Faults::default(),
            log: Log::default(),
            plan: Plan::default(),
            cors: Cors::default(),
            clock_offset: 0,
        }
    }

    /// Back to the seed.
    pub fn reset(&mut self, unix_ms: i64) {
        let mut before = std::mem::replace(self, Self::new(unix_ms));
        before.stream.reset();
        before.kumite.reset();
        before.toornament.reset();
        self.stream = before.stream;
        self.kumite = before.kumite;
        self.toornament = before.toornament;
    }

    /// Answers a call.
    pub fn handle(&mut self, request: &Request, moment: Moment) -> Reply {
        let mut call = Call {
            request,
            now: self.time(moment),
            world: moment.unix_ms,
            entropy: Entropy::new(moment.random),
        };
        let mut reply = if routes::control::is_control(request) {
            self.control(&mut call)
        } else {
            self.serve(&mut call)
        };
        self.open(request, &mut reply.answer);
        if reply.answer.header("date").is_none() {
            reply.answer.set_header("date", &time::http_date(call.now));
        }
        reply.effects = self.stream_effects();
        reply.watch = self.kumite.watch.take_effects();
        reply.deliveries = self.toornament.webhooks.take_outbox();
        reply.close = self.faults.will_drop_connection() || reply.drop.is_some();
        reply
    }

    fn control(&mut self, call: &mut Call) -> Reply {
        let preflight = self.cors.preflight(call.request);
        let (answer, delay_ms) = match preflight {
            Some(answer) => (answer, 0),
            None => match routes::control::answer(self, call) {
                Ok(done) => (done.answer, done.delay_ms),
                Err(envelope) => (envelope.into(), 0),
            },
        };
        Reply {
            delay_ms,
            ..Reply::plain(answer)
        }
    }

    fn serve(&mut self, call: &mut Call) -> Reply {
        let fault = self.faults.take(call.request).unwrap_or(Fault {
            answer: None,
            usual: false,
            delay_ms: 0,
            drop: None,
        });
        let answer = match fault.answer {
            Some(answer) if fault.usual => self.usual(call, answer),
            Some(answer) => answer,
            None if fault.drop == Some(Cut::Connection) => Answer::empty(503),
            None => self.judge(call),
        };
        let status = (fault.drop != Some(Cut::Connection)).then_some(answer.status);
        self.log.write(call.request, status, call.now);
        Reply {
            delay_ms: fault.delay_ms,
            drop: fault.drop,
            ..Reply::plain(answer)
        }
    }

    fn judge(&mut self, call: &mut Call) -> Answer {
        match Service::of(&call.request.path) {
            Service::Playoff => self.playoff(call),
            Service::Kumite => self.kumite.answer(call),
            Service::Toornament => self.toornament.answer(call),
        }
    }

    /// A fault's answer with the body that its service's errors have.
    fn usual(&self, call: &Call, fault: Answer) -> Answer {
        let mut answer = match Service::of(&call.request.path) {
            Service::Playoff => return fault,
            Service::Kumite => self.kumite.usual(call, fault.status),
            Service::Toornament => self.toornament.usual(fault.status),
        };
        let said = fault
            .headers
            .iter()
            .filter(|(name, _)| name != "content-type");
        for (name, value) in said {
            answer.set_header(name, value);
        }
        answer
    }

    fn playoff(&mut self, call: &mut Call) -> Answer {
        if let Some(answer) = self.cors.preflight(call.request) {
            return answer;
        }
        if call.request.method == "OPTIONS" {
            return self.cors.options();
        }
        routes::answer(self, call).unwrap_or_else(Answer::from)
    }

    /// Notes a call that was too large to be read, and answers it.
    pub fn refuse_large(&mut self, request: &Request, moment: Moment) -> Reply {
        let call = Call {
            request,
            now: self.time(moment),
            world: moment.unix_ms,
            entropy: Entropy::new(moment.random),
        };
        let mut answer = self.usual(&call, Answer::from(Code::PayloadTooLarge));
        self.log.write(request, Some(answer.status), call.now);
        self.open(request, &mut answer);
        Reply::plain(answer)
    }

    /// Opens an answer to pages of other origins, as its service does.
    fn open(&self, request: &Request, answer: &mut Answer) {
        cors::open(request, answer);
        if Service::of(&request.path) == Service::Toornament {
            self.toornament.open(answer);
        }
    }

    /// The sandbox's own time at a moment.
    pub(crate) fn time(&self, moment: Moment) -> i64 {
        moment.unix_ms.saturating_add(self.clock_offset)
    }

    /// Tells a player of an event: the REST route lists it from now on, and a
    /// stream finds it [after](Self::notifications_after) its last one. `now` is
    /// the sandbox's clock.
    pub fn notify(&mut self, player: &str, event: Map<String, Value>, now: i64) -> &Notification {
        self.game.notifications.notify(player, event, now)
    }

    /// What a player was told after that number, oldest first.
    pub fn notifications_after(
        &self,
        player: &str,
        number: u64,
    ) -> impl Iterator<Item = &Notification> {
        self.game.notifications.after(player, number)
    }

    /// Whose notifications that token lets a stream have.
    pub fn notifications_player(&self, token: &str, now: i64) -> Option<&str> {
        self.game.notifications.token_player(token, now)
    }

    /// What scripts read from the first line of output: addresses, seeded
    /// clients and players.
    pub fn describe(&self, origin: &str) -> Value {
        let clients: Vec<Value> = self.oauth.clients.values().map(|c| c.to_json()).collect();
        let players: Vec<Value> = self
            .game
            .players
            .values()
            .map(|p| json!({ "id": p.id, "alias": p.alias }))
            .collect();
        json!({
            "playoff": {
                "authUrl": origin,
                "apiUrl": origin,
                "clients": clients,
                "players": players,
            },
            "kumite": self.kumite.describe(origin),
            "toornament": self.toornament.describe(origin),
            "control": { "url": format!("{origin}/control") },
        })
    }
}
