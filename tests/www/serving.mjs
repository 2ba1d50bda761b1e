// What the worker serves: where, with which headers, and what not.

import { request } from "node:http";
import { createServer } from "node:net";
import { deepEqual, equal, match, ok } from "../lib/assert.mjs";
import { claimsOf } from "../lib/claims.mjs";

/** A plain request; `address` is where to connect, whatever the URL's host is called. */
function get(url, { method = "GET", headers = {}, family, path } = {}) {
  return new Promise((resolve, reject) => {
    const options = {
      method,
      headers,
      family,
      timeout: 10_000,
      host: url.hostname.replace(/^\[|\]$/g, ""),
      port: url.port,
      path: path ?? url.pathname,
    };
    const call = request(options, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() }),
      );
    });
    call.on("timeout", () => call.destroy(new Error(`${url}: no answer`)));
    call.on("error", reject);
    call.end();
  });
}

/** What the page itself would send. */
const post = (url, path, headers = {}) =>
  get(url, { method: "POST", path, headers: { origin: url.origin, ...headers } });

function hasIpv6() {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(0, "::1", () => server.close(() => resolve(true)));
  });
}

const at = (url, host) => new URL(`http://${host}:${url.port}${url.pathname}`);

function policyFor(sandbox) {
  const api = new URL(sandbox.playoff.apiUrl).origin;
  return [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `connect-src 'self' ${api} ${api.replace("http", "ws")}`,
    "img-src 'self' blob:",
    "style-src 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** What the worker shows to the services. */
export function secretsOf({ playoff, kumite, toornament }) {
  const { clientSecret, clientId, apiKey } = toornament;
  const secrets = playoff.clients.map((client) => client.clientSecret).filter(Boolean);
  return [...secrets, kumite.refreshToken, clientSecret, clientId, apiKey];
}

export async function serving(check, report) {
  await check("answers as 127.0.0.1 and as localhost over IPv4", async ({ url }) => {
    equal((await get(at(url, "127.0.0.1"))).status, 200, "127.0.0.1");
    equal((await get(at(url, "localhost"), { family: 4 })).status, 200, "localhost");
  });

  if (await hasIpv6()) {
    await check("answers as [::1], and the page works there", async ({ url, open }) => {
      equal((await get(at(url, "[::1]"))).status, 200, "[::1]");
      const visitor = await open({ settled: false });
      await visitor.page.goto(at(url, "[::1]").href);
      await visitor.settle();
      equal((await visitor.profile()).chosen, "johny", "the player");
    });
  } else {
    report.note("this machine has no IPv6: [::1] isn't tested");
  }

  await check("the page is sent with its security policy", async ({ url, sandbox }) => {
    const { headers } = await get(url);
    equal(headers["content-security-policy"], policyFor(sandbox), "the policy");
    equal(headers["x-content-type-options"], "nosniff", "x-content-type-options");
    match(headers["content-type"], /^text\/html/, "content-type");
  });

  await check("nothing that is served holds a secret", async ({ url, sandbox }) => {
    const secrets = secretsOf(sandbox);
    ok(secrets.length > 0, "the sandbox names no secrets to look for");
    const others = ["/sign-in", "/kumite", "/toornament"].flatMap((page) => [page, `${page}.js`, `${page}.js.map`]);
    const paths = ["/", "/main.js", "/main.js.map", "/style.css", "/config.json", ...others];
    const answers = [...(await Promise.all(paths.map((path) => get(url, { path })))), await post(url, "/player-token")];
    for (const [index, { status, text }] of answers.entries()) {
      equal(status, 200, paths[index] ?? "/player-token");
      for (const secret of secrets)
        ok(!text.includes(secret), `${paths[index] ?? "/player-token"} holds a secret`);
    }
  });

  await check("files beside the page aren't served", async ({ url }) => {
    const outside = [
      "/config.capnp",
      "/../config.capnp",
      "/%2e%2e/config.capnp",
      "/..%2fconfig.capnp",
      "/worker/index.js",
      "/../worker/index.js",
      "/nothing",
    ];
    for (const path of outside) equal((await get(url, { path })).status, 404, path);
  });

  await check("a token is for whoever is signed in, and only for the own page", async ({ url }) => {
    const foreign = await post(url, "/player-token", { origin: "https://attacker.example" });
    ok(
      foreign.status === 403 && !foreign.text.includes("access_token"),
      `a foreign page got ${foreign.status}: ${foreign.text}`,
    );
    const own = await post(url, "/player-token", { cookie: "player=newbie" });
    const { access_token: token, ...rest } = JSON.parse(own.text);
    const claims = claimsOf(token);
    equal(claims.player_id, "newbie", "player_id");
    deepEqual(claims.scopes, ["player.runtime.read", "player.runtime.write"], "scopes");
    equal(rest.expires_in, 3600, "expires_in");
  });

  await check("signing in wants a POST with a player from the own page", async ({ url }) => {
    equal((await get(url, { path: "/session" })).status, 405, "GET");
    equal((await post(url, "/session", { origin: "https://attacker.example" })).status, 403, "a foreign page");
    equal((await post(url, "/session")).status, 400, "no player");
  });

  await check("the others play for the own page alone, and only what they can", async ({ url }) => {
    equal((await get(url, { path: "/others" })).status, 405, "GET");
    equal((await post(url, "/others", { origin: "https://attacker.example" })).status, 403, "a foreign page");
    equal((await post(url, "/others")).status, 400, "no deed");
  });

  for (const path of ["/kumite/play", "/toornament/list"]) {
    await check(`${path} is for the own page alone, and wants to be asked properly`, async ({ url }) => {
      equal((await get(url, { path })).status, 405, "GET");
      equal((await post(url, path, { origin: "https://attacker.example" })).status, 403, "a foreign page");
      equal((await post(url, path)).status, 400, "no body");
    });
  }
}
