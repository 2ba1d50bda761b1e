// Bodies that can't be JSON, or that a method can't carry.

function cycle() {
  const body = { name: "loop" };
  body.self = body;
  return body;
}

const BODIES = [
  ["a cycle", cycle, /JSON|cycl|circular/i],
  ["a BigInt", () => ({ variables: { n: 1n } }), /JSON|BigInt/i],
  ["a BigInt itself", () => 1n, /JSON|BigInt/i],
  ["a function", () => () => 1, /JSON|function/i],
  ["a symbol", () => Symbol("s"), /JSON|symbol/i],
  ["a Map", () => new Map([["alias", "J"]]), /JSON.*Map/],
  ["a Set", () => new Set(["a"]), /JSON.*Set/],
  ["a promise", async () => ({ alias: "J" }), /JSON.*Promise/],
  [
    "a toJSON that throws",
    () => ({
      toJSON() {
        throw new Error("not today");
      },
    }),
    /JSON/i,
  ],
];

export const badBodyCases = [
  ...BODIES.map(([title, make, message]) => ({
    name: `bad body: ${title}`,
    async run(t) {
      const token = await t.jwt();
      const client = t.client({ token });
      const expected = { name: "ConfigError", code: "invalid_body", message };
      for (const method of ["post", "put", "patch"]) {
        await t.refuses(() => client[method]("/runtime/actions/collect/play", make()), expected, [token]);
      }
      await t.works(client);
    },
  })),
  ...["GET", "DELETE", "HEAD"].map((method) => ({
    name: `bad body: any, with ${method}`,
    async run(t) {
      const client = t.client();
      await t.refuses(() => client.request(method, "/runtime/player", { body: { a: 1 } }), {
        name: "ConfigError",
        message: /body/,
      });
      await t.works(client);
    },
  })),
];
