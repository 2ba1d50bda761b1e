//! A connection whose sending can be held back, and which can be cut.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Instant;

/// A connection behind a gate.
pub struct Line {
    stream: TcpStream,
    gate: Arc<Gate>,
}

/// What can be done to a connection from elsewhere.
#[derive(Debug, Default)]
pub struct Gate(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    cut: bool,
    held_until: Option<Instant>,
    reader: Option<Waker>,
    writer: Option<Waker>,
}

impl Gate {
    /// Ends the connection: whatever is still to be sent is lost.
    pub fn cut(&self) {
        let mut state = self.state();
        state.cut = true;
        state.wake();
    }

    /// Sends nothing for a while; what is to be sent waits.
    pub fn hold(self: &Arc<Self>, time: Duration) {
        let until = Instant::now() + time;
        self.state().held_until = Some(until);
        let gate = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep_until(until).await;
            gate.state().wake();
        });
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pass_reader(&self, cx: &Context<'_>) -> io::Result<()> {
        let mut state = self.state();
        state.reader = Some(cx.waker().clone());
        state.uncut()
    }

    fn pass_writer(&self, cx: &Context<'_>) -> Poll<io::Result<()>> {
        let mut state = self.state();
        state.writer = Some(cx.waker().clone());
        match state.held_until {
            Some(until) if !state.cut && Instant::now() < until => Poll::Pending,
            _ => Poll::Ready(state.uncut()),
        }
    }
}

impl State {
    fn uncut(&self) -> io::Result<()> {
        match self.cut {
            true => Err(io::ErrorKind::ConnectionAborted.into()),
            false => Ok(()),
        }
    }

    fn wake(&mut self) {
        let wakers = [self.reader.take(), self.writer.take()];
        wakers.into_iter().flatten().for_each(Waker::wake);
    }
}

impl Line {
    /// The connection, and its gate.
    pub fn new(stream: TcpStream) -> (Self, Arc<Gate>) {
        let gate = Arc::new(Gate::default());
        let line = Self {
            stream,
            gate: gate.clone(),
        };
        (line, gate)
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.gate.pass_reader(cx)?;
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        ready!(self.gate.pass_writer(cx))?;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
