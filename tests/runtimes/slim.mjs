// What playoff-wasm/slim does with each source of the wasm. Runs in Node and in pages, on the package's own files: a copy of
// the entry for each case, since one is started once.

import { deepEqual, equal, failure, match, ok } from "../lib/assert.mjs";

/** A server's answer with the wasm, under another type. */
async function untyped(wasm) {
  return new Response(await (await fetch(wasm)).arrayBuffer(), { headers: { "content-type": "application/octet-stream" } });
}

/** Each gets `slim`, an entry of its own, and the others of `slimSuite`. */
const cases = {
  async "before init, createClient says what is missing"({ slim }) {
    const error = await failure(() => slim.createClient({ token: "text" }));
    ok(error instanceof slim.ConfigError, `a ConfigError: ${error.name}`);
    equal(error.code, "not_initialized", "code");
    match(error.message, /`init\(source\)`/, "message");
  },

  async "an address, compiled while it comes"({ slim, wasm, compiled, works }) {
    deepEqual(await compiled(() => slim.init(wasm)), ["compileStreaming"], "compiled by");
    await works(slim);
  },

  async "a URL, and what fetch promises"({ slim, another, wasm, compiled, works }) {
    deepEqual(await compiled(() => slim.init(new URL(wasm))), ["compileStreaming"], "compiled by");
    await works(slim);
    const other = await another();
    deepEqual(await compiled(() => other.init(fetch(wasm))), ["compileStreaming"], "compiled by");
    await works(other);
  },

  async "a Response of another type, by its bytes"({ slim, wasm, compiled, works }) {
    deepEqual(await compiled(async () => slim.init(await untyped(wasm))), ["compile"], "compiled by");
    await works(slim);
  },

  async "bytes: a buffer, and a view of one"({ slim, another, bytes, works }) {
    await slim.init(bytes);
    await works(slim);
    const padded = new Uint8Array(bytes.byteLength + 8);
    padded.set(new Uint8Array(bytes), 8);
    const other = await another();
    await other.init(padded.subarray(8));
    await works(other);
  },

  async "a compiled module, which isn't compiled again"({ slim, bytes, compiled, works }) {
    const module = await WebAssembly.compile(bytes);
    deepEqual(await compiled(() => slim.init(module)), [], "compiled by");
    await works(slim);
  },

  async "twice: the wasm is compiled once"({ slim, wasm, bytes, compiled, works }) {
    const both = () => Promise.all([slim.init(wasm), slim.init(bytes)]);
    deepEqual(await compiled(both), ["compileStreaming"], "compiled by");
    deepEqual(await compiled(() => slim.init(bytes)), [], "compiled again by");
    await works(slim);
  },

  async "what can't be used is told, and the next try works"({ slim, wasm, refused, works }) {
    const failing = [
      [5, "ConfigError", "invalid_option", /`init` takes/],
      [undefined, "ConfigError", "invalid_option", /`init` takes/],
      [{}, "ConfigError", "invalid_option", /`init` takes/],
      [new Uint8Array([1, 2, 3]), "ConfigError", "wasm_unavailable", /can't be used here/],
      // A module, but not ours: it wants nothing and gives nothing.
      [new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]), "ConfigError", "wasm_unavailable", /can't be used here/],
      [`${wasm}.not`, "ApiError", "http_error", /status 404/],
      [refused, "NetworkError", "network_error", /wasn't received/],
    ];
    for (const [source, name, code, message] of failing) {
      const error = await failure(() => slim.init(source), `init(${String(source).slice(0, 40)})`);
      deepEqual([error.name, error.code], [name, code], `error of ${String(source).slice(0, 40)} (${error.message})`);
      match(error.message, message, "message");
      ok(error instanceof slim[name], `instanceof ${name}`);
    }
    const own = new Error("the caller's own");
    equal(await failure(() => slim.init(Promise.reject(own))), own, "what the caller's promise rejects with");
    equal((await failure(() => slim.createClient())).code, "not_initialized", "code after failures");
    await slim.init(wasm);
    await works(slim);
  },
};

/** What `WebAssembly` compiles by while `run` runs. */
async function compiled(run) {
  const ways = ["compile", "compileStreaming"];
  const own = ways.map((way) => WebAssembly[way]);
  const used = [];
  ways.forEach((way, at) => {
    WebAssembly[way] = (...args) => {
      used.push(way);
      return own[at].apply(WebAssembly, args);
    };
  });
  try {
    await run();
  } finally {
    ways.forEach((way, at) => (WebAssembly[way] = own[at]));
  }
  return used;
}

/**
 * `entry` is the address of slim.js for `import`, `wasm` that of playoff.wasm for `fetch`; nobody listens at `refused`. With
 * the sandbox's addresses, a token and whose profile it gives. Gives the names of the cases, and `run(name)`.
 */
export function slimSuite({ entry, wasm, refused, apiUrl, authUrl, token, profile }) {
  const another = () => import(`${entry}?copy=${crypto.randomUUID()}`);
  const works = async ({ createClient }) =>
    deepEqual(await createClient({ apiUrl, authUrl, token }).get("/runtime/player"), profile, "profile");
  return {
    names: Object.keys(cases),
    async run(name) {
      const bytes = await (await fetch(wasm)).arrayBuffer();
      await cases[name]({ slim: await another(), another, wasm, refused, bytes, compiled, works });
    },
  };
}
