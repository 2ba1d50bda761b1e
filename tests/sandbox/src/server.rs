//! The sockets: reads requests, carries out replies.

use std::convert::Infallible;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http_body_util::BodyExt;
use http_body_util::combinators::BoxBody;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use playoff_sandbox::door::Door;
use playoff_sandbox::faults::Cut;
use playoff_sandbox::http::MAX_BODY;
use playoff_sandbox::kumite::watch::is_watch;
use playoff_sandbox::options::Options;
use playoff_sandbox::stream::{Effect, is_stream};
use playoff_sandbox::{Answer, Moment, Moments, Reply, Request, Sandbox, announce};
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use line::{Gate, Line};
use stream::Sockets;
use watching::Watchers;

mod body;
mod delivering;
mod line;
mod listen;
mod stream;
mod watching;

/// What all connections share.
struct Shared {
    sandbox: Mutex<Sandbox>,
    moments: Mutex<Moments>,
    /// Counts up when idle connections must go.
    idle: watch::Sender<u64>,
    /// The notification stream's.
    sockets: Sockets,
    /// Kumite's.
    watchers: Watchers,
}

impl Shared {
    fn sandbox(&self) -> MutexGuard<'_, Sandbox> {
        // A panic in one call must not take all later ones along.
        self.sandbox.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The moment of now.
    fn moment(&self) -> io::Result<Moment> {
        let mut random = [0; 32];
        getrandom::fill(&mut random).map_err(io::Error::other)?;
        let world = Moment {
            unix_ms: unix_ms()?,
            random,
        };
        let mut moments = self.moments.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(moments.next(world))
    }

    /// Something happens to the sandbox that isn't a call.
    fn happen(self: &Arc<Self>, what: impl FnOnce(&mut Sandbox, Moment) -> Vec<Effect>) {
        match self.moment() {
            Ok(moment) => {
                let effects = what(&mut self.sandbox(), moment);
                stream::carry_out(self, effects);
            }
            Err(error) => eprintln!("playoff-sandbox: no time or randomness: {error}"),
        }
    }
}

/// Serves until a signal ends it.
pub fn run(options: &Options) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        let (port, listeners) = listen::listen(options.port).await?;
        let moments = Moments::new(options.clock, options.seed);
        let sandbox = Sandbox::new(moments.time(unix_ms()?));
        let described = sandbox.describe(&format!("http://{}:{port}", options.host));
        say(&match options.json {
            true => format!("{described}\n"),
            false => announce::for_people(&described),
        })?;
        let shared = Arc::new_cyclic(|shared| Shared {
            sockets: Sockets::new(shared.clone(), &sandbox.stream.settings),
            watchers: Watchers::default(),
            sandbox: Mutex::new(sandbox),
            moments: Mutex::new(moments),
            idle: watch::channel(0).0,
        });
        for listener in listeners {
            tokio::spawn(accept(listener, shared.clone()));
        }
        let interrupted = interrupt.recv();
        let terminated = terminate.recv();
        either(interrupted, terminated).await;
        Ok(())
    })
}

fn say(words: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(words.as_bytes())?;
    out.flush()
}

/// Waits for the first of two.
async fn either<A, B>(a: impl Future<Output = A>, b: impl Future<Output = B>) {
    let (mut a, mut b) = (Box::pin(a), Box::pin(b));
    std::future::poll_fn(|cx| {
        let done = a.as_mut().poll(cx).is_ready() || b.as_mut().poll(cx).is_ready();
        if done {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(serve(stream, shared.clone()));
            }
            Err(error) => {
                // Most often too many open files: give the others time to close.
                eprintln!("playoff-sandbox: a connection couldn't be accepted: {error}");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

/// Serves one connection until it ends. An error of it is no matter of ours:
/// clients go away, and dropped answers end here too.
async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    if let Err(error) = stream.set_nodelay(true) {
        eprintln!("playoff-sandbox: a connection stays slow: {error}");
    }
    let mut idle = shared.idle.subscribe();
    let (line, gate) = Line::new(stream);
    let service = service_fn(move |request| call(request, shared.clone(), gate.clone()));
    let connection = hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(line), service)
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    let mut closing = std::pin::pin!(async move { idle.changed().await.is_ok() });
    let mut open = true;
    std::future::poll_fn(|cx| {
        if open && closing.as_mut().poll(cx).is_ready() {
            open = false;
            connection.as_mut().graceful_shutdown();
        }
        connection.as_mut().poll(cx).map(|_ended| ())
    })
    .await;
}

/// Why a connection ends without a (whole) answer.
#[derive(Debug)]
pub struct Dropped;

impl std::fmt::Display for Dropped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the connection was dropped, as asked for")
    }
}

