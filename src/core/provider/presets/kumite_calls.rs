//! The typed calls of Kumite: what a robot needs to play.

use crate::core::method::Method::Post;
use crate::core::typed::Typed;
use crate::core::typed::WHOLE;
use crate::core::typed::routes::{LIST, read, write};
use crate::core::typed::shape::Shape;

/// The contest that a call is about.
const CONTEST: &[&str] = &["contest_id"];

/// A player who waits is offered a placeholder among the moves, which is none.
static MOVES: Shape = Shape::Apart {
    list: "moves",
    mark: "wait",
    to: "waiting",
};

/// For each version.
pub static TYPED: [(&str, [&[Typed]; 2]); 1] = [("v1", [ROUTES, &[]])];

static ROUTES: &[Typed] = &[
    read("kumite.metadata", "/public/metadata", &[], &Shape::Plain),
    read(
        "kumite.games",
        "/games",
        &["gameId", "minPlayers", "maxPlayers", "titleRegex", "tag"],
        &LIST,
    ),
    read(
        "kumite.contests",
        "/contests",
        &[
            "contestId",
            "gameId",
            "acceptPlayers",
            "requiresPlayers",
            "gameOver",
        ],
        &LIST,
    ),
    Typed {
        ids: &["game_id"],
        options: &["board"],
        ..write(
            Post,
            "kumite.createContest",
            "/contests",
            &["constant_metadata"],
            &Shape::Plain,
        )
    },
    about_contest(read("kumite.board", "/board", &[], &Shape::Plain)),
    // Whatever fails while a board is changed ends the contest, so these are sent once.
    Typed {
        query: &["viewer"],
        once: true,
        ..about_contest(write(
            Post,
            "kumite.join",
            "/board/player",
            &[],
            &Shape::Plain,
        ))
    },
    about_contest(read("kumite.moves", "/board/moves", &[], &MOVES)),
    Typed {
        once: true,
        ..about_contest(write(
            Post,
            "kumite.move",
            "/board/move",
            &[WHOLE],
            &Shape::Plain,
        ))
    },
    about_contest(read(
        "kumite.leaderboard",
        "/leaderboards",
        &[],
        &Shape::Plain,
    )),
];

const fn about_contest(typed: Typed) -> Typed {
    Typed {
        ids: CONTEST,
        ..typed
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde_json::{Value as Json, json};

    use super::super::KUMITE;
    use super::*;
    use crate::core::request::Call;
    use crate::core::retry::Wish;
    use crate::core::typed::shape::shaped;
    use crate::core::typed::{find, prepare};

    fn found(name: &str) -> &'static Typed {
        find::<Json>(&KUMITE.own, "v1", name).unwrap()
    }

    #[test]
    fn every_name_leads_to_one_route() {
        let mut names = HashSet::new();
        let ids = [json!("a b"), json!({"position": 1})];
        for one in ROUTES {
            assert!(names.insert(one.name), "{} is there twice", one.name);
            let (_, rest) = one.route(&ids).unwrap();
            let (queried, _) = one.ids(rest).unwrap();
            let expected: Vec<(&str, String)> = one
                .ids
                .iter()
                .map(|name| (*name, "a b".to_owned()))
                .collect();
            assert_eq!(queried, expected, "{}", one.name);
        }
        let unknown = find::<Json>(&KUMITE.own, "v1", "player").unwrap_err();
        assert_eq!(unknown.code, "unsupported_version");
    }

    #[test]
    fn what_is_about_something_needs_its_id() {
        for bad in [&[][..], &[json!("")], &[json!(null)], &[json!({})]] {
            let refused = found("kumite.board").ids(bad).unwrap_err();
            assert_eq!(refused.code, "invalid_route");
        }
    }

    #[test]
    fn bodies_are_as_the_service_wants_them() {
        let body = |name, args: &[Json]| {
            let (_, rest) = found(name).ids(args).unwrap();
            let board = |name: &str| Ok((name == "board").then(|| json!("b")));
            found(name).body(rest, board).unwrap()
        };
        assert_eq!(
            body("kumite.createContest", &[json!("g"), json!({"name": "N"})]),
            Some(json!({"constant_metadata": {"name": "N"}, "board": "b"}))
        );
        assert_eq!(
            body("kumite.move", &[json!("c"), json!({"position": 5})]),
            Some(json!({"position": 5}))
        );
        assert_eq!(body("kumite.join", &[json!("c")]), None);
    }

    #[test]
    fn joins_and_moves_are_sent_once_whatever_the_caller_wants() {
        for (name, once) in [
            ("kumite.join", true),
            ("kumite.move", true),
            ("kumite.board", false),
        ] {
            let typed = found(name);
            let (route, _) = typed.route::<Json>(&[]).unwrap();
            let mut call: Call<Json> = Call::new(typed.method, route);
            let wish = Wish {
                limit: Some(9),
                methods: Some(vec![Post]),
                max_retry_after: None,
            };
            call.retry = wish.clone();
            prepare(&KUMITE, typed, &mut call).unwrap();
            let never = Wish {
                limit: Some(0),
                methods: Some(Vec::new()),
                max_retry_after: None,
            };
            assert_eq!(call.retry, if once { never } else { wish }, "{name}");
        }
    }

    #[test]
    fn placeholders_are_no_moves() {
        let shape = found("kumite.moves").shape;
        let offered = json!({"moves": {"1": {"position": 1}, "2": {"position": 2}}});
        let mut shown = offered.clone();
        shown["waiting"] = json!(null);
        assert_eq!(shaped(offered, shape), shown);
        let sign_ups = json!({"wait": true, "missingPlayers": 1});
        assert_eq!(
            shaped(
                json!({"moves": {"Wait": sign_ups, "1": {"wait": 1}}, "x": 1}),
                shape
            ),
            json!({"moves": {"1": {"wait": 1}}, "waiting": sign_ups, "x": 1})
        );
        for odd in [json!(null), json!({"moves": "none"}), json!([1])] {
            assert_eq!(shaped(odd.clone(), shape), odd);
        }
    }
}
