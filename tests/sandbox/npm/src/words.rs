//! The command line and the first words, as every shell has them.

use playoff_sandbox::announce;
use playoff_sandbox::options::{self, Parsed};
use serde_json::{Value, json};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// Reads the arguments: `{run: {port, json, hostName, seed, clock}}`, `{help}`, or `{wrong}`. The
/// numbers are text, since JavaScript's hold fewer digits.
#[wasm_bindgen(js_name = commandLine)]
pub fn command_line(arguments: Vec<String>) -> String {
    let said = match options::parse(arguments.into_iter()) {
        Ok(Parsed::Run(options)) => json!({ "run": {
            "port": options.port,
            "json": options.json,
            "hostName": options.host,
            "seed": options.seed.map(|seed| seed.to_string()),
            "clock": options.clock.map(|clock| clock.to_string()),
        }}),
        Ok(Parsed::Help) => json!({ "help": options::HELP }),
        Err(message) => json!({ "wrong": format!("{message}\n{}", options::HELP) }),
    };
    said.to_string()
}

/// What is where, for people.
#[wasm_bindgen(js_name = forPeople)]
pub fn for_people(described: &str) -> Result<String, JsError> {
    let described: Value = serde_json::from_str(described)?;
    Ok(announce::for_people(&described))
}
