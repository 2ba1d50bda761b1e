//! The `provider` option: a preset's name, or a definition of the caller's.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsValue;

use super::fields::{Fields, list, member, pairs};
use crate::core::error::Error;
use crate::core::method::Method;
use crate::core::provider::errors::Decoder;
use crate::core::provider::paging::{Paging, Ranges};
use crate::core::provider::presets::PLAIN;
use crate::core::provider::token_request::Encoding;
#[cfg(feature = "edge")]
use crate::core::provider::token_request::{ClientAuthentication, GrantKind};
use crate::core::provider::{Evidence, List, Provider, Text, TokenIn};
use crate::core::query::{Booleans, Lists};
use crate::core::text::{concat, join};

/// How many definitions may extend each other.
const DEEPEST: u32 = 8;

/// A value by its name, and what it makes of a definition.
type Alternative = (&'static str, fn(&mut Provider));

/// What a member of a definition is, and where it goes.
enum Member {
    Text(fn(&mut Provider) -> &mut Text),
    Texts(fn(&mut Provider) -> &mut List<Text>),
    Pairs(fn(&mut Provider) -> &mut List<(Text, Text)>),
    Methods(fn(&mut Provider) -> &mut List<Method>),
    Seconds(fn(&mut Provider) -> &mut Option<f64>),
    Choice(&'static [Alternative]),
    Object(&'static [(&'static str, Member)]),
    Other(fn(&Object, &str, &mut Provider)),
}

use Member::{Choice, Methods, Other, Pairs, Seconds, Texts};

