// A token for every player, in one client.

import { deepEqual, equal, failure, ok } from "../../lib/assert.mjs";

const JOHNY = "johny";
const MARA = "mara";

/** A client whose callback mints for whoever is named, and counts. */
function perPlayer(t, options = {}) {
  const asked = [];
  const token = async ({ playerId, reason }) => {
    const times = asked.filter((one) => one.playerId === playerId).length;
    asked.push({ playerId, reason });
    // Minted in one second they would be equal: another lifetime makes another text.
    return t.jwt({ playerId, expiresIn: 3600 + times });
  };
  return { asked, client: t.client({ token, tokenPer: "player", ...options }) };
}

const profileOf = (client, playerId) => client.get("/runtime/player", { playerId });

export const playerCases = [
  {
    name: "players: two at once, each with a token of their own",
    async run(t) {
      const { asked, client } = perPlayer(t);
      const players = [JOHNY, MARA, JOHNY, MARA, JOHNY];
      const profiles = await Promise.all(players.map((player) => profileOf(client, player)));
      deepEqual(
        profiles.map((profile) => profile.id),
        players,
        "ids",
      );
      deepEqual(asked.map((one) => one.playerId).sort(), [JOHNY, MARA], "tokens asked for");
      const calls = await t.calls();
      equal(new Set(calls.map((call) => call.query.jwt)).size, 2, "tokens as received");
      ok(
        calls.every((call) => call.query.player_id === undefined),
        "a JWT is its player's: no player_id",
      );
    },
  },
  {
    name: "players: one renewal each",
    async run(t) {
      const { asked, client } = perPlayer(t);
      const both = () => Promise.all([JOHNY, MARA, MARA, JOHNY].map((player) => profileOf(client, player)));
      await both();
      await t.control.revoke({ client_id: "sandbox-jwt" });
      asked.length = 0;
      await both();
      const named = asked.map(({ playerId, reason }) => `${playerId} ${reason}`).sort();
      deepEqual(named, ["johny refused", "mara refused"], "renewals");
    },
  },
  {
    name: "players: one whose token fails doesn't stop another",
    async run(t) {
      const client = t.client({
        tokenPer: "player",
        token: ({ playerId }) => (playerId === MARA ? Promise.reject(new Error("no such player")) : t.jwt({ playerId })),
      });
      const [mara, johny] = await Promise.all([failure(() => profileOf(client, MARA)), profileOf(client, JOHNY)]);
      t.checkError(mara, { name: "AuthError", code: "token_callback_failed", message: /no such player/ });
      equal(johny.id, JOHNY, "id");
      equal((await profileOf(client, JOHNY)).id, JOHNY, "id while the other one cools down");
    },
  },
  {
    name: "players: the client's own player is meant where a call names none",
    async run(t) {
      const { asked, client } = perPlayer(t, { playerId: MARA });
      equal((await client.get("/runtime/player")).id, MARA, "id");
      equal((await profileOf(client, JOHNY)).id, JOHNY, "id of the other one");
      equal(client.claims().player_id, MARA, "claims");
      deepEqual(
        asked.map((one) => one.playerId),
        [MARA, JOHNY],
        "tokens asked for",
      );
    },
  },
  {
    name: "players: getToken gives the token of whoever is named, and another one if asked to",
    async run(t) {
      const { asked, client } = perPlayer(t);
      const [johny, mara] = await Promise.all([JOHNY, MARA].map((playerId) => client.getToken({ playerId })));
      ok(johny !== mara, "two tokens");
      equal(await client.getToken({ playerId: JOHNY }), johny, "the same again");
      const other = await client.getToken({ playerId: JOHNY, refresh: true });
      ok(other !== johny, "another one");
      deepEqual(
        asked.map((one) => one.reason),
        ["initial", "initial", "requested"],
        "reasons",
      );
      equal(await client.getToken({ playerId: MARA }), mara, "the other player's stays");
      deepEqual(await t.calls(), [], "calls that the sandbox got");
    },
  },
  {
    name: "players: logout signs all of them out, and says so of each",
    async run(t) {
      const { asked, client } = perPlayer(t);
      const told = [];
      client.on("signedOut", (event) => told.push(event));
      await Promise.all([JOHNY, MARA].map((player) => profileOf(client, player)));
      await client.logout();
      const left = told.map(({ reason, playerId }) => `${playerId} ${reason}`).sort();
      ok(left.includes("johny logout") && left.includes("mara logout"), `signed out: ${left}`);
      await profileOf(client, JOHNY);
      equal(asked.length, 3, "tokens asked for");
    },
  },
];
