//! The routes of v2.

use crate::core::method::Method::{self, Delete, Get, Patch, Post};
use crate::core::request::As;
use crate::core::typed::shape::Shape;
use crate::core::typed::{
    MEMBERS, Typed, WHOLE, actions, events, leaderboards, processes, profile, teams, triggers,
};

/// What lists take.
pub const PAGE: &[&str] = &["skip", "limit"];
/// What feeds take.
pub const TIMES: &[&str] = &["start", "end"];
/// What notifications take.
pub const NOTIFICATIONS: &[&str] = &["skip", "limit", "start", "end"];
/// What pictures take.
pub const SIZE: &[&str] = &["size"];
/// What rankings take.
pub const RANKING: &[&str] = &[
    "skip",
    "limit",
    "cycle",
    "timestamp",
    "ranking",
    "entityId",
    "radius",
    "scopeId",
    "teamInstanceId",
    "sort",
    "detailed",
];
/// What plays take.
pub const PLAY: &[&str] = &["variables", "scopes", "count"];
/// A list that stays as it is, but for being one.
pub static LIST: Shape = Shape::List(&Shape::Plain);
/// Pages of what stays as it is.
pub static PAGES: Shape = Shape::Page(&Shape::Plain);

/// A route that is only read.
pub const fn read(
    name: &'static str,
    path: &'static str,
    query: &'static [&'static str],
    shape: &'static Shape,
) -> Typed {
    Typed {
        name,
        method: Get,
        path,
        #[cfg(feature = "edge")]
        ids: &[],
        #[cfg(feature = "edge")]
        once: false,
        query,
        body: &[],
        options: &[],
        form: As::Json,
        shape,
    }
}

/// A route that does something.
pub const fn write(
    method: Method,
    name: &'static str,
    path: &'static str,
    body: &'static [&'static str],
    shape: &'static Shape,
) -> Typed {
    Typed {
        method,
        body,
        ..read(name, path, &[], shape)
    }
}

/// A picture.
pub const fn picture(
    name: &'static str,
    path: &'static str,
    query: &'static [&'static str],
) -> Typed {
    Typed {
        form: As::Blob,
        ..read(name, path, query, &Shape::Plain)
    }
}

/// A play: its options are its body.
pub const fn play(path: &'static str, body: &'static [&'static str]) -> Typed {
    Typed {
        options: PLAY,
        ..write(Post, "play", path, body, &actions::PLAYED)
    }
}

/// What a player may do.
pub static ROUTES: &[Typed] = &[
    read(
        "player",
        "/runtime/player",
        &["detailed"],
        &profile::PROFILE,
    ),
    write(
        Patch,
        "updatePlayer",
        "/runtime/player",
        &[WHOLE],
        &profile::PROFILE,
    ),
    picture("playerImage", "/runtime/player/image", SIZE),
    write(
        Post,
        "uploadPlayerImage",
        "/runtime/player/image",
        &[WHOLE],
        &Shape::Plain,
    ),
    read("players", "/runtime/players", PAGE, &profile::PLAYERS),
    read("actions", "/runtime/actions", &[], &actions::ACTIONS),
    play("/runtime/actions/:/play", &[]),
    read("leaderboards", "/runtime/leaderboards", &[], &LIST),
    read(
        "leaderboard",
        "/runtime/leaderboards/:",
        RANKING,
        &leaderboards::RANKING,
    ),
    Typed {
        query: &["cycle", "timestamp", "scopeId", "teamInstanceId"],
        ..write(
            Post,
            "searchLeaderboard",
            "/runtime/leaderboards/:/search",
            &["player_ids"],
            &leaderboards::RANKING,
        )
    },
    read("activity", "/runtime/activity", TIMES, &events::FEED),
    read("metrics", "/runtime/definitions/metrics", &[], &LIST),
    read(
        "processDefinitions",
        "/runtime/definitions/processes",
        &[],
        &LIST,
    ),
    read(
        "processes",
        "/runtime/processes",
        PAGE,
        &processes::PROCESSES,
    ),
    write(
        Post,
        "createProcess",
        "/runtime/processes",
        &["definition", MEMBERS],
        &processes::PROCESS,
    ),
    read("process", "/runtime/processes/:", &[], &processes::PROCESS),
    write(
        Patch,
        "updateProcess",
        "/runtime/processes/:",
        &[WHOLE],
        &processes::PROCESS,
    ),
    write(
        Delete,
        "deleteProcess",
        "/runtime/processes/:",
        &[],
        &Shape::Plain,
    ),
    read(
        "triggers",
        "/runtime/processes/:/triggers",
        &[],
        &triggers::TRIGGERS,
    ),
    write(
        Post,
        "playProcess",
        "/runtime/processes/:/play",
        &["trigger"],
        &processes::PLAYED,
    ),
    read("teamDefinitions", "/runtime/definitions/teams", &[], &LIST),
    read("teams", "/runtime/teams", PAGE, &teams::TEAMS),
    read(
        "teamMembers",
        "/runtime/teams/:/members",
        PAGE,
        &profile::PLAYERS,
    ),
    read(
        "teamActivity",
        "/runtime/teams/:/activity",
        TIMES,
        &events::FEED,
    ),
    read(
        "notificationList",
        "/runtime/notifications",
        NOTIFICATIONS,
        &events::NOTIFICATIONS,
    ),
    write(
        Post,
        "markAsSeen",
        "/runtime/notifications",
        &["ids"],
        &Shape::Plain,
    ),
    picture("gameImage", "/runtime/assets/game", SIZE),
    picture("playerImageOf", "/runtime/assets/players/:", SIZE),
    picture(
        "metricImage",
        "/runtime/assets/definitions/metrics/:",
        &["size", "item"],
    ),
];

/// What only an app may do: nothing, where there are none.
#[cfg(not(feature = "edge"))]
pub static ADMIN: &[Typed] = &[];
#[cfg(feature = "edge")]
pub use crate::edge::admin::ROUTES as ADMIN;
