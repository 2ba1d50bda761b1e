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
pub mod tree;
pub mod v1;

use crate::core::error::{Error, code};
use crate::core::method::Method;
use crate::core::request::As;
use crate::core::route::Route;
use crate::core::text::{concat, split};
use crate::core::typed::definitions::Definitions;
use crate::core::typed::shape::{Shape, shaped};
use crate::core::typed::tree::Tree;

/// A route of the service.
#[derive(Debug)]
pub struct Typed {
    /// Its name in the SDK.
    pub name: &'static str,
    /// The method.
    pub method: Method,
    /// The path: each `:` takes one argument.
    pub path: &'static str,
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

/// The argument is the whole body.
pub const WHOLE: &str = "=";
/// The argument's members go into the body.
pub const MEMBERS: &str = "*";

/// What is made of calls that say themselves where they lead.
pub static UNTYPED: Typed = Typed {
    name: "",
    method: Method::Get,
    path: "",
    query: &[],
    body: &[],
    options: &[],
    form: As::Json,
    shape: &Shape::Plain,
};

/// The route of that name in a version of the API.
///
/// # Errors
/// `unsupported_version` where nobody has seen one.
pub fn find<V>(version: &str, name: &str) -> Result<&'static Typed, Error<V>> {
    let tables: [&[Typed]; 2] = match version {
        "v1" => [v1::ROUTES, v1::ADMIN],
        _ => [routes::ROUTES, routes::ADMIN],
    };
    for table in tables {
        if let Some(found) = table.iter().find(|route| route.name == name) {
            return Ok(found);
        }
    }
    Err(Error::config(
        code::UNSUPPORTED_VERSION,
        concat(&[
            "nobody has seen a route for `",
            name,
            "` in ",
            version,
            " of the API: if yours has one, call it by `get` or `post`",
        ]),
    ))
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
                return Err(Error::config(
                    code::INVALID_ROUTE,
                    concat(&[
                        "`",
                        self.name,
                        "` takes an id, which is a string that isn't empty",
                    ]),
                ));
            };
            segments.append(&mut ids);
            rest = &rest[1..];
        }
        Ok((Route::from_segments(&segments)?, rest))
    }

    /// The body: of the arguments that the path leaves, and of options. `None` where it has none.
    pub fn body<V: Tree>(&self, args: &[V], option: impl Fn(&str) -> Option<V>) -> Option<V> {
        if self.body.is_empty() && self.options.is_empty() {
            return None;
        }
        let mut body = V::object();
        for (name, arg) in self.body.iter().zip(args) {
            match *name {
                WHOLE => return Some(arg.clone()),
                MEMBERS => {
                    let mut given = arg.clone();
                    for name in arg.names().unwrap_or_default() {
                        if let Some(member) = given.take(&name) {
                            body.put(&name, member);
                        }
                    }
                }
                name => body.put(&V::text(name), arg.clone()),
            }
        }
        for name in self.options {
            if let Some(value) = option(name) {
                body.put(&V::text(name), value);
            }
        }
        Some(body)
    }

    /// The action that a call with these arguments plays.
    pub fn played<V: Tree>(&self, args: &[V]) -> Option<String> {
        match self.name {
            "play" => args.first()?.written(),
            _ => None,
        }
    }

    /// The answer in its shape. What it says of actions is remembered.
    pub fn answer<V: Tree>(&self, known: &mut Definitions, player: Option<&str>, answer: V) -> V {
        let answer = shaped(answer, self.shape);
        match self.name {
            "actions" => known.learn(player, Some(&answer)),
            "play" => known.learn(player, answer.get("actions").as_ref()),
            _ => {}
        }
        answer
    }
}

/// An id, or the parts of one.
fn ids<V: Tree>(arg: &V) -> Option<Vec<String>> {
    let mut ids = Vec::new();
    match arg.length() {
        None => ids.push(arg.written()?),
        Some(length) => {
            let mut parts = arg.clone();
            for index in 0..length {
                let part = parts.take_at(index);
                let id = part.written()?;
                parts.put_at(index, part);
                ids.push(id);
            }
        }
    }
    ids.iter().all(|id| !id.is_empty()).then_some(ids)
}

/// A name as the service spells it: `entityId` is `entity_id`.
pub fn spelled(name: &str) -> String {
    let mut spelled = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            spelled.push('_');
        }
        spelled.push(letter.to_ascii_lowercase());
    }
    spelled
}
