//! Access tokens, and refresh tokens in families.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::clients::Right;
use crate::ids::Entropy;
use crate::time::iso;

/// How long a refresh token lives.
const REFRESH_MS: i64 = 30 * crate::time::DAY;

/// What a token may be used for: each service has its own.
pub trait Scope: Clone {
    /// Its scope string.
    fn scope(&self) -> &str;
}

/// Why a token doesn't count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dead {
    /// Nobody gave it out.
    Unknown,
    /// Its time is over.
    Expired,
    /// It was taken back.
    Revoked,
}

impl Dead {
    /// The error's text.
    pub fn text(self) -> &'static str {
        match self {
            Dead::Unknown => "The access token is invalid",
            Dead::Expired => "The access token has expired",
            Dead::Revoked => "The access token has been revoked",
        }
    }
}

/// What a token stands for.
#[derive(Clone, Debug)]
pub struct Grant<S = Right> {
    /// The client it was given to.
    pub client: String,
    /// The player it is bound to.
    pub player: Option<String>,
    /// What it may be used for.
    pub rights: Vec<S>,
    /// The family it belongs to: all that came from one sign-in.
    pub family: u64,
}

#[derive(Clone, Debug)]
struct Token<S> {
    grant: Grant<S>,
    ends: i64,
    revoked: bool,
    used: bool,
}

/// Whose tokens are meant; what is left open fits everything.
#[derive(Debug, Default)]
pub struct Filter {
    /// This one only.
    pub text: Option<String>,
    /// Those of this client.
    pub client: Option<String>,
    /// Those bound to this player.
    pub player: Option<String>,
}

impl Filter {
    fn fits<S>(&self, text: &str, grant: &Grant<S>) -> bool {
        let same =
            |wanted: &Option<String>, is: Option<&str>| wanted.is_none() || wanted.as_deref() == is;
        same(&self.text, Some(text))
            && same(&self.client, Some(&grant.client))
            && same(&self.player, grant.player.as_deref())
    }
}

/// What came of showing a refresh token.
#[derive(Debug)]
pub enum Refreshed<S = Right> {
    /// It was good.
    Good(Grant<S>),
    /// It was used a second time: its whole family is revoked.
    Reused,
    /// It is unknown, over or revoked.
    Dead,
}

/// All tokens of a service.
#[derive(Debug)]
pub struct Tokens<S = Right> {
    access: BTreeMap<String, Token<S>>,
    refresh: BTreeMap<String, Token<S>>,
    families: u64,
}

impl<S> Default for Tokens<S> {
    fn default() -> Self {
        Self {
            access: BTreeMap::new(),
            refresh: BTreeMap::new(),
            families: 0,
        }
    }
}

impl<S: Scope> Tokens<S> {
    /// The number of a new family.
    pub fn new_family(&mut self) -> u64 {
        self.families += 1;
        self.families
    }

    /// Gives out an access token.
    pub fn issue_access(&mut self, grant: &Grant<S>, ends: i64, entropy: &mut Entropy) -> String {
        let text = entropy.token();
        self.keep_access(&text, grant, ends);
        text
    }

    /// Notes an access token that was given out.
    pub fn keep_access(&mut self, text: &str, grant: &Grant<S>, ends: i64) {
        self.access.insert(text.to_owned(), Token::new(grant, ends));
    }

    /// Gives out a refresh token.
    pub fn issue_refresh(&mut self, grant: &Grant<S>, now: i64, entropy: &mut Entropy) -> String {
        let text = entropy.token();
        self.keep_refresh(&text, grant, now + REFRESH_MS);
        text
    }

    /// Notes a refresh token that was given out.
    pub fn keep_refresh(&mut self, text: &str, grant: &Grant<S>, ends: i64) {
        self.refresh
            .insert(text.to_owned(), Token::new(grant, ends));
    }

    /// What an access token stands for.
    pub fn check(&self, text: &str, now: i64) -> Result<&Grant<S>, Dead> {
        self.access.get(text).ok_or(Dead::Unknown)?.check(now)
    }

    /// What a refresh token stands for, where showing it uses nothing up.
    pub fn check_refresh(&self, text: &str, now: i64) -> Result<&Grant<S>, Dead> {
        self.refresh.get(text).ok_or(Dead::Unknown)?.check(now)
    }

    /// Looks at a refresh token of that client; with `use_up` it was good for this once.
    pub fn refresh(&mut self, text: &str, client: &str, use_up: bool, now: i64) -> Refreshed<S> {
        let Some(token) = self.refresh.get_mut(text) else {
            return Refreshed::Dead;
        };
        if token.grant.client != client || token.revoked || token.ends <= now {
            return Refreshed::Dead;
        }
        if token.used {
            let family = token.grant.family;
            self.revoke_family(family);
            return Refreshed::Reused;
        }
        token.used = use_up;
        Refreshed::Good(token.grant.clone())
    }

    /// Revokes everything that came from one sign-in.
    pub fn revoke_family(&mut self, family: u64) {
        self.access
            .values_mut()
            .chain(self.refresh.values_mut())
            .filter(|t| t.grant.family == family)
            .for_each(|t| t.revoked = true);
    }

    /// Lets access tokens be over; refresh tokens go on. Gives their number.
    pub fn expire(&mut self, filter: &Filter, now: i64) -> usize {
        let hit = |(text, token): &(&String, &mut Token<S>)| {
            !token.revoked && token.ends > now && filter.fits(text, &token.grant)
        };
        let mut count = 0;
        for (_, token) in self.access.iter_mut().filter(hit) {
            token.ends = now;
            count += 1;
        }
        count
    }

    /// Revokes access and refresh tokens; a single access token takes its
    /// family along. Gives the number of tokens that fitted.
    pub fn revoke(&mut self, filter: &Filter) -> usize {
        let hits: Vec<u64> = self
            .access
            .iter()
            .chain(&self.refresh)
            .filter(|(text, token)| !token.revoked && filter.fits(text, &token.grant))
            .map(|(_, token)| token.grant.family)
            .collect();
        for family in &hits {
            self.revoke_family(*family);
        }
        hits.len()
    }

    /// Drops all.
    pub fn clear(&mut self) {
        self.access.clear();
        self.refresh.clear();
    }

    /// The access tokens that count now, for tests to look at.
    pub fn live(&self, now: i64) -> Vec<Value> {
        self.access
            .iter()
            .filter(|(_, t)| !t.revoked && t.ends > now)
            .map(|(text, token)| {
                json!({
                    "access_token": text,
                    "client_id": token.grant.client,
                    "player_id": token.grant.player,
                    "scopes": token.grant.rights.iter().map(|r| r.scope()).collect::<Vec<_>>(),
                    "expires_at": iso(token.ends),
                    "refresh_token": self.refresh_of(token.grant.family, now),
                })
            })
            .collect()
    }

    fn refresh_of(&self, family: u64, now: i64) -> Option<&str> {
        self.refresh
            .iter()
            .find(|(_, t)| t.grant.family == family && !t.used && !t.revoked && t.ends > now)
            .map(|(text, _)| text.as_str())
    }
}

impl<S: Clone> Token<S> {
    fn new(grant: &Grant<S>, ends: i64) -> Self {
        Self {
            grant: grant.clone(),
            ends,
            revoked: false,
            used: false,
        }
    }

    fn check(&self, now: i64) -> Result<&Grant<S>, Dead> {
        if self.revoked {
            Err(Dead::Revoked)
        } else if self.ends <= now {
            Err(Dead::Expired)
        } else {
            Ok(&self.grant)
        }
    }
}
