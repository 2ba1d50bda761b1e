//! Notifications as they happen.
//!
//! [`session`] decides; here is what carries it out: one loop over a socket, a call, a clock, and
//! whoever takes what is given.

pub mod backoff;
pub mod doubles;
pub mod missed;
pub mod packet;
pub mod session;
pub mod world;

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll};

use crate::core::answer::Outcome;
use crate::core::call;
use crate::core::client::Client;
use crate::core::error::{Error, Failure, code};
use crate::core::host::Host;
use crate::core::method::Method;
use crate::core::provider::Place;
use crate::core::query::Query;
use crate::core::request::Call;
use crate::core::route::Route;
use crate::core::secret::Secret;
use crate::core::settings::Settings;
use crate::core::text::{concat, number};
use crate::core::typed::unsupported;
use crate::core::value::Value;
use missed::PAGE;
use session::{Do, Moment, Session, Start, Wish, is_word};
use world::{Heard, Socket, World};

/// Milliseconds between two looks, in an edge worker, whether the client has ended.
const LOOK: f64 = 1_000.0;
/// Milliseconds that a timer can hold.
const LONGEST: f64 = i32::MAX as f64;

/// A call that is under way.
type Job<'a, V> = Pin<Box<dyn Future<Output = Result<Outcome<V>, Failure<V>>> + 'a>>;

/// What happened.
enum News<V> {
    /// The call has ended.
    Called(Result<Outcome<V>, Failure<V>>),
    /// The server has said something, or is gone.
    Heard(Heard),
    /// All that was given was taken.
    Room,
    /// It's time for something.
    Time,
    /// It is over; or nobody wants any more.
    Over(Option<Error<V>>),
}

/// Gives notifications until nobody wants any more.
///
/// # Errors
/// What ended it otherwise.
pub async fn run<H: Host, W: World<Value = H::Value>>(
    client: &Rc<Client<H>>,
    world: &W,
    wish: Wish,
) -> Result<(), Failure<H::Value>> {
    check(&wish)?;
    let session = client.session(wish.player_id.as_deref());
    let guard = session.guard();
    let still = || client.check_still(&session, guard);
    still()?;
    let mut over = pin!(client.until(|| still().is_err()));
    let mut feed = Feed::new(client, world, wish)?;
    loop {
        let mut wait = feed.tick();
        let todo = feed.session.take_todo();
        if !todo.is_empty() {
            for one in todo {
                feed.carry_out(one)?;
            }
            continue;
        }
        if client.place == Place::Worker {
            wait = wait.min(LOOK);
        }
        let mut time = pin!(client.host.sleep(wait.clamp(1.0, LONGEST) as u32));
        let news = poll_fn(|context| {
            if world.poll_stop(context).is_ready() {
                return Poll::Ready(News::Over(None));
            }
            if over.as_mut().poll(context).is_ready() {
                return Poll::Ready(News::Over(still().err()));
            }
            match feed.poll_news(context) {
                Poll::Pending => time.as_mut().poll(context).map(|()| News::Time),
                ready => ready,
            }
        });
        match news.await {
            News::Over(None) => return Ok(()),
            News::Over(Some(error)) => return Err(error.into()),
            news => feed.learn(news),
        }
    }
}

fn check<V>(wish: &Wish) -> Result<(), Error<V>> {
    if !matches!(wish.environment.as_str(), "production" | "staging") {
        return Err(Error::option(
            "environment",
            "\"production\" or \"staging\"",
        ));
    }
    if !is_word(&wish.game_id) {
        return Err(Error::option("gameId", "the game's id, without spaces"));
    }
    match &wish.player_id {
        Some(player) if !is_word(player) => Err(no_player()),
        _ => Ok(()),
    }
}

fn no_player<V>() -> Error<V> {
    let takes = "the player's id, without spaces, where the token doesn't tell whose it is";
    Error::option("playerId", takes)
}

/// The route of notifications, or one below it.
fn route<V>(settings: &Settings, below: &str) -> Result<Route, Error<V>> {
    let Settings {
        provider, version, ..
    } = settings;
    let mut versions = provider.addresses.versions.iter();
    let place = versions.position(|(known, _)| known == version);
    let path = place.and_then(|place| provider.own.notifications.get(place));
    match path {
        Some(path) => Route::from_path(&concat(&[path, below])),
        None => Err(unsupported("notifications", version)),
    }
}

/// The stream's address. It holds no token.
pub fn address(settings: &Settings) -> String {
    // `http` becomes `ws`, `https` becomes `wss`.
    let rest = settings.root.strip_prefix("http").unwrap_or_default();
    concat(&["ws", rest, settings.provider.own.stream])
}

struct Feed<'a, H: Host, W: World> {
    client: &'a Rc<Client<H>>,
    world: &'a W,
    player: Option<String>,
    session: Session<H::Value>,
    socket: Option<W::Socket>,
    job: Option<Job<'a, H::Value>>,
    /// Whether the job asks for a token.
    asks: bool,
    full: bool,
    /// When it began, by a clock that may be set; and how long ago that is.
    began: f64,
    now: f64,
}

impl<'a, H: Host, W: World<Value = H::Value>> Feed<'a, H, W> {
    fn new(client: &'a Rc<Client<H>>, world: &'a W, wish: Wish) -> Result<Self, Error<H::Value>> {
        let streams = world.has_sockets();
        if !streams && wish.poll.is_none() {
            return Err(Error::config(
                code::NO_WEB_SOCKET,
                "there is no WebSocket here: give its constructor as `webSocket`, or `poll: { interval }`",
            ));
        }
        let (began, settings) = (client.host.now(), &client.settings);
        let start = Start {
            now: world.iso(began),
            streams,
            patience: settings.timeout,
        };
        Ok(Self {
            client,
            world,
            player: wish.player_id.clone().or(settings.player_id.clone()),
            session: Session::new(wish, start),
            socket: None,
            job: None,
            asks: false,
            full: false,
            began,
            now: 0.0,
        })
    }

