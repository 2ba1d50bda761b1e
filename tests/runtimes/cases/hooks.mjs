// Hooks: what they are told, what they may change, and what comes of them when they fail.

import { deepEqual, equal, failure, match, ok } from "../../lib/assert.mjs";
import { until } from "../../lib/limits.mjs";
import { createGate, turn } from "../gate.mjs";
import { leaks } from "../leaks.mjs";

const ROUTE = "/runtime/player";
const PLAY = "/runtime/actions/collect/play";

/** A page's preflight is allowed to name these headers; the sandbox by itself allows none of ours. */
export const allowHeaders = (t, names) =>
  t.control.fail({
    count: 9,
    method: "OPTIONS",
    status: 204,
    body: "",
    headers: {
      "access-control-allow-headers": names,
      "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
      "access-control-max-age": "0",
    },
  });

const outage = (t, count) => t.control.fail({ count, method: "GET", path: `/v2${ROUTE}`, status: 503 });

/** Hooks that write down what they got. */
function recording(wait) {
  const seen = [];
  const hooks = {
    async beforeRequest(request, ...more) {
      await wait();
      seen.push(["beforeRequest", { ...request, headers: Object.fromEntries(request.headers) }, ...more]);
    },
    async afterResponse(response, request, ...more) {
      await wait();
      seen.push(["afterResponse", { status: response.status, url: response.url }, request, ...more]);
    },
    async beforeRetry(failed, ...more) {
      await wait();
      seen.push(["beforeRetry", failed, ...more]);
    },
  };
  return { hooks, seen };
}

/** A `fetch` whose answer has no end, and whether somebody ended it. */
function endless() {
  let over = false;
  const end = () => void (over = true);
  const part = new Uint8Array(1_000);
  const fetch = async (url, { signal }) => {
    signal.addEventListener("abort", end);
    return new Response(new ReadableStream({ pull: (controller) => controller.enqueue(part), cancel: end }));
  };
  return { fetch, isOver: () => over };
}

const HOOKS = ["beforeRequest", "afterResponse", "beforeRetry"];

const WAYS_TO_THROW = {
  throws: (thrown) => () => {
    throw thrown;
  },
  rejects: (thrown) => () => Promise.reject(thrown),
};

