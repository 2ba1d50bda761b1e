//! Signing in: what leaves the page, what comes back, and what is refused.

mod departing;
mod ending;
mod landing;
mod twins;
mod worker;

use std::rc::Rc;

use futures_util::FutureExt;
use playoff_wasm::core::client::Client;
use playoff_wasm::core::error::{Error, Failure, Kind, code};
use playoff_wasm::core::event::{Event, Reason, SignedOut};
use playoff_wasm::core::login::{Exchange, Login, pkce};
use playoff_wasm::core::request::Body;
use playoff_wasm::core::settings::{Options, TokenSource};
use playoff_wasm::core::told::Told;
use serde_json::{Value as Json, json};

use crate::page::Keeps;
use crate::world::{
    Act, DONE, REFUSED, Simulated, Storage, World, client_with, finish, get, outcome, run_one,
};

const BACK: &str = "https://app.example/back";
const TOKEN: Act = Act::Answer(
    200,
    r#"{"access_token":"one","expires_in":3600,"refresh_token":"r1"}"#,
);
const BARE: Act = Act::Answer(200, r#"{"access_token":"two","expires_in":3600}"#);
const RENEWED: Act = Act::Answer(200, r#"{"access_token":"three","expires_in":3600}"#);
const USED: Act = Act::Answer(
    400,
    r#"{"error":"invalid_grant","error_description":"no CODE"}"#,
);
const NOBODY: Act = Act::Answer(401, r#"{"error":"login_required"}"#);

type Handled = Result<Option<Option<String>>, (Kind, String)>;

fn page(script: &[Act]) -> Rc<World> {
    let world = World::new(script, &[]);
    at(&world, "https://app.example/start?a=b#c");
    world
}

fn at(world: &World, address: &str) {
    *world.page.address.borrow_mut() = Some(address.to_owned());
}

fn address(world: &World) -> String {
    world.page.address.borrow().clone().unwrap()
}

fn client(world: &Rc<World>, change: impl Fn(&mut Login)) -> Rc<Client<Simulated>> {
    client_of(world, |options| change(options.login.as_mut().unwrap()))
}

fn client_of(world: &Rc<World>, change: impl Fn(&mut Options)) -> Rc<Client<Simulated>> {
    client_with(world, TokenSource::Missing, |options| {
        options.auth_url = Some("https://playoff.example".into());
        options.login = Some(Login {
            client_id: "my app".into(),
            redirect_uri: Some(BACK.into()),
            ..Login::default()
        });
        change(options);
    })
}

fn with_worker(login: &mut Login) {
    login.exchange = Exchange::Worker("/auth/exchange".into());
}

/// Begins a sign-in and gives its `state`, or why it can't be.
fn begin(
    client: &Rc<Client<Simulated>>,
    return_to: Option<&'static str>,
) -> Result<(String, String), Error<Json>> {
    let begun = Rc::clone(client);
    let departure = outcome(
        &client.host.0,
        async move { begun.login_url(return_to).await },
    )?;
    Ok((departure.url, departure.state))
}

/// The service sends the player back.
fn come_back(world: &World, rest: &str) {
    at(world, &format!("{BACK}?{rest}"));
}

fn told(handled: playoff_wasm::core::login::Handled<Json>) -> Handled {
    match handled {
        Ok(landed) => Ok(landed.map(|landed| landed.return_to.clone())),
        Err(Failure::Failed(error)) => Err((error.kind, error.code.to_string())),
        Err(Failure::Thrown(thrown)) => panic!("{thrown}"),
    }
}

fn handle(client: &Rc<Client<Simulated>>) -> Handled {
    told(outcome(&client.host.0, client.handle_redirect()))
}

/// A sign-in up to the moment at which the service has sent the player back.
fn signed_in(client: &Rc<Client<Simulated>>) {
    let (_, state) = begin(client, Some("/profile?x=1#y")).unwrap();
    come_back(&client.host.0, &format!("x=1&code=CODE&state={state}&y"));
}

fn auth(code: &str) -> Handled {
    Err((Kind::Auth, code.to_owned()))
}

fn requests(world: &World) -> Vec<(String, String)> {
    let sent = world.sent.borrow();
    let body = |body: &Option<Body<Json>>| match body {
        Some(Body::Form(text) | Body::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let request = |request: &playoff_wasm::core::request::Request<Json>| {
        (request.url.clone(), body(&request.body))
    };
    sent.iter().map(request).collect()
}

fn paths(world: &World) -> Vec<String> {
    let path = |(url, _): (String, String)| {
        let path = url.split('?').next().unwrap().to_owned();
        path.replace("https://playoff.example", "")
            .replace("https://api.example", "")
    };
    requests(world).into_iter().map(path).collect()
}
