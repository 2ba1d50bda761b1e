//! How what was asked ends, and the rules of ending.

use playoff_wasm::core::error::{Failure, code};
use playoff_wasm::core::provider::Place;
use playoff_wasm::core::settings::TokenSource;
use serde_json::{Value as Json, json};

use crate::asked::{Asked, What};
use crate::executor::Executor;
use crate::rules::Rule;
use crate::world::World;

/// Milliseconds after which whatever was asked has ended, come what may.
const LONGEST: u64 = 300_000;
/// Polls after which a schedule goes round in circles.
const POLLS: u64 = 200_000;

/// How something ended.
type Ended = Result<Json, Failure<Json>>;

impl World {
    /// Something is asked of the client, right now.
    pub fn asks(&self, mut one: Asked) -> usize {
        one.begun = self.moment();
        one.begun_at = self.time.now();
        one.task = Executor::current();
        let mut asked = self.asked.borrow_mut();
        let id = asked.len();
        self.say(|| format!("#{id} asks for {:?}, key {}", one.what, one.key));
        asked.push(one);
        id
    }

    /// Whether it has ended, or was left.
    pub fn is_over(&self, id: usize) -> bool {
        self.asked.borrow()[id].over
    }

    /// Whether somebody is signing out.
    pub fn is_logging_out(&self) -> bool {
        let asked = self.asked.borrow();
        asked
            .iter()
            .any(|one| one.what == What::Logout && !one.over)
    }

    /// Nobody waits for it any more.
    pub fn leaves(&self, id: usize) {
        let moment = self.moment();
        let mut asked = self.asked.borrow_mut();
        asked[id].over = true;
        asked[id].ended = moment;
        self.renewal_over(asked[id].task);
    }

    /// It has ended.
    pub fn settles(&self, id: usize, ended: Ended) {
        self.say(|| format!("#{id} ends: {}", words(&ended)));
        self.leaves(id);
        let asked = self.asked.borrow();
        let one = &asked[id];
        self.check_error(id, one, &ended);
        let before = |point: Option<u64>| point.is_some_and(|at| at < self.executor.points());
        let aborted = one.aborted.is_some() && before(Some(one.aborted_at_point));
        if one.what == What::Logout {
            return;
        }
        let reason = one.aborted.clone().map(Failure::Thrown);
        let by_abort = reason.is_some() && ended.as_ref().err() == reason.as_ref();
        let disposed = before(self.disposed_at_point.get());
        if aborted {
            self.check(by_abort, Rule::Abort, || {
                format!("#{id} was aborted and ends otherwise: {}", words(&ended))
            });
        } else if disposed && !by_abort {
            self.check(has_code(&ended, code::DISPOSED), Rule::Disposed, || {
                format!("#{id} ends otherwise: {}", words(&ended))
            });
        } else {
            self.check_value(id, one, &ended);
        }
    }

    fn check_error(&self, id: usize, one: &Asked, ended: &Ended) {
        match ended {
            Err(Failure::Failed(error)) => {
                self.check_no_secret(&format!("#{id}'s error"), &format!("{error:?}"));
            }
            Err(Failure::Thrown(thrown)) => {
                let known = thrown.get("thrown").is_some() || one.aborted.as_ref() == Some(thrown);
                self.check(known, Rule::Abort, || format!("#{id} ends with {thrown}"));
            }
            Ok(_) => {}
        }
        let by_backend = matches!(ended, Err(Failure::Failed(error)) if error.status.is_some());
        if has_code(ended, code::SIGNED_OUT) && !by_backend {
            self.check(self.was_signed_out(one), Rule::SignedOut, || {
                format!("#{id} is told that it was signed out, which nobody did")
            });
        }
    }

    /// Whether anybody signed out while it waited.
    fn was_signed_out(&self, one: &Asked) -> bool {
        let logouts = self.asked.borrow();
        let overlaps = logouts
            .iter()
            .any(|other| other.what == What::Logout && other.ended > one.begun);
        let keys = self.keys.all.borrow();
        // Nobody knows when one tab hears of another.
        let elsewhere = |key: usize| key != one.key && keys[key].signed_out > 0;
        overlaps || keys[one.key].signed_out > one.begun || self.views(one.key).any(elsewhere)
    }

    fn check_value(&self, id: usize, one: &Asked, ended: &Ended) {
        let What::Call(_) = one.what else {
            return;
        };
        if let Ok(data) = ended
            && one.json
            && !one.replaced
        {
            self.check(*data == json!({ "call": id }), Rule::OwnAnswer, || {
                format!("#{id} is given {data}")
            });
        }
        let setup = &self.setup;
        let gives = setup.settings.token == TokenSource::Callback || setup.settings.login.is_some();
        let has_time = one.total_timeout.is_none_or(|total| total >= 400);
        let calm = !setup.hurry && setup.latency <= 5 && has_time && self.struck.total() == 0;
        self.check(ended.is_ok() || !gives || !calm, Rule::OwnAnswer, || {
            format!("nothing went wrong, and #{id} ends: {}", words(ended))
        });
    }

    /// The rules of moments at which nobody has anything to do until time passes.
    pub fn check_quiet(&self) {
        let now = self.time.now();
        let late = self.time.has_late_timers();
        let disposed = self.disposed_at_point.get().is_some();
        for (id, one) in self.asked.borrow().iter().enumerate() {
            if one.over {
                continue;
            }
            let waited = now - one.begun_at;
            self.check(waited < LONGEST, Rule::Settles, || {
                format!("#{id} waits for {waited} ms")
            });
            if one.what == What::Logout {
                continue;
            }
            self.check(one.aborted.is_none(), Rule::Abort, || {
                format!("#{id} was aborted and still waits")
            });
            // There, nobody may wake another's request: it ends when it is woken by its own.
            let ends = disposed && self.setup.place != Place::Worker;
            self.check(!ends, Rule::Disposed, || format!("#{id} still waits"));
            let ends = one.total_timeout.is_some_and(|total| waited >= total);
            self.check(late || !ends, Rule::TotalTimeout, || {
                format!("#{id} still waits after {waited} ms")
            });
        }
    }

    /// The rules of every scheduling point.
    pub fn check_point(&self) {
        if let Some((waking, woken)) = self.executor.crossed()
            && self.setup.place == Place::Worker
        {
            self.broke(Rule::Wakers, || format!("task {waking} woke task {woken}"));
        }
        self.check(self.executor.points() < POLLS, Rule::Settles, || {
            format!("{POLLS} polls and no end")
        });
    }

    /// The rules of the end.
    pub fn check_end(&self) {
        self.check_nothing_is_under_way();
        self.check_stored();
    }
}

fn has_code(ended: &Ended, code: &str) -> bool {
    matches!(ended, Err(Failure::Failed(error)) if error.code == code)
}

fn words(ended: &Ended) -> String {
    match ended {
        Ok(data) => format!("with {data}"),
        Err(Failure::Failed(error)) => format!("{} ({})", error.code, error.message),
        Err(Failure::Thrown(thrown)) => format!("with {thrown} thrown"),
    }
}
