//! The clients and players there are from the start.

use crate::game::Game;
use crate::game::play::Play;
use crate::game::players::Player;
use crate::game::teams::Team;
use crate::ids::Entropy;
use crate::oauth::OAuth;
use crate::oauth::clients::{Client, ClientType, Right};
use crate::time::{Cycle, DAY};

const HOUR: i64 = DAY / 24;
const MINUTE: i64 = HOUR / 60;

/// Adds the seeded clients.
pub fn clients(oauth: &mut OAuth) {
    let page = "http://localhost:8787/callback";
    let page_by_ip = "http://127.0.0.1:8787/callback";
    let program = "http://127.0.0.1:5000/code";
    let read = &[Right::RuntimeRead][..];
    let all = &Right::ALL[..];
    let player = &Right::PLAYER[..];
    for (id, kind, redirect_uris, rights) in [
        ("sandbox-app", ClientType::ClientCredentials, &[][..], all),
        ("sandbox-jwt", ClientType::Jwt, &[], player),
        (
            "sandbox-code",
            ClientType::AuthorizationCode,
            &[page, page_by_ip, program],
            player,
        ),
        (
            "sandbox-public",
            ClientType::Public,
            &[page, page_by_ip],
            player,
        ),
        ("sandbox-limited", ClientType::ClientCredentials, &[], read),
    ] {
        let secret = format!("{id}-secret-not-a-real-secret");
        let client = Client {
            id: id.to_owned(),
            secret: (kind != ClientType::Public).then_some(secret),
            kind,
            redirect_uris: redirect_uris.iter().map(|u| (*u).to_owned()).collect(),
            rights: rights.to_vec(),
        };
        oauth.clients.insert(client.id.clone(), client);
    }
}

/// When something was played: how long ago, but not before the cycle around
/// now began, so that every cycle's board has rows at any hour of any day.
type When = (Cycle, i64);

const LONG_AGO: When = (Cycle::Alltime, 400 * DAY);
const THIS_YEAR: When = (Cycle::Yearly, 60 * DAY);
const THIS_MONTH: When = (Cycle::Monthly, 12 * DAY);
const THIS_WEEK: When = (Cycle::Weekly, 3 * DAY);
const YESTERDAY: When = (Cycle::Alltime, 22 * HOUR);
const TODAY: When = (Cycle::Daily, 40 * MINUTE);
const JUST_NOW: When = (Cycle::Daily, 5 * MINUTE);

/// Id, alias, and the shells collected with the time.
type Seed = (&'static str, &'static str, &'static [(i64, When)]);

const PLAYERS: &[Seed] = &[
    (
        "johny",
        "Johny",
        &[
            (20, LONG_AGO),
            (25, THIS_MONTH),
            (8, THIS_WEEK),
            (7, YESTERDAY),
            (6, TODAY),
        ],
    ),
    (
        "mara",
        "Mara Lind",
        &[
            (310, LONG_AGO),
            (120, THIS_YEAR),
            (85, THIS_MONTH),
            (14, TODAY),
        ],
    ),
    ("tomas", "Tomás", &[(260, LONG_AGO), (30, THIS_WEEK)]),
    (
        "aiko",
        "Aiko",
        &[(180, THIS_YEAR), (41, THIS_WEEK), (9, JUST_NOW)],
    ),
    ("bela", "Béla K.", &[(150, THIS_MONTH)]),
    (
        "ines",
        "Inês",
        &[(95, THIS_YEAR), (35, THIS_WEEK), (20, TODAY)],
    ),
    ("noor", "Noor", &[(88, THIS_MONTH), (12, TODAY)]),
    ("sven", "Sven", &[(72, THIS_YEAR)]),
    // Two with the same score, so that boards show a shared rank.
    ("lucia", "Lucia", &[(48, THIS_MONTH)]),
    ("omar", "Omar", &[(48, THIS_MONTH)]),
    ("petra", "Petra", &[(15, THIS_WEEK)]),
    ("zoe", "Zoë", &[(3, JUST_NOW)]),
    ("newbie", "Newbie", &[]),
];

/// Builds the game as it stands at the start.
pub fn game(now: i64) -> Game {
    let mut game = Game::default();
    let mut plays = Vec::new();
    for (id, alias, collected) in PLAYERS {
        game.players
            .insert((*id).to_owned(), player(id, alias, now));
        let shells = |(n, when): &(i64, When)| (at(*when, now), *id, "collect", *n);
        plays.extend(collected.iter().map(shells));
    }
    for (when, action) in [(YESTERDAY, "daily"), (THIS_WEEK, "greet"), (TODAY, "greet")] {
        plays.push((at(when, now), "johny", action, 0));
    }
    plays.push((at(YESTERDAY, now), "mara", "daily", 0));
    teams(&mut game);
    // In the order they happened: each event's old and new follow one another.
    plays.sort_unstable();
    // No seeded play is left to chance, so any bytes give the same game.
    let mut entropy = Entropy::new([0; 32]);
    for (at, id, action, n) in plays {
        let mut play = Play::default();
        if action == "collect" {
            play.variables = serde_json::json!({ "n": n });
        }
        let played = game.play(id, action, &play, at, &mut entropy);
        debug_assert!(played.is_ok(), "{id} {action}: {played:?}");
    }
    game
}

fn at((cycle, ago): When, now: i64) -> i64 {
    cycle.start(now).max(now - ago)
}

fn player(id: &str, alias: &str, now: i64) -> Player {
    Player {
        id: id.to_owned(),
        alias: alias.to_owned(),
        created: now - 420 * DAY,
        has_image: id != "newbie",
        ..Player::default()
    }
}

fn teams(game: &mut Game) {
    let crew = ("crew", "Crew");
    let add = |game: &mut Game, n: u8, name: &str, members: &[(&str, &[&'static str])]| {
        let id = format!("team_{n:024x}");
        let team = Team {
            id: id.clone(),
            name: name.to_owned(),
            definition: crew,
            members: members
                .iter()
                .map(|(id, roles)| ((*id).to_owned(), roles.to_vec()))
                .collect(),
        };
        game.teams.insert(id, team);
    };
    add(
        game,
        1,
        "Tide Riders",
        &[
            ("johny", &["Captain", "Mate"]),
            ("aiko", &["Mate"]),
            ("zoe", &["Mate"]),
        ],
    );
    add(
        game,
        2,
        "Lighthouse",
        &[
            ("mara", &["Captain"]),
            ("noor", &["Mate"]),
            ("sven", &["Mate"]),
        ],
    );
}