impl std::error::Error for Dropped {}

type Body = BoxBody<Bytes, Dropped>;
type Answered = Result<hyper::Response<Body>, Box<dyn std::error::Error + Send + Sync>>;

async fn call(
    incoming: hyper::Request<Incoming>,
    shared: Arc<Shared>,
    gate: Arc<Gate>,
) -> Answered {
    let (parts, body) = incoming.into_parts();
    let request = Request {
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: headers(&parts.headers),
        body: Vec::new(),
    };
    if is_stream(&request) {
        let incoming = hyper::Request::from_parts(parts, body);
        return stream::call(&shared, request, incoming, gate).await;
    }
    if is_watch(&request) {
        let incoming = hyper::Request::from_parts(parts, body);
        return watching::call(&shared, request, incoming, gate).await;
    }
    let body = read(body).await?;
    let mut reply = answer(&shared, request, body)?;
    stream::carry_out(&shared, std::mem::take(&mut reply.effects));
    watching::carry_out(&shared, std::mem::take(&mut reply.watch));
    delivering::carry_out(&shared, std::mem::take(&mut reply.deliveries));
    send(reply).await
}

/// Waits until a request is let in; or gives what it is answered instead.
async fn pass(door: Door) -> Result<(), Box<Reply>> {
    match door {
        Door::Shut(reply) => Err(reply),
        Door::Open(delay_ms) => {
            tokio::time::sleep(Duration::from_millis(delay_ms)).await;
            Ok(())
        }
    }
}

/// Sends a reply, or cuts the connection.
async fn send(reply: Reply) -> Answered {
    if reply.delay_ms > 0 {
        tokio::time::sleep(Duration::from_millis(reply.delay_ms)).await;
    }
    if reply.drop == Some(Cut::Connection) {
        return Err(Box::new(Dropped));
    }
    response(reply.answer, reply.drop == Some(Cut::Body), reply.close)
}

/// Reads a body; `None` when it is too large. It is read to the end even so:
/// a connection closed before would take the answer along.
async fn read(mut body: Incoming) -> hyper::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let mut too_large = false;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else {
            continue;
        };
        too_large |= bytes.len() + data.len() > MAX_BODY;
        if !too_large {
            bytes.extend_from_slice(&data);
        }
    }
    Ok((!too_large).then_some(bytes))
}

fn answer(shared: &Shared, mut request: Request, body: Option<Vec<u8>>) -> io::Result<Reply> {
    let moment = shared.moment()?;
    let mut sandbox = shared.sandbox();
    let Some(body) = body else {
        return Ok(sandbox.refuse_large(&request, moment));
    };
    request.body = body;
    let dropping = sandbox.faults.will_drop_connection();
    let reply = sandbox.handle(&request, moment);
    if sandbox.faults.will_drop_connection() && !dropping {
        shared.idle.send_modify(|n| *n += 1);
    }
    Ok(reply)
}

fn headers(map: &hyper::HeaderMap) -> Vec<(String, String)> {
    map.iter()
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        })
        .collect()
}

fn response(answer: Answer, cut: bool, close: bool) -> Answered {
    let mut builder = hyper::Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        builder = builder.header(name, value);
    }
    if close {
        builder = builder.header("connection", "close");
    }
    let body = match cut {
        true => {
            builder = builder.header("content-length", answer.body.len().max(1));
            body::Half::new(answer.body).boxed()
        }
        false => http_body_util::Full::from(answer.body)
            .map_err(|never: Infallible| match never {})
            .boxed(),
    };
    Ok(builder.body(body)?)
}

fn unix_ms() -> io::Result<i64> {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_err(io::Error::other)?;
    i64::try_from(since.as_millis()).map_err(io::Error::other)
}
