//! The sandbox's own player, who joins contests and moves.

use super::Kumite;
use super::accounts::OPPONENT_PLAYER;
use super::contests::Contest;
use super::settings::{Settings, Skill};

/// What it would do in a contest.
enum Turn {
    Join,
    Move(usize),
}

impl Kumite {
    /// Lets everything happen that is due. Whatever it does may lead to more.
    pub fn advance(&mut self, now: i64) {
        self.keep_one_open(now);
        self.schedule(now);
        while let Some(id) = self.next_due(now) {
            self.take_turn(&id);
            self.keep_one_open(now);
            self.schedule(now);
        }
    }

    /// Notes when it has its turn, where it has one.
    fn schedule(&mut self, now: i64) {
        let settings = self.settings;
        let delay = settings.opponent_delay_ms;
        for contest in self.contests.iter_mut() {
            if !has_turn(contest, settings) {
                contest.due = None;
            } else if contest.due.is_none() {
                contest.due = Some(now.saturating_add_unsigned(delay));
                if delay > 0 {
                    self.watch.wake_after(delay);
                }
            }
        }
    }

    fn next_due(&self, now: i64) -> Option<String> {
        let due = self
            .contests
            .iter()
            .find(|c| c.due.is_some_and(|at| at <= now));
        due.map(|c| c.id.clone())
    }

    fn take_turn(&mut self, id: &str) {
        let skill = self.settings.opponent;
        let Ok(contest) = self.contests.get_mut(id) else {
            return;
        };
        contest.due = None;
        let turn = match contest.board.has(OPPONENT_PLAYER) {
            false => Some(Turn::Join),
            true => choose(contest, skill).map(Turn::Move),
        };
        let done = match turn {
            Some(Turn::Join) => self.contend(id, OPPONENT_PLAYER),
            Some(Turn::Move(position)) => self.play(id, OPPONENT_PLAYER, position),
            None => Ok(()),
        };
        debug_assert!(done.is_ok(), "it keeps to the rules: {done:?}");
    }
}

fn has_turn(contest: &Contest, settings: Settings) -> bool {
    if settings.opponent == Skill::None || contest.is_over() {
        return false;
    }
    let others = contest.board.players().len();
    match contest.board.has(OPPONENT_PLAYER) {
        true => contest.board.whose_turn() == Some(OPPONENT_PLAYER),
        false => contest.is_open() && (settings.opponent_first || others > 0),
    }
}

fn choose(contest: &mut Contest, skill: Skill) -> Option<usize> {
    match skill {
        Skill::Perfect => contest.board.best(),
        Skill::None | Skill::Random => {
            let free = contest.board.free();
            let at = contest.dice.below(free.len().max(1));
            free.get(at).copied()
        }
    }
}
