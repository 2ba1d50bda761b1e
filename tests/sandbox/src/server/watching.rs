//! The sockets of Kumite's WebSocket, and the library's effects.

use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::future::{Either, select};
use futures_util::{SinkExt, StreamExt};
use hyper::body::Incoming;
use hyper::header::SEC_WEBSOCKET_KEY;
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use playoff_sandbox::kumite::watch::Effect;
use playoff_sandbox::{Answer, Request};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::line::Gate;
use super::{Answered, Shared, pass, response, send};

/// Who watches.
#[derive(Default)]
pub struct Watchers(Mutex<BTreeMap<u64, Watcher>>);

struct Watcher {
    messages: UnboundedSender<String>,
    gate: Arc<Gate>,
}

impl Watchers {
    fn open(&self) -> MutexGuard<'_, BTreeMap<u64, Watcher>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers a request for the WebSocket (RFC 6455 section 4.2).
pub async fn call(
    shared: &Arc<Shared>,
    request: Request,
    mut incoming: hyper::Request<Incoming>,
    gate: Arc<Gate>,
) -> Answered {
    let door = shared.sandbox().watch_door(&request, shared.moment()?);
    if let Err(reply) = pass(door).await {
        return send(*reply).await;
    }
    let Some(key) = incoming.headers().get(SEC_WEBSOCKET_KEY) else {
        return response(Answer::empty(400), false, true);
    };
    let accept = derive_accept_key(key.as_bytes());
    // Noted before the answer: whoever has it hears of everything from then on.
    let (messages, inbox) = unbounded_channel();
    let id = shared.sandbox().watch_opened();
    shared
        .watchers
        .open()
        .insert(id, Watcher { messages, gate });
    let upgrade = hyper::upgrade::on(&mut incoming);
    let watchers = shared.clone();
    tokio::spawn(async move {
        match upgrade.await {
            Ok(upgraded) => serve(upgraded, inbox).await,
            Err(error) => eprintln!("playoff-sandbox: no WebSocket came of it: {error}"),
        }
        watchers.watchers.open().remove(&id);
        watchers.sandbox().watch_closed(id);
    });
    let answer = Answer::empty(101)
        .with_header("connection", "upgrade")
        .with_header("upgrade", "websocket")
        .with_header("sec-websocket-accept", &accept);
    response(answer, false, false)
}

/// Sends what there is to hear until either side ends. What is heard from the
/// other side changes nothing.
async fn serve(upgraded: Upgraded, mut inbox: UnboundedReceiver<String>) {
    let io = TokioIo::new(upgraded);
    let mut socket = WebSocketStream::from_raw_socket(io, Role::Server, None).await;
    loop {
        let message = match select(pin!(inbox.recv()), socket.next()).await {
            Either::Left((message, _)) => message,
            Either::Right((Some(Ok(_)), _)) => continue,
            Either::Right(_) => return,
        };
        let Some(message) = message else { return };
        if socket.send(Message::text(message)).await.is_err() {
            return;
        }
    }
}

/// Does at the sockets what the library says.
pub fn carry_out(shared: &Arc<Shared>, effects: Vec<Effect>) {
    for effect in effects {
        match effect {
            Effect::Send(id, message) => {
                if let Some(watcher) = shared.watchers.open().get(&id) {
                    // Whoever has just gone hears nothing more.
                    let _gone = watcher.messages.send(message);
                }
            }
            Effect::Cut(id) => {
                if let Some(watcher) = shared.watchers.open().remove(&id) {
                    watcher.gate.cut();
                }
            }
            Effect::WakeAfter(ms) => {
                let shared = shared.clone();
                tokio::spawn(async move {
                    tokio::time::sleep(Duration::from_millis(ms)).await;
                    wake(&shared);
                });
            }
        }
    }
}

fn wake(shared: &Arc<Shared>) {
    match shared.moment() {
        Ok(moment) => {
            let effects = shared.sandbox().wake(moment);
            carry_out(shared, effects);
        }
        Err(error) => eprintln!("playoff-sandbox: no time or randomness: {error}"),
    }
}
