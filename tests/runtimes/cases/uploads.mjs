// Files.

import { deepEqual, equal, match } from "../../lib/assert.mjs";

const IMAGE = "/runtime/player/image";
// Every byte there is, line ends and what looks like a boundary included.
const BYTES = Uint8Array.from([...Array(256).keys(), 13, 10, 45, 45, 13, 10]);

function form(bytes = BYTES, type = "image/png") {
  const made = new FormData();
  made.append("note", "what else stands in the form");
  made.append("file", new Blob([bytes], { type }), "Zoë's face.png");
  return made;
}

// What is no FormData.
const OTHERS = {
  "an object": { file: "x" },
  "a Blob": new Blob(["x"]),
  "a text": "x",
  "URLSearchParams": new URLSearchParams("file=x"),
  bytes: new Uint8Array(3),
  undefined: undefined,
  null: null,
};

export const uploadCases = [
  {
    name: "upload: what is sent is what is read back",
    async run(t) {
      const client = t.client();
      const answer = await client.upload(IMAGE, form());
      equal(typeof answer.message, "string", "the answer's message");
      const [call] = await t.calls();
      equal(call.method, "POST", "method");
      match(call.headers["content-type"], /^multipart\/form-data; ?boundary=/, "content type");
      const { data, headers } = await client.get(IMAGE, { as: "bytes", full: true });
      deepEqual([...data], [...BYTES], "bytes");
      equal(headers.get("content-type"), "image/png", "content type of the picture");
    },
  },
  {
    name: "upload: with the options of a call",
    async run(t) {
      const client = t.app();
      const { status } = await client.upload(IMAGE, form(), { playerId: "newbie", full: true, query: { size: "large" } });
      equal(status, 200, "status");
      const [call] = await t.calls();
      deepEqual([call.query.player_id, call.query.size], ["newbie", "large"], "query");
      const bytes = await client.get(IMAGE, { playerId: "newbie", as: "bytes" });
      deepEqual([...bytes], [...BYTES], "bytes");
    },
  },
  {
    name: "upload: a megabyte",
    async run(t) {
      const large = new Uint8Array(1 << 20).map((_, at) => at * 7);
      const client = t.client();
      await client.upload(IMAGE, form(large));
      const bytes = await client.get(IMAGE, { as: "bytes" });
      equal(bytes.byteLength, large.byteLength, "bytes");
      equal(
        bytes.findIndex((byte, at) => byte !== large[at]),
        -1,
        "the first byte that differs",
      );
    },
  },
  {
    name: "upload: refused for its token, it is sent once more",
    async run(t) {
      const client = t.client();
      await t.works(client);
      await t.control.revoke({ client_id: "sandbox-jwt" });
      await t.control.clearLog();
      await client.upload(IMAGE, form());
      deepEqual(
        (await t.calls()).map((call) => call.status),
        [401, 200],
        "statuses",
      );
      deepEqual([...(await client.get(IMAGE, { as: "bytes" }))], [...BYTES], "bytes");
    },
  },
  {
    name: "upload: a picture, which must be one",
    async run(t) {
      const { runtime } = t.client();
      for (const other of [undefined, null, "x", {}, new Uint8Array(3)]) {
        const expected = { name: "ConfigError", code: "invalid_body", message: /Blob/ };
        await t.refuses(() => runtime.uploadPlayerImage(other), expected);
      }
      for (const file of [new Blob([BYTES], { type: "image/png" }), form()]) {
        await runtime.uploadPlayerImage(file);
        deepEqual([...(await t.client().get(IMAGE, { as: "bytes" }))], [...BYTES], "bytes");
      }
    },
  },
  {
    name: "upload: bytes of whatever kind, as they are",
    async run(t) {
      const { buffer } = Uint8Array.from(BYTES.subarray(0, 256));
      const sent = [];
      const fetch = async (url, { body }) => (sent.push(new Uint8Array(await new Response(body).arrayBuffer())), new Response());
      const client = t.client({ fetch });
      const kinds = [Uint8Array, Uint16Array, Float64Array, DataView];
      for (const Kind of kinds) await client.put("/runtime/player", new Kind(buffer));
      for (const bytes of sent) deepEqual([...bytes], [...new Uint8Array(buffer)], "bytes");
      equal(sent.length, kinds.length, "bodies");
    },
  },
  ...Object.entries(OTHERS).map(([title, other]) => ({
    name: `upload: ${title} in place of a FormData`,
    async run(t) {
      const client = t.client();
      const expected = { name: "ConfigError", code: "invalid_body", message: /FormData/ };
      await t.refuses(() => client.upload(IMAGE, other), expected);
      await t.works(client);
    },
  })),
];
