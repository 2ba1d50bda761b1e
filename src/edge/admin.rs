//! The routes of the administration: what an app may do with players and teams.

use crate::core::method::Method::{Delete, Patch, Post, Put};
use crate::core::typed::routes::{PAGE, TIMES, read, write};
use crate::core::typed::shape::{Field, Shape};
use crate::core::typed::{MEMBERS, Typed, WHOLE, events, processes, profile, teams};

/// What a rule did: for each of its runs, and in each for each player.
static RULED: Shape = Shape::List(&Shape::List(&Shape::Object(&[Field(
    "events",
    Shape::Object(events::EVENTS),
)])));

/// In v2.
pub static ROUTES: &[Typed] = &[
    read("admin.game", "/admin", &[], &Shape::Plain),
    read("admin.activity", "/admin/activity", TIMES, &events::FEED),
    read(
        "admin.players",
        "/admin/players",
        &["skip", "limit", "fields"],
        &profile::PLAYERS,
    ),
    write(
        Post,
        "admin.createPlayer",
        "/admin/players",
        &[WHOLE],
        &profile::PROFILE,
    ),
    read("admin.player", "/admin/players/:", &[], &profile::PROFILE),
    write(
        Delete,
        "admin.deletePlayer",
        "/admin/players/:",
        &[],
        &Shape::Plain,
    ),
    read(
        "admin.playerActivity",
        "/admin/players/:/activity",
        TIMES,
        &events::FEED,
    ),
    write(
        Patch,
        "admin.changeScores",
        "/admin/players/:/scores",
        &["rewards"],
        &profile::PROFILE,
    ),
    write(
        Post,
        "admin.resetPlayer",
        "/admin/players/:/reset",
        &[],
        &profile::PROFILE,
    ),
    write(
        Post,
        "admin.revertPlayer",
        "/admin/players/:/revert",
        &["event_ids"],
        &profile::PROFILE,
    ),
    read("admin.teams", "/admin/teams", PAGE, &teams::TEAMS),
    write(
        Post,
        "admin.createTeam",
        "/admin/teams",
        &["definition", MEMBERS],
        &teams::TEAM,
    ),
    read("admin.team", "/admin/teams/:", &[], &teams::TEAM),
    write(
        Delete,
        "admin.deleteTeam",
        "/admin/teams/:",
        &[],
        &Shape::Plain,
    ),
    read(
        "admin.teamMembers",
        "/admin/teams/:/members",
        PAGE,
        &profile::PLAYERS,
    ),
    write(
        Post,
        "admin.joinTeam",
        "/admin/teams/:/join",
        &["player_id", "requested_roles"],
        &Shape::Plain,
    ),
    write(
        Post,
        "admin.leaveTeam",
        "/admin/teams/:/leave",
        &["player_id"],
        &Shape::Plain,
    ),
    read(
        "admin.teamActivity",
        "/admin/teams/:/activity",
        TIMES,
        &events::FEED,
    ),
    read(
        "admin.processes",
        "/admin/processes",
        PAGE,
        &processes::PROCESSES,
    ),
    write(
        Delete,
        "admin.deleteProcess",
        "/admin/processes/:",
        &[],
        &Shape::Plain,
    ),
    write(Post, "admin.runRule", "/admin/rules/:", &["data"], &RULED),
];

/// In v1, as far as somebody has seen them.
pub static ROUTES_V1: &[Typed] = &[
    read("admin.players", "/game/players", PAGE, &profile::PLAYERS),
    write(
        Post,
        "admin.createPlayer",
        "/game/players",
        &[WHOLE],
        &profile::PROFILE,
    ),
    write(
        Delete,
        "admin.deletePlayer",
        "/game/players/:",
        &[],
        &Shape::Plain,
    ),
    write(
        Put,
        "admin.resetPlayer",
        "/game/players/:/reset",
        &[],
        &profile::PROFILE,
    ),
];
