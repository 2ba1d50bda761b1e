//! Building a request: what the caller wants, where the token goes, what the place allows.

use crate::core::error::{Error, code};
use crate::core::method::Method;
use crate::core::paging::Part;
use crate::core::provider::{Place, Provider, TokenForm, TokenIn};
use crate::core::query::{self, Query};
use crate::core::retry::Wish;
use crate::core::route::Route;
use crate::core::settings::Settings;
use crate::core::text::{before, concat, contains, split_once};
use crate::core::token::Token;
use crate::core::value::Value;

const ACCEPT: &str = "accept";
const JSON: &str = "application/json";

/// A body, in the host's form.
#[derive(Clone, Debug)]
pub enum Body<V> {
    /// JSON text.
    Json(V),
    /// Fields as HTML forms write them: what token endpoints take.
    Form(String),
    /// Text of ours, of the type that the headers name.
    Text(String),
    /// Something that the host's fetch takes as it is, with its own content type.
    Raw(V),
    /// A stream, which can be sent once.
    Stream(V),
}

/// How a caller wants the answer's body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum As {
    /// Parsed as JSON; an empty body is null.
    #[default]
    Json,
    /// As text.
    Text,
    /// As bytes.
    Bytes,
    /// As a `Blob`.
    Blob,
    /// As a `Response` whose body isn't read yet.
    Response,
}

/// One call, as the caller wants it.
#[derive(Clone, Debug)]
pub struct Call<V> {
    /// The method.
    pub method: Method,
    /// The route.
    pub route: Route,
    /// The part of the API that the route is in, where it isn't the usual one.
    pub base: Option<String>,
    /// The part of a list that is wanted, where the query doesn't say it.
    pub part: Option<Part>,
    /// The query, without the token.
    pub query: Query,
    /// The body.
    pub body: Option<Body<V>>,
    /// How the answer's body is wanted.
    pub form: As,
    /// Whether status and headers are wanted too.
    pub full: bool,
    /// The caller's `AbortSignal`.
    pub signal: Option<V>,
    /// Milliseconds that one try may take.
    pub timeout: Option<u32>,
    /// Milliseconds that the call may take.
    pub total_timeout: Option<u32>,
    /// When a failed try is made again.
    pub retry: Wish,
    /// The player for whom an app's token acts.
    pub player_id: Option<String>,
    /// Headers of this call.
    pub headers: Vec<(String, String)>,
}

impl<V> Call<V> {
    /// A call without options.
    pub fn new(method: Method, route: Route) -> Self {
        Self {
            method,
            route,
            base: None,
            part: None,
            query: Query::default(),
            body: None,
            form: As::default(),
            full: false,
            signal: None,
            timeout: None,
            total_timeout: None,
            retry: Wish::default(),
            player_id: None,
            headers: Vec::new(),
        }
    }

    /// What can't be sent at all.
    ///
    /// # Errors
    /// `invalid_body` for a body on a method that takes none; `invalid_query` for a token in the query.
    pub fn check(&self, provider: &Provider) -> Result<(), Error<V>> {
        for form in [TokenForm::Access, TokenForm::Jwt] {
            query::check(&self.query, provider.placement.query_name(form))?;
        }
        if self.body.is_some() && !self.method.takes_body() {
            let method = self.method.as_str();
            return Err(Error::config(
                code::INVALID_BODY,
                concat(&[
                    "a ",
                    method,
                    " request carries no body: give parameters as `query`",
                ]),
            ));
        }
        Ok(())
    }

    /// Whether its body can be sent more than once.
    pub fn can_be_sent_again(&self) -> bool {
        !matches!(self.body, Some(Body::Stream(_)))
    }

    /// Its name in messages: nothing in it is secret.
    pub fn name(&self) -> String {
        concat(&[self.method.as_str(), " ", self.route.as_str()])
    }
}

/// What happens to a redirect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redirect {
    /// The host follows it.
    Follow,
    /// The host fails.
    Error,
    /// The host hands it over.
    Manual,
}

impl Redirect {
    /// As the Fetch API calls it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Follow => "follow",
            Self::Error => "error",
            Self::Manual => "manual",
        }
    }
}

/// A request, ready to be sent.
#[derive(Clone, Debug)]
pub struct Request<V> {
    /// The method.
    pub method: Method,
    /// The URL; it may hold a token.
    pub url: String,
    /// The headers; they may hold a token.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<Body<V>>,
    /// What happens to a redirect.
    pub redirect: Redirect,
    /// Whether the URL must not be told to others as `Referer`.
    pub no_referrer: bool,
    /// The caller's `AbortSignal`, where it has to end the request after the call: until the caller
    /// has read the answer's body.
    pub signal: Option<V>,
}