    fn moment(&mut self) -> Moment {
        let host = &self.client.host;
        let now = host.now();
        // A clock that was set back doesn't make anything later.
        self.began = self.began.min(now - self.now / 1_000.0);
        self.now = (now - self.began) * 1_000.0;
        Moment {
            now: self.now,
            random: host.random(),
            online: self.world.is_online(),
            visible: self.world.is_visible(),
        }
    }

    /// Gives in how many milliseconds something is to be done.
    fn tick(&mut self) -> f64 {
        let at = self.moment();
        self.session.tick(at)
    }

    /// # Errors
    /// What ended the feed, if that is what is to be done.
    fn carry_out(&mut self, todo: Do<H::Value>) -> Result<(), Failure<H::Value>> {
        match todo {
            Do::AskToken => {
                self.asks = true;
                self.call("/token", Query::default())?;
            }
            Do::Read(since, skip) => {
                self.asks = false;
                let mut query = Query::default();
                query.add_default("start", &since);
                query.add_default("skip", &number(skip as u64));
                query.add_default("limit", &number(PAGE as u64));
                self.call("", query)?;
            }
            Do::Connect => self.connect(),
            Do::Send(text) => {
                if let Some(socket) = &self.socket {
                    socket.send(&text);
                }
            }
            Do::Leave => self.socket = None,
            Do::Give(event) => {
                self.full = !self.world.give(event);
                self.session.set_full(self.full);
            }
            Do::Tell(state) => self.world.tell(state),
            Do::End(failure) => return Err(failure),
        }
        Ok(())
    }

    fn call(&mut self, below: &str, query: Query) -> Result<(), Error<H::Value>> {
        let client = self.client;
        let mut call = Call::new(Method::Get, route(&client.settings, below)?);
        call.query = query;
        call.player_id = self.player.clone();
        self.job = Some(Box::pin(call::call(client, call)));
        Ok(())
    }

    fn connect(&mut self) {
        match self.world.connect(&address(&self.client.settings)) {
            Ok(socket) => self.socket = Some(socket),
            Err(thrown) => {
                let message = "the notification stream can't be connected to".to_owned();
                let at = self.moment();
                self.session.no_stream(Error::network(message, thrown), at);
            }
        }
    }

    fn poll_news(&mut self, context: &mut Context<'_>) -> Poll<News<H::Value>> {
        if let Some(job) = &mut self.job
            && let Poll::Ready(called) = job.as_mut().poll(context)
        {
            self.job = None;
            return Poll::Ready(News::Called(called));
        }
        if let Some(socket) = &mut self.socket
            && let Poll::Ready(heard) = socket.poll_heard(context)
        {
            return Poll::Ready(News::Heard(heard));
        }
        match self.full {
            true => self.world.poll_room(context).map(|()| News::Room),
            false => Poll::Pending,
        }
    }

    fn learn(&mut self, news: News<H::Value>) {
        let at = self.moment();
        match news {
            News::Called(called) if self.asks => {
                let ticket = called.and_then(|outcome| Ok(self.ticket(&outcome)?));
                self.session.asked(ticket, at);
            }
            News::Called(called) => self.session.page(called.map(|outcome| outcome.data), at),
            News::Heard(Heard::Text(text)) => self.session.heard(&text, at),
            News::Heard(Heard::Closed) => self.session.lost(at),
            News::Heard(Heard::Left) => self.session.left(at),
            News::Room => {
                self.full = false;
                self.session.set_full(false);
            }
            News::Time | News::Over(_) => {}
        }
    }

    /// A token of the stream, and the player whose it is.
    fn ticket(&self, outcome: &Outcome<H::Value>) -> Result<(Secret, String), Error<H::Value>> {
        let token = outcome.data.text_at("token");
        let Some(token) = token.filter(|token| is_word(token)) else {
            let message = "the service gave no token for the notification stream".to_owned();
            let status = outcome.status;
            return Err(Error::api(code::INVALID_RESPONSE, message, status));
        };
        let Some(player) = self.whose().filter(|player| is_word(player)) else {
            return Err(no_player());
        };
        Ok((Secret::new(token), player))
    }

    fn whose(&self) -> Option<String> {
        if self.player.is_some() {
            return self.player.clone();
        }
        let token = self.client.session(None).token()?;
        token.claims.as_ref()?.text_at("player_id")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::settings::Options;

    fn settings(version: &str) -> Settings {
        let options = Options {
            api_url: Some("http://127.0.0.1:8790/v2/x/".into()),
            version: Some(version.into()),
            ..Options::default()
        };
        Settings::new::<serde_json::Value>(options).unwrap()
    }

    #[test]
    fn both_versions_have_one_stream_and_routes_of_their_own() {
        for (version, path) in [
            ("v2", "/runtime/notifications/token"),
            ("v1", "/notifications/token"),
        ] {
            let settings = settings(version);
            assert_eq!(
                address(&settings),
                "ws://127.0.0.1:8790/v2/x/v1/notifications/stream/?EIO=3&transport=websocket"
            );
            let route = route::<serde_json::Value>(&settings, "/token").unwrap();
            assert_eq!(route.as_str(), path);
        }
        let public = Settings::new::<serde_json::Value>(Options::default()).unwrap();
        let wss =
            "wss://api.playoffgamification.io/v1/notifications/stream/?EIO=3&transport=websocket";
        assert_eq!(address(&public), wss);
    }
}
