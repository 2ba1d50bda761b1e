// Services that a definition tells of: presets, and one of the caller's own. They are a function here, no server.

import { deepEqual, equal, failure, match, ok } from "../../lib/assert.mjs";
import { leaks } from "../leaks.mjs";

const KUMITE = "https://kumite.example";
const TOORNAMENT = "https://toornament.example";
const TOKEN = "token-0123456789";
const SECRET = "not:a+real%secret";
const YEAR = 31_536_000;

const INVALID = { name: "ConfigError", code: "invalid_option" };
const UNKNOWN = { name: "ConfigError", code: "unknown_option" };
const IN_PAGE = { name: "ConfigError", code: "secret_in_page" };
const NOT_GRANTED = { name: "ConfigError", code: "player_not_granted" };

const now = () => Math.floor(Date.now() / 1000);
const base64url = (text) => btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const jwt = (claims) => `${base64url('{"alg":"HS256"}')}.${base64url(JSON.stringify(claims))}.bm90LWEtc2lnbmF0dXJl`;

/** A service by a function from what it is asked to an answer; `log` has what it was asked. */
function serviceOf(answer) {
  const log = [];
  const fetch = async (url, { method, headers, body }) => {
    const { origin, pathname, searchParams } = new URL(url);
    const asked = { method, origin, path: pathname, query: Object.fromEntries(searchParams), url, headers, body };
    log.push(asked);
    return answer(asked, log.length);
  };
  return { fetch, log, of: (path) => log.filter((asked) => asked.path === path) };
}

/** Answers with nothing but a challenge. */
const unauthorized = (challenge) => new Response(null, { status: 401, headers: { "www-authenticate": challenge } });

const TOKEN_PATH = "/api/v1/oauth2/token";

/** Kumite: by the server's manner, or by that of the published page. */
function kumiteOf(refreshToken, { scheme = "Bearer" } = {}) {
  let given = 0;
  const taken = new Map();
  return serviceOf(({ path, query, headers }) => {
    const [used, token] = (headers.authorization ?? "").split(" ");
    if (used !== scheme) return unauthorized(`${scheme} realm="Kumite Realm"`);
    if (path === TOKEN_PATH) {
      if (token !== refreshToken) return unauthorized(`${scheme} error="invalid_token"`);
      const isAsked = scheme === "Bearer" || query.refresh_token === "true";
      if (!isAsked) return Response.json({ error_message: "no" }, { status: 400 });
      const access = jwt({ playerId: query.player_id, exp: now() + 3600, jti: String(++given) });
      taken.set(access, query.player_id);
      return Response.json({ access_token: access, player_id: query.player_id, token_type: "Bearer", expires_in: 3600 });
    }
    return Response.json({ asPlayer: taken.get(token), forPlayer: query.player_id });
  });
}

// Each another one: in an edge worker apps with the same credentials share their tokens.
let made = 0;
const refreshTokenOf = (...playerIds) =>
  jwt({ playerIds, exp: now() + YEAR, jti: `refresh-${++made}`, refresh_token: true });

function robotOf(t, service, refreshToken, more = {}) {
  return t.edge.createEdge({ provider: "kumite", apiUrl: KUMITE, refreshToken, fetch: service.fetch, ...more });
}

/** A list at a service that gives it by ranges. */
function listOf(unit, total, { most = 50, contentRange = true, status = 206 } = {}) {
  const all = Array.from({ length: total }, (_, index) => ({ id: `${index}` }));
  return serviceOf(({ path, headers }) => {
    if (path === "/oauth/v2/token") {
      return Response.json({ access_token: "t", expires_in: 90_000, token_type: "bearer" });
    }
    const [, asked, first, last] = /^([\w-]+)=(\d+)-(\d+)$/.exec(headers.range ?? "") ?? [];
    const refused = (message, status) => Response.json({ errors: [{ message, scope: "header" }] }, { status });
    if (asked === undefined) return refused("no range", 400);
    const [from, to] = [Number(first), Number(last)];
    if (asked !== unit || to - from >= most || from >= total) {
      return refused("not satisfiable", 416);
    }
    const rows = all.slice(from, to + 1);
    const range = contentRange ? { "content-range": `${unit} ${from}-${from + rows.length - 1}/${total}` } : {};
    return Response.json(rows, { status, headers: range });
  });
}

