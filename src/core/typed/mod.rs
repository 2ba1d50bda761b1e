//! The service's own routes, by name: where each leads, what it takes, and what is made of its answer.
//!
//! It is a table, [`routes`], and pure functions over values in the host's own form. A typed call is a
//! call like any other; only its request is written by the table, and its answer shaped by it.

pub mod actions;
pub mod definitions;
pub mod events;
pub mod leaderboards;
pub mod processes;
pub mod profile;
pub mod routes;
pub mod scores;
pub mod shape;
pub mod teams;
pub mod triggers;
pub mod v1;

use crate::core::client::Client;
use crate::core::error::{Error, code};
use crate::core::host::Host;
use crate::core::method::Method;
use crate::core::paging;
use crate::core::provider::{Own, Provider};
use crate::core::request::{As, Call};
use crate::core::route::Route;
use crate::core::text::{concat, split};
use crate::core::tree::Tree;
use crate::core::typed::shape::{Shape, shaped};
use crate::core::value::Value;

/// A route of the service.
#[derive(Debug)]
pub struct Typed {
    /// Its name in the SDK.
    pub name: &'static str,
    /// The method.
    pub method: Method,
    /// The path: each `:` takes one argument.
    pub path: &'static str,
    /// Names in the query that take one argument each, behind those of the path.
    #[cfg(feature = "edge")]
    pub ids: &'static [&'static str],
    /// Whether it is sent once, whatever the caller's rules of retrying are.
    #[cfg(feature = "edge")]
    pub once: bool,
    /// Options that go into the query, each under its name in the service's spelling.
    pub query: &'static [&'static str],
    /// What of the body the arguments are that the path leaves: names, or [`WHOLE`].
    pub body: &'static [&'static str],
    /// Options that go into the body.
    pub options: &'static [&'static str],
    /// How the answer is read unless the caller says otherwise.
    pub form: As,
    /// What is made of the answer.
    pub shape: &'static Shape,
}

/// A read of whatever route, by pages.
pub static PAGINATE: Typed = routes::read("paginate", "", routes::PAGE, &routes::PAGES);

/// Ids and their names in the query.
#[cfg(feature = "edge")]
pub type Ids = Vec<(&'static str, String)>;

/// The argument is the whole body.
pub const WHOLE: &str = "=";
/// The argument's members go into the body.
pub const MEMBERS: &str = "*";

/// What is made of calls that say themselves where they lead.
pub static UNTYPED: Typed = Typed {
    name: "",
    method: Method::Get,
    path: "",
    #[cfg(feature = "edge")]
    ids: &[],
    #[cfg(feature = "edge")]
    once: false,
    query: &[],
    body: &[],
    options: &[],
    form: As::Json,
    shape: &Shape::Plain,
};

/// Whether a call can be right, by what its player was told of actions.
///
/// # Errors
/// `invalid_variables`, with the variable's name.
pub fn check<H: Host>(
    client: &Client<H>,
    typed: &Typed,
    player: Option<&str>,
    args: &[H::Value],
    variables: Option<H::Value>,
) -> Result<(), Error<H::Value>> {
    let (Some(action), "play") = (args.first().and_then(Tree::written), typed.name) else {
        return Ok(());
    };
    let known = client
        .sessions
        .definitions
        .borrow()
        .of(client.player(player));
    match known {
        Some(actions) => definitions::check(&actions, &action, variables.as_ref()),
        None => Ok(()),
    }
}

/// The answer in its shape. What it says of actions is remembered.
pub fn answer<H: Host>(
    client: &Client<H>,
    typed: &Typed,
    player: Option<&str>,
    answer: H::Value,
) -> H::Value {
    let answer = shaped(answer, typed.shape);
    let actions = match typed.name {
        "actions" => Some(answer.clone()),
        "play" => answer.get("actions"),
        _ => None,
    };
    if let Some(actions) = actions {
        client
            .sessions
            .definitions
            .borrow_mut()
            .learn(client.player(player), actions);
    }
    answer
}

/// The route of that name in a version of the service's API.
///
/// # Errors
/// `unsupported_version` where nobody has seen one.
pub fn find<V>(own: &Own, version: &str, name: &str) -> Result<&'static Typed, Error<V>> {
    if name == PAGINATE.name {
        return Ok(&PAGINATE);
    }
    let tables = own.typed.iter().filter(|(known, _)| *known == version);
    for table in tables.flat_map(|(_, tables)| tables) {
        if let Some(found) = table.iter().find(|route| route.name == name) {
            return Ok(found);
        }
    }
    Err(unsupported(name, version))
}

