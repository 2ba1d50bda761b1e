//! Shell Island as it stands at the start.

use std::collections::BTreeMap;

use crate::game::Game;
use crate::game::access::Access;
use crate::game::design::island::DESIGN;
use crate::game::notifications::Notifications;
use crate::game::play::Play;
use crate::game::players::Player;
use crate::game::processes::Process;
use crate::game::teams::{Member, Team};
use crate::ids::Entropy;
use crate::time::{Cycle, DAY};

const HOUR: i64 = DAY / 24;
const MINUTE: i64 = HOUR / 60;

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
    let mut game = Game::new(&DESIGN);
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
    teams(&mut game, now);
    processes(&mut game);
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
    // Nobody has been told of the past.
    game.notifications = Notifications::default();
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

fn teams(game: &mut Game, now: i64) {
    let mates = |ids: &[&str]| -> Vec<Member> {
        let mate = |id: &&str| ((*id).to_owned(), vec!["Mate"]);
        ids.iter().map(mate).collect()
    };
    let riders = [("johny".to_owned(), vec!["Captain", "Mate"])];
    let keepers = [("mara".to_owned(), vec!["Captain"])];
    for (n, name, access, members) in [
        (
            1,
            "Tide Riders",
            Access::Public,
            [&riders[..], &mates(&["aiko", "zoe"])].concat(),
        ),
        (
            2,
            "Lighthouse",
            Access::Private,
            [&keepers[..], &mates(&["noor", "sven"])].concat(),
        ),
    ] {
        let id = format!("team_{n:024x}");
        let team = Team {
            id: id.clone(),
            name: name.to_owned(),
            definition: &DESIGN.teams[0],
            access,
            created: now - 410 * DAY,
            owner: members.first().map(|(id, _)| id.clone()),
            members,
        };
        game.teams.insert(id, team);
    }
}

/// A process that came with its player: its id has two parts.
fn processes(game: &mut Game) {
    let process = Process {
        id: "johny/voyage".to_owned(),
        name: "The first voyage".to_owned(),
        definition: &DESIGN.processes[0],
        owner: "johny".to_owned(),
        access: Access::Private,
        stage: 0,
        played: BTreeMap::new(),
    };
    game.processes.insert(process.id.clone(), process);
}
