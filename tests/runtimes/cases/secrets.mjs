// What an error shows: nothing secret, in whatever the service says or a `fetch` throws.

import { deepEqual, equal, failure, ok } from "../../lib/assert.mjs";
import { leaks } from "../leaks.mjs";

const ROUTE = "/runtime/player";
const TOKEN = "not/a+real==token";
const KEY = "not/a+real==key";

// The ways of JSON to write the same text: as others do, as PHP escapes slashes, as Gson escapes signs, and as an address.
const WRITTEN = {
  plainly: JSON.stringify,
  "with escaped slashes": (text) => JSON.stringify(text).replaceAll("/", "\\/"),
  "with escaped signs": (text) => JSON.stringify(text).replaceAll("=", "\\u003d"),
  "percent-encoded": (text) => JSON.stringify(encodeURIComponent(text)),
};

/** A client whose `fetch` does this; it tries once. */
const clientOf = (t, fetch, more) => t.client({ token: TOKEN, tokenIn: "query", retry: 0, fetch, ...more });

/** What the call rejects with, when its `fetch` throws that: `make` gets the address and the headers. */
async function causeOf(t, make, more) {
  const fetch = async (url, { headers }) => {
    throw make(url, headers);
  };
  const error = await failure(() => clientOf(t, fetch, more).get(ROUTE));
  t.checkError(error, { name: "NetworkError", code: "network_error" });
  return error.cause;
}

/** An object that shows an address by its class. */
class Shown {
  #url;
  constructor(url) {
    this.#url = url;
  }
  get url() {
    return this.#url;
  }
}

function raise(url) {
  throw new Error(url);
}

const withMembers = (members) => Object.assign(new Error("boom"), members);
const circular = (members) => Object.assign(members, { self: members });

const TELLTALES = {
  "a request": (url, headers) => withMembers({ request: new Request(url, { headers }) }),
  "an address": (url) => withMembers({ url: new URL(url) }),
  "an object of a class": (url) => withMembers({ request: new Shown(url) }),
  "a map": (url) => withMembers({ seen: new Map([[url, 1]]) }),
  "a circle": (url, headers) => withMembers({ config: circular({ headers: { ...headers, url } }) }),
  "a list": (url) => withMembers({ tried: [{ url }] }),
  "a name": (url) => withMembers({ tried: { [url]: 1 } }),
  "errors of many": (url) => new AggregateError([new Error("one"), new Error(`failed ${url}`)], "all"),
  "a deep cause": (url) => {
    let error = new Error(`failed ${url}`);
    for (let depth = 0; depth < 300; depth++) error = new Error("because", { cause: error });
    return error;
  },
  "a getter that throws": (url) => Object.defineProperty(new Error("boom"), "url", { get: () => raise(url) }),
  "no error": (url) => ({ url }),
  "a text": (url) => url,
};

/** All that an object shows to who goes through it, by its classes too. */
function shows(value, secret, seen = new Set()) {
  if (typeof value === "string") return value.includes(secret) || value.includes(encodeURIComponent(secret));
  if (typeof value !== "object" || value === null || seen.has(value)) return false;
  seen.add(value);
  if (value instanceof Map) return shows([...value], secret, seen);
  const names = new Set(Reflect.ownKeys(value));
  for (let above = value; above !== null && above !== Object.prototype; above = Object.getPrototypeOf(above))
    if (above !== Error.prototype) for (const name of Reflect.ownKeys(above)) names.add(name);
  const member = (name) => {
    try {
      return value[name];
    } catch (thrown) {
      return thrown;
    }
  };
  return [...names].some((name) => shows(String(name), secret, seen) || shows(member(name), secret, seen));
}

export const secretCases = [
  ...Object.entries(WRITTEN).map(([how, write]) => ({
    name: `secrets: an error of the service that has token and key in it, ${how}`,
    async run(t) {
      for (const secret of [TOKEN, KEY]) {
        const text = write(secret);
        const body = `{"errors":[{"message":${text},"type":"t","invalid":[${text},{${text}:1}],"count":2}]}`;
        const headers = { "x-request-id": `for ${secret}` };
        // A page of its own origin: there the header may be sent.
        const client = clientOf(t, async () => new Response(body, { status: 400, headers }), {
          provider: "toornament",
          apiKey: KEY,
          tokenIn: "header",
        });
        const error = await failure(() => client.get("/tournaments"));
        t.checkError(error, { name: "ApiError", code: "t", status: 400, message: /^\[redacted\]$/ });
        equal(error.requestId, "for [redacted]", "requestId");
        const [shown] = error.data;
        deepEqual(shown, { message: "[redacted]", type: "t", invalid: ["[redacted]", { "[redacted]": 1 }], count: 2 }, "data");
        ok(!leaks(error, secret) && !JSON.stringify(error).includes(secret), "the error shows nothing");
      }
    },
  })),
  {
    name: "secrets: what isn't one is left as it was",
    async run(t) {
      const data = { b: 1, a: [null, true, { z: "", 1: 2.5 }], valid: false };
      const body = JSON.stringify({ error: "no", data });
      const error = await failure(() => clientOf(t, async () => new Response(body, { status: 400 })).get(ROUTE));
      equal(JSON.stringify(error.data), JSON.stringify(data), "data");
    },
  },
  {
    name: "secrets: data as deep as nobody writes it does no harm",
    async run(t) {
      const deep = "[".repeat(100_000) + `"${TOKEN}"` + "]".repeat(100_000);
      const client = clientOf(t, async () => new Response(`{"error":"no","data":${deep}}`, { status: 400 }));
      const { name, code, status } = await failure(() => client.get(ROUTE));
      deepEqual([name, code, status], ["ApiError", "no", 400], "the error");
    },
  },
  ...Object.entries(TELLTALES).map(([title, make]) => ({
    name: `secrets: a cause that has the address in ${title}`,
    async run(t) {
      let thrown;
      const cause = await causeOf(t, (...given) => (thrown = make(...given)));
      ok(shows(thrown, TOKEN), "what was thrown shows it");
      ok(cause instanceof Error && !shows(cause, TOKEN), "the cause doesn't");
    },
  })),
  {
    name: "secrets: a cause that can be seen to have none is what was thrown",
    async run(t) {
      const inner = Object.assign(new Error("connect"), { code: "ECONNREFUSED", port: 9, socket: { bytesRead: 0 } });
      const errors = [new AggregateError([inner, inner], "all", { cause: "a text" }), new TypeError("fetch failed", { cause: inner })];
      for (const thrown of errors) equal(await causeOf(t, () => thrown), thrown, "cause");
      if (typeof DOMException === "function") {
        const thrown = new DOMException("The network is gone", "NetworkError");
        equal(await causeOf(t, () => thrown), thrown, "cause");
      }
    },
  },
];
