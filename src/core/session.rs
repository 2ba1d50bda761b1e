//! What a client knows of one token key: its token, what gives another one, and what went wrong.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::core::bugs::{self, Bug};
use crate::core::cooldown::Cooldown;
use crate::core::error::Error;
use crate::core::lease::Lease;
use crate::core::record::Record;
use crate::core::secret::Secret;
use crate::core::shared::{Shared, WeakShared};
use crate::core::token::Token;
use crate::core::value::Value;

/// Secrets that are kept out of errors: those of a few renewals.
const SECRETS: usize = 8;

/// What comes of asking for a token.
pub type Renewed<V> = Result<Token<V>, Error<V>>;
/// What comes of a renewal for all who wait for it. The token is in the session, as long as it is
/// good.
pub type Renewal<V> = Result<(), Error<V>>;

/// One token key. Nothing in it is borrowed while anything is awaited.
pub struct Session<V> {
    /// Whose tokens these are, where every player has one.
    pub player: Option<String>,
    /// The name of its stored token, once it has been needed.
    pub key: RefCell<Option<String>>,
    token: RefCell<Option<Token<V>>>,
    refresh: RefCell<Option<Secret>>,
    /// What the service refused last.
    refused: RefCell<Option<Secret>>,
    /// The secrets of late. They stay after a sign-out: what is still under way may throw them.
    secrets: RefCell<Vec<Secret>>,
    /// When the newest token ends, even if it is gone.
    newest: Cell<Option<f64>>,
    /// Whether a token was kept that storage doesn't have.
    unsaved: Cell<bool>,
    /// The refresh token that was stored together with what is at hand, or with what came before it.
    kept: RefCell<Option<Secret>>,
    /// The refresh tokens of late that were used up, or that the service refused.
    dead: RefCell<Vec<Secret>>,
    commits: Cell<u32>,
    /// How often a token was asked for.
    asked: Cell<u32>,
    /// Which time it was that brought the newest one: what was asked for before is older.
    newest_asked: Cell<u32>,
    sign_outs: Cell<u32>,
    /// Whether its client has ended.
    ended: Cell<bool>,
    /// Whether the worker knows nobody.
    needs_login: Cell<bool>,
    leaving: Rc<Cell<u32>>,
    /// What keeps failing renewals from being hammered.
    pub cooldown: Cooldown<V>,
    /// Weak, so that a renewal for which nobody waits any more ends.
    renewal: RefCell<Option<WeakShared<Renewal<V>>>>,
    /// In an edge worker, in place of it.
    pub lease: Lease<Renewal<V>>,
}

/// What a renewal must find unchanged when it ends, or what it brings is dropped.
#[derive(Clone, Copy, Debug)]
pub struct Guard {
    asked: u32,
    sign_outs: u32,
}

impl<V: Clone> Session<V> {
    /// Of a player, or of the client as a whole.
    pub fn new(player: Option<String>) -> Self {
        Self {
            player,
            key: RefCell::default(),
            token: RefCell::new(None),
            refresh: RefCell::new(None),
            refused: RefCell::new(None),
            secrets: RefCell::default(),
            newest: Cell::new(None),
            unsaved: Cell::new(false),
            kept: RefCell::default(),
            dead: RefCell::default(),
            commits: Cell::new(0),
            asked: Cell::new(0),
            newest_asked: Cell::new(0),
            sign_outs: Cell::new(0),
            ended: Cell::new(false),
            needs_login: Cell::new(false),
            leaving: Rc::default(),
            cooldown: Cooldown::default(),
            renewal: RefCell::new(None),
            lease: Lease::default(),
        }
    }

    /// The token at hand.
    pub fn token(&self) -> Option<Token<V>> {
        self.token.borrow().clone()
    }

    /// Whether this is still the token at hand.
    pub fn holds(&self, token: &Token<V>) -> bool {
        let at_hand = self.token.borrow();
        at_hand
            .as_ref()
            .is_some_and(|at_hand| at_hand.secret == token.secret)
    }

    /// What gives another token.
    pub fn refresh(&self) -> Option<Secret> {
        self.refresh.borrow().clone()
    }

    /// The service takes this one no more: it isn't learned again, wherever it is found.
    pub fn refuse_refresh(&self, dead: &Secret) {
        remember(&mut self.dead.borrow_mut(), dead);
    }

    /// Nobody has another one in its place.
    pub fn drop_refused_refresh(&self) {
        let is_dead = |known: &mut Secret| self.is_dead(known);
        self.refresh.borrow_mut().take_if(is_dead);
    }