/// The request for a call, without the token: what hooks may see.
///
/// # Errors
/// `invalid_option` for a part of the API that there isn't.
pub fn build<V: Clone>(
    settings: &Settings,
    call: &Call<V>,
    form: TokenForm,
) -> Result<Request<V>, Error<V>> {
    let provider = &settings.provider;
    let mut query = call.query.clone();
    let name = &provider.subject.query;
    // A JWT is bound to its player; only an app's token needs one.
    if let (Some(player), TokenForm::Access, false) = (
        settings.player(call.player_id.as_deref()),
        form,
        name.is_empty(),
    ) {
        query.add_default(name, player);
    }
    let base = settings.address_of(call.base.as_deref())?;
    let mut url = concat(&[&base, call.route.as_str()]);
    query.append_to(&mut url, provider.query);
    Ok(Request {
        method: call.method,
        url,
        headers: headers(settings, call),
        body: call.body.clone(),
        redirect: Redirect::Error,
        no_referrer: false,
        signal: call.signal.clone().filter(|_| call.form == As::Response),
    })
}

/// Puts the token and the app's key into a request, and says what may be done with it. `scheme` is the
/// number of the provider's scheme.
pub fn attach<V>(
    request: &mut Request<V>,
    settings: &Settings,
    place: Place,
    token: &Token<impl Value>,
    scheme: usize,
) {
    let provider = &settings.provider;
    let placement = &provider.placement;
    let token_in = settings
        .token_in
        .unwrap_or_else(|| placement.of(token.form, place));
    let secret = token.secret.expose();
    if let Some(key) = &settings.api_key {
        let name = String::from(&*provider.api_key_header);
        request.headers.push((name, key.expose().to_owned()));
    }
    request.redirect = redirect(place, request, token_in);
    match token_in {
        _ if !token.is_there() => {}
        TokenIn::Query => {
            query::append(&mut request.url, placement.query_name(token.form), secret);
            request.no_referrer = true;
        }
        TokenIn::Header => {
            let value = concat(&[placement.scheme(scheme), " ", secret]);
            request.headers.push(("authorization".to_owned(), value));
        }
    }
}

fn headers<V>(settings: &Settings, call: &Call<V>) -> Vec<(String, String)> {
    let mut headers = call.headers.clone();
    let mut add = |name: &str, value: &str| {
        if !holds(&headers, name) {
            headers.push((name.to_owned(), value.to_owned()));
        }
    };
    for (name, value) in &settings.headers {
        add(name, value);
    }
    for (name, value) in settings.provider.headers.iter() {
        add(name, value);
    }
    if let Some(range) = call.part.as_ref().and_then(Part::range) {
        add("range", &range);
    }
    if call.form == As::Json {
        add(ACCEPT, JSON);
    }
    if let Some(Body::Json(_)) = call.body {
        add("content-type", JSON);
    }
    headers
}

fn holds(headers: &[(String, String)], name: &str) -> bool {
    headers
        .iter()
        .any(|(given, _)| given.eq_ignore_ascii_case(name))
}

/// No credentialed request follows a redirect to another origin. Servers hand redirects over, so
/// that we can look where they lead; pages can't, and a GET whose token is in its query carries
/// nothing to the next address, if it has no headers of the caller's.
fn redirect<V>(place: Place, request: &Request<V>, token_in: TokenIn) -> Redirect {
    let carries_nothing = token_in == TokenIn::Query
        && request.method.is_safe()
        && request.headers.iter().all(|(name, _)| name == ACCEPT);
    match place {
        Place::Server | Place::Worker => Redirect::Manual,
        Place::Page if carries_nothing => Redirect::Follow,
        Place::Page => Redirect::Error,
    }
}

/// Where a redirect leads, if it stays on the same origin. A token of the query goes along, as one in a
/// header does: where `Location` leaves it out, it would count as refused.
pub fn redirect_target(url: &str, token: &str, location: &str) -> Option<String> {
    let origin = origin(url)?;
    let path = location.strip_prefix(origin).unwrap_or(location);
    let safe = path.starts_with('/')
        && !path.starts_with("//")
        && !path
            .chars()
            .any(|found| found == '\\' || found.is_control());
    let mut target = safe.then(|| concat(&[origin, path]))?;
    if !token.is_empty() && !contains(&target, token) {
        query::append_pair(&mut target, token);
    }
    Some(target)
}

