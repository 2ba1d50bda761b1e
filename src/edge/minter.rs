//! Writing tokens, many for one client and one list of scopes.
//!
//! Everything but the player is the same in the tokens of one second, and stands before the player:
//! it is written, encoded and hashed once. jwt-compact writes, encodes and hashes each token from its
//! beginning: that doesn't do where minting is what counts. Tests compare our tokens with its own.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use super::Issuer;
use super::hs256::Begun;

/// The header of every token, `{"alg":"HS256","typ":"JWT"}`, as it stands in it.
pub const HEADER: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";

/// Bytes that become letters without any being left over.
const GROUP: usize = 3;

/// The letters that they become.
const LETTERS: usize = 4;

/// Letters that SHA-256 takes at a time.
const BLOCK: usize = 64;

/// What the player's part takes of a block: an id of 25 letters, and how SHA-256 ends a message.
const PLAYER: usize = 38 + 9;

/// What stands right before the player.
const PLAYER_NAME: &str = r#""player_id":"#;

/// Mints for one client and one list of scopes.
pub struct Minter {
    issuer: Issuer,
    /// The scopes as JSON.
    scopes: String,
    /// What the last token began with; the next one often begins alike.
    start: Option<Start>,
    /// The last token: its first part is of use for the next one.
    token: Vec<u8>,
    /// The end of its claims as JSON: the player.
    claims: Vec<u8>,
}

/// What tokens of one second begin with.
struct Start {
    times: Times,
    /// How much of `token` it is.
    letters: usize,
    begun: Begun,
}

/// When a token begins and ends: Unix time in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// `iat`
    pub issued_at: i64,
    /// `exp`
    pub expires_at: i64,
}

impl Minter {
    /// For a client and what its tokens allow.
    pub fn new(issuer: Issuer, scopes: &[String]) -> Self {
        Self {
            issuer,
            scopes: scopes_json(scopes),
            start: None,
            token: Vec::new(),
            claims: Vec::new(),
        }
    }

    /// The token for a player. It is ASCII.
    pub fn mint(&mut self, player_id: &str, times: Times) -> &[u8] {
        let start = match self.start.take() {
            Some(start) if start.times == times => start,
            _ => self.begin(times),
        };
        self.token.truncate(start.letters);
        self.claims.clear();
        write_json(&mut self.claims, player_id);
        self.claims.push(b'}');
        write_base64(&mut self.token, &self.claims);
        let signature = start.begun.sign(&self.token[start.letters..]);
        self.token.push(b'.');
        write_base64(&mut self.token, &signature);
        self.start = Some(start);
        &self.token
    }

    /// Writes what comes before the player.
    fn begin(&mut self, times: Times) -> Start {
        let Times {
            issued_at,
            expires_at,
        } = times;
        let scopes = &self.scopes;
        let common = format!(r#"{{"scopes":{scopes},"iat":{issued_at},"exp":{expires_at},"#);
        let spaces = " ".repeat(spaces(common.len() + PLAYER_NAME.len()));
        let claims = common + &spaces + PLAYER_NAME;

        let client_id = &self.issuer.client_id;
        self.token.clear();
        self.token
            .extend(format!("{client_id}:{HEADER}.").as_bytes());
        write_base64(&mut self.token, claims.as_bytes());
        let signed = &self.token[client_id.len() + 1..];
        Start {
            times,
            letters: self.token.len(),
            begun: self.issuer.key.begin(signed),
        }
    }
}

/// Spaces that these many bytes of claims before the player need, to end with whole letters and where
/// the player's part isn't spread over two blocks: each block takes a sixth of a mint. JSON allows them.
/// With the service's scopes they make a token 19 letters longer at most, never more than 47.
fn spaces(claims: usize) -> usize {
    let groups = claims.div_ceil(GROUP);
    let filled = (HEADER.len() + 1 + groups * LETTERS) % BLOCK;
    let more = match filled + PLAYER <= BLOCK {
        true => 0,
        false => (BLOCK - filled).div_ceil(LETTERS),
    };
    (groups + more) * GROUP - claims
}

fn scopes_json(scopes: &[String]) -> String {
    serde_json::Value::from(scopes).to_string()
}

/// Text as JSON.
fn write_json(to: &mut Vec<u8>, text: &str) {
    // A vector takes everything, and text is always JSON.
    serde_json::to_writer(to, text).unwrap_or_else(|_| unreachable!());
}

fn write_base64(to: &mut Vec<u8>, bytes: &[u8]) {
    let from = to.len();
    to.resize(from + bytes.len().div_ceil(GROUP) * LETTERS, 0);
    let written = BASE64_URL_SAFE_NO_PAD
        .encode_slice(bytes, &mut to[from..])
        .unwrap_or_else(|_| unreachable!());
    to.truncate(from + written);
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Duration};
    use jwt_compact::alg::{Hs256, Hs256Key};
    use jwt_compact::prelude::*;
    use serde_json::{Value as Json, json};

