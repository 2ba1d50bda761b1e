// What both sandboxes are asked: every route by every method, then what needs bodies, tokens and faults. Generators,
// since some requests are made of earlier answers: `yield` gives the answer back.

import { adminRoutes, kumiteRoutes, olderRoutes, runtimeRoutes, toornamentRoutes } from "./routes.mjs";

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const JSON_TYPE = { "content-type": "application/json" };
const PAGE = "http://localhost:8787";

const get = (target, headers = {}) => ({ method: "GET", target, headers });
const form = (target, fields, headers = {}) => ({
  method: "POST",
  target,
  headers: { ...FORM, ...headers },
  body: String(new URLSearchParams(fields)),
});
const send = (method, target, value, headers = {}) => ({
  method,
  target,
  headers: { ...JSON_TYPE, ...headers },
  body: JSON.stringify(value),
});
const control = (path, value = {}) => send("POST", `/control${path}`, value);
const jsonOf = (answer) => JSON.parse(answer.body.toString());

const with_ = (target, query) => `${target}${target.includes("?") ? "&" : "?"}${new URLSearchParams(query)}`;

/** Each route by each method, with the query that makes it a call of `johny`'s. */
function* sweep(routes, methods, query, headers = {}) {
  for (const route of routes) {
    for (const method of methods) {
      const target = with_(route, query);
      yield ["GET", "HEAD", "OPTIONS"].includes(method) ? { method, target, headers } : send(method, target, {}, headers);
    }
  }
}

function* appToken({ clients }) {
  const { clientId, clientSecret } = clients.find((one) => one.clientId === "sandbox-app");
  const fields = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
  return jsonOf(yield form("/auth/token", fields)).access_token;
}

function* credentials({ playoff }) {
  const app = playoff.clients.find((one) => one.clientId === "sandbox-app");
  const known = { client_id: app.clientId, client_secret: app.clientSecret };
  yield form("/auth/token", known);
  yield form("/auth/token", { ...known, grant_type: "password" });
  yield form("/auth/token", { ...known, client_secret: "wrong", grant_type: "client_credentials" });
  yield send("POST", "/auth/token", { ...known, grant_type: "client_credentials" });
  yield { ...form("/auth/token", {}), body: "%%%=&&" };
  const profile = "/v2/runtime/player?player_id=johny";
  yield get(profile);
  yield get(`${profile}&access_token=nonsense`);
  yield get(`${profile}&access_token=sandbox-jwt:eyJhbGciOiJIUzI1NiJ9.e30.AAAA`);
  const token = yield* appToken(playoff);
  yield get(profile, { authorization: `Bearer ${token}` });
  yield get(`${profile}&access_token=${token}`, { authorization: `Bearer ${token}` });
  yield get(`/v2/runtime/player?access_token=${token}`);
  yield get(`/v2/runtime/player?player_id=nobody&access_token=${token}`);
  yield get(`${profile}&access_token=${token}`, { origin: PAGE });
  yield { method: "OPTIONS", target: profile, headers: { origin: PAGE, "access-control-request-method": "PATCH" } };
  yield send("POST", `/v2/logout?access_token=${token}`, {});
  yield get(`${profile}&access_token=${token}`);
}