/// The scheme and authority of an absolute URL.
fn origin(url: &str) -> Option<&str> {
    let (scheme, rest) = split_once(url, "://")?;
    url.get(..scheme.len() + "://".len() + before(rest, "/").len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::record::Record;
    use crate::core::settings::Options;
    use serde_json::Value as Json;

    fn call(method: Method) -> Call<Json> {
        Call::new(method, Route::from_path::<Json>("/runtime/player").unwrap())
    }

    fn request(place: Place, call: &Call<Json>, token: &str) -> Request<Json> {
        let settings = Settings::new::<Json>(Options {
            player_id: Some("johny".into()),
            ..Options::default()
        })
        .unwrap();
        request_with(settings, place, call, token)
    }

    fn request_with(
        settings: Settings,
        place: Place,
        call: &Call<Json>,
        token: &str,
    ) -> Request<Json> {
        let token = Token::<Json>::new(Record::bare(token.into()), true, 0.0).unwrap();
        let mut request = build(&settings, call, token.form).unwrap();
        attach(&mut request, &settings, place, &token, 0);
        request
    }

    const JWT: &str = "client:e30.e30.sig";

    #[test]
    fn an_access_token_on_a_server_goes_into_the_header() {
        let request = request(Place::Server, &call(Method::Get), "abc");
        assert_eq!(
            request.url,
            "https://api.playoffgamification.io/v2/runtime/player?player_id=johny"
        );
        let authorization = ("authorization".to_owned(), "Bearer abc".to_owned());
        assert!(request.headers.contains(&authorization));
        assert_eq!(request.redirect, Redirect::Manual);
        assert!(!request.no_referrer);
    }

    #[test]
    fn in_a_page_it_goes_into_the_query() {
        let request = request(Place::Page, &call(Method::Get), "a=c");
        assert!(request.url.ends_with("?player_id=johny&access_token=a%3Dc"));
        assert!(
            request
                .headers
                .iter()
                .all(|(name, _)| name != "authorization")
        );
        assert_eq!(request.redirect, Redirect::Follow);
        assert!(request.no_referrer);
    }

    #[test]
    fn a_jwt_names_its_player_itself() {
        for place in [Place::Page, Place::Server] {
            let request = request(place, &call(Method::Post), JWT);
            assert!(
                request
                    .url
                    .ends_with("/v2/runtime/player?jwt=client%3Ae30.e30.sig")
            );
        }
    }

    #[test]
    fn a_page_follows_no_redirect_with_a_body() {
        let request = request(Place::Page, &call(Method::Post), JWT);
        assert_eq!(request.redirect, Redirect::Error);
    }

    #[test]
    fn nor_with_headers_of_the_callers() {
        let mut call = call(Method::Get);
        assert_eq!(request(Place::Page, &call, JWT).redirect, Redirect::Follow);
        call.headers = vec![("x-app".into(), "1".into())];
        assert_eq!(request(Place::Page, &call, JWT).redirect, Redirect::Error);
    }

    #[test]
    fn the_calls_own_headers_win() {
        let mut call = call(Method::Post);
        call.body = Some(Body::Json(Json::Null));
        call.headers = vec![
            ("x-app".into(), "2".into()),
            ("Accept".into(), "a/b".into()),
        ];
        let settings = Settings::new::<Json>(Options {
            headers: vec![("X-App".into(), "1".into())],
            ..Options::default()
        });
        let headers = request_with(settings.unwrap(), Place::Server, &call, JWT).headers;
        let expected = [
            ("x-app", "2"),
            ("Accept", "a/b"),
            ("content-type", "application/json"),
        ];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(headers, expected);
    }

    #[test]
    fn a_get_has_no_body() {
        let mut call = call(Method::Get);
        call.body = Some(Body::Json(Json::Null));
        assert_eq!(
            call.check(&Provider::default_preset()).unwrap_err().code,
            code::INVALID_BODY
        );
    }

    #[test]
    fn redirects_stay_at_home() {
        let from = "https://a.example/v2/x?y=1";
        for (location, target) in [
            ("/z", Some("https://a.example/z")),
            ("https://a.example/z?q", Some("https://a.example/z?q")),
            ("https://a.example", None),
            ("https://a.example.evil/z", None),
            ("https://a.example@evil/z", None),
            ("https://evil/z", None),
            ("http://a.example/z", None),
            ("//evil/z", None),
            ("/\\evil", None),
            ("z", None),
        ] {
            assert_eq!(
                redirect_target(from, "", location).as_deref(),
                target,
                "{location}"
            );
        }
    }

    #[test]
    fn a_token_in_the_query_goes_along_once() {
        let (from, token) = ("https://a.example/x?jwt=a%3Ab", "jwt=a%3Ab");
        for (location, target) in [
            ("/z", Some("https://a.example/z?jwt=a%3Ab")),
            ("/z?y=1", Some("https://a.example/z?y=1&jwt=a%3Ab")),
            (
                "/z?jwt=a%3Ab&y=1",
                Some("https://a.example/z?jwt=a%3Ab&y=1"),
            ),
            ("https://evil/z", None),
        ] {
            let found = redirect_target(from, token, location);
            assert_eq!(found.as_deref(), target, "{location}");
        }
    }
}
