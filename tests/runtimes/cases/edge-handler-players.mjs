// createEdgeHandler's ensurePlayer, and where the app's own token is kept.

import { deepEqual, equal } from "../../lib/assert.mjs";
import { checkRefusal, handlerOf, post, sandboxOf } from "../handler.mjs";

const TOKEN = "/player-token";

/** A handler of an app that may act by itself, for a player whom the sandbox may not know. */
function handlerFor(t, playerId, options, client = "sandbox-app") {
  const { clientId, clientSecret } = t.seeded(client);
  const authenticate = () => ({ playerId });
  return handlerOf(t, { ...sandboxOf(t), authenticate, ...options }, { clientId, clientSecret });
}

/**
 * What the sandbox was asked about players, oldest first. In a worker apps share their token, also that of an earlier
 * case, which the sandbox has forgotten since: that refusal doesn't count.
 */
async function askedOfPlayers(t) {
  const calls = (await t.control.log()).filter(({ path, status }) => path.startsWith("/v2/admin/players") && status !== 401);
  return calls.map(({ method, status }) => `${method} ${status}`);
}

const cases = [
  {
    name: "a new player is created at the first token, and remembered",
    async run(t) {
      const handler = handlerFor(t, "nova", { ensurePlayer: true });
      for (let times = 0; times < 3; times++) equal((await handler.send(TOKEN, post())).status, 200, "status");
      deepEqual(await askedOfPlayers(t), ["GET 404", "POST 200"], "calls about players");
      equal((await t.control.player("nova")).alias, "nova", "alias");
    },
  },
  {
    name: "a player who exists is left alone",
    async run(t) {
      const before = await t.profile();
      const handler = handlerFor(t, before.id, { ensurePlayer: () => ({ alias: "Somebody else" }) });
      equal((await handler.send(TOKEN, post())).status, 200, "status");
      deepEqual(await askedOfPlayers(t), ["GET 200"], "calls about players");
      deepEqual(await t.profile(), before, "profile");
    },
  },
  {
    name: "a function says more of a new player than the id",
    async run(t) {
      const described = [];
      const ensurePlayer = async (playerId) => (described.push(playerId), { alias: "Nova", email: "nova@game.example" });
      equal((await handlerFor(t, "nova", { ensurePlayer }).send(TOKEN, post())).status, 200, "status");
      deepEqual(described, ["nova"], "players who were described");
      const { alias, email } = await t.control.player("nova");
      deepEqual([alias, email], ["Nova", "nova@game.example"], "alias and email");
    },
  },
  {
    name: "many first requests at once: one player, and no error",
    async run(t) {
      const handler = handlerFor(t, "nova", { ensurePlayer: true });
      const answers = await Promise.all(Array.from({ length: 10 }, () => handler.send(TOKEN, post())));
      for (const { status } of answers) equal(status, 200, "status");
      const created = (await askedOfPlayers(t)).filter((call) => call === "POST 200");
      equal(created.length, 1, "players created");
    },
  },
  {
    name: "without ensurePlayer nobody is created",
    async run(t) {
      equal((await handlerFor(t, "nova", {}).send(TOKEN, post())).status, 200, "status");
      deepEqual(await t.control.log(), [], "calls");
    },
  },
  ...Object.entries({
    "the app may not act by itself": [{ ensurePlayer: true }, "sandbox-jwt"],
    "the function throws": [{ ensurePlayer: () => Promise.reject(new Error("no such user")) }],
    "the function gives something else": [{ ensurePlayer: () => "Nova" }],
  }).map(([name, [options, client]]) => ({
    name: `${name}: 503, and no token`,
    async run(t) {
      const answer = await handlerFor(t, "nova", options, client).send(TOKEN, post());
      checkRefusal(answer, 503, "temporarily_unavailable");
    },
  })),
  {
    name: "the app's token is kept in `storage`: a second handler asks for none",
    async run(t) {
      const storage = t.pkg.memoryStorage();
      for (const playerId of ["nova", "stella"]) {
        const answer = await handlerFor(t, playerId, { ensurePlayer: true, storage }).send(TOKEN, post());
        equal(answer.status, 200, "status");
      }
      const asked = (await t.control.log()).filter(({ path }) => path === "/auth/token");
      equal(asked.length, 1, "token requests");
    },
  },
];

export const edgeHandlerPlayerCases = cases.map((one) => ({ ...one, name: `edge handler, players: ${one.name}`, needs: "edge" }));
