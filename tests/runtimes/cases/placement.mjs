// Where tokens travel: what the service's clients have been seen to do, and what the caller wishes.

import { deepEqual, equal, failure, ok } from "../../lib/assert.mjs";
import { PLAYER } from "../context.mjs";
import { leaks } from "../leaks.mjs";

/** Where the token of a logged call was. */
function placeOf(call) {
  return {
    jwt: call.query.jwt !== undefined,
    access_token: call.query.access_token !== undefined,
    authorization: call.headers.authorization !== undefined,
  };
}

const JWT_IN_QUERY = { jwt: true, access_token: false, authorization: false };
const ACCESS_IN_QUERY = { jwt: false, access_token: true, authorization: false };
const ACCESS_IN_HEADER = { jwt: false, access_token: false, authorization: true };

async function sentBy(t, client) {
  await t.works(client);
  const [call] = await t.calls();
  return call;
}

export const placementCases = [
  {
    name: "placement: a JWT goes into the query as `jwt`",
    async run(t) {
      const token = await t.jwt();
      const call = await sentBy(t, t.client({ token }));
      deepEqual(placeOf(call), JWT_IN_QUERY, "places");
      equal(call.query.jwt, token, "the token as received");
    },
  },
  {
    name: "placement: a JWT in a record goes into the query as `jwt`",
    async run(t) {
      const token = { access_token: await t.jwt(), token_type: "Bearer" };
      deepEqual(placeOf(await sentBy(t, t.client({ token }))), JWT_IN_QUERY, "places");
    },
  },
  {
    name: "placement: an access token of OAuth goes into the query in a page, and as Bearer elsewhere",
    async run(t) {
      const token = await t.accessToken("sandbox-app");
      const call = await sentBy(t, t.client({ token, playerId: PLAYER }));
      if (t.place === "page") {
        deepEqual(placeOf(call), ACCESS_IN_QUERY, "places");
      } else {
        deepEqual(placeOf(call), ACCESS_IN_HEADER, "places");
        equal(call.headers.authorization, `Bearer ${token}`, "header as received");
      }
    },
  },
  {
    name: "placement: tokenIn header",
    async run(t) {
      const token = await t.accessToken("sandbox-app");
      const client = t.client({ token, playerId: PLAYER, tokenIn: "header" });
      if (t.place === "page") {
        // A page has to ask first, and it isn't known that the service allows it: the sandbox doesn't.
        const error = await failure(() => client.get("/runtime/player", { retry: 0 }));
        t.checkError(error, { name: "NetworkError", code: "network_error" });
        ok(!leaks(error, token), "the error shows no token");
        deepEqual(await t.askedFor(), ["authorization"], "headers that the preflight asked for");
      } else {
        deepEqual(placeOf(await sentBy(t, client)), ACCESS_IN_HEADER, "places");
      }
    },
  },
  {
    name: "placement: tokenIn query",
    async run(t) {
      const token = await t.accessToken("sandbox-app");
      deepEqual(
        placeOf(await sentBy(t, t.client({ token, playerId: PLAYER, tokenIn: "query" }))),
        ACCESS_IN_QUERY,
        "places",
      );
    },
  },
  {
    name: "placement: a GET with its token in the query needs no preflight, and tells no one its address",
    needs: "page",
    async run(t) {
      await t.works(t.client());
      const log = await t.control.log();
      ok(
        log.every((call) => call.method !== "OPTIONS"),
        "no OPTIONS",
      );
      equal(log[0].headers.referer, undefined, "referer");
    },
  },
];
