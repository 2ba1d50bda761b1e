//! What the service knows of its tokens.

use std::cell::RefCell;

use serde_json::{Value as Json, json};

use crate::secrets;
use crate::setup::Rotation;

/// An access token.
struct Access {
    key: usize,
    family: usize,
    ends: Option<u64>,
    revoked: bool,
    /// The moment at which somebody began to ask for it, last.
    asked: u64,
    /// The moment at which it was given, last.
    given: u64,
    text: String,
}

/// A refresh token.
struct Refresh {
    key: usize,
    family: usize,
    spent: bool,
    revoked: bool,
    /// Whether the client got what it was given for.
    answered: bool,
}

/// Tokens by serial number.
#[derive(Default)]
pub struct Service {
    access: RefCell<Vec<Access>>,
    refresh: RefCell<Vec<Refresh>>,
    families: RefCell<usize>,
}

impl Service {
    /// A sign-in: its tokens are revoked together.
    pub fn family(&self) -> usize {
        let mut families = self.families.borrow_mut();
        *families += 1;
        *families
    }

    /// Makes an access token that ends at a moment. It was `asked` for and is `given` at these.
    pub fn make(
        &self,
        key: usize,
        family: usize,
        ends: Option<u64>,
        (asked, given): (u64, u64),
    ) -> usize {
        let mut access = self.access.borrow_mut();
        let serial = access.len();
        access.push(Access {
            key,
            family,
            ends,
            revoked: false,
            asked,
            given,
            text: secrets::opaque(serial),
        });
        serial
    }

    /// An access token's text.
    pub fn text(&self, serial: usize) -> String {
        self.access.borrow()[serial].text.clone()
    }

    /// An access token is a JWT with these claims.
    pub fn make_jwt(&self, serial: usize, claims: &Json) -> String {
        let text = secrets::jwt(serial, claims);
        self.access.borrow_mut()[serial].text.clone_from(&text);
        text
    }

    /// Makes a refresh token.
    pub fn make_refresh(&self, key: usize, family: usize) -> usize {
        let mut refresh = self.refresh.borrow_mut();
        refresh.push(Refresh {
            key,
            family,
            spent: false,
            revoked: false,
            answered: false,
        });
        refresh.len() - 1
    }

    /// Whether an access token is good.
    pub fn accepts(&self, serial: usize, now: u64) -> bool {
        let access = self.access.borrow();
        access
            .get(serial)
            .is_some_and(|one| !one.revoked && one.ends.is_none_or(|ends| now < ends))
    }

    /// Whose an access token is.
    pub fn key_of(&self, serial: usize) -> Option<usize> {
        self.access.borrow().get(serial).map(|one| one.key)
    }

    /// When somebody began to ask for an access token.
    pub fn asked(&self, serial: usize) -> u64 {
        self.access.borrow()[serial].asked
    }

    /// When an access token was given: it is older than those that were asked for later.
    pub fn given(&self, serial: usize) -> u64 {
        self.access.borrow()[serial].given
    }

    /// An access token is given once more.
    pub fn give_again(&self, serial: usize, (asked, given): (u64, u64)) {
        let one = &mut self.access.borrow_mut()[serial];
        (one.asked, one.given) = (asked, given);
    }

    /// The newest access token of a key.
    pub fn newest(&self, key: usize) -> Option<usize> {
        let access = self.access.borrow();
        let all = access.iter().enumerate();
        all.filter(|(_, one)| one.key == key && one.given > 0)
            .max_by_key(|(_, one)| one.given)
            .map(|(serial, _)| serial)
    }

    /// An access token is good no more.
    pub fn revoke(&self, serial: usize) {
        if let Some(one) = self.access.borrow_mut().get_mut(serial) {
            one.revoked = true;
        }
    }

    /// No access token is good any more.
    pub fn revoke_all(&self) {
        for one in &mut *self.access.borrow_mut() {
            one.revoked = true;
        }
    }

    /// A sign-in is over.
    pub fn end_family(&self, family: usize) {
        for one in &mut *self.refresh.borrow_mut() {
            one.revoked |= one.family == family;
        }
        for one in &mut *self.access.borrow_mut() {
            one.revoked |= one.family == family;
        }
    }

    /// The key and the sign-in of a refresh token.
    pub fn refresh_of(&self, serial: usize) -> (usize, usize) {
        let refresh = self.refresh.borrow();
        (refresh[serial].key, refresh[serial].family)
    }

    /// Takes a refresh token, if it is good.
    pub fn take(&self, serial: usize, rotation: Rotation) -> bool {
        let good = self.would_take(serial, rotation);
        let (_, family) = self.refresh_of(serial);
        self.refresh.borrow_mut()[serial].spent = true;
        if !good && rotation == Rotation::Strict {
            self.end_family(family);
        }
        good
    }

    /// The client has got what a refresh token was given for, and another one with it.
    pub fn set_answered(&self, serial: usize) {
        self.refresh.borrow_mut()[serial].answered = true;
    }

    /// Whether the client has got what a refresh token was given for.
    pub fn is_answered(&self, serial: usize) -> bool {
        self.refresh.borrow()[serial].answered
    }

    /// Whether the service would take a refresh token.
    pub fn would_take(&self, serial: usize, rotation: Rotation) -> bool {
        let refresh = self.refresh.borrow();
        let one = &refresh[serial];
        !one.revoked && (!one.spent || rotation == Rotation::None)
    }
}

/// A record as token endpoints answer it.
pub fn record(access: String, life: Option<u64>, refresh: Option<usize>) -> Json {
    let mut record = json!({ "access_token": access, "token_type": "Bearer" });
    if let Some(life) = life {
        record["expires_in"] = json!(life);
    }
    if let Some(serial) = refresh {
        record["refresh_token"] = json!(secrets::refresh(serial));
    }
    record
}
