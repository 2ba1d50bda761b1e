//! What has to hold of a commit that is released. Each check gives a sentence for whatever doesn't, which
//! names the mend; none of them reads anything itself.

use crate::build::version_in;
use serde_json::Value;

/// Files by name, and their texts.
pub type Files = [(String, String)];

/// `status` is what `git status --porcelain` says.
pub fn tree(status: &str) -> Vec<String> {
    let Some(first) = status.lines().next() else {
        return Vec::new();
    };
    let others = match status.lines().count() - 1 {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let path = first.get(3..).unwrap_or(first);
    vec![format!(
        "the tree isn't clean ({path}{others}): commit it or put it aside, since only what is committed is released"
    )]
}

/// `changed` are the files that pin tools and aren't as HEAD has them. This tree's tools are lent to the builds
/// of HEAD, which would install others in their place.
pub fn tools(changed: &str) -> Option<String> {
    let file = changed.lines().next()?;
    Some(format!(
        "{file} isn't as HEAD has it, so HEAD can't be built by this tree's tools: commit it or put it aside"
    ))
}

/// `tags` are those of git's that have this version's name.
pub fn tag(tags: &str, version: &str) -> Vec<String> {
    match tags.trim().is_empty() {
        true => Vec::new(),
        false => vec![format!(
            "the tag v{version} exists: raise the version in Cargo.toml, it can't be released twice"
        )],
    }
}

/// `version` is that of the crate; everything that names one names it.
pub fn versions(version: &str, cargo: &str, manifests: &Files) -> Vec<String> {
    let mut refusals = Vec::new();
    let workspace = version_in(cargo, "[workspace.package]");
    if workspace != Some(version) {
        refusals.push(format!(
            "[workspace.package] of Cargo.toml has version {}: make it {version}, as in [package]",
            workspace.unwrap_or("none")
        ));
    }
    for (path, text) in manifests {
        let Ok(json) = serde_json::from_str::<Value>(text) else {
            refusals.push(format!("{path} is no JSON: mend it"));
            continue;
        };
        let own = (json["name"] == "playoff-wasm").then(|| json["version"].as_str());
        let needed = ["dependencies", "devDependencies"]
            .iter()
            .find_map(|kind| json[kind]["playoff-wasm"].as_str());
        let said = own.unwrap_or(needed);
        let outside = said.is_some_and(|said| said.starts_with("file:"));
        match said {
            Some(said) if outside || said.trim_start_matches('^') == version => {}
            None if own.is_none() => {}
            said => refusals.push(format!(
                "{path} has playoff-wasm {}: make it {version}, as in Cargo.toml",
                said.unwrap_or("without a version")
            )),
        }
    }
    refusals
}

/// An entry `## VERSION - YYYY-MM-DD` with something in it, and nothing that waits for another one.
pub fn changelog(text: &str, version: &str) -> Vec<String> {
    let mut refusals = Vec::new();
    let headings = || {
        text.split("\n## ")
            .skip(1)
            .map(|entry| entry.split_once('\n').unwrap_or((entry, "")))
    };
    let says = |body: &str| body.lines().any(|line| line.starts_with('-'));
    if headings().any(|(heading, body)| heading.starts_with("Unreleased") && says(body)) {
        refusals.push(format!(
            "CHANGELOG.md has changes under Unreleased: move them below `## {version} - <the day>`"
        ));
    }
    let entry = headings().find(|(heading, _)| {
        heading.split([' ', '[', ']']).find(|word| !word.is_empty()) == Some(version)
    });
    match entry {
        None => refusals.push(format!(
            "CHANGELOG.md has no entry for {version}: add `## {version} - <the day>` and what is new"
        )),
        Some((heading, _)) if !heading.split_once(" - ").is_some_and(|(_, day)| is_day(day)) => {
            refusals.push(format!(
                "CHANGELOG.md has no day for {version}: write `## {version} - <the day>`, as 2026-01-31"
            ));
        }
        Some((_, body)) if !says(body) => refusals.push(format!(
            "CHANGELOG.md says nothing of {version}: list below its heading what is new"
        )),
        Some(_) => {}
    }
    refusals
}

fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.trim().split('-').collect();
    let numbers = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    parts.iter().map(|part| part.len()).eq([4, 2, 2]) && parts.iter().all(numbers)
}