    /// Whether this one was used up or refused.
    pub fn is_dead(&self, refresh: &Secret) -> bool {
        self.dead.borrow().contains(refresh)
    }

    /// This refresh token is stored, with what is at hand here.
    pub fn note_kept(&self, refresh: &Secret) {
        *self.kept.borrow_mut() = Some(refresh.clone());
    }

    /// Whether something that gives another token was stored with what is at hand here.
    pub fn was_kept(&self) -> bool {
        self.kept.borrow().is_some()
    }

    /// Whether somebody else stored a refresh token in place of ours: it was never known here. When
    /// its token ends says nothing then: lifetimes differ, and clocks are set back.
    pub fn is_news(&self, stored: &Secret) -> bool {
        let kept = self.kept.borrow();
        let is_other = kept.as_ref().is_some_and(|kept| kept != stored);
        is_other && !self.secrets.borrow().contains(stored)
    }

    /// Whether a stored record is that of the token at hand.
    pub fn is_of(&self, record: &Record) -> bool {
        let is = |known: Option<&Secret>, text: Option<&str>| {
            known.is_some_and(|known| text == Some(known.expose()))
        };
        let token = self.token();
        is(
            token.as_ref().map(|token| &token.secret),
            Some(&record.access_token),
        ) || is(self.refresh().as_ref(), record.refresh_token.as_deref())
    }

    /// Whether there is nothing to sign out of.
    pub fn is_empty(&self) -> bool {
        self.token.borrow().is_none() && self.refresh.borrow().is_none() && self.renewal().is_none()
    }

    /// The service refused a token: it isn't sent again, wherever it is found.
    pub fn refuse(&self, secret: &Secret) {
        self.token
            .borrow_mut()
            .take_if(|token| token.secret == *secret);
        *self.refused.borrow_mut() = Some(secret.clone());
    }

    /// What the service refused last.
    pub fn refused(&self) -> Option<Secret> {
        self.refused.borrow().clone()
    }

    /// Whether a stored token is worth more than what is known here: it is good, it wasn't refused,
    /// and it is newer than every token that was at hand.
    pub fn prefers(&self, stored: &Token<V>) -> bool {
        let is_news = stored.refresh.as_ref().is_some_and(|one| self.is_news(one));
        let is_newer = is_news || (!self.unsaved.get() && self.is_newer(stored));
        is_newer && self.refused.borrow().as_ref() != Some(&stored.secret)
    }

    fn is_newer(&self, stored: &Token<V>) -> bool {
        match (self.newest.get(), stored.ends) {
            (Some(newest), Some(ends)) => ends > newest,
            _ => self.commits.get() == 0,
        }
    }

    /// Whether what is stored came after every token that was at hand, good or not: what gives
    /// another token then lies there.
    pub fn is_older_than(&self, stored_ends: Option<f64>) -> bool {
        let newest = self.newest.get().zip(stored_ends);
        !self.unsaved.get() && newest.is_some_and(|(newest, stored)| stored > newest)
    }

    /// A token that was given had ended already: what is stored may be newer.
    pub fn note_end(&self, ends: Option<f64>) {
        self.newest.set(self.newest.get().or(ends));
    }

    /// What storage knows beside a token that has ended.
    pub fn learn_refresh(&self, refresh: Secret) {
        self.keep_out(&refresh);
        *self.refresh.borrow_mut() = Some(refresh);
    }

    /// One was spent for a token: even if that comes too late, what came with it is good.
    pub fn rotate(&self, spent: &Secret, token: &Token<V>) {
        // Where its successor couldn't be stored, it is still found there.
        if token.refresh.as_ref().is_some_and(|next| next != spent) {
            self.refuse_refresh(spent);
        }
        // There is none where another renewal gave it too, and was refused since it was spent.
        if let Some(next) = &token.refresh
            && self.refresh().is_none_or(|known| known == *spent)
        {
            self.learn_refresh(next.clone());
        }
    }

    /// From here on, a secret is kept out of errors.
    fn keep_out(&self, secret: &Secret) {
        remember(&mut self.secrets.borrow_mut(), secret);
    }

    /// What must not change until a renewal that begins now has ended.
    pub fn guard(&self) -> Guard {
        Guard {
            asked: self.newest_asked.get(),
            sign_outs: self.sign_outs.get(),
        }
    }

    /// The same for one that asks for a token right now.
    pub fn guard_as_asking(&self, guard: Guard) -> Guard {
        let asked = self.asked.get() + 1;
        self.asked.set(asked);
        Guard { asked, ..guard }
    }

