// Tells the sandbox where the demo's players come back to, since the demo's port is another one when 8787 is taken, and
// how much there is to page through.
// Takes the same environment as build.mjs.
import { readSettings } from "./settings.mjs";

/** The callback of each client, as page/sign-in/ has it. */
const CALLBACKS = { "sandbox-public": "/callback/page", "sandbox-code": "/callback/worker" };
const ROWS = { tournaments: 4, participants: 128, matches: 130 };
const HOSTS = ["localhost", "127.0.0.1", "[::1]"];
const LIMIT = 10_000;

async function register({ controlUrl, port }) {
  for (const [client, path] of Object.entries(CALLBACKS)) {
    const redirectUris = HOSTS.map((host) => `http://${host}:${port}${path}`);
    await control(`${controlUrl}/clients/${client}/redirect-uris`, { redirectUris });
  }
  await control(`${controlUrl}/toornament/seed`, ROWS);
}

async function control(url, body) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(LIMIT),
  });
  if (!response.ok) throw new Error(`the sandbox answered ${response.status}: ${await response.text()}`);
}

register(readSettings(process.env)).catch((error) => {
  console.error(`www/register.mjs: ${error.message}`);
  process.exitCode = 1;
});