/// Nobody has seen such a thing.
pub fn unsupported<V>(name: &str, version: &str) -> Error<V> {
    let version = match version {
        "" => "the service's API",
        version => &concat(&[version, " of the service's API"]),
    };
    Error::config(
        code::UNSUPPORTED_VERSION,
        concat(&[
            "nobody has seen a route for `",
            name,
            "` in ",
            version,
            ": if yours has one, call it by `get` or `post`",
        ]),
    )
}

/// Makes of a call what its route wants: a read by pages is one that the service understands, and what
/// may be done once is sent once.
///
/// # Errors
/// `invalid_option` for a part of a list that there can't be.
pub fn prepare<V>(provider: &Provider, typed: &Typed, call: &mut Call<V>) -> Result<(), Error<V>> {
    #[cfg(feature = "edge")]
    if typed.once {
        call.retry.limit = Some(0);
        call.retry.methods = Some(Vec::new());
    }
    match typed.name == PAGINATE.name {
        true => paging::prepare(&provider.paging, call),
        false => Ok(()),
    }
}

impl Typed {
    /// Where it leads with these arguments, and which of them the path leaves.
    ///
    /// # Errors
    /// `invalid_route` for arguments that are no ids.
    pub fn route<'a, V: Tree>(&self, args: &'a [V]) -> Result<(Route, &'a [V]), Error<V>> {
        let mut segments = Vec::new();
        let mut rest = args;
        for part in split(self.path, "/").into_iter().skip(1) {
            if part != ":" {
                segments.push(part.to_owned());
                continue;
            }
            let ids = rest.first().and_then(ids);
            let Some(mut ids) = ids else {
                return Err(self.takes_an_id());
            };
            segments.append(&mut ids);
            rest = &rest[1..];
        }
        Ok((Route::from_segments(&segments)?, rest))
    }

    /// The ids that go into the query, each with its name, and the arguments behind them.
    ///
    /// # Errors
    /// `invalid_route` for arguments that are no ids.
    #[cfg(feature = "edge")]
    pub fn ids<'a, V: Tree>(&self, args: &'a [V]) -> Result<(Ids, &'a [V]), Error<V>> {
        let mut named = Vec::new();
        let mut rest = args;
        for name in self.ids {
            let id = rest.first().and_then(id);
            named.push((*name, id.ok_or_else(|| self.takes_an_id())?));
            rest = &rest[1..];
        }
        Ok((named, rest))
    }

    fn takes_an_id<V>(&self) -> Error<V> {
        Error::config(
            code::INVALID_ROUTE,
            concat(&[
                "`",
                self.name,
                "` takes an id, which is a string that isn't empty",
            ]),
        )
    }

    /// The body: of the arguments that the path leaves, and of options. `None` where it has none.
    ///
    /// # Errors
    /// `invalid_body` for an argument whose members can't be read; whatever `option` gives.
    pub fn body<V: Tree>(
        &self,
        args: &[V],
        option: impl Fn(&str) -> Result<Option<V>, Error<V>>,
    ) -> Result<Option<V>, Error<V>> {
        if self.body.is_empty() && self.options.is_empty() {
            return Ok(None);
        }
        let mut body = V::object();
        for (name, arg) in self.body.iter().zip(args) {
            match *name {
                WHOLE => return Ok(Some(arg.clone())),
                MEMBERS => {
                    body.assign(arg).map_err(|thrown| {
                        let message = "the body can't be read (`cause` says more)";
                        Error::config(code::INVALID_BODY, message).caused_by(thrown)
                    })?;
                }
                name => body.put(&V::text(name), arg.clone()),
            }
        }
        for name in self.options {
            if let Some(value) = option(name)? {
                body.put(&V::text(name), value);
            }
        }
        Ok(Some(body))
    }
}

/// An id, or the parts of one.
fn ids<V: Tree>(arg: &V) -> Option<Vec<String>> {
    let mut ids = Vec::new();
    match arg.items() {
        None => ids.push(id(arg)?),
        Some(parts) => {
            for part in parts {
                ids.push(id(&part)?);
            }
        }
    }
    Some(ids)
}

fn id<V: Tree>(value: &V) -> Option<String> {
    value.written().filter(|id| !id.is_empty())
}

