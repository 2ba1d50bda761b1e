//! Who gets as far as the stream's transport.

use crate::codes::Code;
use crate::http::{Answer, Request};
use crate::sandbox::Reply;
use crate::{Moment, Sandbox};

/// The evidenced path, also for clients of v2, and where v2 would have it.
const PATHS: [&str; 2] = [
    "/v1/notifications/stream",
    "/v2/runtime/notifications/stream",
];

/// Whether a request is for the stream.
pub fn is_stream(request: &Request) -> bool {
    let path = request.path.strip_suffix('/').unwrap_or(&request.path);
    PATHS.contains(&path)
}

/// What becomes of a request for the stream.
#[derive(Debug)]
pub enum Door {
    /// It goes on to the transport, after so many milliseconds.
    Open(u64),
    /// It is answered without.
    Shut(Reply),
}

impl Sandbox {
    /// Lets a request in, or not. Faults that were asked for come first.
    pub fn stream_door(&mut self, request: &Request, moment: Moment) -> Door {
        let now = self.time(moment);
        let fault = self.faults.take(request);
        let delay_ms = fault.as_ref().map_or(0, |f| f.delay_ms);
        let drop = fault.as_ref().and_then(|f| f.drop);
        let shut = moment.unix_ms < self.stream.shut_until;
        let answer = match fault.and_then(|f| f.answer) {
            Some(answer) => answer,
            None if shut || drop.is_some() => Answer::from(Code::TemporarilyUnavailable),
            None => {
                let silent = self.stream.silent_until.saturating_sub(moment.unix_ms);
                let silent = u64::try_from(silent).unwrap_or(0);
                return Door::Open(delay_ms.max(silent));
            }
        };
        let status = drop.is_none().then_some(answer.status);
        self.log.write(request, status, now);
        Door::Shut(Reply {
            delay_ms,
            drop,
            close: true,
            ..Reply::plain(answer)
        })
    }

    /// Notes what the transport answered.
    pub fn stream_answered(&mut self, request: &Request, status: u16, moment: Moment) {
        let now = self.time(moment);
        self.log.write(request, Some(status), now);
    }
}