const DEFINITION: &[(&str, Member)] = &[
    // What comes first.
    ("extend", Other(|_, _, _| {})),
    ("name", Member::Text(|p| &mut p.name)),
    ("host", Member::Text(|p| &mut p.addresses.host)),
    ("apiUrl", Member::Text(|p| &mut p.addresses.api)),
    ("authUrl", Member::Text(|p| &mut p.addresses.auth)),
    ("versions", Pairs(|p| &mut p.addresses.versions)),
    ("bases", Pairs(|p| &mut p.addresses.bases)),
    ("signIn", Member::Object(SIGN_IN)),
    ("tokenRequest", Member::Object(TOKEN_REQUEST)),
    ("schemes", Texts(|p| &mut p.placement.schemes)),
    ("tokenIn", Member::Object(TOKEN_IN)),
    ("players", Member::Object(PLAYERS)),
    ("headers", Pairs(|p| &mut p.headers)),
    ("apiKeyHeader", Member::Text(|p| &mut p.api_key_header)),
    ("deadToken", Member::Object(DEAD_TOKEN)),
    ("retryMethods", Methods(|p| &mut p.repeatable)),
    ("errors", Other(|o, n, p| o.list(n, decoder, &mut p.errors))),
    ("paging", Other(|o, n, p| o.paging(n, &mut p.paging))),
    ("query", Member::Object(QUERY)),
    ("page", Member::Object(PAGE)),
];
const SIGN_IN: &[(&str, Member)] = &[
    ("path", Member::Text(|p| &mut p.sign_in.path)),
    ("issuerPath", Member::Text(|p| &mut p.sign_in.issuer_path)),
    (
        "echoesState",
        Choice(&[
            ("true", |p| p.sign_in.echoes_state = Evidence::Proven),
            ("false", |p| p.sign_in.echoes_state = Evidence::Unproven),
        ]),
    ),
];
const TOKEN_REQUEST: &[(&str, Member)] = &[
    ("path", Member::Text(|p| &mut p.token_request.path)),
    (
        "encoding",
        Choice(&[
            ("form", |p| p.token_request.encoding = Encoding::Form),
            ("json", |p| p.token_request.encoding = Encoding::Json),
        ]),
    ),
    ("lifetime", Seconds(|p| &mut p.token_request.lifetime)),
    ("grant", app::GRANT),
    ("clientAuthentication", app::CLIENT_AUTHENTICATION),
    ("method", app::METHOD),
    ("playerQuery", app::PLAYER_QUERY),
    ("challenged", app::CHALLENGED),
];
const TOKEN_IN: &[(&str, Member)] = &[
    (
        "server",
        Choice(&[
            ("header", |p| p.placement.access = TokenIn::Header),
            ("query", |p| p.placement.access = TokenIn::Query),
        ]),
    ),
    (
        "page",
        Choice(&[
            ("header", |p| p.placement.access_in_page = TokenIn::Header),
            ("query", |p| p.placement.access_in_page = TokenIn::Query),
        ]),
    ),
    (
        "jwt",
        Choice(&[
            ("header", |p| p.placement.jwt = TokenIn::Header),
            ("query", |p| p.placement.jwt = TokenIn::Query),
        ]),
    ),
    ("query", Member::Text(|p| &mut p.placement.access_query)),
    ("jwtQuery", Member::Text(|p| &mut p.placement.jwt_query)),
];
const PLAYERS: &[(&str, Member)] = &[
    ("query", Member::Text(|p| &mut p.subject.query)),
    (
        "ownTokens",
        Choice(&[
            ("true", |p| p.subject.per_player = true),
            ("false", |p| p.subject.per_player = false),
        ]),
    ),
    ("claim", Member::Text(|p| &mut p.subject.claim)),
    ("listClaim", Member::Text(|p| &mut p.subject.list_claim)),
];
const DEAD_TOKEN: &[(&str, Member)] = &[
    (
        "statuses",
        Other(|o, n, p| o.list(n, status, &mut p.refusal.statuses)),
    ),
    ("codes", Texts(|p| &mut p.refusal.codes)),
    ("deniedCodes", Texts(|p| &mut p.refusal.denied)),
    ("challenges", Texts(|p| &mut p.refusal.challenges)),
    ("replay", Methods(|p| &mut p.refusal.replayable)),
];
const QUERY: &[(&str, Member)] = &[
    (
        "lists",
        Choice(&[
            ("comma", |p| p.query.lists = Lists::Comma),
            ("repeat", |p| p.query.lists = Lists::Repeat),
        ]),
    ),
    (
        "booleans",
        Choice(&[
            ("words", |p| p.query.booleans = Booleans::Words),
            ("digits", |p| p.query.booleans = Booleans::Digits),
        ]),
    ),
];
const PAGE: &[(&str, Member)] = &[
    (
        "publicClient",
        Choice(&[
            ("true", |p| p.page.public_client = true),
            ("false", |p| p.page.public_client = false),
        ]),
    ),
    ("maxTokenLifetime", Seconds(|p| &mut p.page.longest)),
];

/// What an app shows to the service.
#[cfg(feature = "edge")]
mod app {
    use super::{Choice, ClientAuthentication, GrantKind, Member, Method, Other};

    pub const GRANT: Member = Choice(&[
        ("client_credentials", |p| {
            p.token_request.app.kind = GrantKind::ClientCredentials;
        }),
        ("refresh_token", |p| {
            p.token_request.app.kind = GrantKind::RefreshToken;
        }),
    ]);
    pub const CLIENT_AUTHENTICATION: Member = Choice(&[
        ("basic", |p| {
            p.token_request.app.authentication = ClientAuthentication::Basic;
        }),
        ("body", |p| {
            p.token_request.app.authentication = ClientAuthentication::Body;
        }),
        ("none", |p| {
            p.token_request.app.authentication = ClientAuthentication::None;
        }),
    ]);
    pub const METHOD: Member = Choice(&[
        ("GET", |p| p.token_request.app.method = Method::Get),
        ("POST", |p| p.token_request.app.method = Method::Post),
    ]);
    pub const PLAYER_QUERY: Member = Member::Text(|p| &mut p.token_request.app.player_query);
    pub const CHALLENGED: Member =
        Other(|o, n, p| o.challenged(n, &mut p.token_request.app.challenged));
}

/// What is for apps alone: here it is known by name.
#[cfg(not(feature = "edge"))]
mod app {
    use super::{Member, Other};

