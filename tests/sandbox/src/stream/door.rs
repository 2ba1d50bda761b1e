//! Who gets as far as the stream's transport.

use crate::codes::Code;
use crate::door::Door;
use crate::http::{Answer, Request};
use crate::stream::Stream;
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

impl Sandbox {
    /// Lets a request in, or not.
    pub fn stream_door(&mut self, request: &Request, moment: Moment) -> Door {
        let busy = || Answer::from(Code::TemporarilyUnavailable);
        self.door(request, moment, busy(), |sandbox| {
            let Stream {
                shut_until,
                silent_until,
                ..
            } = &sandbox.stream;
            if moment.unix_ms < *shut_until {
                return Err(busy());
            }
            let silent = silent_until.saturating_sub(moment.unix_ms);
            Ok(u64::try_from(silent).unwrap_or(0))
        })
    }

    /// Notes what the transport answered.
    pub fn stream_answered(&mut self, request: &Request, status: u16, moment: Moment) {
        let now = self.time(moment);
        self.log.write(request, Some(status), now);
    }
}