    const SECRET: &str = "not-a-real-secret";
    const ISSUED_AT: i64 = 1_800_000_000;

    fn minter(scopes: &[&str]) -> Minter {
        let issuer = Issuer::new::<()>("app", SECRET).unwrap();
        let scopes: Vec<_> = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        Minter::new(issuer, &scopes)
    }

    fn times(issued_at: i64, lifetime: i64) -> Times {
        Times {
            issued_at,
            expires_at: issued_at + lifetime,
        }
    }

    fn minted(minter: &mut Minter, player_id: &str, times: Times) -> String {
        String::from_utf8(minter.mint(player_id, times).to_vec()).unwrap()
    }

    fn json_of(part: &str) -> Json {
        serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
    }

    /// What jwt-compact makes of the same.
    fn by_jwt_compact(player_id: &str, scopes: &[&str], times: Times) -> String {
        let issued = DateTime::from_timestamp(times.issued_at, 0).unwrap();
        let options = TimeOptions::new(Duration::zero(), || issued);
        let lifetime = Duration::seconds(times.expires_at - times.issued_at);
        let claims = Claims::new(json!({ "player_id": player_id, "scopes": scopes }))
            .set_duration_and_issuance(&options, lifetime);
        let header = Header::empty().with_token_type("JWT");
        let key = Hs256Key::new(SECRET);
        Hs256.token(&header, &claims, &key).unwrap()
    }

    const PLAYERS: [&str; 8] = [
        "j",
        "jo",
        "joh",
        "player-1234567",
        "ü ö 日本",
        "\"\\\u{1}\n",
        "a:b.c",
        "🦀",
    ];
    const SCOPES: [&[&str]; 4] = [
        &[],
        &["player.runtime.read"],
        &["player.runtime.read", "player.runtime.write"],
        &["\"", "日本"],
    ];

    #[test]
    fn tokens_say_what_those_of_jwt_compact_say() {
        for scopes in SCOPES {
            let mut minter = minter(scopes);
            for player_id in PLAYERS {
                for times in [times(ISSUED_AT, 3600), times(7, 1)] {
                    let token = minted(&mut minter, player_id, times);
                    let jws = token.strip_prefix("app:").unwrap();
                    let theirs = by_jwt_compact(player_id, scopes, times);
                    for (ours, theirs) in jws.split('.').zip(theirs.split('.')).take(2) {
                        assert_eq!(json_of(ours), json_of(theirs), "{player_id:?} {scopes:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn jwt_compact_takes_its_tokens() {
        let mut minter = minter(&["player.runtime.read"]);
        for player_id in PLAYERS {
            let token = minted(&mut minter, player_id, times(ISSUED_AT, 3600));
            let untrusted = UntrustedToken::new(token.strip_prefix("app:").unwrap()).unwrap();
            let key = Hs256Key::new(SECRET);
            let checked = Hs256.validator::<Json>(&key).validate(&untrusted).unwrap();
            assert_eq!(checked.claims().custom["player_id"], player_id);
        }
    }

    #[test]
    fn a_token_shows_nothing_of_those_before_it() {
        let mut used = minter(&["player.runtime.read"]);
        minted(&mut used, &"long".repeat(100), times(5, 86_400));
        for player_id in PLAYERS {
            for times in [times(ISSUED_AT, 3600), times(ISSUED_AT, 60), times(0, 1)] {
                let fresh = minted(&mut minter(&["player.runtime.read"]), player_id, times);
                assert_eq!(minted(&mut used, player_id, times), fresh);
            }
        }
    }

    #[test]
    fn usual_players_need_one_block() {
        for claims in (60..300).map(|claims| claims + spaces(claims)) {
            assert_eq!(claims % GROUP, 0);
            let before = HEADER.len() + 1 + claims / GROUP * LETTERS;
            for id in 1..=25 {
                let player = (id + r#"""}"#.len()) * LETTERS;
                let end = before + player.div_ceil(GROUP) + 9;
                assert_eq!((end - 1) / BLOCK, before / BLOCK, "{claims} {id}");
            }
        }
    }

    #[test]
    fn spaces_are_few() {
        let longer = |scopes: &[&str]| {
            let token = minted(&mut minter(scopes), "johny", times(ISSUED_AT, 3600));
            token.len()
                - "app:".len()
                - by_jwt_compact("johny", scopes, times(ISSUED_AT, 3600)).len()
        };
        let (read, write) = ("player.runtime.read", "player.runtime.write");
        for scopes in [&[][..], &[read], &[write], &[read, write]] {
            assert!(longer(scopes) <= 19, "{scopes:?}");
        }
        for length in 0..50 {
            assert!(longer(&[&"x".repeat(length)]) <= 47, "{length}");
        }
    }

    #[test]
    fn the_header_is_as_said() {
        assert_eq!(json_of(HEADER), json!({ "alg": "HS256", "typ": "JWT" }));
    }
}
