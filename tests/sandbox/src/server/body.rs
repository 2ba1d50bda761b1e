//! A body that ends in the middle.

use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame};

use super::Dropped;

/// Sends the first half of a body, then fails, so that the connection is cut.
pub struct Half {
    half: Option<Bytes>,
    sent: bool,
}

impl Half {
    /// The first half of this body.
    pub fn new(whole: Vec<u8>) -> Self {
        let half = whole[..whole.len() / 2].to_vec();
        Self {
            half: Some(half.into()).filter(|h: &Bytes| !h.is_empty()),
            sent: false,
        }
    }
}

impl Body for Half {
    type Data = Bytes;
    type Error = Dropped;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Dropped>>> {
        if let Some(half) = self.half.take() {
            return Poll::Ready(Some(Ok(Frame::data(half))));
        }
        if !self.sent {
            // One turn of the loop for hyper to write out what it has: failing
            // at once would also throw the headers away.
            self.sent = true;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(Dropped)))
    }
}