function* playing({ playoff }) {
  const token = yield* appToken(playoff);
  const as = (player, target) => with_(target, { player_id: player, access_token: token });
  const actions = jsonOf(yield get(as("johny", "/v2/runtime/actions")));
  for (const { id } of actions) {
    for (const body of [{}, { variables: {} }, { variables: { unknown: 1 } }, { variables: { n: "3", reach: 2, link: "/", hours: 1 } }]) {
      yield send("POST", as("johny", `/v2/runtime/actions/${id}/play`), body);
    }
    yield send("POST", as("mara", "/v1/action/play"), { id, variables: {} });
  }
  for (const [id, variables] of [["share", { reach: 3, link: "/ö" }], ["collect", { n: "20" }], ["dive", { hours: 2 }]]) {
    yield send("POST", as("johny", `/v2/runtime/actions/${id}/play`), { variables });
  }
  yield get(as("johny", "/v2/runtime/player?detailed=true"));
  yield get(as("johny", "/v2/runtime/activity?start=0"));
  yield send("PATCH", as("johny", "/v2/runtime/player"), { alias: "Jöhny 🐚" });
  yield send("PATCH", as("johny", "/v2/runtime/player"), { email: 5 });
  const { data: teams = [] } = jsonOf(yield get(as("johny", "/v2/runtime/teams")));
  for (const { id } of teams) {
    for (const route of ["", "/members", "/activity"]) yield get(as("johny", `/v2/runtime/teams/${id}${route}`));
    for (const verb of ["join", "leave"]) yield send("POST", as("zoe", `/v1/teams/${id}/${verb}`), { requested_roles: {} });
  }
  const boards = jsonOf(yield get(as("johny", "/v2/runtime/leaderboards")));
  for (const { id } of boards) {
    for (const cycle of ["alltime", "daily", "weekly", "monthly", "never"]) {
      yield get(as("johny", `/v2/runtime/leaderboards/${id}?cycle=${cycle}&limit=3`));
    }
    for (const query of ["ranking=relative", "ranking=relative&radius=1", "skip=2", "limit=0", "limit=-1", "scope_id=x"]) {
      yield get(as("johny", `/v2/runtime/leaderboards/${id}?cycle=alltime&${query}`));
    }
    yield send("POST", as("johny", `/v2/runtime/leaderboards/${id}/search?cycle=alltime`), { player_ids: ["mara", "johny", "nobody"] });
  }
  const processes = jsonOf(yield get(as("johny", "/v2/runtime/definitions/processes")));
  for (const { id } of processes) {
    const made = jsonOf(yield send("POST", as("johny", "/v2/runtime/processes"), { definition: id, name: "N" }));
    const one = `/v2/runtime/processes/${made.id}`;
    for (const route of ["", "/triggers"]) yield get(as("johny", `${one}${route}`));
    yield send("POST", as("johny", `${one}/play`), { trigger: "none" });
    yield send("PATCH", as("johny", one), { name: "M" });
    yield send("DELETE", as("mara", one), {});
    yield send("DELETE", as("johny", one), {});
  }
  for (const query of ["start=0", "start=2016-07-14T09:11:43Z", "start=x", "start=1&end=0"]) {
    yield get(as("johny", `/v2/runtime/activity?${query}`));
  }
  yield { method: "POST", target: as("johny", "/v2/runtime/player"), headers: JSON_TYPE, body: "{" };
  yield { method: "POST", target: as("johny", "/v2/runtime/actions/x/play"), headers: JSON_TYPE, body: "[]" };
}

function* running({ playoff }) {
  const token = yield* appToken(playoff);
  const at = (target) => with_(`/v2/admin${target}`, { access_token: token });
  yield send("POST", at("/players"), { id: "fresh", alias: "Fresh", email: "fresh@example.com" });
  yield send("POST", at("/players"), { id: "fresh" });
  yield send("POST", at("/players"), { id: "not ok!" });
  yield send("PATCH", at("/players/fresh/scores"), { rewards: [{ metric: { id: "points", type: "point" }, verb: "add", value: "7" }] });
  yield send("POST", at("/players/fresh/reset"), {});
  yield get(at("/players/fresh/activity?start=0"));
  const [{ id: event }] = jsonOf(yield get(at("/players/johny/activity?start=0")));
  yield send("POST", at("/players/johny/revert"), { event_ids: [event] });
  yield send("POST", at("/players/fresh/revert"), { event_ids: ["none"] });
  yield get(at("/validation/player/available?value=fresh"));
  yield get(at("/validation/player/available?value=free"));
  yield send("POST", at("/teams"), { definition: "crew", name: "Reefers" });
  yield send("POST", at("/rules/none"), { data: [] });
  yield send("DELETE", at("/players/fresh"), {});
  yield get(at("/players?limit=2&skip=1"));
}