/// A name as the service spells it: `entityId` is `entity_id`.
pub fn spelled(name: &str) -> String {
    let mut spelled = String::new();
    for letter in name.bytes() {
        if letter.is_ascii_uppercase() {
            spelled.push('_');
        }
        spelled.push(char::from(letter.to_ascii_lowercase()));
    }
    spelled
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde_json::{Value as Json, json};

    use super::*;
    use crate::core::provider::presets::PLAYOFF;

    fn route(version: &str, name: &str, args: &[Json]) -> Result<String, String> {
        let found =
            find::<Json>(&PLAYOFF.own, version, name).map_err(|error| error.code.to_string())?;
        let route = found.route(args).map_err(|error| error.code.to_string())?;
        Ok(concat(&[found.method.as_str(), " ", route.0.as_str()]))
    }

    #[test]
    fn every_name_leads_to_one_route_that_can_be_made() {
        let args = [json!("a/b"), json!("c"), json!("d")];
        for table in [routes::ROUTES, routes::ADMIN, v1::ROUTES, v1::ADMIN] {
            let mut names = HashSet::new();
            for one in table {
                assert!(names.insert(one.name), "{} is there twice", one.name);
                assert!(
                    one.path.is_empty() || one.route(&args).is_ok(),
                    "{}",
                    one.name
                );
                let body = !one.body.is_empty() || !one.options.is_empty();
                assert!(!body || one.method.takes_body(), "{}", one.name);
            }
        }
    }

    #[test]
    fn versions_have_routes_of_their_own() {
        let id = [json!("a b")];
        for (version, name, expected) in [
            ("v2", "play", "POST /runtime/actions/a%20b/play"),
            ("v1", "play", "POST /action/play"),
            (
                "v2",
                "metricImage",
                "GET /runtime/assets/definitions/metrics/a%20b",
            ),
            ("v1", "metricImage", "GET /assets/metrics/a%20b"),
            ("v2", "createProcess", "POST /runtime/processes"),
            ("v1", "createProcess", "POST /definitions/processes/a%20b"),
        ] {
            assert_eq!(route(version, name, &id).as_deref(), Ok(expected));
        }
        assert_eq!(
            route("v1", "metrics", &[]),
            Err("unsupported_version".into())
        );
        assert_eq!(
            route("v2", "toString", &[]),
            Err("unsupported_version".into())
        );
    }

    #[test]
    fn ids_may_have_parts_but_must_be_ids() {
        let parts = [json!(["johny", "p/1"])];
        assert_eq!(
            route("v2", "process", &parts).as_deref(),
            Ok("GET /runtime/processes/johny/p%2F1")
        );
        assert_eq!(
            route("v2", "process", &[json!(7)]).as_deref(),
            Ok("GET /runtime/processes/7")
        );
        for bad in [
            json!(""),
            json!(null),
            json!({}),
            json!(["a", ""]),
            json!(".."),
        ] {
            assert_eq!(route("v2", "process", &[bad]), Err("invalid_route".into()));
        }
        assert_eq!(route("v2", "process", &[]), Err("invalid_route".into()));
    }

    #[test]
    fn bodies_are_made_of_arguments_and_options() {
        let body = |version, name, args: &[Json]| {
            let found = find::<Json>(&PLAYOFF.own, version, name).unwrap();
            let (_, rest) = found.route(args).unwrap();
            let count = |name: &str| Ok((name == "count").then(|| json!(2)));
            found.body(rest, count).unwrap()
        };
        let id = [json!("collect")];
        assert_eq!(body("v2", "play", &id), Some(json!({ "count": 2 })));
        assert_eq!(
            body("v1", "play", &id),
            Some(json!({ "id": "collect", "count": 2 }))
        );
        let process = [json!("quest"), json!({ "name": "Q", "access": "PUBLIC" })];
        assert_eq!(
            body("v2", "createProcess", &process),
            Some(json!({ "definition": "quest", "name": "Q", "access": "PUBLIC" }))
        );
        assert_eq!(
            body("v1", "createProcess", &process),
            Some(json!({ "name": "Q", "access": "PUBLIC" }))
        );
        let change = [json!({ "alias": "J" })];
        assert_eq!(
            body("v2", "updatePlayer", &change),
            Some(json!({ "alias": "J" }))
        );
        assert_eq!(body("v2", "player", &[]), None);
        let ids = [json!(["a", "b"])];
        assert_eq!(
            body("v2", "markAsSeen", &ids),
            Some(json!({ "ids": ["a", "b"] }))
        );
    }

    #[test]
    fn names_are_spelled_as_the_service_does() {
        assert_eq!(spelled("teamInstanceId"), "team_instance_id");
        assert_eq!(spelled("limit"), "limit");
    }
}
