//! One call from request to reply.

use serde_json::{Map, Value, json};

use crate::codes::Code;
use crate::cors::{self, Cors};
use crate::faults::{Cut, Fault, Faults};
use crate::game::Game;
use crate::game::notifications::Notification;
use crate::http::{Answer, Request};
use crate::ids::{Entropy, Moment};
use crate::log::Log;
use crate::oauth::OAuth;
use crate::plan::Plan;
use crate::stream::{Effect, Stream};
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
            faults: Faults::default(),
            log: Log::default(),
            plan: Plan::default(),
            cors: Cors::default(),
            clock_offset: 0,
        }
    }

    /// Back to the seed.
    pub fn reset(&mut self, unix_ms: i64) {
        let mut stream = std::mem::take(&mut self.stream);
        stream.reset();
        *self = Self {
            stream,
            ..Self::new(unix_ms)
        };
    }

    /// Answers a call.
    pub fn handle(&mut self, request: &Request, moment: Moment) -> Reply {
        let mut call = Call {
            request,
            now: moment.unix_ms.saturating_add(self.clock_offset),
            world: moment.unix_ms,
            entropy: Entropy::new(moment.random),
        };
        let mut reply = if routes::control::is_control(request) {
            self.control(&mut call)
        } else {
            self.service(&mut call)
        };
        cors::open(request, &mut reply.answer);
        if reply.answer.header("date").is_none() {
            reply.answer.set_header("date", &time::http_date(call.now));
        }
        reply.effects = self.stream_effects();
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
            answer,
            delay_ms,
            drop: None,
            close: false,
            effects: Vec::new(),
        }
    }

    fn service(&mut self, call: &mut Call) -> Reply {
        let fault = self.faults.take(call.request).unwrap_or(Fault {
            answer: None,
            delay_ms: 0,
            drop: None,
        });
        let answer = match fault.answer {
            Some(answer) => answer,
            None if fault.drop == Some(Cut::Connection) => Answer::empty(503),
            None => self.judge(call),
        };
        let status = (fault.drop != Some(Cut::Connection)).then_some(answer.status);
        self.log.write(call.request, status, call.now);
        Reply {
            answer,
            delay_ms: fault.delay_ms,
            drop: fault.drop,
            close: false,
            effects: Vec::new(),
        }
    }

    fn judge(&mut self, call: &mut Call) -> Answer {
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
        let now = moment.unix_ms.saturating_add(self.clock_offset);
        let mut answer = Answer::from(Code::PayloadTooLarge);
        self.log.write(request, Some(answer.status), now);
        cors::open(request, &mut answer);
        Reply {
            answer,
            delay_ms: 0,
            drop: None,
            close: false,
            effects: Vec::new(),
        }
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
            "control": { "url": format!("{origin}/control") },
        })
    }
}
