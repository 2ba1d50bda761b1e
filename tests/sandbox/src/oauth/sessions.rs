//! Web sessions: which player a browser is signed in as.

use std::collections::BTreeMap;

use crate::ids::Entropy;
use crate::time::DAY;

/// How long a session lasts.
const LIFE_MS: i64 = DAY / 2;

/// A browser that has seen the page.
#[derive(Clone, Debug)]
pub struct Session {
    /// Who is signed in.
    pub player: Option<String>,
    /// What the page's form must bring, so that no other page can send it.
    pub form_token: String,
    ends: i64,
}

/// All sessions, by what their cookie holds.
#[derive(Debug, Default)]
pub struct Sessions(BTreeMap<String, Session>);

impl Sessions {
    /// The session of that cookie.
    pub fn get(&self, id: &str, now: i64) -> Option<&Session> {
        self.0.get(id).filter(|s| s.ends > now)
    }

    /// Starts one in which nobody is signed in; gives its cookie too.
    pub fn start(&mut self, now: i64, entropy: &mut Entropy) -> (String, Session) {
        self.0.retain(|_, s| s.ends > now);
        let id = entropy.token();
        let session = Session {
            player: None,
            form_token: entropy.token(),
            ends: now.saturating_add(LIFE_MS),
        };
        self.0.insert(id.clone(), session.clone());
        (id, session)
    }

    /// Notes who is signed in. The cookie stays: without passwords nobody gains anything by planting
    /// one beforehand, and forms that are sent from two tabs at once both count.
    pub fn sign_in(&mut self, id: &str, player: Option<&str>) {
        if let Some(session) = self.0.get_mut(id) {
            session.player = player.map(str::to_owned);
        }
    }

    /// Ends a session.
    pub fn end(&mut self, id: &str) {
        self.0.remove(id);
    }
}
