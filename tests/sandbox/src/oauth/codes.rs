//! Authorization codes: single use, short-lived.

use std::collections::BTreeMap;

use super::clients::Right;

/// How long a code is remembered when its time is over, so that its reuse is noticed.
const REMEMBERED_MS: i64 = 60_000;

/// What a code stands for: a player let a client in.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The client.
    pub client: String,
    /// The player.
    pub player: String,
    /// The redirect address that the code was sent to.
    pub redirect_uri: String,
    /// The PKCE challenge, if one came along.
    pub challenge: Option<String>,
    /// What the tokens may be used for.
    pub rights: Vec<Right>,
}

#[derive(Debug)]
struct Code {
    sign_in: SignIn,
    ends: i64,
    used_for: Option<u64>,
}

/// What became of a code that someone wants to exchange.
#[derive(Debug)]
pub enum Taken {
    /// It is good, and used up now.
    Good(SignIn),
    /// It has been used before: the family of tokens it gave must end.
    Reused(u64),
    /// There is no such code, or its time is over.
    Gone,
}

/// All codes.
#[derive(Debug, Default)]
pub struct Codes(BTreeMap<String, Code>);

impl Codes {
    /// Gives out a code that can be exchanged until `ends`.
    pub fn issue(&mut self, code: String, sign_in: SignIn, now: i64, ends: i64) {
        self.0
            .retain(|_, c| c.ends.saturating_add(REMEMBERED_MS) > now);
        let entry = Code {
            sign_in,
            ends,
            used_for: None,
        };
        self.0.insert(code, entry);
    }

    /// Takes a code of that client out, for the given family of tokens.
    pub fn take(&mut self, code: &str, client: &str, family: u64, now: i64) -> Taken {
        match self.0.get_mut(code).filter(|c| c.sign_in.client == client) {
            None => Taken::Gone,
            Some(code) => match code.used_for {
                Some(family) => Taken::Reused(family),
                None if code.ends <= now => Taken::Gone,
                None => {
                    code.used_for = Some(family);
                    Taken::Good(code.sign_in.clone())
                }
            },
        }
    }
}