    pub const GRANT: Member = Other(|_, _, _| {});
    pub const CLIENT_AUTHENTICATION: Member = Other(|_, _, _| {});
    pub const METHOD: Member = Other(|_, _, _| {});
    pub const PLAYER_QUERY: Member = Other(|_, _, _| {});
    pub const CHALLENGED: Member = Other(|_, _, _| {});
}

/// The service that the options name; `None` where they don't.
pub fn read(fields: &Fields) -> Result<Option<Rc<Provider>>, Error<JsValue>> {
    match fields.get("provider")? {
        Some(given) => Ok(Some(Rc::new(provider(given, 0)?))),
        None => Ok(None),
    }
}

fn provider(given: JsValue, depth: u32) -> Result<Provider, Error<JsValue>> {
    if let Some(name) = given.as_string() {
        return Provider::named(Some(&name));
    }
    if !given.is_object() || depth == DEEPEST {
        return Err(Error::option(
            "provider",
            "a preset's name, or a definition: an object, which extends seven others at most",
        ));
    }
    let mut read = match member(&given, "extend")? {
        Some(base) => provider(base, depth + 1)?,
        None => PLAIN,
    };
    let wrong = Wrong::default();
    wrong.fill(given, "provider", DEFINITION, &mut read);
    match wrong.0.take() {
        Some(error) => Err(error),
        None => Ok(read),
    }
}

/// The first thing that was wrong. To go on and say it at the end takes less code than to leave at each
/// member.
#[derive(Default)]
struct Wrong(Cell<Option<Error<JsValue>>>);

impl Wrong {
    fn note(&self, error: Error<JsValue>) {
        let first = self.0.take();
        self.0.set(Some(first.unwrap_or(error)));
    }

    fn object(&self, given: JsValue, names: &[&str], path: &str) -> Object<'_> {
        if let Err(error) = Fields::new(&given, names, path) {
            self.note(error);
        }
        Object { given, wrong: self }
    }

    fn fill(
        &self,
        given: JsValue,
        path: &str,
        members: &[(&str, Member)],
        provider: &mut Provider,
    ) {
        let mut names = Vec::new();
        for (name, _) in members {
            names.push(*name);
        }
        let object = self.object(given, &names, path);
        for (name, member) in members {
            let given = object.get(name);
            if given.is_undefined() {
                continue;
            }
            match member {
                Member::Text(at) => object.text(name, at(provider)),
                Texts(at) => object.list(name, text, at(provider)),
                Pairs(at) => object.pairs(name, at(provider)),
                Methods(at) => object.list(name, method, at(provider)),
                Seconds(at) => object.seconds(name, at(provider)),
                Choice(choices) => object.choose(name, choices, provider),
                Member::Object(members) => {
                    self.fill(given, &concat(&[path, ".", name]), members, provider);
                }
                Other(set) => set(&object, name, provider),
            }
        }
    }
}

/// An object of the definition. Members that are missing leave what is there.
struct Object<'a> {
    given: JsValue,
    wrong: &'a Wrong,
}

