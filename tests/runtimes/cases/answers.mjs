// Answers in the form that was asked for, and errors as the service tells them.

import { deepEqual, equal, failure, match, ok } from "../../lib/assert.mjs";
import { PLAYER } from "../context.mjs";
import { turn } from "../gate.mjs";
import { leaks } from "../leaks.mjs";

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const PLAY = "/runtime/actions/collect/play";

async function playFails(t, fault, expected) {
  const token = await t.jwt();
  const client = t.client({ token: () => token });
  await t.control.fail({ count: 1, method: "POST", ...fault });
  // The sandbox then closes idle connections; Node would still use one that is being closed.
  if (fault.drop === "connection") await new Promise((resolve) => setTimeout(resolve, 100));
  const error = await failure(() => client.post(PLAY, {}));
  t.checkError(error, expected);
  ok(!leaks(error, token), "the error shows no token");
  // A POST isn't tried again by itself.
  equal((await t.calls()).length, 1, "calls");
  await t.works(client);
  return error;
}

export const answerCases = [
  {
    name: "as text",
    async run(t) {
      const text = await t.client().get("/runtime/player", { as: "text" });
      deepEqual(JSON.parse(text), await t.profile(), "profile");
    },
  },
  {
    name: "as json, said outright",
    async run(t) {
      deepEqual(await t.client().get("/runtime/player", { as: "json" }), await t.profile(), "profile");
    },
  },
  {
    name: "as bytes: an image",
    async run(t) {
      const bytes = await t.client().get("/runtime/assets/game", { query: { size: "small" }, as: "bytes" });
      ok(bytes instanceof Uint8Array, "a Uint8Array");
      deepEqual([...bytes.slice(0, 8)], PNG, "first bytes");
    },
  },
  {
    name: "as blob: an image",
    async run(t) {
      const blob = await t.client().get("/runtime/assets/game", { as: "blob" });
      ok(blob instanceof Blob, "a Blob");
      match(blob.type, /^image\/png/, "type");
      deepEqual([...new Uint8Array(await blob.slice(0, 8).arrayBuffer())], PNG, "first bytes");
    },
  },
  {
    name: "as response: whose url shows no token",
    async run(t) {
      const token = await t.jwt();
      const response = await t.client({ token }).get("/runtime/player", { as: "response" });
      ok(response instanceof Response, "a Response");
      equal(response.status, 200, "status");
      ok(!leaks({ url: response.url }, token), "no token in url");
      deepEqual(await response.json(), await t.profile(), "profile");
    },
  },
  {
    name: "as response: a body that nobody has begun to read stays",
    needs: "node",
    async run(t) {
      const response = await t.client().get("/runtime/player", { as: "response" });
      for (let round = 0; round < 5; round++) {
        globalThis.gc();
        await turn(20);
      }
      deepEqual(await response.json(), await t.profile(), "profile");
    },
  },
  {
    name: "full: status, headers, data",
    async run(t) {
      const answer = await t.client().request("GET", "/runtime/player", { full: true });
      equal(answer.status, 200, "status");
      match(answer.headers.get("content-type"), /^application\/json/, "content type");
      deepEqual(answer.data, await t.profile(), "data");
      ok("requestId" in answer, "requestId");
    },
  },
  {
    name: "full: with get, and as text",
    async run(t) {
      const answer = await t.client().get("/runtime/player", { full: true, as: "text" });
      deepEqual(JSON.parse(answer.data), await t.profile(), "data");
    },
  },
  {
    name: "an empty answer is null",
    async run(t) {
      await t.control.fail({ count: 1, status: 200, body: "" });
      equal(await t.client().post(PLAY, {}), null, "answer");
    },
  },
  {
    name: "error: an unknown route",
    async run(t) {
      const error = await failure(() => t.client().get("/runtime/nothing"));
      t.checkError(error, { name: "ApiError", code: "route_not_found", status: 404, message: /./ });
      equal((await t.calls()).length, 1, "calls");
    },
  },
  {
    name: "error: details of a validation",
    async run(t) {
      const error = await failure(() => t.app().post("/admin/players", { alias: 7 }));
      t.checkError(error, { name: "ApiError", code: "validation_exception", status: 400, message: /./ });
      equal(error.data.valid, false, "data.valid");
      equal(error.toJSON().status, 400, "status in toJSON");
    },
  },
  {
    name: "error: an unknown player",
    async run(t) {
      const error = await failure(() => t.app().get("/runtime/player", { playerId: "nobody" }));
      t.checkError(error, { name: "ApiError", code: "player_not_found", status: 404, message: /./ });
    },
  },
  {
    name: "error: a client without the scope keeps its token",
    async run(t) {
      const client = t.client({ playerId: PLAYER, token: () => t.accessToken("sandbox-limited") });
      const error = await failure(() => client.post(PLAY, {}));
      equal(error.code, "access_denied", "code");
      ok(error instanceof t.pkg.PlayoffError, "a PlayoffError");
      equal((await t.calls()).length, 1, "calls");
      await t.works(client);
    },
  },
  {
    name: "error: an HTML page instead of an envelope",
    run: (t) =>
      playFails(
        t,
        { status: 500, body: "<html>oops</html>", headers: { "content-type": "text/html" } },
        { name: "ApiError", code: "http_error", status: 500, message: /500/ },
      ),
  },
  {
    name: "error: a success that isn't JSON",
    run: (t) =>
      playFails(
        t,
        { status: 200, body: "<html>login</html>", headers: { "content-type": "text/html" } },
        { name: "ApiError", code: "invalid_response", status: 200, message: /JSON/ },
      ),
  },
  {
    name: "error: the connection is closed without an answer",
    async run(t) {
      const error = await playFails(t, { drop: "connection" }, { name: "NetworkError", code: "network_error" });
      equal(error.retryable, true, "retryable");
      ok(error.cause !== undefined, "a cause");
    },
  },
  {
    name: "error: the connection is closed in mid-body",
    run: (t) => playFails(t, { status: 200, drop: "body" }, { name: "NetworkError", code: "network_error" }),
  },
];
