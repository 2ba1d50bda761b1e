//! Who gets as far as a connection that stays.

use crate::faults::Cut;
use crate::http::{Answer, Request};
use crate::sandbox::Reply;
use crate::{Moment, Sandbox};

/// What becomes of a request for one.
#[derive(Debug)]
pub enum Door {
    /// It is let in, after so many milliseconds.
    Open(u64),
    /// It is answered without.
    Shut(Box<Reply>),
}

impl Sandbox {
    /// Lets a request in, or not. Faults that were asked for come first, `busy` where one has no answer
    /// of its own; else `judge` gives in how many milliseconds it is let in, or what it is answered.
    pub(crate) fn door(
        &mut self,
        request: &Request,
        moment: Moment,
        busy: Answer,
        judge: impl FnOnce(&Self) -> Result<u64, Answer>,
    ) -> Door {
        let now = self.time(moment);
        let fault = self.faults.take(request);
        let delay_ms = fault.as_ref().map_or(0, |f| f.delay_ms);
        let drop = fault.as_ref().and_then(|f| f.drop);
        let judged = match fault.and_then(|f| f.answer) {
            Some(answer) => Err(answer),
            None if drop.is_some() => Err(busy),
            None => judge(self),
        };
        let answer = match judged {
            Ok(wait_ms) => return Door::Open(delay_ms.max(wait_ms)),
            Err(answer) => answer,
        };
        let status = (drop != Some(Cut::Connection)).then_some(answer.status);
        self.log.write(request, status, now);
        Door::Shut(Box::new(Reply {
            delay_ms,
            drop,
            close: true,
            ..Reply::plain(answer)
        }))
    }
}