const organiserOf = (t, service, more = {}) =>
  t.pkg.createClient({ provider: "toornament", apiUrl: TOORNAMENT, token: TOKEN, fetch: service.fetch, ...more });

/** A service of the caller's own. */
const OWN = { name: "own", apiUrl: "https://own.example" };
const ownOf = (t, provider, answer, more = {}) => {
  const service = serviceOf(answer);
  const client = t.pkg.createClient({ provider, token: TOKEN, fetch: service.fetch, retry: 0, ...more });
  return { client, ...service };
};

/** Requests for a whole list, and how many a reader needs at least. */
const needed = (total, most, contentRange) => {
  if (contentRange) return Math.max(1, Math.ceil(total / most));
  return Math.floor(total / most) + 1;
};

const DEFINITIONS = [
  ["a member that there isn't", { ...OWN, tokenUrl: "x" }, UNKNOWN, /provider knows no option `tokenUrl`/],
  ["one further inside", { ...OWN, tokenRequest: { url: "x" } }, UNKNOWN, /provider\.tokenRequest.*`url`/],
  ["no name", { apiUrl: "https://own.example" }, INVALID, /`provider\.name`/],
  ["no address", { name: "own" }, INVALID, /`apiUrl`/],
  ["an address in plain http", { ...OWN, apiUrl: "http://own.example" }, INVALID, /`apiUrl`.*https/],
  ["a text that is a number", { ...OWN, authUrl: 7 }, INVALID, /`authUrl`/],
  ["a path without a slash", { ...OWN, tokenRequest: { path: "token" } }, INVALID, /`tokenRequest\.path`/],
  ["versions that are a list", { ...OWN, versions: "v1" }, INVALID, /`versions`/],
  ["an encoding that there isn't", { ...OWN, tokenRequest: { encoding: "xml" } }, INVALID, /`encoding`.*form or json/],
  ["no schemes", { ...OWN, schemes: [] }, INVALID, /`schemes`/],
  ["a method that there isn't", { ...OWN, retryMethods: ["GRAB"] }, INVALID, /`retryMethods`/],
  ["an error form that there isn't", { ...OWN, errors: ["soap"] }, INVALID, /`errors`/],
  ["a status that is none", { ...OWN, deadToken: { statuses: [7] } }, INVALID, /`statuses`/],
  ["ranges without a limit", { ...OWN, paging: {} }, INVALID, /`limit`/],
  ["paging by magic", { ...OWN, paging: "magic" }, INVALID, /provider\.paging/],
  ["a life that is none", { ...OWN, page: { maxTokenLifetime: -1 } }, INVALID, /`maxTokenLifetime`/],
  ["a header of the SDK's own", { ...OWN, headers: { Authorization: "x" } }, INVALID, /`headers`/],
  ["a preset that there isn't", { extend: "steam" }, INVALID, /`provider`.*"toornament"/],
  ["a list", [], INVALID, /provider takes a plain object/],
];

function endless() {
  const definition = { ...OWN };
  definition.extend = definition;
  return definition;
}

