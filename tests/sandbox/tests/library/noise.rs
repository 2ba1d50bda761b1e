//! Whatever comes in, something orderly goes out.

use playoff_sandbox::Request;

use crate::world::*;

/// A small generator (SplitMix64), so that a failure can be repeated.
pub struct Noise(pub u64);

impl Noise {
    pub fn next(&mut self) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) as usize
    }

    pub fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.next() % list.len()]
    }
}

const METHODS: &[&str] = &[
    "GET", "POST", "PATCH", "PUT", "DELETE", "OPTIONS", "HEAD", "BREW",
];
const SEGMENTS: &[&str] = &[
    "v2",
    "v2",
    "v2",
    "v1",
    "runtime",
    "runtime",
    "admin",
    "auth",
    "token",
    "control",
    "player",
    "players",
    "johny",
    "actions",
    "collect",
    "daily",
    "play",
    "leaderboards",
    "points",
    "activity",
    "assets",
    "game",
    "definitions",
    "metrics",
    "badges",
    "scores",
    "reset",
    "seed",
    "fail",
    "code",
    "expire",
    "clock",
    "%2F",
    "%",
    "%00",
    "%ff",
    "..",
    ":id",
    "",
];
const ROUTES: &[&str] = &[
    "/auth",
    "/auth",
    "/auth",
    "/logout",
    "/logout",
    "/auth/token",
    "/v2/logout",
    "/v2/runtime/player",
    "/v2/runtime/players",
    "/v2/runtime/actions",
    "/v2/runtime/actions/collect/play",
    "/v2/runtime/actions/{}/play",
    "/v2/runtime/leaderboards",
    "/v2/runtime/leaderboards/points",
    "/v2/runtime/leaderboards/{}",
    "/v2/runtime/activity",
    "/v2/runtime/assets/players/{}",
    "/v2/runtime/assets/definitions/metrics/{}",
    "/v2/admin",
    "/v2/admin/players",
    "/v2/admin/players/{}",
    "/v2/admin/players/{}/scores",
    "/v2/admin/players/{}/reset",
    "/v2/admin/validation/player/available",
    "/v2/admin/activity",
    "/control/seed",
    "/control/fail",
    "/control/code",
    "/control/expire",
    "/control/clock",
    "/control/log",
    "/control/tokens",
    "/control/players/{}",
];
const QUERIES: &[&str] = &[
    "client_id=sandbox-code&redirect_uri=http://localhost:8787/callback&response_type=code",
    "client_id=sandbox-code&redirect_uri=http://localhost:8787/callback&state=%00%22",
    "client_id=sandbox-public&redirect_uri=http://localhost:8787/callback&scope=%ff",
    "next=http://localhost:8787/",
    "next=http://localhost:8787/%0d",
    "player_id=johny",
    "player_id=",
    "limit=99999999999999999999",
    "limit=0",
    "skip=5",
    "cycle=daily",
    "scope_id=q",
    "start=-9223372036854775808",
    "end=9223372036854775807",
    "size=icon",
    "item=Collector",
    "count=1000",
    "fields=id,,.",
    "detailed=true",
    "%",
    "=&=",
    "a=%ff",
    "value=x",
];
const BODIES: &[&str] = &[
    "",
    "{}",
    "[]",
    "null",
    "{",
    "5",
    "\u{0}",
    "a=b&client_id=sandbox-app",
    "\"text\"",
    r#"{"variables":{"n":9223372036854775807},"count":1000}"#,
    r#"{"variables":{"n":-9223372036854775808},"scopes":[{"id":"q","entity_id":"johny"}]}"#,
    r#"{"rewards":[{"metric":{"id":"points"},"verb":"add","value":"9223372036854775807"}]}"#,
    r#"{"grant_type":"client_credentials","client_id":"sandbox-app","client_secret":7}"#,
    r#"{"id":"x","alias":"x"}"#,
    r#"{"count":3,"delay":1,"drop":"body"}"#,
    r#"{"offset":-9999999999}"#,
    r#"{"players":[{"id":"y","alias":"y","scores":{"badges":{"collector":-1}}}],"accessTokenSeconds":9223372036854775807}"#,
];

fn request(noise: &mut Noise, tokens: &[String; 2]) -> Request {
    let path = match noise.next() % 3 {
        0 => (0..=noise.next() % 6)
            .map(|_| format!("/{}", noise.pick(SEGMENTS)))
            .collect(),
        _ => noise.pick(ROUTES).replace("{}", noise.pick(SEGMENTS)),
    };
    let mut target = format!("{path}?{}&{}", noise.pick(QUERIES), noise.pick(QUERIES));
    match noise.next() % 4 {
        0 => {}
        1 => target.push_str("&jwt=sandbox-jwt:e30.e30.e30"),
        n => target = with(&target, "access_token", &tokens[n - 2]),
    }
    let mut request = Request::new(noise.pick(METHODS), &target);
    if noise.next().is_multiple_of(2) {
        request = request.with_header("content-type", "application/json");
    }
    request.body = noise.pick(BODIES).as_bytes().to_vec();
    request
}

fn tokens_of(world: &mut World) -> [String; 2] {
    [world.app_token(), world.token_of("sandbox-limited")]
}

#[test]
fn no_request_brings_it_down() {
    let mut world = World::new();
    let mut noise = Noise(1);
    let mut tokens = tokens_of(&mut world);
    let mut seen = std::collections::BTreeMap::new();
    for n in 0..10_000 {
        let request = request(&mut noise, &tokens);
        let answer = world.send(&request).answer;
        *seen.entry(answer.status).or_insert(0) += 1;
        let kind = answer.header("content-type");
        let orderly = match answer.status {
            204 => answer.body.is_empty(),
            303 => {
                let address = answer.header("location").unwrap();
                address.starts_with("http://localhost:8787/") && address.is_ascii()
            }
            200..=499 | 503 => matches!(
                kind,
                Some("application/json; charset=utf-8" | "image/png" | "text/html; charset=utf-8")
            ),
            _ => false,
        };
        assert!(orderly, "call {n}: {request:?} gave {}", answer.status);
        // Noise also moves the clock and ends the token.
        if n % 100 == 99 {
            world.sandbox.reset(world.now);
            tokens = tokens_of(&mut world);
        }
    }
    for status in [200, 204, 303, 400, 401, 403, 404] {
        let count = seen.get(&status).copied().unwrap_or(0);
        assert!(count >= 20, "too little noise: {seen:?}");
    }
}
