//! The pages of the sign-in: forms, sessions, signing out.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::browser::*;
use crate::world::*;

const REQUEST: &str = "/auth?response_type=code&client_id=sandbox-code\
                       &redirect_uri=http%3A%2F%2Flocalhost%3A8787%2Fcallback&state=s";
const ALLOW: (&str, &str) = ("decision", "allow");

/// A browser in which mara has signed in, and the page that it sees next.
fn signed_in(world: &mut World) -> (Browser, String) {
    let mut browser = Browser::default();
    let page = browser.open(world, REQUEST);
    let answer = browser.submit(world, &page, &[ALLOW, ("player", "mara")]);
    assert!(parameter(&answer, "code").is_some());
    let next = browser.open(world, REQUEST);
    let html = html(&next);
    (browser, html)
}

#[test]
fn pages_load_nothing_and_are_neither_framed_nor_kept() {
    let mut world = World::new();
    for target in [REQUEST, "/auth", "/logout", "/logout?next=x"] {
        let page = world.call("GET", target, None);
        let html = html(&page);
        let (_, style) = html.split_once("<style>").unwrap();
        let (style, _) = style.split_once("</style>").unwrap();
        let policy = page.header("content-security-policy").unwrap();
        let hash = STANDARD.encode(Sha256::digest(style));
        for directive in [
            "default-src 'none'".to_owned(),
            format!("style-src 'sha256-{hash}'"),
            "frame-ancestors 'none'".to_owned(),
            "base-uri 'none'".to_owned(),
        ] {
            assert!(policy.split("; ").any(|d| d == directive), "{policy}");
        }
        assert!(!policy.contains("script") && !policy.contains("unsafe"));
        for (name, value) in [
            ("cache-control", "no-store"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
        ] {
            assert_eq!(page.header(name), Some(value), "{name} of {target}");
        }
        for wanted in ["<!doctype html>", "<html lang=\"en\">", "<h1>", "<title>"] {
            assert!(html.contains(wanted), "{wanted} in {target}");
        }
        for unwanted in ["<script", " style=", " src=", "@import", "url("] {
            assert!(!html.contains(unwanted), "{unwanted} in {target}");
        }
    }
    let policy = world.call("GET", REQUEST, None);
    let policy = policy.header("content-security-policy").unwrap();
    assert!(policy.contains("form-action 'self' http://localhost:8787;"));
}

#[test]
fn the_cookie_is_for_this_host_and_for_no_script() {
    let mut world = World::new();
    let mut browser = Browser::default();
    let page = browser.open(&mut world, REQUEST);
    let cookie = page.header("set-cookie").unwrap();
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    assert_eq!(pair.len(), "playoff_sandbox=".len() + 48);
    assert_eq!(attributes, "Path=/; HttpOnly; SameSite=Lax");
    assert!(
        browser
            .open(&mut world, REQUEST)
            .header("set-cookie")
            .is_none()
    );
    let planted = Browser {
        cookie: Some("playoff_sandbox=planted".to_owned()),
    }
    .open(&mut world, REQUEST);
    assert!(planted.header("set-cookie").is_some(), "not one of ours");
}

#[test]
fn a_form_counts_only_from_the_browser_that_it_was_made_for() {
    let mut world = World::new();
    let (mut own, mut other) = (Browser::default(), Browser::default());
    let page = own.open(&mut world, REQUEST);
    other.open(&mut world, REQUEST);
    for decision in ["allow", "deny", "switch"] {
        let fields = [("decision", decision), ("player", "mara")];
        for browser in [&mut other, &mut Browser::default()] {
            let answer = browser.submit(&mut world, &page, &fields);
            assert_eq!(answer.status, 403, "{decision}");
            assert_eq!(answer.header("location"), None);
            assert!(html(&answer).contains("<a href=\"/auth?response_type=code&amp;"));
        }
        for body in ["", "&form_token=", "&form_token=x"] {
            let body = format!("decision={decision}&player=mara{body}");
            assert_eq!(own.post(&mut world, REQUEST, &body).status, 403, "{body}");
        }
    }
    let late = own.open(&mut world, REQUEST);
    world.now += 12 * 3_600_000;
    let answer = own.submit(&mut world, &late, &[ALLOW, ("player", "mara")]);
    assert_eq!(answer.status, 403, "the session has ended");
}

#[test]
fn a_player_must_be_chosen_among_those_there_are() {
    let mut world = World::new();
    let mut browser = Browser::default();
    let page = browser.open(&mut world, REQUEST);
    for fields in [
        &[ALLOW][..],
        &[ALLOW, ("player", "")],
        &[ALLOW, ("player", "nobody")],
    ] {
        let answer = browser.submit(&mut world, &page, fields);
        assert_eq!(answer.status, 400);
        assert!(html(&answer).contains("role=\"alert\">Choose a player."));
        let answer = browser.submit(&mut world, &answer, &[ALLOW, ("player", "mara")]);
        assert!(parameter(&answer, "code").is_some(), "that form counts");
    }
    for decision in [&[][..], &[("decision", "maybe")]] {
        let answer = browser.submit(&mut world, &page, decision);
        assert_eq!(answer.status, 400);
        assert_eq!(answer.header("location"), None);
    }
}

#[test]
fn who_denies_goes_back_without_a_code() {
    let mut world = World::new();
    let mut browser = Browser::default();
    let page = browser.open(&mut world, REQUEST);
    let answer = browser.submit(&mut world, &page, &[("decision", "deny")]);
    let (address, parameters) = redirect(&answer);
    let names: Vec<&str> = parameters.iter().map(|(n, _)| n.as_str()).collect();
    assert_eq!(address, REDIRECT);
    assert_eq!(names, ["error", "error_description", "state"]);
    assert_eq!(parameter(&answer, "error").unwrap(), "access_denied");
    let page = html(&browser.open(&mut world, REQUEST));
    assert!(page.contains("Who are you?"), "nobody is signed in by that");
}

#[test]
fn the_second_time_is_one_click() {
    let mut world = World::new();
    let (mut browser, html_of_next) = signed_in(&mut world);
    assert!(html_of_next.contains("You are signed in as") && html_of_next.contains("Mara Lind"));
    assert!(!html_of_next.contains("type=\"radio\""));
    let page = browser.open(&mut world, REQUEST);
    let answer = browser.submit(&mut world, &page, &[ALLOW]);
    assert!(parameter(&answer, "code").is_some());
    let stranger = html(&Browser::default().open(&mut world, REQUEST));
    assert!(stranger.contains("Who are you?"), "another browser");

    let switched = browser.submit(&mut world, &page, &[("decision", "switch")]);
    assert_eq!(switched.status, 303);
    assert_eq!(switched.header("location"), Some(REQUEST));
    let page = browser.open(&mut world, REQUEST);
    assert!(html(&page).contains("Who are you?"));
    browser.submit(&mut world, &page, &[ALLOW, ("player", "zoe")]);
    assert!(html(&browser.open(&mut world, REQUEST)).contains("Zoë"));
}

#[test]
fn a_form_gives_the_player_it_showed_whoever_signed_in_since() {
    let mut world = World::new();
    let (mut browser, _) = signed_in(&mut world);
    let shows_mara = browser.open(&mut world, REQUEST);
    browser.submit(&mut world, &shows_mara, &[("decision", "switch")]);
    let choice = browser.open(&mut world, REQUEST);
    browser.submit(&mut world, &choice, &[ALLOW, ("player", "zoe")]);

    let answer = browser.submit(&mut world, &shows_mara, &[ALLOW]);
    let token = world.token(&json!({
        "grant_type": "authorization_code", "client_id": "sandbox-code",
        "client_secret": secret("sandbox-code"), "redirect_uri": REDIRECT,
        "code": parameter(&answer, "code"),
    }));
    let token = json_of(&token)["access_token"].clone();
    let target = with("/v2/runtime/player", "access_token", text(&token));
    assert_eq!(json_of(&world.call("GET", &target, None))["id"], "mara");
}

#[test]
fn a_player_who_is_gone_is_not_signed_in() {
    let mut world = World::new();
    let (mut browser, _) = signed_in(&mut world);
    let page = browser.open(&mut world, REQUEST);
    world.good("", "DELETE", "/v2/admin/players/mara", None);
    let answer = browser.submit(&mut world, &page, &[ALLOW]);
    assert_eq!(answer.status, 400);
    assert_eq!(html(&answer).matches("type=\"radio\"").count(), 12);
}

#[test]
fn signing_out_ends_the_session_and_leads_to_known_places_only() {
    let mut world = World::new();
    let known = "http://localhost:8787/after?a=b#c";
    for (target, status, location) in [
        ("/logout".to_owned(), 200, None),
        (with("/logout", "next", known), 303, Some(known)),
        (
            with("/logout", "next", "http://127.0.0.1:5000"),
            303,
            Some("http://127.0.0.1:5000"),
        ),
        (with("/logout", "next", "http://localhost:8788/"), 400, None),
        (
            with("/logout", "next", "http://localhost:8787.evil.example/"),
            400,
            None,
        ),
        (
            with("/logout", "next", "http://localhost:8787@evil.example/"),
            400,
            None,
        ),
        (with("/logout", "next", "//localhost:8787/"), 400, None),
        (with("/logout", "next", "javascript:alert(1)"), 400, None),
        (with("/logout", "next", "/auth"), 400, None),
    ] {
        let (mut browser, _) = signed_in(&mut world);
        let old = browser.cookie.clone();
        let answer = browser.open(&mut world, &target);
        assert_eq!(answer.status, status, "{target}");
        assert_eq!(answer.header("location"), location);
        assert_eq!(browser.cookie, None, "the browser forgets it");
        browser.cookie = old;
        let page = html(&browser.open(&mut world, REQUEST));
        assert!(page.contains("Who are you?"), "and so do we: {target}");
    }
    assert_eq!(world.call("GET", "/logout", None).status, 200);
}

#[test]
fn names_are_shown_as_text() {
    let mut world = World::new();
    let (client, uri) = ("<b>\"app\"&'", "http://localhost:9000/");
    let body = json!({
        "players": [{ "id": "\"><i>", "alias": "<script>alert(1)</script>" }],
        "clients": [{ "clientId": client, "clientSecret": "not-a-real-secret",
            "type": "authorization_code", "redirectUris": [uri] }],
    });
    world.control("POST", "/seed", Some(&body));
    let target = with("/auth?response_type=code&x=\"><u>", "client_id", client);
    let target = with(&target, "redirect_uri", uri);
    let mut browser = Browser::default();
    let page = browser.open(&mut world, &target);
    let shown = html(&page);
    for unwanted in ["<script", "<b>", "<i>", "<u>"] {
        assert!(!shown.contains(unwanted), "{unwanted}");
    }
    assert!(shown.contains("<h1>&lt;b&gt;&quot;app&quot;&amp;&#39; asks"));
    assert_eq!(action(&page), target);
    let answer = browser.submit(&mut world, &page, &[ALLOW, ("player", "\"><i>")]);
    assert!(parameter(&answer, "code").is_some());
    assert!(!html(&browser.open(&mut world, &target)).contains("<script"));
}

#[test]
fn a_reset_signs_everybody_out() {
    let mut world = World::new();
    let (mut browser, _) = signed_in(&mut world);
    world.control("POST", "/reset", None);
    let page = browser.open(&mut world, REQUEST);
    assert!(page.header("set-cookie").is_some());
    assert!(html(&page).contains("Who are you?"));
}
