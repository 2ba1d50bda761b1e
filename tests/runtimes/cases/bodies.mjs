// The bodies that the service has been seen to answer with, and very large ones.

import { deepEqual, equal, failure, match, ok } from "../../lib/assert.mjs";

const ROUTE = "/runtime/player";
const JSON_TYPE = "application/json; charset=utf-8";
const HTML_TYPE = "text/html; charset=utf-8";

/** The next GET of the player is answered so. */
const answerWith = (t, body, { status = 200, type = JSON_TYPE } = {}) =>
  t.control.fail({ count: 1, method: "GET", path: `/v2${ROUTE}`, status, body, headers: { "content-type": type } });

// What a body is, its text, and the value that a call gives. Recorded are paged and bare lists,
// nothing as null or as an empty object, and numbers as texts.
const VALUES = {
  "a paged list": ['{"data":[{"id":"a"}],"total":"1"}', { data: [{ id: "a" }], total: "1" }],
  "a bare list": ['[{"id":"a"},{"id":"b"}]', [{ id: "a" }, { id: "b" }]],
  "an empty list": ["[]", []],
  null: ["null", null],
  "an empty object": ["{}", {}],
  '"Infinity" as a text': ['{"value":"Infinity"}', { value: "Infinity" }],
  "a text alone": ['"Infinity"', "Infinity"],
  "a number alone": ["0", 0],
  false: ["false", false],
  nothing: ["", null],
  "a message alone": ['{"message":"done"}', { message: "done" }],
  "an `error` that comes with a success": ['{"error":"none"}', { error: "none" }],
  "text in other alphabets": ['{"alias":"Zoë 東京 🎲"}', { alias: "Zoë 東京 🎲" }],
  "numbers beyond those of JavaScript": ['{"n":12345678901234567890}', { n: 12345678901234567890 }],
  "a byte order mark before it": ['\ufeff{"id":"a"}', { id: "a" }],
};

// JSON under another name is JSON all the same: services are careless with types.
const TYPES = ["text/plain", "text/html; charset=utf-8", "application/octet-stream"];

// Bodies of a success that are none.
const UNREADABLE = {
  "truncated JSON": ['{"id":"joh', JSON_TYPE],
  "two JSON values": ["{}{}", JSON_TYPE],
  "an HTML page": ["<!doctype html><title>Sign in</title>", HTML_TYPE],
  "an HTML page that says it's JSON": ["<!doctype html>", JSON_TYPE],
  "white space": ["  \n", JSON_TYPE],
  "a bare Infinity": ["Infinity", JSON_TYPE],
};

// Bodies of errors, and the error's code and message.
const ERRORS = {
  "an envelope": ['{"error":"no_luck","error_description":"try later"}', { code: "no_luck", message: /^try later$/ }],
  "a code alone": ['{"error":"no_luck"}', { code: "no_luck", message: /GET \/runtime\/player .*422/ }],
  "a message alone": ['{"message":"no luck"}', { code: "http_error", message: /GET \/runtime\/player .*422/ }],
  "an `error` that is an object": ['{"error":{"code":7}}', { code: "http_error", message: /422/ }],
  null: ["null", { code: "http_error", message: /422/ }],
  "a list": ["[]", { code: "http_error", message: /422/ }],
  nothing: ["", { code: "http_error", message: /422/ }],
  "truncated JSON": ['{"error":"no_l', { code: "http_error", message: /422/ }],
  "an HTML page": ["<h1>422</h1>", { code: "http_error", message: /422/ }],
};

const MEGABYTES_20 = 20 << 20;

/** A fetch that answers with 20 MB of JSON: a list of texts of one kilobyte. */
function hugeAnswers() {
  const text = JSON.stringify(Array.from({ length: MEGABYTES_20 >> 10 }, () => "x".repeat(1021)));
  const bytes = new TextEncoder().encode(text);
  return { bytes, text, fetch: async () => new Response(bytes, { headers: { "content-type": JSON_TYPE } }) };
}

export const bodyCases = [
  ...Object.entries(VALUES).map(([title, [body, value]]) => ({
    name: `body: ${title}`,
    async run(t) {
      const client = t.client();
      await answerWith(t, body);
      deepEqual(await client.get(ROUTE), value, "answer");
      await answerWith(t, body);
      equal(await client.get(ROUTE, { as: "text" }), body.replace(/^\ufeff/, ""), "answer as text");
      await answerWith(t, body);
      const bytes = await client.get(ROUTE, { as: "bytes" });
      equal(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), body, "answer as bytes");
    },
  })),
  {
    name: "body: JSON under another content type",
    async run(t) {
      for (const type of TYPES) {
        await answerWith(t, '{"id":"a"}', { type });
        deepEqual(await t.client().get(ROUTE), { id: "a" }, type);
      }
    },
  },
  ...Object.entries(UNREADABLE).map(([title, [body, type]]) => ({
    name: `body: ${title} in place of JSON`,
    async run(t) {
      const client = t.client();
      await answerWith(t, body, { type });
      const error = await failure(() => client.get(ROUTE));
      t.checkError(error, { name: "ApiError", code: "invalid_response", status: 200, message: /isn't JSON/ });
      ok(error.message.includes(type), `the message names the content type: ${error.message}`);
      equal((await t.calls()).length, 1, "calls");
      await answerWith(t, body, { type });
      equal(await client.get(ROUTE, { as: "text" }), body, "answer as text");
    },
  })),
  ...Object.entries(ERRORS).map(([title, [body, expected]]) => ({
    name: `body: of an error, ${title}`,
    async run(t) {
      await answerWith(t, body, { status: 422 });
      const error = await failure(() => t.client().get(ROUTE));
      t.checkError(error, { name: "ApiError", status: 422, ...expected });
      equal((await t.calls()).length, 1, "calls");
    },
  })),
  {
    name: "body: of an outage, an HTML page, and the call is tried again",
    async run(t) {
      await answerWith(t, "<h1>Bad gateway</h1>", { status: 502, type: HTML_TYPE });
      await t.works(t.client());
      equal((await t.calls()).length, 2, "calls");
    },
  },
  {
    name: "body: 20 MB as json, text, bytes and blob",
    async run(t) {
      const huge = hugeAnswers();
      const client = t.client({ fetch: huge.fetch });
      const list = await client.get(ROUTE);
      deepEqual([list.length, list.at(-1).length], [MEGABYTES_20 >> 10, 1021], "lengths of the list and a text");
      equal((await client.get(ROUTE, { as: "text" })) === huge.text, true, "text");
      const bytes = await client.get(ROUTE, { as: "bytes" });
      equal(bytes.byteLength, huge.bytes.byteLength, "bytes");
      ok(bytes[0] === 0x5b && bytes.at(-1) === 0x5d, "first and last byte");
      const blob = await client.get(ROUTE, { as: "blob" });
      equal(blob.size, huge.bytes.byteLength, "size of the blob");
      const response = await client.get(ROUTE, { as: "response" });
      equal((await response.arrayBuffer()).byteLength, huge.bytes.byteLength, "bytes of the response");
    },
  },
  {
    name: "body: of an error, 20 MB",
    async run(t) {
      const { bytes } = hugeAnswers();
      const fetch = async () => new Response(bytes, { status: 422, headers: { "content-type": JSON_TYPE } });
      const error = await failure(() => t.client({ fetch }).get(ROUTE));
      t.checkError(error, { name: "ApiError", code: "http_error", status: 422 });
      ok(error.message.length < 200, "the message doesn't hold the body");
      match(error.message, /422/, "message");
    },
  },
];