export const providerCases = [
  ...DEFINITIONS.map(([title, provider, expected, message]) => ({
    name: `bad definition of a service: ${title}`,
    run: (t) => t.refuses(() => t.pkg.createClient({ provider, token: "t" }), { ...expected, message }, []),
  })),
  {
    name: "bad definition of a service: one that extends itself",
    run: (t) => t.refuses(() => t.pkg.createClient({ provider: endless() }), { ...INVALID, message: /extends/ }, []),
  },
  {
    name: "a definition says where a service is and where its token goes",
    async run(t) {
      const provider = {
        ...OWN,
        versions: { v1: "/rest/1" },
        bases: { stats: "/stats" },
        schemes: ["Token"],
        headers: { "x-client": "test" },
        apiKeyHeader: "x-key",
        query: { lists: "repeat", booleans: "digits" },
      };
      const { client, log } = ownOf(t, provider, () => Response.json(null), { apiKey: "k" });
      await client.get("/a", { query: { ids: [1, 2], open: true } });
      await client.get("/b", { base: "stats" });
      equal(log[0].url, "https://own.example/rest/1/a?ids=1&ids=2&open=1", "address");
      equal(log[1].url, "https://own.example/stats/b", "address in another part");
      const { authorization, "x-client": header, "x-key": key } = log[0].headers;
      deepEqual([authorization, header, key], [`Token ${TOKEN}`, "test", "k"], "headers");
      t.checkError(await failure(() => client.get("/b", { base: "x" })), { ...INVALID, message: /`base`.*"stats"/ });
    },
  },
  {
    name: "a definition that extends another one keeps what it doesn't say",
    async run(t) {
      const far = { extend: { extend: "playoff", host: "games.example" }, headers: { "x-client": "test" } };
      const { client, log } = ownOf(t, far, () => Response.json({ id: "johny" }), { tokenIn: "query" });
      equal((await client.runtime.player()).id, "johny", "a typed call");
      match(log[0].url, /^https:\/\/api\.games\.example\/v2\/runtime\/player\?.*access_token=token-/, "address");
      equal(log[0].headers["x-client"], "test", "header");
    },
  },
  {
    name: "another service's typed calls aren't there: unsupported_version, and nothing is sent",
    async run(t) {
      const { client, log } = ownOf(t, OWN, () => Response.json(null));
      t.checkError(await failure(() => client.runtime.player()), { name: "ConfigError", code: "unsupported_version" });
      deepEqual(log, [], "requests");
    },
  },
  {
    name: "each form of error is read, and what has none says its status",
    async run(t) {
      const list = [{ message: "too long", scope: "body", type: "match_integrity" }];
      const forms = [
        [{ errors: list }, { code: "match_integrity", message: /too long/ }],
        [{ error: "nope", error_description: "because" }, { code: "nope", message: /because/ }],
        [{ error_message: "No accountId" }, { code: "http_error", message: /No accountId/ }],
        [{ message: "bare" }, { code: "http_error", message: /bare/ }],
        [{ other: 1 }, { code: "http_error", message: /status 422/ }],
      ];
      const provider = { ...OWN, errors: ["errors", "oauth", "error_message", "message"] };
      for (const [body, expected] of forms) {
        const { client } = ownOf(t, provider, () => Response.json(body, { status: 422 }));
        const error = await failure(() => client.get("/x"));
        t.checkError(error, { name: "ApiError", status: 422, ...expected });
        deepEqual(error.data, body.errors, "data");
      }
      for (const text of ["", "<html></html>"]) {
        const { client } = ownOf(t, provider, () => new Response(text, { status: 422 }));
        t.checkError(await failure(() => client.get("/x")), { name: "ApiError", code: "http_error", status: 422 });
      }
    },
  },
  {
    name: "a token is replaced by the signs of the definition alone",
    async run(t) {
      const refusals = [
        [new Response(null, { status: 403 }), 1],
        [unauthorized('Bearer error="insufficient_scope"'), 1],
        [unauthorized('Bearer error="invalid_token"'), 2],
        [Response.json({ error: "stale" }, { status: 409 }), 2],
        [Response.json({ error: "denied" }, { status: 401 }), 1],
      ];
      const provider = { ...OWN, deadToken: { codes: ["stale"], deniedCodes: ["denied"] } };
      for (const [refusal, requests] of refusals) {
        const { client, log } = ownOf(t, provider, (_, time) => (time === 1 ? refusal : Response.json(1)), {
          token: () => `t${Math.random()}`,
        });
        await client.get("/x").catch(() => {});
        equal(log.length, requests, `requests after ${refusal.status}`);
      }
    },
  },
  {
    name: "a challenge is answered by a scheme of the definition, and of no other",
    async run(t) {
      const provider = { ...OWN, schemes: ["Bearer", "OAuth"] };
      const { client, log } = ownOf(t, provider, ({ headers }) =>
        headers.authorization === `OAuth ${TOKEN}` ? Response.json(1) : unauthorized("OAuth"),
      );
      equal(await client.get("/x"), 1, "answer");
      equal(await client.get("/x"), 1, "the next one");
      deepEqual(
        log.map(({ headers }) => headers.authorization),
        ["Bearer", "OAuth", "OAuth"].map((scheme) => `${scheme} ${TOKEN}`),
        "what was sent",
      );
      const sly = ownOf(t, OWN, () => unauthorized("Basic"));
      t.checkError(await failure(() => sly.client.get("/x")), { name: "AuthError", status: 401 });
      equal(sly.log.length, 1, "requests");
    },
  },
  ...[true, false].map((contentRange) => ({
    name:
      `lists by ranges, ${contentRange ? "with" : "without"} a Content-Range that can be read: ` +
      "every row once, nothing asked for in vain",
    async run(t) {
      const units = [
        ["/organizer/v2/tournaments", "tournaments", 50],
        ["/organizer/v2/matches", "matches", 128],
        ["/organizer/v2/ranking-items", "items", 50],
      ];
      for (const [route, unit, most] of units) {
        for (const total of [0, 1, 49, 50, 51, 128, 129, 1000]) {
          const status = total % 2 ? 200 : 206;
          const service = listOf(unit, total, { most, contentRange, status });
          const rows = await organiserOf(t, service).paginate(route).toArray();
          const what = `${total} ${unit}`;
          deepEqual([rows.length, new Set(rows.map(({ id }) => id)).size], [total, total], what);
          equal(service.log.length, needed(total, most, contentRange), `requests for ${what}`);
        }
      }
    },
  })),
  {
    name: "lists by ranges: a part, and the total of a page",
    async run(t) {
      const service = listOf("tournaments", 120);
      const list = organiserOf(t, service).paginate("/tournaments", { skip: 45, limit: 10, query: { sort: "x" } });
      const rows = await list.toArray({ max: 5 });
      deepEqual(rows.map(({ id }) => id), ["45", "46", "47", "48", "49"], "rows");
      deepEqual([service.log[0].headers.range, service.log[0].query], ["tournaments=45-49", { sort: "x" }], "asked");
      for await (const page of list.pages()) {
        deepEqual([Object.keys(page).sort(), page.total, page.skip], [["data", "skip", "total"], 120, 45], "page");
        break;
      }
    },
  },
  {
    name: "lists by ranges: a list that the definition doesn't know may have another unit, which is an error",
    async run(t) {
      const error = await failure(() => organiserOf(t, listOf("things", 3)).paginate("/odd").toArray());
      t.checkError(error, { name: "ApiError", status: 416 });
      equal((await organiserOf(t, listOf("odd", 3)).paginate("/odd").toArray()).length, 3, "rows");
    },
  },
  {
    name: "where lists have no parts, paginate asks once",
    async run(t) {
      const { client, log } = ownOf(t, { ...OWN, paging: "none" }, () => Response.json([{ id: 1 }, { id: 2 }]));
      deepEqual(await client.paginate("/games").toArray(), [{ id: 1 }, { id: 2 }], "rows");
      deepEqual([log.length, log[0].query], [1, {}], "requests");
    },
  },
  {
    name: "an API key goes into its header, also without a token, and into no error",
    async run(t) {
      const service = serviceOf(({ headers }) =>
        Response.json({ message: `what is ${headers["x-api-key"]}?` }, { status: 403 }),
      );
      const client = organiserOf(t, service, { token: undefined, apiKey: "key-0123456789" });
      const error = await failure(() => client.get("/tournaments", { base: "viewer" }));
      t.checkError(error, { name: "ApiError", status: 403 });
      ok(!leaks(error, "key-0123456789"), "the error shows no key");
      const { path, headers } = service.log[0];
      deepEqual([path, headers["x-api-key"]], ["/viewer/v2/tournaments", "key-0123456789"], "asked");
      equal(headers.authorization, undefined, "authorization");
      t.checkError(await failure(() => client.getToken()), { name: "AuthError", code: "token_missing" });
      await t.refuses(() => t.pkg.createClient({ apiKey: "key-0123456789" }), { ...INVALID, message: /`apiKey`/ }, []);
    },
  },
  {
    name: "a refresh token is no option of a client",
    async run(t) {
      for (const name of ["refreshToken", "refresh_token"]) {
        const options = { provider: "kumite", apiUrl: KUMITE, [name]: refreshTokenOf("ada") };
        await t.refuses(() => t.pkg.createClient(options), { ...IN_PAGE, message: /playoff-wasm\/edge/ }, []);
      }
    },
  },
  {
    name: "a page refuses a token that lives for a year, and the refresh token of one that doesn't",
    needs: "page",
    async run(t) {
      const long = refreshTokenOf("ada");
      const short = jwt({ playerId: "ada", exp: now() + 3600 });
      for (const token of [long, { access_token: short, refresh_token: long }]) {
        const { client, log } = ownOf(t, "kumite", () => Response.json(1), { apiUrl: KUMITE, token });
        const error = await failure(() => client.get("/games"));
        t.checkError(error, { ...IN_PAGE, message: /36\d days/ });
        ok(!leaks(error, long), "the error shows no token");
        deepEqual(log, [], "requests");
      }
      const { client } = ownOf(t, "kumite", () => Response.json(1), { apiUrl: KUMITE, token: short });
      equal(await client.get("/games"), 1, "answer");
    },
  },
  {
    name: "a page signs in where the service lets it, and says why where not",
    async run(t) {
      const login = { clientId: "app", redirectUri: "https://app.example/back" };
      const made = (provider, more) => t.pkg.createClient({ provider, apiUrl: KUMITE, login: { ...login, ...more } });
      await t.refuses(() => made("kumite"), { ...INVALID, message: /`login`.*can't sign in/ }, []);
      const secret = { ...OWN, page: { publicClient: false } };
      await t.refuses(() => made(secret), { ...INVALID, message: /`login\.exchange`.*worker/ }, []);
      made(secret, { exchange: "/auth/exchange" }).dispose();
    },
  },
  {
    name: "a ready token of one player calls for nobody else",
    async run(t) {
      const token = jwt({ playerId: "ada", exp: now() + 3600, jti: "1" });
      const { client, log } = ownOf(t, "kumite", () => Response.json(1), { apiUrl: KUMITE, token, playerId: "ada" });
      equal(await client.get("/board"), 1, "answer");
      equal(client.claims().jti, "1", "claims");
      for (const options of [{ playerId: "bob" }, { query: { player_id: "bob" } }]) {
        t.checkError(await failure(() => client.get("/board", options)), { ...NOT_GRANTED, message: /bob/ });
      }
      equal(log.length, 1, "requests");
    },
  },
  {
    name: "two players of one refresh token: each call carries its own player's token",
    needs: "edge",
    async run(t) {
      const refreshToken = refreshTokenOf("ada", "bob");
      const service = kumiteOf(refreshToken);
      const robot = robotOf(t, service, refreshToken);
      const clients = ["ada", "bob"].map((playerId) => robot.client({ playerId }));
      const looks = Array.from({ length: 10 }, (_, time) => clients[time % 2].get("/board"));
      for (const { asPlayer, forPlayer } of await Promise.all(looks)) equal(asPlayer, forPlayer, "player");
      equal((await robot.client().get("/board", { playerId: "bob" })).asPlayer, "bob", "player of the call");
      const asked = service.of(TOKEN_PATH).map(({ method, query }) => [method, query.player_id]);
      deepEqual(asked.sort(), [["GET", "ada"], ["GET", "bob"]], "token requests");
      deepEqual(clients.map((client) => client.claims().playerId), ["ada", "bob"], "claims");
      deepEqual(robot.claims().playerIds, ["ada", "bob"], "claims of the refresh token");
    },
  },
  {
    name: "players whom the refresh token isn't for: player_not_granted, and nothing is sent",
    needs: "edge",
    async run(t) {
      const refreshToken = refreshTokenOf("ada", "bob");
      const service = kumiteOf(refreshToken);
      const robot = robotOf(t, service, refreshToken);
      const eve = robot.client({ playerId: "eve" });
      for (const action of [() => eve.get("/board"), () => eve.post("/board/move", {}), () => eve.getToken()]) {
        const error = await failure(action);
        t.checkError(error, { ...NOT_GRANTED, message: /eve/ });
        ok(!leaks(error, refreshToken), "the error shows no token");
      }
      t.checkError(await failure(() => robot.client().get("/games")), { ...INVALID, message: /`playerId`/ });
      deepEqual(service.log, [], "requests");
    },
  },
  {
    name: "the only player of a refresh token needs no name",
    needs: "edge",
    async run(t) {
      const refreshToken = refreshTokenOf("ada");
      const robot = robotOf(t, kumiteOf(refreshToken), refreshToken);
      equal((await robot.client().get("/board")).asPlayer, "ada", "player");
    },
  },
  {
    name: "the scheme that the published page has is learnt from the challenge, once for all clients",
    needs: "edge",
    async run(t) {
      const refreshToken = refreshTokenOf("ada", "bob");
      const service = kumiteOf(refreshToken, { scheme: "OAuth" });
      const robot = robotOf(t, service, refreshToken);
      for (const playerId of ["ada", "bob"]) {
        equal((await robot.client({ playerId }).get("/board")).asPlayer, playerId, "player");
      }
      const schemes = service.log.map(({ headers }) => headers.authorization.split(" ")[0]);
      deepEqual(schemes, ["Bearer", "OAuth", "OAuth", "OAuth", "OAuth"], "schemes");
    },
  },
  {
    name: "a refused move isn't sent again, a refused read is",
    needs: "edge",
    async run(t) {
      const refreshToken = refreshTokenOf("ada");
      const { fetch } = kumiteOf(refreshToken);
      let refuse = 0;
      const service = serviceOf((asked) => {
        if (asked.path !== TOKEN_PATH && refuse-- > 0) return unauthorized("Bearer");
        return fetch(asked.url, asked);
      });
      const client = robotOf(t, service, refreshToken).client();
      refuse = 1;
      t.checkError(await failure(() => client.post("/board/move", { position: 5 })), { name: "AuthError", status: 401 });
      equal(service.of("/api/v1/board/move").length, 1, "moves");
      refuse = 1;
      equal((await client.get("/board")).asPlayer, "ada", "read");
      equal(service.of("/api/v1/board").length, 2, "reads");
    },
  },
  {
    name: "a worker passes on what its pages ask of Kumite, each player with their own token, and mints nothing",
    needs: "edge",
    async run(t) {
      const refreshToken = refreshTokenOf("ada", "bob");
      const service = kumiteOf(refreshToken);
      const handler = t.edge.createEdgeHandler(() => ({
        provider: "kumite",
        apiUrl: KUMITE,
        refreshToken,
        fetch: service.fetch,
        authenticate: (request) => ({ playerId: request.headers.get("x-player") }),
        proxy: { allow: [["GET", "/board"]], dangerouslyUseAppToken: true },
      }));
      const send = (path, player, method = "GET") => {
        const headers = { "sec-fetch-site": "same-origin", origin: "https://app.example", "x-player": player };
        return handler.fetch(new Request(`https://app.example${path}`, { method, headers }), {});
      };
      for (const player of ["ada", "bob"]) {
        const answer = await send("/api/board", player);
        deepEqual([answer.status, await answer.json()], [200, { asPlayer: player, forPlayer: player }], player);
      }
      equal((await send("/player-token", "ada", "POST")).status, 500, "status of what can't be minted");
      const foreign = await send("/api/board", "eve");
      ok(foreign.status >= 400 && !(await foreign.text()).includes(refreshToken), "nothing for others");
      equal(service.log.length, 4, "requests");
    },
  },
  {
    name: "what only Playoff has isn't asked of others",
    needs: "edge",
    async run(t) {
      const refreshToken = refreshTokenOf("ada");
      const service = kumiteOf(refreshToken);
      const robot = robotOf(t, service, refreshToken);
      const unsupported = { name: "ConfigError", code: "unsupported_version" };
      t.checkError(await failure(() => robot.ensurePlayer({ id: "eve" })), unsupported);
      t.checkError(await failure(() => robot.revoke({ accessToken: "x" })), unsupported);
      t.checkError(await failure(() => robot.client().admin.game()), unsupported);
      t.checkError(await failure(() => robot.exchangeCode({ code: "c", redirectUri: "https://app.example" })), INVALID);
      deepEqual(service.log, [], "requests");
    },
  },
  {
    name: "an app of Toornament: a form with scopes, a key and a token, and its lists",
    needs: "edge",
    async run(t) {
      const service = listOf("tournaments", 60);
      const client = t.edge
        .createEdge({
          provider: "toornament",
          apiUrl: TOORNAMENT,
          clientId: "app",
          clientSecret: SECRET,
          apiKey: "k",
          scope: ["organizer:view", "organizer:result"],
          fetch: service.fetch,
        })
        .client();
      equal((await client.paginate("/tournaments", { base: "organizer" }).toArray()).length, 60, "rows");
      const [asked, ...calls] = service.log;
      deepEqual([asked.method, asked.path], ["POST", "/oauth/v2/token"], "token request");
      equal(asked.headers["x-api-key"], undefined, "its key");
      deepEqual(
        Object.fromEntries(new URLSearchParams(asked.body)),
        {
          grant_type: "client_credentials",
          client_id: "app",
          client_secret: SECRET,
          scope: "organizer:view organizer:result",
        },
        "its fields",
      );
      for (const { path, headers } of calls) {
        equal(path, "/organizer/v2/tournaments", "path of a call");
        deepEqual([headers["x-api-key"], headers.authorization], ["k", "Bearer t"], "its key and token");
      }
    },
  },
  {
    name: "an app says who it is by Basic, in the body, as JSON, or by its id alone",
    needs: "edge",
    async run(t) {
      const ways = [
        [{}, `Basic ${btoa("a%3Ab:not%3Aa%2Breal%25secret")}`, { grant_type: "client_credentials" }],
        [
          { clientAuthentication: "body", encoding: "json" },
          undefined,
          { grant_type: "client_credentials", client_id: "a:b", client_secret: SECRET },
        ],
        [{ clientAuthentication: "none" }, undefined, { grant_type: "client_credentials", client_id: "a:b" }],
      ];
      for (const [tokenRequest, authorization, fields] of ways) {
        const service = serviceOf(({ path }) => Response.json(path === "/token" ? { access_token: "t" } : 1));
        const provider = { ...OWN, name: `own-${++made}`, tokenRequest };
        const secret = tokenRequest.clientAuthentication === "none" ? null : SECRET;
        const edge = t.edge.createEdge({ provider, clientId: "a:b", clientSecret: secret, fetch: service.fetch });
        equal(await edge.client().get("/x"), 1, "answer");
        const { headers, body } = service.of("/token")[0];
        equal(headers.authorization, authorization, "authorization");
        const sent = tokenRequest.encoding === "json" ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
        deepEqual(sent, fields, "fields");
      }
    },
  },
  {
    name: "an app is refused what its service doesn't take",
    needs: "edge",
    async run(t) {
      const made = (options) => () => t.edge.createEdge({ apiUrl: KUMITE, ...options });
      const refreshToken = refreshTokenOf("ada");
      for (const [options, message] of [
        [{ provider: "kumite" }, /`refreshToken`/],
        [{ provider: "kumite", refreshToken, clientId: "app" }, /`clientId`/],
        [{ provider: "kumite", refreshToken: "two words" }, /`refreshToken`/],
        [{ provider: "toornament", refreshToken }, /`refreshToken`/],
        [{ provider: "toornament", clientId: "app" }, /`clientSecret`/],
      ]) {
        await t.refuses(made(options), { ...INVALID, message }, [refreshToken]);
      }
    },
  },
];
