//! The arguments of a typed call.

use js_sys::Array;
use wasm_bindgen::JsValue;

use super::call::{self, NAMES};
use super::fields::{Fields, list};
use crate::core::client::Client;
use crate::core::error::Error;
use crate::core::request::{As, Call};
use crate::core::settings::check_headers;
use crate::core::typed::{self, Typed, spelled};
use crate::host::JsHost;

/// The call that a name, its arguments and options describe, and what is made of its answer.
pub fn read(
    client: &Client<JsHost>,
    name: &str,
    args: &Array,
    options: &JsValue,
) -> Result<(Call<JsValue>, &'static Typed), Error<JsValue>> {
    let typed = typed::find(client.settings.version, name)?;
    let takes_form = |name: &&&str| **name != "as" || typed.form == As::Blob;
    let own = NAMES.iter().filter(takes_form);
    let names: Vec<&str> = own
        .chain(typed.query)
        .chain(typed.options)
        .copied()
        .collect();
    let fields = Fields::new(options, &names, name)?;
    let headers = fields.headers("headers")?;
    check_headers(&headers)?;
    let args = list(args, |arg| Some(arg.clone())).unwrap_or_default();
    let (route, rest) = match (typed.path, args.split_first()) {
        ("", Some((route, rest))) => (call::read_route(route)?, rest),
        _ => typed.route(&args)?,
    };
    let mut call = Call::new(typed.method, route);
    call.headers = headers;
    let body = typed
        .body(rest, |name| fields.get(name))
        .unwrap_or_default();
    call::fill(&mut call, &body, &fields)?;
    if fields.get("as").is_none() {
        call.form = typed.form;
    }
    for name in typed.query {
        if let Some(value) = fields.get(name) {
            let text = call::query_text(&value).ok_or_else(|| wrong(name))?;
            call.query.add(spelled(name), text)?;
        }
    }
    if let Some(action) = typed.played(&args) {
        let player = client.player(call.player_id.as_deref());
        let known = client.definitions.borrow().of(player, &action);
        if let Some(known) = known {
            known.check(fields.get("variables").as_ref())?;
        }
    }
    Ok((call, typed))
}

fn wrong(name: &str) -> Error<JsValue> {
    Error::option(
        name,
        "a string, a finite number, a boolean, a Date, or an array of these",
    )
}
