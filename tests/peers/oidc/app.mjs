// An app of its own at an OpenID server that others wrote: the manual's example of a service that a definition tells of.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deepEqual, equal, failure, match, ok } from "../../lib/assert.mjs";
import { runWell } from "../../lib/processes.mjs";
import { fileOf, manualBlocks, replaced } from "../../packaging/manual.mjs";
import { startApi } from "./api.mjs";
import { API_SCOPE, APP_ID, APP_SECRET, startServer } from "./server.mjs";

const GUIDE = "providers";
const FILE = "service.mjs";
/** Lines that are enough to tell of a service, and to call it. */
const LINES = 25;
const SITE = "https://site.example";

/** The example, for these addresses. */
async function exampleFor({ api, server }, consumer) {
  const installed = join(consumer, "node_modules", "playoff-wasm");
  const text = fileOf(await manualBlocks(installed, GUIDE), FILE);
  ok(text.split("\n").length <= LINES, `it takes at most ${LINES} lines`);
  return [
    ["https://api.games.example", api.url],
    ["https://login.games.example", server.url],
  ].reduce((changed, [from, to]) => replaced(changed, from, to), text);
}

const definitionOf = ({ api, server }) => ({
  name: "games",
  apiUrl: api.url,
  authUrl: server.url,
  tokenRequest: { path: "/auth/token" },
});

/** The cases. `consumer` is a folder in which the package is installed, `edge` its edge entry. */
export async function appCases(report, cleanups, { consumer, edge }) {
  const started = async (starting) => {
    const one = await starting;
    cleanups.add(() => one.stop());
    return one;
  };
  const begin = async () => {
    const api = await started(startApi({ site: SITE }));
    const server = await started(startServer({ site: SITE, audience: api.url, life: { seconds: 60 } }));
    api.trust(server.url);
    return { api, server };
  };
  const w = await report.test("oidc-provider, for an app", begin);
  if (!w) return;

  await report.test("oidc-provider: the manual's example gets a token by Basic and calls", async () => {
    const file = join(consumer, FILE);
    await writeFile(file, await exampleFor(w, consumer));
    const env = { ...process.env, GAMES_ID: APP_ID, GAMES_SECRET: APP_SECRET };
    const { stdout } = await runWell(process.execPath, [file], { cwd: consumer, env, limit: 20_000 });
    match(stdout, /sub: 'app:one'/, "what it printed");
    const [granted, ...others] = w.server.happened("granted");
    deepEqual(others, [], "further token requests");
    equal(granted.grant, "client_credentials", "grant");
    deepEqual([...granted.fields].sort(), ["grant_type", "scope"], "fields of the token request");
    match(granted.headers.authorization, /^Basic /, "authorization");
  });

  await report.test("oidc-provider: a wrong secret is invalid_client, which nothing shows", async () => {
    const wrong = `${APP_SECRET}:wrong`;
    const app = edge.createEdge({
      provider: definitionOf(w),
      clientId: APP_ID,
      clientSecret: wrong,
      scope: API_SCOPE,
    });
    const error = await failure(() => app.client().get("/profile"));
    deepEqual([error.name, error.code, error.status], ["AuthError", "invalid_client", 401], "error");
    for (const shown of [error.message, error.stack, JSON.stringify(error)]) ok(!shown.includes(APP_SECRET), "no secret");
  });

  await report.test("oidc-provider: a token that the API doesn't take is replaced once", async () => {
    w.server.forget();
    const app = edge.createEdge({
      provider: definitionOf(w),
      clientId: APP_ID,
      clientSecret: APP_SECRET,
      // One for the server's own routes, which is no JWT for the API.
      scope: "openid",
    });
    const error = await failure(() => app.client().get("/profile"));
    deepEqual([error.name, error.code, error.status], ["AuthError", "invalid_token", 401], "error");
    equal(w.server.happened("granted").length, 2, "token requests");
  });
}
