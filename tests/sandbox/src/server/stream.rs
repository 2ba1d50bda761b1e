//! The sockets of the notification stream: engine.io by `engineioxide`, which
//! knows nothing of notifications, and the library's effects.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::Duration;

use engineioxide::config::EngineIoConfig;
use engineioxide::handler::EngineIoHandler;
use engineioxide::service::EngineIoService;
use engineioxide::{DisconnectReason, Str};
use http_body_util::BodyExt;
use hyper::body::{Bytes, Incoming};
use hyper::header::{ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue};
use hyper::service::Service;
use playoff_sandbox::Request;
use playoff_sandbox::stream::{Effect, Settings};
use tokio::sync::mpsc::error::TrySendError;

use super::line::Gate;
use super::{Answered, Shared, pass, send};

/// How many messages may wait to be sent on one connection.
const BUFFER: usize = 20_000;

/// A connection's number, once it has one.
type Number = OnceLock<u64>;
type Socket = engineioxide::Socket<Number>;

/// The transport, and who is connected.
pub struct Sockets {
    handler: Arc<Handler>,
    transport: Mutex<EngineIoService<Handler>>,
    open: Mutex<BTreeMap<u64, Arc<Socket>>>,
}

impl Sockets {
    pub fn new(shared: Weak<Shared>, settings: &Settings) -> Self {
        let handler = Arc::new(Handler(shared));
        Self {
            transport: Mutex::new(transport(handler.clone(), settings)),
            handler,
            open: Mutex::default(),
        }
    }

    fn transport(&self) -> MutexGuard<'_, EngineIoService<Handler>> {
        self.transport
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<Socket>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self, id: u64) -> Option<Arc<Socket>> {
        self.open().get(&id).cloned()
    }

    fn remove(&self, id: u64) -> Option<Arc<Socket>> {
        self.open().remove(&id)
    }
}

/// The paths are ours to look at: to this one everything is for the stream.
fn transport(handler: Arc<Handler>, settings: &Settings) -> EngineIoService<Handler> {
    let config = EngineIoConfig::builder()
        .req_path("/")
        .ping_interval(Duration::from_millis(settings.ping_interval_ms))
        .ping_timeout(Duration::from_millis(settings.ping_timeout_ms))
        .max_buffer_size(BUFFER)
        .build();
    EngineIoService::with_config(handler, config)
}

/// Answers a request for the stream.
pub async fn call(
    shared: &Arc<Shared>,
    request: Request,
    mut incoming: hyper::Request<Incoming>,
    gate: Arc<Gate>,
) -> Answered {
    let door = shared.sandbox().stream_door(&request, shared.moment()?);
    if let Err(reply) = pass(door).await {
        return send(*reply).await;
    }
    incoming.extensions_mut().insert(gate);
    let transport = shared.sockets.transport().clone();
    let answer = match Service::call(&transport, incoming).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    };
    let status = answer.status().as_u16();
    shared
        .sandbox()
        .stream_answered(&request, status, shared.moment()?);
    let mut answer = answer.map(|body| body.map_err(|never: Infallible| match never {}).boxed());
    let everybody = HeaderValue::from_static("*");
    answer
        .headers_mut()
        .insert(ACCESS_CONTROL_ALLOW_ORIGIN, everybody);
    Ok(answer)
}

/// Does at the sockets what the library says.
pub fn carry_out(shared: &Arc<Shared>, effects: Vec<Effect>) {
    for effect in effects {
        match effect {
            Effect::Send(id, text) => {
                let Some(socket) = shared.sockets.get(id) else {
                    continue;
                };
                // Who is that slow is better off reading what they missed.
                if let Err(TrySendError::Full(_)) = socket.emit(text) {
                    cut(&socket);
                }
            }
            Effect::Close(id) => {
                if let Some(socket) = shared.sockets.remove(id) {
                    socket.close(DisconnectReason::ClosingServer);
                }
            }
            Effect::Cut(id) => {
                if let Some(socket) = shared.sockets.remove(id) {
                    cut(&socket);
                }
            }
            Effect::Silence { connection, ms } => {
                if let Some(gate) = shared.sockets.get(connection).as_deref().and_then(gate) {
                    gate.hold(Duration::from_millis(ms));
                }
            }
            Effect::Renew => {
                let settings = shared.sandbox().stream.settings.clone();
                let handler = shared.sockets.handler.clone();
                *shared.sockets.transport() = transport(handler, &settings);
            }
            Effect::Later { ms, timer } => {
                let shared = shared.clone();
                tokio::spawn(async move {
                    tokio::time::sleep(Duration::from_millis(ms)).await;
                    shared.happen(|sandbox, moment| sandbox.ring(timer, moment));
                });
            }
        }
    }
}

/// The gate first, so that not even a close frame gets through.
fn cut(socket: &Socket) {
    if let Some(gate) = gate(socket) {
        gate.cut();
    }
    socket.close(DisconnectReason::TransportError);
}

fn gate(socket: &Socket) -> Option<&Arc<Gate>> {
    socket.req_parts.extensions.get()
}

/// Tells the library what happens at the sockets.
#[derive(Debug)]
pub struct Handler(Weak<Shared>);

impl Handler {
    fn message(&self, text: &str, socket: &Socket) {
        if let (Some(shared), Some(&id)) = (self.0.upgrade(), socket.data.get()) {
            shared.happen(|sandbox, moment| sandbox.stream_message(id, text, moment));
        }
    }
}

impl EngineIoHandler for Handler {
    type Data = Number;

    fn on_connect(self: Arc<Self>, socket: Arc<Socket>) {
        let Some(shared) = self.0.upgrade() else {
            return;
        };
        shared.happen(|sandbox, moment| {
            let (id, effects) = sandbox.stream_opened(moment);
            let id = *socket.data.get_or_init(|| id);
            shared.sockets.open().insert(id, socket.clone());
            effects
        });
    }

    fn on_disconnect(&self, socket: Arc<Socket>, reason: DisconnectReason) {
        let (Some(shared), Some(&id)) = (self.0.upgrade(), socket.data.get()) else {
            return;
        };
        shared.sockets.remove(id);
        let reason = match reason {
            DisconnectReason::TransportClose => "client",
            DisconnectReason::TransportError => "connection lost",
            DisconnectReason::HeartbeatTimeout => "heartbeat",
            DisconnectReason::PacketParsingError => "bad packet",
            DisconnectReason::MultipleHttpPollingError => "polled twice at once",
            DisconnectReason::ClosingServer => "server",
        };
        shared.happen(|sandbox, moment| {
            sandbox.stream_closed(id, reason, moment);
            Vec::new()
        });
    }

    fn on_message(self: &Arc<Self>, text: Str, socket: Arc<Socket>) {
        self.message(&text, &socket);
    }

    /// No answer is binary: it counts as one that says nothing.
    fn on_binary(self: &Arc<Self>, _data: Bytes, socket: Arc<Socket>) {
        self.message("", &socket);
    }
}
