//! The recorded game: three players whose profiles, rankings and feeds have the
//! values that were recorded. It is played anew, so that whatever is read of it
//! fits together.

use serde_json::{Value, json};

use crate::game::Game;
use crate::game::access::Access;
use crate::game::design::recorded::DESIGN;
use crate::game::feed::Event;
use crate::game::notifications::Notifications;
use crate::game::play::Play;
use crate::game::players::Player;
use crate::game::teams::NewTeam;
use crate::ids::Entropy;
use crate::time::parse;

/// The team of all three.
const TEAM_1: &str = "team_000000000000000000000001";
/// The first player's alone.
const TEAM_2: &str = "team_000000000000000000000002";
/// The second player's alone.
const TEAM_3: &str = "team_000000000000000000000003";

/// Something of the past.
enum Deed {
    Play(&'static str, u64),
    SetTestPoints(i64),
    CreateTeam(&'static str, &'static str),
    AcceptInvite(&'static [&'static str]),
    AssignRole(&'static str, &'static str),
}

use Deed::*;

/// When, who and what.
const PAST: &[(&str, &str, Deed)] = &[
    ("2016-05-04T11:46:13.080", "player2", Play("first_deed", 1)),
    (
        "2016-05-12T15:21:31.418",
        "player1",
        CreateTeam(TEAM_1, "Team 1"),
    ),
    (
        "2016-05-12T15:22:03.976",
        "player1",
        CreateTeam(TEAM_2, "Team 2"),
    ),
    ("2016-05-13T08:16:41.623", "player2", Play("both_points", 1)),
    (
        "2016-05-13T08:17:33.744",
        "player2",
        CreateTeam(TEAM_3, "Player 2's team"),
    ),
    ("2016-05-17T09:52:12.209", "player1", Play("first_deed", 1)),
    ("2016-05-17T09:52:45.582", "player1", SetTestPoints(12)),
    // A level and an achievement by one play.
    ("2016-05-17T09:53:04.387", "player1", SetTestPoints(22)),
    (
        "2016-05-17T09:59:53.381",
        "player2",
        AcceptInvite(&["Private"]),
    ),
    (
        "2016-05-17T10:00:01.430",
        "player3",
        AcceptInvite(&["Private", "Sergeant"]),
    ),
    ("2016-05-17T10:00:14.824", "player3", Play("first_deed", 1)),
    (
        "2016-05-17T10:10:54.086",
        "player3",
        AssignRole("player1", "Private"),
    ),
    ("2016-05-18T08:00:00.000", "player1", SetTestPoints(24)),
    ("2016-05-18T08:01:00.000", "player1", Play("plus", 18)),
    ("2016-05-18T08:02:00.000", "player1", Play("get_tools", 1)),
    ("2016-05-18T08:03:00.000", "player3", Play("plus", 3)),
    ("2016-05-20T13:20:13.079", "player2", Play("both_points", 1)),
    ("2016-05-20T13:20:22.222", "player2", Play("get_tools", 1)),
];

/// Builds the game.
pub fn game() -> Game {
    let mut game = Game::new(&DESIGN);
    for id in ["player1", "player2", "player3"] {
        let player = Player {
            id: id.to_owned(),
            alias: format!("{id}_alias"),
            created: at("2016-05-04T11:39:26.539"),
            ..Player::default()
        };
        game.players.insert(player.id.clone(), player);
    }
    // Nothing is left to chance, so any bytes give the same game.
    let mut entropy = Entropy::new([0; 32]);
    for (when, player, deed) in PAST {
        game.relive(at(when), player, deed, &mut entropy);
    }
    game.notifications = Notifications::default();
    game
}

fn at(text: &str) -> i64 {
    parse(text).unwrap_or_default()
}

impl Game {
    fn relive(&mut self, at: i64, player: &str, deed: &Deed, entropy: &mut Entropy) {
        let done = match deed {
            Play(action, count) => {
                let play = Play {
                    count: *count,
                    ..Play::default()
                };
                self.play(player, action, &play, at, entropy).err()
            }
            SetTestPoints(points) => {
                let play = Play {
                    variables: json!({ "tst_p": points }),
                    ..Play::default()
                };
                let played = self.play(player, "set_test_points", &play, at, entropy);
                played.err()
            }
            CreateTeam(id, name) => {
                let new = NewTeam {
                    id: None,
                    name: (*name).to_owned(),
                    definition: &DESIGN.teams[0],
                    access: Access::Private,
                };
                let created = self.create_team(new, (*id).to_owned(), Some(player), at);
                created.err()
            }
            AcceptInvite(roles) => {
                self.accept_invite(player, roles, at);
                None
            }
            AssignRole(to, role) => {
                self.assign_role(player, to, role, at);
                None
            }
        };
        debug_assert!(done.is_none(), "{player}: {done:?}");
    }

    fn accept_invite(&mut self, player: &str, roles: &[&'static str], at: i64) {
        if let Some(team) = self.teams.get_mut(TEAM_1) {
            team.members.push((player.to_owned(), roles.to_vec()));
        }
        let roles: Value = roles
            .iter()
            .map(|r| ((*r).to_owned(), Value::from(true)))
            .collect::<serde_json::Map<_, _>>()
            .into();
        let details = json!({ "inviter": self.player_reference("player1"), "roles": roles });
        self.team_deed(player, "invite:accept", details, at);
    }

    fn assign_role(&mut self, by: &str, to: &str, role: &'static str, at: i64) {
        let members = self.teams.get_mut(TEAM_1).map(|t| &mut t.members);
        for (member, roles) in members.into_iter().flatten() {
            if member == to {
                roles.push(role);
            }
        }
        let details = json!({
            "player": self.player_reference(to),
            "changes": { role: { "old": null, "new": true } },
        });
        self.team_deed(by, "role:assign", details, at);
    }

    /// What the feeds of the player and the team tell of, but not the game's.
    fn team_deed(&mut self, player: &str, name: &str, mut details: Value, at: i64) {
        let alias = format!("{player}_alias");
        details["team"] = json!({ "id": TEAM_1, "name": "Team 1" });
        self.feed.write(Event {
            at,
            name,
            details,
            player: Some(player),
            actor: Some((player, &alias)),
            teams: vec![TEAM_1.to_owned()],
            public: false,
        });
    }
}
