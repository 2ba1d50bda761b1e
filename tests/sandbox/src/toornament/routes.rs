//! Which path leads where.

use super::Toornament;
use super::access::Needs;
use super::failure::Failure;
use super::lists::{Parent, whole};
use super::resources::{Resource, named};
use crate::http::{Answer, Request};
use crate::sandbox::Call;

/// What pages of other origins may send.
const HEADERS: &str = "Accept-Language, Authorization, Content-Disposition, Content-Language, \
                       Content-Type, Range, X-Api-Key";

/// Where a path leads.
struct Place {
    resource: &'static Resource,
    parents: Vec<Parent>,
    key: Option<String>,
}

impl Toornament {
    /// Answers a call.
    pub fn answer(&mut self, call: &mut Call) -> Answer {
        if call.request.method == "OPTIONS" && self.settings.cors {
            return Answer::empty(204)
                .with_header(
                    "access-control-allow-methods",
                    "GET, POST, PATCH, PUT, DELETE",
                )
                .with_header("access-control-allow-headers", HEADERS);
        }
        self.judge(call).unwrap_or_else(|failure| failure.answer())
    }

    /// Opens an answer to pages of other origins, as far as the settings want.
    pub fn open(&self, answer: &mut Answer) {
        if self.settings.cors {
            answer.set_header("access-control-allow-origin", "*");
            if self.settings.expose_content_range {
                answer.set_header("access-control-expose-headers", "Content-Range");
            }
        }
    }

    /// The usual answer of that status, when a fault gives no body.
    pub fn usual(&self, status: u16) -> Answer {
        Failure::new(status, "request", "As asked for").answer()
    }

    fn judge(&mut self, call: &mut Call) -> Result<Answer, Failure> {
        let request = call.request;
        let segments = request.segments().ok_or_else(Failure::not_found)?;
        let segments: Vec<&str> = segments.iter().skip(1).map(String::as_str).collect();
        let (api, route) = match (request.method.as_str(), &segments[..]) {
            ("POST", ["oauth", "v2", "token"]) => {
                return Ok(self.token_endpoint(request, call.now, &mut call.entropy));
            }
            (_, ["oauth", "v2", "token"]) => return Err(Failure::not_allowed()),
            (_, [api, "v2", route @ ..]) => (*api, route),
            _ => return Err(Failure::not_found()),
        };
        self.check_key(request)?;
        let place = self.place(api, route)?;
        let needs = needs(api, request, &place);
        self.check_needs(request, needs, call.now)?;
        self.serve(call, &place)
    }

    fn serve(&mut self, call: &mut Call, place: &Place) -> Result<Answer, Failure> {
        let Place {
            resource,
            parents,
            key,
        } = place;
        match (call.request.method.as_str(), key.as_deref()) {
            ("GET" | "HEAD", None) => self.list(call.request, resource, parents),
            ("GET" | "HEAD", Some(key)) => {
                let row = self.find(resource, parents, key)?;
                Ok(Answer::json(&whole(row).into()))
            }
            ("POST", None) if resource.name == "files" => self.upload(call.request),
            ("POST", None) => self.make(call, resource, parents),
            ("PATCH", Some(key)) => self.change(call, resource, parents, key),
            ("DELETE", Some(key)) => self.delete(resource, parents, key),
            _ => Err(Failure::not_allowed()),
        }
    }

    /// Finds out where a path leads. Below a tournament are the older forms of
    /// the same routes.
    fn place(&self, api: &str, route: &[&str]) -> Result<Place, Failure> {
        let mut parents = Vec::new();
        let mut route = route;
        if let ["tournaments", id, rest @ ..] = route
            && !rest.is_empty()
        {
            parents.push(self.parent(&[], "tournaments", "tournament_id", id)?);
            route = rest;
        }
        if let ["matches", id, rest @ ..] = route
            && !rest.is_empty()
        {
            // Games know their match, which knows its tournament.
            parents = vec![self.parent(&parents, "matches", "_match_id", id)?];
            route = rest;
        }
        if let ["webhooks", id, rest @ ..] = route
            && !rest.is_empty()
        {
            parents = vec![self.parent(&parents, "webhooks", "_webhook_id", id)?];
            route = rest;
        }
        let (name, key) = match route {
            [name] => (name, None),
            [name, key] => (name, Some((*key).to_owned())),
            _ => return Err(Failure::not_found()),
        };
        let here = |resource: &&Resource| {
            let nested = matches!(resource.name, "games" | "subscriptions");
            let base = match api {
                "viewer" => resource.viewable,
                api => resource.base == api,
            };
            base && nested == parents.iter().any(|p| p.field.starts_with('_'))
        };
        let resource = named(name).filter(here).ok_or_else(Failure::not_found)?;
        Ok(Place {
            resource,
            parents,
            key,
        })
    }

    fn parent(
        &self,
        above: &[Parent],
        name: &str,
        field: &'static str,
        id: &str,
    ) -> Result<Parent, Failure> {
        let resource = named(name).ok_or_else(Failure::not_found)?;
        self.find(resource, above, id)?;
        Ok(Parent {
            field,
            id: id.to_owned(),
        })
    }
}

/// What a call needs. The viewer's API is for reading, by the key alone.
fn needs(api: &str, request: &Request, place: &Place) -> Needs {
    let resource = place.resource;
    match (request.method.as_str(), &place.key) {
        ("GET" | "HEAD", _) if api == "viewer" => Needs::Key,
        _ if api == "viewer" => Needs::Unserved,
        ("GET" | "HEAD", _) => resource.read,
        ("POST", None) => resource.make,
        ("PATCH", Some(_)) => resource.change,
        ("DELETE", Some(_)) => resource.delete,
        _ => Needs::Unserved,
    }
}
