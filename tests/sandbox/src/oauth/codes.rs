//! Authorization codes: single use, short-lived.

use std::collections::BTreeMap;

/// How long a code can be exchanged.
const LIFE_MS: i64 = 60_000;

/// A code that was given out.
#[derive(Clone, Debug)]
pub struct Code {
    /// For whom.
    pub client: String,
    /// Who signed in.
    pub player: String,
    /// The redirect address it was sent to.
    pub redirect_uri: String,
    /// The PKCE challenge, if one came along.
    pub challenge: Option<String>,
    ends: i64,
    used_for: Option<u64>,
}

/// What became of a code that someone wants to exchange.
#[derive(Debug)]
pub enum Taken {
    /// It is good, and used up now.
    Good(Code),
    /// It has been used before: the family of tokens it gave must end.
    Reused(u64),
    /// There is no such code, or its time is over.
    Gone,
}

/// All codes.
#[derive(Debug, Default)]
pub struct Codes(BTreeMap<String, Code>);

impl Codes {
    /// Gives out a code.
    pub fn issue(
        &mut self,
        code: String,
        client: &str,
        player: &str,
        redirect_uri: &str,
        challenge: Option<&str>,
        now: i64,
    ) {
        self.0.retain(|_, c| c.ends + LIFE_MS > now);
        let entry = Code {
            client: client.to_owned(),
            player: player.to_owned(),
            redirect_uri: redirect_uri.to_owned(),
            challenge: challenge.map(str::to_owned),
            ends: now + LIFE_MS,
            used_for: None,
        };
        self.0.insert(code, entry);
    }

    /// Takes a code of that client out, for the given family of tokens.
    pub fn take(&mut self, code: &str, client: &str, family: u64, now: i64) -> Taken {
        match self.0.get_mut(code).filter(|c| c.client == client) {
            None => Taken::Gone,
            Some(code) => match code.used_for {
                Some(family) => Taken::Reused(family),
                None if code.ends <= now => Taken::Gone,
                None => {
                    code.used_for = Some(family);
                    Taken::Good(code.clone())
                }
            },
        }
    }
}