/** By page, cookie and form, then with the code. */
function* signingIn({ playoff }) {
  const redirect_uri = `${PAGE}/callback`;
  const asked = new URLSearchParams({ response_type: "code", client_id: "sandbox-code", redirect_uri, state: "a&b" });
  for (const change of [{}, { client_id: "nobody" }, { redirect_uri: `${PAGE}/else` }, { response_type: "token" }, { scope: "x" }]) {
    yield get(`/auth?${new URLSearchParams({ ...Object.fromEntries(asked), ...change })}`);
  }
  const page = yield get(`/auth?${asked}`);
  const cookie = page.headers.find((header) => header.startsWith("set-cookie: ")).slice(12).split(";")[0];
  const form_token = /name="form_token" value="([^"]*)"/.exec(page.body.toString())[1];
  yield form(`/auth?${asked}`, { form_token, player: "mara", decision: "deny" }, { cookie });
  yield form(`/auth?${asked}`, { form_token: "wrong", player: "mara", decision: "allow" }, { cookie });
  const allowed = yield form(`/auth?${asked}`, { form_token, player: "mara", decision: "allow" }, { cookie });
  const location = allowed.headers.find((header) => header.startsWith("location: ")).slice(10);
  const code = new URL(location).searchParams.get("code");
  const { clientId: client_id, clientSecret: client_secret } = playoff.clients.find((one) => one.clientId === "sandbox-code");
  const exchange = { grant_type: "authorization_code", code, client_id, client_secret, redirect_uri };
  const { refresh_token, access_token } = jsonOf(yield form("/auth/token", exchange));
  yield get(with_("/v2/runtime/player", { access_token }));
  const { refresh_token: next } = jsonOf(
    yield form("/auth/token", { grant_type: "refresh_token", refresh_token, client_id, client_secret }),
  );
  yield form("/auth/token", { grant_type: "refresh_token", refresh_token, client_id, client_secret });
  yield form("/auth/token", { grant_type: "refresh_token", refresh_token: next, client_id, client_secret });
  yield form("/auth/token", exchange);
  yield get(`/logout?next=${encodeURIComponent(PAGE)}`, { cookie });
  yield get("/logout?next=https%3A%2F%2Felsewhere.example");
}

function* everyRoute({ playoff }) {
  const token = yield* appToken(playoff);
  const johny = { player_id: "johny", access_token: token };
  yield* sweep(runtimeRoutes, ["GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS"], johny);
  yield* sweep(adminRoutes, ["GET", "POST", "PATCH", "DELETE"], { access_token: token });
  yield* sweep(olderRoutes, ["GET", "POST", "PUT", "PATCH", "DELETE"], johny);
  for (const target of ["/", "/nowhere", "/v2", "/v3/runtime", "//", "/%zz", "/v2/runtime/player/?a=%F0%9F%90%9A", "/?"]) {
    yield get(target);
  }
}

function* robots({ kumite }) {
  const [player_id] = kumite.playerIds;
  const base = "/kumite/api/v1";
  yield* sweep(kumiteRoutes, ["GET", "POST", "DELETE", "OPTIONS"], { player_id });
  const refresh = { authorization: `Bearer ${kumite.refreshToken}` };
  const { access_token } = jsonOf(yield get(`${base}/oauth2/token?player_id=${player_id}`, refresh));
  const robot = { authorization: `Bearer ${access_token}` };
  yield* sweep(kumiteRoutes, ["GET", "HEAD", "POST", "DELETE"], { player_id }, robot);
  yield get(`${base}/contests`, { ...robot, accept: "text/html" });
  yield get(`${base}/contests?title_regex=${encodeURIComponent("^.+[a-z](")}`, robot);
  const [{ contestId: contest_id }] = jsonOf(yield get(`${base}/contests?accept_players=true`, robot));
  const at = (path) => with_(`${base}${path}`, { contest_id, player_id });
  yield send("POST", at("/board/player"), {}, robot);
  for (const position of [5, 5, 1, 9, 3, 7, 2, 8, 4, 6, 11, "x"]) {
    yield get(at("/board"), robot);
    yield send("POST", at("/board/move"), { position }, robot);
  }
  yield get(at("/board/moves"), robot);
  yield get(`${base}/leaderboards?game_id=tic-tac-toe`, robot);
  yield get("/kumite/ws/contests");
}

const toornamentToken = ({ clientId, clientSecret }, scope) =>
  form("/toornament/oauth/v2/token", {
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
    scope,
  });

