//! The world around a feed: WebSockets, and whoever takes what it gives (`lib/feed.js`).

use std::cell::RefCell;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::abort::Target;
use super::js;
use super::leaving::is_leaving;
use super::value::member;
use super::wait::Callback;
use crate::core::feed::session::State;
use crate::core::feed::world::{Heard, Socket, World};

#[wasm_bindgen]
extern "C" {
    /// Whoever takes notifications.
    pub type FeedPort;
    /// Takes one. Gives a promise where there is no room for another one: it resolves when all were
    /// taken.
    #[wasm_bindgen(method, structural)]
    fn give(this: &FeedPort, event: &JsValue) -> Option<Promise>;
    /// A promise that resolves when it has had enough.
    #[wasm_bindgen(method, structural, getter)]
    fn stopped(this: &FeedPort) -> Promise;
    /// Hears how the feed stands.
    #[wasm_bindgen(method, structural)]
    fn tell(this: &FeedPort, state: &str);

    /// A WebSocket: our own import, since a caller's own is fine too.
    #[wasm_bindgen(extends = Target)]
    type Wire;
    #[wasm_bindgen(method, structural, catch)]
    fn send(this: &Wire, text: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, structural, catch)]
    fn close(this: &Wire) -> Result<(), JsValue>;
}

/// When a page is left. Some browsers close its connections then, without telling it; the others
/// wouldn't keep it as it is.
const LEFT: &str = "pagehide";

/// The world around one feed.
pub struct JsWorld {
    port: FeedPort,
    constructor: Option<Function>,
    stopped: RefCell<JsFuture>,
    room: RefCell<Option<JsFuture>>,
}

impl JsWorld {
    /// With the caller's own constructor of WebSockets, or the platform's where there is one.
    pub fn new(port: FeedPort, constructor: Option<Function>) -> Self {
        let global = || member(&js::global_object(), "WebSocket")?.dyn_into().ok();
        Self {
            stopped: RefCell::new(port.stopped().into()),
            port,
            constructor: constructor.or_else(global),
            room: RefCell::default(),
        }
    }
}

impl World for JsWorld {
    type Value = JsValue;
    type Socket = JsSocket;

    fn has_sockets(&self) -> bool {
        self.constructor.is_some()
    }

    fn connect(&self, url: &str) -> Result<JsSocket, JsValue> {
        let Some(constructor) = &self.constructor else {
            return Err(JsValue::UNDEFINED);
        };
        let wire = Reflect::construct(constructor, &Array::of1(&url.into()))?;
        JsSocket::new(wire.unchecked_into())
    }

    fn give(&self, event: JsValue) -> bool {
        let room = self.port.give(&event).map(JsFuture::from);
        let has_room = room.is_none();
        *self.room.borrow_mut() = room;
        has_room
    }

    fn poll_room(&self, context: &mut Context<'_>) -> Poll<()> {
        match self.room.borrow_mut().as_mut() {
            Some(room) => Pin::new(room).poll(context).map(drop),
            None => Poll::Ready(()),
        }
    }

    fn poll_stop(&self, context: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut *self.stopped.borrow_mut())
            .poll(context)
            .map(drop)
    }

    fn tell(&self, state: State) {
        self.port.tell(state.as_str());
    }

    fn is_online(&self) -> bool {
        of_global("navigator", "onLine").is_none_or(|online| online != false)
    }

    fn is_visible(&self) -> bool {
        of_global("document", "visibilityState").is_none_or(|state| state != "hidden")
    }

    fn iso(&self, seconds: f64) -> String {
        js::iso(&(seconds * 1_000.0).into()).unwrap_or_default()
    }
}

fn of_global(object: &str, name: &str) -> Option<JsValue> {
    member(&member(&js::global_object(), object)?, name)
}

/// What a socket has told and nobody has heard yet.
#[derive(Default)]
struct Inbox {
    texts: Vec<String>,
    waker: Option<Waker>,
}

/// One WebSocket.
pub struct JsSocket {
    wire: Wire,
    inbox: Rc<RefCell<Inbox>>,
    on_message: Closure<dyn Fn(JsValue)>,
    closed: Callback,
    left: Callback,
    page: Option<Target>,
}

impl JsSocket {
    fn new(wire: Wire) -> Result<Self, JsValue> {
        let inbox = Rc::new(RefCell::new(Inbox::default()));
        let into = Rc::clone(&inbox);
        let on_message = Closure::new(move |event: JsValue| {
            let Some(text) = member(&event, "data").and_then(|data| data.as_string()) else {
                return;
            };
            let mut inbox = into.borrow_mut();
            inbox.texts.push(text);
            if let Some(waker) = inbox.waker.take() {
                waker.wake();
            }
        });
        let socket = Self {
            wire,
            inbox,
            on_message,
            closed: Callback::new(),
            left: Callback::new(),
            page: of_global("document", "defaultView").map(JsCast::unchecked_into),
        };
        let Self {
            wire,
            closed,
            on_message,
            left,
            page,
            ..
        } = &socket;
        wire.add("message", on_message.as_ref())?;
        wire.add("close", &closed.function)?;
        // Some throw what nobody listens to, also after they were closed.
        wire.add("error", &closed.function)?;
        if let Some(page) = page {
            page.add(LEFT, &left.function)?;
        }
        Ok(socket)
    }
}

impl Socket for JsSocket {
    fn send(&self, text: &str) {
        // One that is closed tells so by its event.
        let _ = self.wire.send(text);
    }

    fn poll_heard(&mut self, context: &mut Context<'_>) -> Poll<Heard> {
        let mut inbox = self.inbox.borrow_mut();
        if !inbox.texts.is_empty() {
            return Poll::Ready(Heard::Text(inbox.texts.remove(0)));
        }
        inbox.waker = Some(context.waker().clone());
        if pin!(self.left.called()).poll(context).is_ready() {
            return Poll::Ready(Heard::Left);
        }
        let closed = pin!(self.closed.called());
        closed.poll(context).map(|()| Heard::Closed)
    }
}

impl Drop for JsSocket {
    fn drop(&mut self) {
        if is_leaving() {
            return;
        }
        if let Some(page) = &self.page {
            let _ = page.remove(LEFT, &self.left.function);
        }
        // What can't be closed is closed. Of its end nobody is told: Chromium gives a page up that it
        // keeps, when something runs there.
        let _ = self.wire.remove("message", self.on_message.as_ref());
        let _ = self.wire.remove("close", &self.closed.function);
        let _ = self.wire.close();
    }
}