export const hookCases = [
  ...[
    ["at once", () => undefined],
    ["later", () => turn(10)],
  ].map(([title, wait]) => ({
    name: `hooks: order and arguments; they answer ${title}`,
    async run(t) {
      const token = await t.jwt();
      const { hooks, seen } = recording(wait);
      await outage(t, 1);
      const client = t.client({ token, hooks });
      deepEqual(await client.get(ROUTE, { query: { detailed: true } }), await t.client({ token }).get(ROUTE, { query: { detailed: true } }), "profile");
      deepEqual(
        seen.map(([name]) => name),
        ["beforeRequest", "afterResponse", "beforeRetry", "beforeRequest", "afterResponse"],
        "order",
      );
      const url = `${t.sandbox.apiUrl}/v2${ROUTE}?detailed=true`;
      const headers = { accept: "application/json" };
      const request = (attempt) => ({ method: "GET", url, attempt });
      for (const [at, attempt] of [
        [0, 1],
        [3, 2],
      ])
        deepEqual(seen[at].slice(1), [{ ...request(attempt), headers }, undefined], `beforeRequest ${attempt}`);
      deepEqual(seen[1].slice(1), [{ status: 503, url: "" }, request(1)], "afterResponse 1");
      deepEqual(seen[4].slice(1), [{ status: 200, url: "" }, request(2)], "afterResponse 2");
      const [, failed] = seen[2];
      t.checkError(failed.error, { name: "ApiError", code: "temporarily_unavailable", status: 503, message: /./ });
      equal(failed.retry, 1, "retry");
      ok(failed.delay >= 0 && failed.delay <= 300, `delay: ${failed.delay}`);
      ok(!leaks(seen, token), "no hook sees the token");
    },
  })),
  {
    name: "hooks: no token shows, wherever it is sent",
    async run(t) {
      const token = await t.accessToken("sandbox-app");
      await t.control.seed({ allowAuthorization: true });
      for (const tokenIn of ["header", "query"]) {
        const { hooks, seen } = recording(() => undefined);
        await t.works(t.client({ token, tokenIn, hooks, playerId: "johny" }));
        equal(seen.length, 2, "hooks that were called");
        ok(!leaks(seen, token), "no hook sees the token");
      }
    },
  },
  {
    name: "hooks: changed headers arrive, of every try",
    async run(t) {
      await allowHeaders(t, "x-app, x-try, content-type");
      await outage(t, 1);
      const client = t.client({
        headers: { "x-app": "quiz" },
        hooks: {
          beforeRequest({ headers, attempt }) {
            headers.set("X-Try", `${attempt}`);
            if (attempt === 2) headers.delete("x-app");
          },
        },
      });
      await client.get(ROUTE);
      const got = (await t.calls()).map(({ headers }) => [headers["x-try"], headers["x-app"]]);
      deepEqual(
        got,
        [
          ["1", "quiz"],
          ["2", undefined],
        ],
        "headers as received",
      );
    },
  },
  {
    name: "hooks: Authorization isn't theirs to set",
    async run(t) {
      const token = await t.jwt();
      for (const name of ["authorization", "Authorization"]) {
        const hooks = { beforeRequest: ({ headers }) => headers.set(name, "Bearer mine") };
        await t.refuses(
          () => t.client({ token, hooks }).get(ROUTE),
          { name: "ConfigError", message: /authorization/i },
          [token, "Bearer mine"],
        );
      }
    },
  },
  {
    name: "hooks: what they change in the request beside its headers changes nothing",
    async run(t) {
      const hooks = {
        beforeRequest(request) {
          request.url = "http://127.0.0.1:9/";
          request.method = "DELETE";
        },
      };
      await t.works(t.client({ hooks }));
    },
  },
  ...HOOKS.flatMap((name) =>
    Object.entries(WAYS_TO_THROW).map(([how, make]) => ({
      name: `hooks: what ${name} ${how} is what the call rejects with`,
      async run(t) {
        for (const thrown of [new Error("not now"), "a text", undefined]) {
          await t.control.reset();
          await outage(t, 1);
          const error = await failure(() => t.client({ hooks: { [name]: make(thrown) } }).get(ROUTE));
          ok(error === thrown, `rejects with what was thrown, not ${error}`);
          equal((await t.calls()).length, name === "beforeRequest" ? 0 : 1, "calls");
        }
      },
    })),
  ),
  {
    name: "hooks: a hook that threw doesn't harm the next call",
    async run(t) {
      let thrown = false;
      const beforeRequest = () => {
        if (thrown) return;
        thrown = true;
        throw new Error("once");
      };
      const client = t.client({ hooks: { beforeRequest } });
      await failure(() => client.get(ROUTE));
      await t.works(client);
    },
  },
  ...[
    ["false", () => false],
    ["a promise of false", async () => false],
  ].map(([title, beforeRetry]) => ({
    name: `hooks: beforeRetry gives ${title}, and the error is the caller's`,
    async run(t) {
      await outage(t, 9);
      const retries = [];
      const client = t.client({ hooks: { beforeRetry } });
      client.on("retry", (event) => retries.push(event));
      const error = await failure(() => client.get(ROUTE));
      t.checkError(error, { name: "ApiError", code: "temporarily_unavailable", status: 503, message: /./ });
      equal((await t.calls()).length, 1, "calls");
      deepEqual(retries, [], "events");
    },
  })),
  {
    name: "hooks: beforeRetry is asked before each retry, and not before the replay of a refused call",
    async run(t) {
      const asked = [];
      const client = t.client({ hooks: { beforeRetry: ({ retry }) => void asked.push(retry) } });
      await t.works(client);
      await t.control.revoke({ client_id: "sandbox-jwt" });
      await t.works(client);
      deepEqual(asked, [], "after a refusal");
      await outage(t, 2);
      await t.works(client);
      deepEqual(asked, [1, 2], "after two outages");
    },
  },
  {
    name: "hooks: afterResponse gives another Response, which takes the place of the first",
    async run(t) {
      const afterResponse = async (response) => {
        const player = await response.json();
        return Response.json({ ...player, alias: "somebody else" });
      };
      const player = await t.client({ hooks: { afterResponse } }).get(ROUTE);
      deepEqual(player, { ...(await t.profile()), alias: "somebody else" }, "profile");
    },
  },
  {
    name: "hooks: what afterResponse replaces is ended",
    async run(t) {
      for (const replace of [
        () => Response.json({ mine: 1 }),
        async (response) => (await response.body.getReader().read(), Response.json({ mine: 1 })),
        (response) => (response.body.cancel(), Response.json({ mine: 1 })),
      ]) {
        const body = endless();
        const client = t.client({ fetch: body.fetch, hooks: { afterResponse: replace } });
        deepEqual(await client.get(ROUTE), { mine: 1 }, "answer");
        await until(() => body.isOver(), { what: "the end of the first answer" });
      }
    },
  },
  {
    name: "hooks: afterResponse gives what it makes of the answer while that is read",
    async run(t) {
      const text = JSON.stringify(Array.from({ length: 20_000 }, (_, number) => number));
      const parts = text.match(/.{1,10000}/g).map((part) => new TextEncoder().encode(part));
      const through = () => new TransformStream();
      async function* lazily(response) {
        const reader = response.body.getReader();
        for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
      }
      const stream = (iterator) =>
        new ReadableStream({
          async pull(controller) {
            const { done, value } = await iterator.next();
            if (done) controller.close();
            else controller.enqueue(value);
          },
        });
      for (const make of [
        (response) => response,
        (response) => response.clone(),
        (response) => new Response(response.body, { headers: { "x-a": "1" } }),
        (response) => new Response(response.body.pipeThrough(through())),
        (response) => new Response(stream(lazily(response))),
      ])
        for (const as of ["text", "response"]) {
          const rest = [...parts];
          const body = new ReadableStream({
            pull: (controller) => (rest.length > 0 ? controller.enqueue(rest.shift()) : controller.close()),
          });
          const client = t.client({ fetch: async () => new Response(body), hooks: { afterResponse: make } });
          const given = await client.get(ROUTE, { as });
          equal(as === "text" ? given : await given.text(), text, `${make} as ${as}`);
        }
    },
  },
  {
    name: "hooks: afterResponse reads the answer, and the caller gets it all the same",
    async run(t) {
      const texts = [];
      const afterResponse = async (response) => void texts.push(await response.text());
      await t.works(t.client({ hooks: { afterResponse } }));
      equal(JSON.parse(texts[0]).id, "johny", "id as the hook read it");
    },
  },
  {
    name: "hooks: afterResponse makes an error of a success, and a success of an error",
    async run(t) {
      const broken = () => Response.json({ error: "my_own", error_description: "no" }, { status: 422 });
      const error = await failure(() => t.client({ hooks: { afterResponse: broken } }).get(ROUTE));
      t.checkError(error, { name: "ApiError", code: "my_own", status: 422, message: /^no$/ });
      const mended = () => Response.json({ fine: true });
      const answer = await t.client({ hooks: { afterResponse: mended } }).get("/runtime/nothing");
      deepEqual(answer, { fine: true }, "answer");
    },
  },
  ...["beforeRequest", "afterResponse", "beforeRetry"].map((name) => ({
    name: `hooks: ${name} hangs, and the call ends by timeout`,
    async run(t) {
      await outage(t, 1);
      const gate = createGate();
      const client = t.client({ timeout: 300, retry: { limit: 1 }, hooks: { [name]: gate.arrive } });
      const error = await failure(() => client.get(ROUTE));
      t.checkError(error, { name: "TimeoutError", code: "timeout", message: /300 ms/ });
    },
  })),
  {
    name: "hooks: see the replay of a refused call as another try",
    async run(t) {
      const attempts = [];
      const client = t.client({ hooks: { beforeRequest: ({ attempt }) => void attempts.push(attempt) } });
      await client.get(ROUTE);
      await t.control.revoke({ client_id: "sandbox-jwt" });
      await client.post(PLAY, {});
      deepEqual(attempts, [1, 1, 2], "attempts");
    },
  },
  {
    name: "hooks: one that is no function is refused",
    async run(t) {
      for (const hooks of [{ beforeRequest: 7 }, { afterRetry: () => {} }, 7]) {
        const error = await failure(async () => t.client({ hooks }));
        t.checkError(error, { name: "ConfigError" });
        match(error.message, /hooks|beforeRequest|afterRetry/, "message");
      }
    },
  },
];
