//! The browsers that the tests drive. A variable of the same name as the test runners
//! use wins over what is found.

use crate::paths;
use anyhow::{Result, anyhow};
use std::path::PathBuf;

/// A browser and the program that drives it.
pub struct Browser {
    pub executable: PathBuf,
    pub driver: PathBuf,
}

pub fn chromium() -> Result<Browser> {
    let executable = find(
        "PLAYOFF_CHROMIUM",
        &[
            "chromium",
            "chromium-browser",
            "google-chrome-stable",
            "google-chrome",
        ],
        &[
            "/usr/lib/chromium/chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
        ],
    );
    let driver = find(
        "CHROMEDRIVER",
        &["chromedriver"],
        &[
            "/usr/lib/chromium/chromedriver",
            "/usr/lib/chromium-browser/chromedriver",
        ],
    );
    both(executable, driver).ok_or_else(|| {
        anyhow!(
            "no Chromium with chromedriver: install both (Debian, as root: apt-get install chromium chromium-driver), or name them in PLAYOFF_CHROMIUM and CHROMEDRIVER"
        )
    })
}

/// WebKitGTK's driver, which knows where its browser is, and the display that browser wants.
pub struct WebKit {
    pub driver: PathBuf,
    pub display: PathBuf,
}

/// Only Linux has it.
pub fn webkit() -> Result<WebKit> {
    let driver = find("PLAYOFF_WEBKIT_DRIVER", &["WebKitWebDriver"], &[]);
    let display = find("PLAYOFF_XVFB", &["Xvfb"], &[]);
    let both = driver.zip(display);
    both.map(|(driver, display)| WebKit { driver, display }).ok_or_else(|| {
        anyhow!(
            "no WebKitWebDriver with Xvfb: install WebKitGTK's driver and Xvfb (Debian, as root: apt-get install webkit2gtk-driver xvfb), or name them in PLAYOFF_WEBKIT_DRIVER and PLAYOFF_XVFB"
        )
    })
}

/// Its driver is geckodriver, which cargo installs.
pub fn firefox() -> Result<PathBuf> {
    find(
        "PLAYOFF_FIREFOX",
        &["firefox", "firefox-esr"],
        &["/usr/lib/firefox-esr/firefox-esr", "/Applications/Firefox.app/Contents/MacOS/firefox"],
    )
    .ok_or_else(|| {
        anyhow!(
            "no Firefox: install it (Debian, as root: apt-get install firefox-esr), or name it in PLAYOFF_FIREFOX"
        )
    })
}

fn both(executable: Option<PathBuf>, driver: Option<PathBuf>) -> Option<Browser> {
    Some(Browser {
        executable: executable?,
        driver: driver?,
    })
}

fn find(variable: &str, names: &[&str], places: &[&str]) -> Option<PathBuf> {
    if let Some(named) = std::env::var_os(variable) {
        let named = PathBuf::from(named);
        return paths::is_executable(&named).then_some(named);
    }
    names
        .iter()
        .find_map(|name| paths::on_path(name))
        .or_else(|| {
            places
                .iter()
                .map(PathBuf::from)
                .find(|place| paths::is_executable(place))
        })
}
