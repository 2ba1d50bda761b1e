//! The first words, the same of every shell.

use serde_json::Value;

/// What is where, for people; `what` is as [`Sandbox::describe`](crate::Sandbox::describe) has it.
pub fn for_people(what: &Value) -> String {
    let (playoff, kumite, toornament) = (&what["playoff"], &what["kumite"], &what["toornament"]);
    let mut lines = vec![
        format!("Playoff API   {}/v2", text(&playoff["apiUrl"])),
        format!("Token         {}/auth/token", text(&playoff["authUrl"])),
        format!("Sign-in       {}/auth", text(&playoff["authUrl"])),
        format!("Kumite        {}", text(&kumite["url"])),
        format!("Toornament    {}", text(&toornament["url"])),
        format!("Control       {}", text(&what["control"]["url"])),
        "Clients".to_owned(),
    ];
    for client in playoff["clients"].as_array().into_iter().flatten() {
        let secret = client["clientSecret"].as_str().unwrap_or("no secret");
        let (id, kind) = (text(&client["clientId"]), text(&client["type"]));
        lines.push(format!("  {id:16} {kind:20} {secret}"));
    }
    lines.push("Players".to_owned());
    for player in playoff["players"].as_array().into_iter().flatten() {
        let (id, alias) = (text(&player["id"]), text(&player["alias"]));
        lines.push(format!("  {id:16} {alias}"));
    }
    lines.push("Kumite's refresh token".to_owned());
    lines.push(format!("  {}", text(&kumite["refreshToken"])));
    lines.push("Toornament's key, client and secret".to_owned());
    for field in ["apiKey", "clientId", "clientSecret"] {
        lines.push(format!("  {}", text(&toornament[field])));
    }
    lines.push("Ctrl-C ends it.\n".to_owned());
    lines.join("\n")
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
