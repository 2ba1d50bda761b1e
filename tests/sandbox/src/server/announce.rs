//! The first words.

use std::io::{self, Write};

use serde_json::Value;

use crate::options::Options;

/// Says what is where, for scripts or for people.
pub fn announce(options: &Options, what: &Value) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if options.json {
        writeln!(out, "{what}")?;
        return out.flush();
    }
    let playoff = &what["playoff"];
    writeln!(out, "Playoff API   {}/v2", text(&playoff["apiUrl"]))?;
    writeln!(
        out,
        "Token         {}/auth/token",
        text(&playoff["authUrl"])
    )?;
    writeln!(out, "Sign-in       {}/auth", text(&playoff["authUrl"]))?;
    let kumite = &what["kumite"];
    writeln!(out, "Kumite        {}", text(&kumite["url"]))?;
    let toornament = &what["toornament"];
    writeln!(out, "Toornament    {}", text(&toornament["url"]))?;
    writeln!(out, "Control       {}", text(&what["control"]["url"]))?;
    writeln!(out, "Clients")?;
    for client in playoff["clients"].as_array().into_iter().flatten() {
        let secret = client["clientSecret"].as_str().unwrap_or("no secret");
        let (id, kind) = (text(&client["clientId"]), text(&client["type"]));
        writeln!(out, "  {id:16} {kind:20} {secret}")?;
    }
    writeln!(out, "Players")?;
    for player in playoff["players"].as_array().into_iter().flatten() {
        writeln!(
            out,
            "  {:16} {}",
            text(&player["id"]),
            text(&player["alias"])
        )?;
    }
    writeln!(out, "Kumite's refresh token")?;
    writeln!(out, "  {}", text(&kumite["refreshToken"]))?;
    writeln!(out, "Toornament's key, client and secret")?;
    for field in ["apiKey", "clientId", "clientSecret"] {
        writeln!(out, "  {}", text(&toornament[field]))?;
    }
    writeln!(out, "Ctrl-C ends it.")?;
    out.flush()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