/** The headers of an organizer who may do everything. */
function* organizer(toornament) {
  const roles = ["view", "admin", "result", "participant", "registration", "delete", "file", "circuit"];
  const scopes = [...roles.map((one) => `organizer:${one}`), "platform:user", "platform:team"];
  const { access_token } = jsonOf(yield toornamentToken(toornament, scopes.join(" ")));
  return { "x-api-key": toornament.apiKey, authorization: `Bearer ${access_token}` };
}

function* tournaments({ toornament }) {
  const key = { "x-api-key": toornament.apiKey };
  yield toornamentToken(toornament, "nonsense");
  const bearer = yield* organizer(toornament);
  for (const [route, unit] of toornamentRoutes) {
    yield get(route);
    yield get(route, key);
    yield get(route, bearer);
    const rows = yield get(route, { ...bearer, range: `${unit}=0-9` });
    const id = rows.status < 300 ? jsonOf(rows)[0]?.id : undefined;
    for (const row of [id ?? "none", "999"]) {
      yield get(`${route}/${row}`, bearer);
      yield send("PATCH", `${route}/${row}`, { name: "Ändert", checked_in: true }, bearer);
    }
    yield { method: "HEAD", target: route, headers: { ...bearer, range: `${unit}=0-1` } };
    yield get(route, { ...bearer, range: `${unit}=5-99999` });
    yield get(route, { ...bearer, range: `${unit}=999999-1000000` });
    yield send("POST", route, {}, bearer);
    yield send("POST", route, { name: "Réef", discipline: "discipline_1", size: 8, timezone: "UTC", platforms: ["pc"] }, bearer);
    yield { method: "OPTIONS", target: route, headers: { origin: PAGE } };
  }
  // At last, since a tournament takes along what belongs to it.
  for (const [route] of [...toornamentRoutes].reverse()) yield send("DELETE", `${route}/999`, {}, bearer);
}

const FAR_AWAY = ["-9223372036854775808", "-8640000000000000", "9223372036854775807", "18446744073709551615"];

/** The largest numbers that there are, and objects without what all others have: a panic would be the end of npm's. */
function* extremes({ playoff, toornament }) {
  const token = yield* appToken(playoff);
  const as = (target) => with_(target, { player_id: "johny", access_token: token });
  for (const { id, cycles } of jsonOf(yield get(as("/v2/runtime/leaderboards")))) {
    for (const cycle of cycles) {
      for (const far of FAR_AWAY) {
        for (const query of [`timestamp=${far}`, `skip=${far}`, `limit=${far}`, `ranking=relative&radius=${far}`]) {
          yield get(as(`/v2/runtime/leaderboards/${id}?cycle=${cycle}&${query}`));
        }
      }
    }
  }
  for (const far of FAR_AWAY) {
    yield get(as(`/v2/runtime/activity?start=${far}`));
    yield get(as(`/v2/runtime/activity?end=${far}`));
    const value = { metric: { id: "points" }, verb: "add", value: far };
    yield send("PATCH", as("/v2/admin/players/johny/scores"), { rewards: [value, value] });
    yield get(as("/v2/runtime/player"));
  }
  const bearer = yield* organizer(toornament);
  const route = "/toornament/organizer/v2/tournaments";
  const whole = { discipline: "d", name: "n", size: 8, participant_type: "single", timezone: "UTC", platforms: ["pc"] };
  for (const opponents of [[{}], [{ number: null }], [7, null, [], "x"], {}]) {
    const { id } = jsonOf(yield send("POST", route, { ...whole, opponents }, bearer));
    for (const sent of [[{ number: 1 }], [{}], [null, 7], {}, null]) {
      yield send("PATCH", `${route}/${id}`, { opponents: sent }, bearer);
    }
  }
  const { status } = yield get(as("/v2/runtime/player"));
  if (status !== 200) throw new Error(`the native sandbox answers ${status} afterwards`);
}

