//! The wasm itself in a real browser, against the sandbox, without the package's JavaScript.
//!
//! Built for one browser at a time: `PLAYOFF_EXPECT_BROWSER` names it, `PLAYOFF_SANDBOX_URL` the
//! sandbox (`cargo xtask test --only browser` sets both).
#![cfg(target_arch = "wasm32")]

mod calls;
mod world;

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Without this, a run that never met the browser would pass.
#[wasm_bindgen_test]
fn runs_in_the_browser_it_is_meant_for() {
    let agent = web_sys::window()
        .expect("a window")
        .navigator()
        .user_agent()
        .expect("a user agent");
    let mark = match world::BROWSER {
        "chromium" => "Chrome/",
        "firefox" => "Firefox/",
        other => panic!("no such browser: {other}"),
    };
    assert!(agent.contains(mark), "{agent}");
}
