//! The routes of v1, as far as somebody has seen them: older paths, and a few answers in older forms.

use crate::core::method::Method::{Delete, Patch, Post};
use crate::core::typed::routes::{
    LIST, NOTIFICATIONS, PAGE, RANKING, SIZE, TIMES, picture, play, read, write,
};
use crate::core::typed::shape::Shape;
use crate::core::typed::{MEMBERS, Typed, WHOLE, events, leaderboards, processes, profile, teams};

/// What a player may do.
pub static ROUTES: &[Typed] = &[
    read("player", "/player", &["detailed"], &profile::PROFILE),
    read("players", "/players", PAGE, &profile::PLAYERS),
    read("activity", "/activity", TIMES, &events::FEED),
    play("/action/play", &["id"]),
    read(
        "leaderboard",
        "/leaderboards/:",
        RANKING,
        &leaderboards::RANKING,
    ),
    read("processDefinitions", "/definitions/processes", &[], &LIST),
    read("processes", "/processes", PAGE, &processes::PROCESSES),
    write(
        Post,
        "createProcess",
        "/definitions/processes/:",
        &[MEMBERS],
        &processes::PROCESS,
    ),
    write(
        Patch,
        "updateProcess",
        "/processes/:",
        &[WHOLE],
        &processes::PROCESS,
    ),
    write(Delete, "deleteProcess", "/processes/:", &[], &Shape::Plain),
    write(
        Post,
        "playProcess",
        "/processes/:/play",
        &["trigger"],
        &processes::PLAYED_V1,
    ),
    read("teamDefinitions", "/definitions/teams", &[], &LIST),
    read("teams", "/teams", PAGE, &teams::TEAMS),
    read("teamMembers", "/teams/:/members", PAGE, &profile::PLAYERS),
    read(
        "notificationList",
        "/notifications",
        NOTIFICATIONS,
        &events::NOTIFICATIONS,
    ),
    picture("gameImage", "/assets/game", SIZE),
    picture("playerImageOf", "/assets/players/:", SIZE),
    picture("metricImage", "/assets/metrics/:", &["size", "item"]),
];

/// What only an app may do: nothing, where there are none.
#[cfg(not(feature = "edge"))]
pub static ADMIN: &[Typed] = &[];
#[cfg(feature = "edge")]
pub use crate::edge::admin::ROUTES_V1 as ADMIN;