/// What npm shows, and what it compares with the place where the package was built: it refuses a
/// provenance whose repository isn't the manifest's.
pub fn metadata(manifest: &str, origin: Option<&str>) -> Vec<String> {
    const FILE: &str = "pkg-template/package.json";
    let Ok(json) = serde_json::from_str::<Value>(manifest) else {
        return vec![format!("{FILE} is no JSON: mend it")];
    };
    let mut refusals = Vec::new();
    let text = |pointer: &str| json.pointer(pointer).and_then(Value::as_str).unwrap_or("");
    let mut wants = |holds: bool, name: &str, wanted: &str| {
        if !holds {
            refusals.push(format!("{FILE} wants {name}: {wanted}"));
        }
    };
    let is_page = |pointer: &str| text(pointer).starts_with("https://");
    let url = text("/repository/url");
    wants(
        !text("/description").is_empty(),
        "`description`",
        "a sentence",
    );
    wants(
        !text("/license").is_empty(),
        "`license`",
        "an SPDX expression",
    );
    wants(is_page("/homepage"), "`homepage`", "an https address");
    wants(is_page("/bugs/url"), "`bugs.url`", "an https address");
    wants(
        text("/repository/type") == "git"
            && url.starts_with("git+https://")
            && url.ends_with(".git"),
        "`repository`",
        "type `git`, and as `url` git+https://HOST/OWNER/NAME.git",
    );
    wants(
        text("/publishConfig/access") == "public",
        "`publishConfig.access`",
        "`public`, since npm takes a first version with provenance only so",
    );
    wants(
        json.pointer("/publishConfig/provenance") == Some(&Value::Bool(true)),
        "`publishConfig.provenance`",
        "`true`, so that nothing is published without it",
    );
    wants(
        json.get("private").is_none(),
        "no `private`",
        "npm doesn't publish what has it",
    );
    if let Some(origin) = origin
        && address(origin) != address(url)
    {
        refusals.push(format!(
            "{FILE} has repository {}, and the remote `origin` is {}: npm refuses a provenance from elsewhere, so make them the same",
            address(url),
            address(origin)
        ));
    }
    refusals
}

