// The README's configuration, with the Chromium that is here: Playwright's own would be a download.

import config from "./playwright.config.js";

const launchOptions = { executablePath: process.env.PLAYOFF_CHROMIUM, args: ["--no-sandbox"] };

export default { ...config, use: { ...config.use, launchOptions } };