impl Object<'_> {
    fn get(&self, name: &str) -> JsValue {
        match member(&self.given, name) {
            Ok(found) => found.unwrap_or_default(),
            Err(error) => {
                self.wrong.note(error);
                JsValue::UNDEFINED
            }
        }
    }

    fn refuse(&self, name: &str, takes: &str) {
        self.wrong.note(Error::option(name, takes));
    }

    fn text(&self, name: &str, member: &mut Text) {
        match text(&self.get(name)) {
            Some(text) => *member = text,
            None => self.refuse(name, "a string"),
        }
    }

    fn pairs(&self, name: &str, member: &mut List<(Text, Text)>) {
        let mut all = Vec::new();
        for (name, value) in self.members(name) {
            match text(&value) {
                Some(value) => all.push((name.into(), value)),
                None => self.refuse(&name, "a string"),
            }
        }
        *member = all.into();
    }

    fn members(&self, name: &str) -> Vec<(String, JsValue)> {
        pairs(&self.get(name)).unwrap_or_else(|| {
            self.refuse(name, "an object");
            Vec::new()
        })
    }

    fn list<T: Clone>(&self, name: &str, read: fn(&JsValue) -> Option<T>, member: &mut List<T>) {
        match list(&self.get(name), read) {
            Some(all) => *member = all.into(),
            None => self.refuse(name, "an array of what the types list"),
        }
    }

    /// One of some values by its name; of flags by what they are.
    fn choose(&self, name: &str, choices: &[Alternative], provider: &mut Provider) {
        let given = self.get(name);
        let given = match given.as_bool() {
            Some(true) => "true".to_owned(),
            Some(false) => "false".to_owned(),
            None => given.as_string().unwrap_or_default(),
        };
        let mut known = Vec::new();
        for (name, choose) in choices {
            if *name == given {
                return choose(provider);
            }
            known.push(*name);
        }
        self.refuse(name, &join(&known, " or "));
    }

    fn seconds(&self, name: &str, member: &mut Option<f64>) {
        *member = self.get(name).as_f64().filter(|seconds| *seconds > 0.0);
        if member.is_none() {
            self.refuse(name, "a positive number of seconds");
        }
    }

    fn paging(&self, name: &str, paging: &mut Paging) {
        const NAMES: &[&str] = &["limit", "units"];
        let given = self.get(name);
        *paging = match given.as_string().as_deref() {
            Some("none") => Paging::None,
            Some("skip") => Paging::Skip,
            _ => {
                let given = self.wrong.object(given, NAMES, "provider.paging");
                let mut units = Vec::new();
                if !given.get("units").is_undefined() {
                    given.units(&mut units);
                }
                Paging::Range(Ranges {
                    limit: given.rows(),
                    units: units.into(),
                })
            }
        };
    }

    fn units(&self, units: &mut Vec<(Text, Text, u32)>) {
        const NAMES: &[&str] = &["limit", "unit"];
        for (last, given) in self.members("units") {
            let given = self.wrong.object(given, NAMES, "provider.paging.units");
            let unit = text(&given.get("unit"));
            let unit = unit.unwrap_or_else(|| last.clone().into());
            units.push((last.into(), unit, given.rows()));
        }
    }

    fn rows(&self) -> u32 {
        let rows = self.get("limit").as_f64();
        match rows.filter(|rows| *rows >= 1.0 && rows.fract() == 0.0) {
            Some(rows) => rows as u32,
            None => {
                self.refuse("limit", "given: rows of one answer, at most");
                1
            }
        }
    }

    #[cfg(feature = "edge")]
    fn challenged(&self, name: &str, member: &mut List<(Text, Text, Text)>) {
        let mut challenged = Vec::new();
        let schemes = Object {
            given: self.get(name),
            wrong: self.wrong,
        };
        for (scheme, _) in self.members(name) {
            for (name, value) in schemes.members(&scheme) {
                match text(&value) {
                    Some(value) => challenged.push((scheme.clone().into(), name.into(), value)),
                    None => self.refuse(&name, "a string"),
                }
            }
        }
        *member = challenged.into();
    }
}

fn text(value: &JsValue) -> Option<Text> {
    value.as_string().map(Text::from)
}

fn status(value: &JsValue) -> Option<u16> {
    let number = value.as_f64()?;
    (number.fract() == 0.0 && (100.0..600.0).contains(&number)).then_some(number as u16)
}

fn method(value: &JsValue) -> Option<Method> {
    Method::named::<()>(&value.as_string()?).ok()
}

fn decoder(value: &JsValue) -> Option<Decoder> {
    match value.as_string()?.as_str() {
        "oauth" => Some(Decoder::OAuth),
        "error_message" => Some(Decoder::ErrorMessage),
        "errors" => Some(Decoder::Errors),
        "message" => Some(Decoder::Message),
        _ => None,
    }
}
