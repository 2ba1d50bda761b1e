//! The arguments of a typed call.

use wasm_bindgen::JsValue;

use super::call::{self, NAMES};
use super::fields::{Fields, list};
use crate::core::client::Client;
use crate::core::error::Error;
use crate::core::request::Call;
use crate::core::typed::{self, Typed, spelled};
use crate::host::{JsHost, js};

/// The call that a name, its arguments and options describe, and what is made of its answer.
pub fn read(
    client: &Client<JsHost>,
    name: &str,
    args: &JsValue,
    options: &JsValue,
) -> Result<(Call<JsValue>, &'static Typed), Error<JsValue>> {
    let typed = typed::find(
        &client.settings.provider.own,
        &client.settings.version,
        name,
    )?;
    let mut names = NAMES.to_vec();
    names.extend_from_slice(typed.query);
    names.extend_from_slice(typed.options);
    let fields = Fields::new(options, &names, name)?;
    let args = list(args, |arg| Some(arg.clone())).unwrap_or_default();
    let (route, rest) = match &args[..] {
        [route] if typed.path.is_empty() => (call::read_route(route)?, &[][..]),
        args => typed.route(args)?,
    };
    #[cfg(feature = "edge")]
    let (ids, rest) = typed.ids(rest)?;
    let body = typed
        .body(rest, |name| fields.get(name))?
        .unwrap_or_default();
    let mut call = call::begin(typed.method, route, &body, &fields)?;
    if fields.get("as")?.is_none() {
        call.form = typed.form;
    }
    #[cfg(feature = "edge")]
    for (name, id) in ids {
        call::add_query(&mut call.query, name.to_owned(), &id.into())?;
    }
    for name in typed.query {
        let mut value = fields.get(name)?.unwrap_or_default();
        if js::is(&value, js::DATE) && client.settings.version == "v1" {
            // Nobody has seen v1 take anything else.
            value = js::date(&value).map_or(value, |date| date.get_time().into());
        }
        call::add_query(&mut call.query, spelled(name), &value)?;
    }
    typed::prepare(&client.settings.provider, typed, &mut call)?;
    let variables = fields.get("variables")?;
    typed::check(client, typed, call.player_id.as_deref(), &args, variables)?;
    Ok((call, typed))
}