function* knobs({ playoff }) {
  const { routes } = jsonOf(yield get("/control"));
  for (const { route } of routes) {
    const [method, target] = route.replace(":id", "johny").split(" ");
    // Everything else is asked for with what it does, or with what it doesn't know.
    if (method === "GET") yield get(target);
    else yield send(method, target, { unknown: true });
  }
  yield control("/seed", { players: [{ id: "seeded", alias: "Seeded", scores: { points: 40 } }], accessTokenSeconds: 60 });
  yield control("/generate", { count: 1_500, scores: { points: { first: 5, step: 3 } } });
  yield get("/control/players/crowd_001500");
  yield control("/remove", { prefix: "crowd_", count: 1_499 });
  const token = yield* appToken(playoff);
  const profile = `/v2/runtime/player?player_id=seeded&access_token=${token}`;
  yield get(profile);
  yield control("/notifications", { player_id: "seeded", event: { event: "level" }, count: 3 });
  yield get(`/v2/runtime/notifications?player_id=seeded&access_token=${token}`);
  yield get(`/v2/runtime/notifications/token?player_id=seeded&access_token=${token}`);
  yield control("/clock", { offset: 61 });
  yield get(profile);
  yield control("/clock", { offset: 0 });
  yield get(profile);
  yield control("/expire", { client_id: "sandbox-app" });
  yield get(profile);
  yield control("/revoke");
  yield get(profile);
  yield control("/game", { design: "recorded" });
  const again = yield* appToken(playoff);
  for (const route of runtimeRoutes) yield get(with_(route, { player_id: "1", access_token: again, start: 0 }));
  yield control("/kumite", { manner: "page", opponent: "perfect", seed: 5 });
  yield control("/toornament/seed", { matches: 129, stages: 0 });
  yield control("/toornament", { contentRange: false, emptyIs416: false, cors: false });
  yield get("/control/toornament");
  yield get("/control/log");
  yield control("/reset");
  yield get("/control/log");
}

function* failing({ playoff }) {
  const token = yield* appToken(playoff);
  const profile = `/v2/runtime/player?player_id=johny&access_token=${token}`;
  const faults = [
    { status: 503 },
    { status: 500, body: { a: [1, "ö"] } },
    { status: 429, headers: { "Retry-After": 3, "X-Ümlaut": "no" } },
    { status: 429, headers: { "Retry-After": "3", "x-said": "ö€" } },
    { status: 204 },
    { status: 304 },
    { status: 200, body: "" },
    { status: 401, body: "plain" },
    { status: 302, headers: { location: "/elsewhere" } },
    { delay: 30 },
    { drop: "body" },
    { drop: "body", status: 500, body: "" },
    { drop: "connection" },
    { drop: "connection", delay: 20, count: 2 },
    { path: "/v2/admin" },
    { method: "HEAD" },
    { every: 2, count: 2 },
    { status: 199 },
    { drop: "sometimes" },
  ];
  for (const fault of faults) {
    yield control("/fail", fault);
    yield get("/control/fail");
    for (const method of ["GET", "HEAD", "GET"]) yield { method, target: profile, headers: {} };
    yield { method: "DELETE", target: "/control/fail", headers: {} };
  }
  for (const path of ["/kumite", "/toornament"]) {
    for (const status of [401, 404, 503]) {
      yield control("/fail", { path, status });
      yield get(`${path}/anything`);
    }
  }
  yield get("/control/log");
  yield { method: "POST", target: "/auth/token", headers: FORM, body: " ".repeat(5 << 20) };
}

const ENGINE = "/v1/notifications/stream/";

/** Of the stream only what has no id of a connection in it. */
function* streaming() {
  for (const query of ["", "?", "?EIO=2&transport=polling", "?EIO=3", "?EIO=3&transport=carrier-pigeon"]) {
    yield get(`${ENGINE}${query}`);
  }
  yield get(`${ENGINE}?EIO=3&transport=polling&sid=AAAAAAAAAAAAAAHs`);
  yield send("POST", `${ENGINE}?EIO=3&transport=polling`, {});
  yield get(`${ENGINE}?EIO=3&transport=websocket`);
  yield control("/fail", { path: ENGINE, status: 502 });
  yield get(`${ENGINE}?EIO=3&transport=polling`);
  yield control("/stream/refuse", { count: 1, reason: "tired" });
  yield get("/control/stream");
}

/** Name to generator; each begins after a reset. */
export const REQUESTS = {
  "every route of Playoff": everyRoute,
  credentials,
  playing,
  "running the game": running,
  "signing in": signingIn,
  Kumite: robots,
  Toornament: tournaments,
  "what is far from usual": extremes,
  "control routes": knobs,
  faults: failing,
  "the stream's refusals": streaming,
};
