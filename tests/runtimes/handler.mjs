// createEdgeHandler as the cases use it: a handler, and requests as pages of its own origin send them.

import { match, ok } from "../lib/assert.mjs";
import { PLAYER, SCOPES } from "./context.mjs";

export const ORIGIN = "https://game.example";
export const SESSION = { playerId: PLAYER, scopes: SCOPES, expiresIn: 900 };

/** The options by which a handler asks the sandbox. */
export const sandboxOf = (t) => ({ apiUrl: t.sandbox.apiUrl, authUrl: t.sandbox.authUrl });

/** A handler, and a function that sends it a request and gives the answer with its text. */
export function handlerOf(t, more = {}, keys = t.keys()) {
  let authenticated = 0;
  const handler = t.edge.createEdgeHandler((given) => ({
    clientId: given.clientId,
    clientSecret: given.clientSecret,
    ...more,
    authenticate: async (request) => {
      authenticated += 1;
      return more.authenticate ? more.authenticate(request) : SESSION;
    },
  }));
  const waitedFor = [];
  const context = { waitUntil: (promise) => void waitedFor.push(promise), passThroughOnException() {} };
  return {
    times: () => authenticated,
    waitedFor,
    fetch: (request) => handler.fetch(request, keys, context),
    /** `init.origin` is where the handler itself lives. */
    async send(path, { origin = ORIGIN, ...init } = {}) {
      const response = await handler.fetch(new Request(`${origin}${path}`, init), keys, context);
      const bytes = new Uint8Array(await response.arrayBuffer());
      const text = new TextDecoder().decode(bytes);
      const { status, headers } = response;
      for (const shown of [text, JSON.stringify([...headers])])
        ok(!shown.includes(keys.clientSecret), "the answer shows no secret");
      match(headers.get("cache-control"), /^no-store$/, "cache-control");
      match(headers.get("vary"), /^Origin(, Sec-Fetch-Site)?$/, "vary");
      return { status, headers, bytes, text, json: () => JSON.parse(text) };
    },
  };
}

/** A POST as a page of the handler's own origin sends it. */
export function post({ headers = {}, origin = ORIGIN, ...more } = {}) {
  return { method: "POST", origin, headers: { origin, ...headers }, ...more };
}

/** A POST of JSON. */
export function postJson(value, { headers = {}, ...more } = {}) {
  const body = typeof value === "string" ? value : JSON.stringify(value);
  return post({ body, headers: { "content-type": "application/json", ...headers }, ...more });
}

/** A GET as a page of the handler's own origin sends it. */
export const get = ({ headers = {}, ...more } = {}) => ({ headers: { "sec-fetch-site": "same-origin", ...headers }, ...more });

/** A refusal of that status, with that code. */
export function checkRefusal(answer, status, code) {
  const { error, error_description: description } = checkEnvelope(answer);
  const got = `${answer.status} ${error}`;
  ok(answer.status === status && error === code, `expected ${status} ${code}, got ${got}: ${description}`);
}

export function checkEnvelope(answer) {
  match(answer.headers.get("content-type"), /^application\/json/, "content-type");
  const envelope = answer.json();
  match(envelope.error, /^[a-z][a-z0-9_]*$/, "error");
  ok(typeof envelope.error_description === "string" && envelope.error_description.length > 0, "error_description");
  return envelope;
}

/** A stream of that many bytes, which doesn't say so; `read()` tells how many were taken. */
export function streamOf(size) {
  let left = size;
  let read = 0;
  const chunk = new Uint8Array(10_000).fill(97);
  const body = new ReadableStream({
    pull(controller) {
      if (left <= 0) return controller.close();
      left -= chunk.length;
      read += chunk.length;
      controller.enqueue(chunk);
    },
  });
  return { init: { body, duplex: "half" }, read: () => read };
}

/** A `Request` that isn't the platform's own, which would take no such headers. */
export function lookalike(path, { method = "POST", headers, body = null, origin = ORIGIN }) {
  const names = Object.keys(headers);
  return {
    url: `${origin}${path}`,
    method,
    headers: { get: (name) => headers[names.find((known) => known.toLowerCase() === name.toLowerCase())] ?? null },
    body,
    bodyUsed: false,
  };
}