/// The page of a repository, however git is told of it.
fn address(url: &str) -> String {
    let url = url.trim().trim_start_matches("git+").trim_end_matches('/');
    let url = url.strip_suffix(".git").unwrap_or(url);
    let (scheme, rest) = url.split_once("://").unwrap_or(("ssh", url));
    let rest = match rest.split_once('@') {
        // What stands before it is whoever signs in, and no part of the address.
        Some((_, host)) => host,
        None => rest,
    };
    match scheme {
        "ssh" | "git" => format!("https://{}", rest.replacen(':', "/", 1)),
        _ => format!("{scheme}://{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARGO: &str = "[package]\nname = \"playoff-wasm\"\nversion = \"1.2.3\"\n\n[workspace.package]\nversion = \"1.2.3\"\nedition = \"2024\"\n";

    fn files(all: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
        all.iter().map(owned).collect()
    }

    /// There is one refusal, and it has these words in it.
    fn refused(refusals: &[String], words: &[&str]) {
        assert_eq!(refusals.len(), 1, "{refusals:?}");
        for word in words {
            assert!(refusals[0].contains(word), "{word}: {}", refusals[0]);
        }
    }

    #[test]
    fn a_tree_is_clean_or_says_what_isnt() {
        assert!(tree("").is_empty());
        refused(&tree(" M src/lib.rs\n"), &["src/lib.rs)", "commit"]);
        refused(&tree("?? a\n M b\n M c"), &["(a and 2 more)"]);
    }

    #[test]
    fn tools_that_head_pins_otherwise_stop_it() {
        assert_eq!(tools(""), None);
        let said = tools("xtask/src/versions.rs").unwrap();
        assert!(said.starts_with("xtask/src/versions.rs isn't"), "{said}");
    }

    #[test]
    fn a_version_is_released_once() {
        assert!(tag("", "1.2.3").is_empty());
        refused(&tag("v1.2.3\n", "1.2.3"), &["v1.2.3", "raise the version"]);
    }

    #[test]
    fn every_manifest_has_the_crates_version() {
        let good = files(&[
            (
                "p/package.json",
                r#"{"name":"playoff-wasm","version":"1.2.3"}"#,
            ),
            (
                "t/package.json",
                r#"{"dependencies":{"playoff-wasm":"^1.2.3"}}"#,
            ),
            (
                "w/package.json",
                r#"{"dependencies":{"playoff-wasm":"file:../npm"}}"#,
            ),
            ("x/package.json", r#"{"version":"9.0.0"}"#),
        ]);
        assert!(versions("1.2.3", CARGO, &good).is_empty());
        for (text, words) in [
            (
                r#"{"name":"playoff-wasm","version":"1.2.2"}"#,
                "1.2.2: make it 1.2.3",
            ),
            (r#"{"name":"playoff-wasm"}"#, "without a version"),
            (r#"{"dependencies":{"playoff-wasm":"^1.2.0"}}"#, "^1.2.0"),
            (r#"{"devDependencies":{"playoff-wasm":"~1.2.3"}}"#, "~1.2.3"),
            ("{", "no JSON"),
        ] {
            let found = versions("1.2.3", CARGO, &files(&[("t/package.json", text)]));
            refused(&found, &["t/package.json", words]);
        }
        let behind = CARGO.replace(
            "]\nversion = \"1.2.3\"\nedition",
            "]\nversion = \"1.2.2\"\nedition",
        );
        refused(
            &versions("1.2.3", &behind, &[]),
            &["workspace.package", "1.2.2"],
        );
        refused(&versions("1.2.3", "[package]\n", &[]), &["none"]);
    }

    #[test]
    fn the_changelog_has_an_entry_with_a_day() {
        let log = |entries: &str| format!("# Changelog\n\nSome words.\n\n{entries}");
        for good in [
            "## 1.2.3 - 2026-01-31\n\n- one\n\n## 1.2.2 - 2025-01-01\n",
            "## Unreleased\n\n## [1.2.3] - 2026-01-31\n\n### Added\n\n- one\n",
        ] {
            assert!(changelog(&log(good), "1.2.3").is_empty(), "{good}");
        }
        for (bad, words) in [
            ("## 1.2.30 - 2026-01-31\n\n- one\n", "no entry for 1.2.3:"),
            ("", "no entry"),
            ("## 1.2.3\n\n- one\n", "no day"),
            ("## 1.2.3 - soon\n\n- one\n", "no day"),
            ("## 1.2.3 - 2026-1-31\n\n- one\n", "no day"),
            (
                "## 1.2.3 - 2026-01-31\n\n## 1.2.2 - 2025-01-01\n\n- one\n",
                "says nothing",
            ),
            (
                "## Unreleased\n\n- two\n\n## 1.2.3 - 2026-01-31\n\n- one\n",
                "under Unreleased",
            ),
        ] {
            refused(&changelog(&log(bad), "1.2.3"), &[words]);
        }
    }

    const MANIFEST: &str = r#"{
        "name": "playoff-wasm", "description": "It works.", "license": "MIT",
        "homepage": "https://example.test/o/n#readme", "bugs": { "url": "https://example.test/o/n/issues" },
        "repository": { "type": "git", "url": "git+https://example.test/o/n.git" },
        "publishConfig": { "access": "public", "provenance": true }
    }"#;

    #[test]
    fn what_npm_wants_for_a_provenance_is_there() {
        assert!(metadata(MANIFEST, None).is_empty());
        for (from, to, words) in [
            ("It works.", "", "`description`"),
            ("\"MIT\"", "\"\"", "`license`"),
            (
                "https://example.test/o/n#",
                "http://example.test/o/n#",
                "`homepage`",
            ),
            ("\"url\": \"https", "\"address\": \"https", "`bugs.url`"),
            ("git+https", "https", "`repository`"),
            ("o/n.git", "o/n", "`repository`"),
            ("\"git\"", "\"svn\"", "`repository`"),
            ("\"public\"", "\"restricted\"", "`publishConfig.access`"),
            ("true", "\"true\"", "`publishConfig.provenance`"),
            ("\"name\"", "\"private\": true, \"name\"", "`private`"),
        ] {
            assert!(MANIFEST.contains(from), "{from}");
            refused(&metadata(&MANIFEST.replacen(from, to, 1), None), &[words]);
        }
        refused(&metadata("", None), &["no JSON"]);
    }

    #[test]
    fn the_repository_is_where_it_is_pushed_to() {
        for origin in [
            "https://example.test/o/n.git",
            "https://example.test/o/n/",
            "https://user:word@example.test/o/n",
            "git@example.test:o/n.git",
            "ssh://git@example.test/o/n.git",
            "git://example.test/o/n.git\n",
        ] {
            assert!(metadata(MANIFEST, Some(origin)).is_empty(), "{origin}");
        }
        let elsewhere = metadata(MANIFEST, Some("https://user:word@example.test/other/n"));
        refused(&elsewhere, &["example.test/other/n", "example.test/o/n"]);
        assert!(!elsewhere[0].contains("word@"), "{}", elsewhere[0]);
    }
}