    /// Whether somebody signed out since.
    pub fn is_signed_out_since(&self, guard: Guard) -> bool {
        self.sign_outs.get() != guard.sign_outs && !bugs::has(Bug::NoCommitGuard)
    }

    /// Whether a token came that was asked for since. One that was found in storage overtakes
    /// nothing: what is made meanwhile is newer, and may have cost the refresh token that is stored
    /// with it.
    pub fn is_overtaken_since(&self, guard: Guard) -> bool {
        self.newest_asked.get() > guard.asked && !bugs::has(Bug::NoCommitGuard)
    }

    /// Whether nobody ever signed out here.
    pub fn is_fresh(&self) -> bool {
        self.sign_outs.get() == 0
    }

    /// Nothing but a sign-in brings another token.
    pub fn require_login(&self) {
        self.needs_login.set(true);
    }

    /// The worker may know somebody again.
    pub fn allow_worker(&self) {
        self.needs_login.set(false);
    }

    /// Whether nothing but a sign-in brings another token.
    pub fn needs_login(&self) -> bool {
        self.needs_login.get()
    }

    /// Whether there was a token since somebody signed out last.
    pub fn had_token(&self) -> bool {
        self.commits.get() > 0
    }

    /// Keeps a token; `asked` is the guard of one that was made for us. Where it brings no refresh
    /// token, the old one stays.
    pub fn commit(&self, token: &Token<V>, asked: Option<Guard>) {
        if let Some(refresh) = &token.refresh {
            self.learn_refresh(refresh.clone());
        }
        self.keep_out(&token.secret);
        self.needs_login.set(false);
        *self.token.borrow_mut() = Some(token.clone());
        self.newest.set(token.ends);
        self.commits.set(self.commits.get() + 1);
        if let Some(guard) = asked {
            self.newest_asked.set(guard.asked);
            self.cooldown.end();
        }
    }

    /// Whether storage has what is at hand.
    pub fn set_saved(&self, saved: bool) {
        self.unsaved.set(!saved);
    }

    /// Forgets everything. What is under way can't bring it back.
    pub fn sign_out(&self) {
        self.token.take();
        self.refresh.take();
        self.refused.take();
        self.newest.set(None);
        self.unsaved.set(false);
        self.kept.take();
        self.commits.set(0);
        self.sign_outs.set(self.sign_outs.get() + 1);
        self.cooldown.end();
    }

    /// Its client has ended.
    pub fn end(&self) {
        self.sign_out();
        self.ended.set(true);
    }

    /// Whether its client has ended since, and nobody signed out.
    pub fn has_but_ended_since(&self, guard: Guard) -> bool {
        self.ended.get() && self.sign_outs.get() == guard.sign_outs + 1
    }

    /// While its stored token is being removed, nothing is looked for.
    pub fn leave(&self) -> Leaving {
        self.leaving.set(self.leaving.get() + 1);
        Leaving(Rc::clone(&self.leaving))
    }

    /// Whether its stored token is being removed.
    pub fn is_leaving(&self) -> bool {
        self.leaving.get() > 0
    }

    /// The renewal under way, if there is one.
    pub fn renewal(&self) -> Option<Shared<Renewal<V>>> {
        self.renewal.borrow().as_ref().and_then(WeakShared::join)
    }

    /// The renewal under way, or another one.
    pub fn renewal_or(&self, begin: impl FnOnce() -> Shared<Renewal<V>>) -> Shared<Renewal<V>> {
        if let Some(running) = self.renewal()
            && !bugs::has(Bug::RenewTwice)
        {
            return running;
        }
        let renewal = begin();
        *self.renewal.borrow_mut() = Some(renewal.downgrade());
        renewal
    }
}

impl<V: Value> Session<V> {
    /// An error without a trace of any secret that was known here: storage and the `token` callback
    /// may throw what they were given.
    pub fn scrubbed(&self, error: Error<V>) -> Error<V> {
        let secrets = self.secrets.borrow();
        let scrub = |error: Error<V>, secret| error.scrubbed(secret);
        secrets.iter().fold(error, scrub)
    }
}

/// The oldest makes room.
fn remember(secrets: &mut Vec<Secret>, secret: &Secret) {
    if !secrets.contains(secret) {
        if secrets.len() == SECRETS {
            secrets.remove(0);
        }
        secrets.push(secret.clone());
    }
}

/// Until it is dropped, the session is being left.
pub struct Leaving(Rc<Cell<u32>>);

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}
