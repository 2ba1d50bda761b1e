// Routes that could lead a token elsewhere, or that aren't routes: refused before anything is sent.

const NAMED = { name: "ConfigError", code: "invalid_route" };

// What is wrong, and what the message must say of it.
const ROUTES = [
  ["https://evil.example/v2/runtime/player", /URL/],
  ["http://127.0.0.1/runtime/player", /URL/],
  ["//evil.example/runtime/player", /`\/`/],
  ["///runtime/player", /`\/`/],
  ["", /`\/`/],
  ["runtime/player", /`\/`/],
  [" /runtime/player", /`\/`/],
  ["@evil.example/", /`\/`/],
  ["/runtime/../admin/players", /\.\./],
  ["/..", /\.\./],
  ["/runtime/./player", /`\.`/],
  ["/runtime/%2e%2e/admin", /\.\./],
  ["/runtime/%2E%2E/admin", /\.\./],
  ["/runtime/.%2e/admin", /\.\./],
  ["/runtime/%2e/player", /`\.`/],
  ["/admin/players/a%2Fb", /slash/],
  ["/admin/players/a%2fb", /slash/],
  ["/admin/players/a%5Cb", /backslash/],
  ["/runtime/player?player_id=x", /`\?`/],
  ["/runtime/player#top", /`#`/],
  ["/runtime\\player", /backslash/],
  ["/\\evil.example", /backslash/],
  ["/runtime/\nplayer", /control/],
  ["/runtime/player\u0000", /control/],
  ["/runtime/\tplayer", /control/],
  ["/runtime/player\u007f", /control/],
  ["/runtime/%0d%0aplayer", /control/],
  ["/runtime/100%", /%/],
  [[], /segment/],
  [["admin", ""], /segment/],
  [["admin", "..", "players"], /\.\./],
  [["admin", "."], /`\.`/],
  [undefined, /route/],
  [null, /route/],
  [7, /route/],
  [{ path: "/runtime/player" }, /route/],
  [["admin", undefined], /route|segment/],
  [["admin", { id: 1 }], /route|segment/],
];

function shown(route) {
  return route === undefined ? "undefined" : JSON.stringify(route);
}

export const badRouteCases = [
  ...ROUTES.map(([route, message]) => ({
    name: `bad route: ${shown(route)}`,
    async run(t) {
      const token = await t.jwt();
      const client = t.client({ token });
      for (const call of [() => client.get(route), () => client.post(route, {}), () => client.request("PUT", route)]) {
        await t.refuses(call, { ...NAMED, message }, [token]);
      }
      await t.works(client);
    },
  })),
  {
    name: "bad route: a URL with a token in it shows none of it",
    async run(t) {
      const client = t.client();
      const secret = "tok-0123456789abcdef";
      for (const route of [
        `https://api.example/v2/runtime/player?access_token=${secret}`,
        `/runtime/player?jwt=${secret}`,
      ]) {
        await t.refuses(() => client.get(route), NAMED, [secret]);
      }
      await t.works(client);
    },
  },
  {
    name: "bad route: rejects, and doesn't throw at once",
    async run(t) {
      const client = t.client();
      const calls = [
        () => client.get("bad"),
        () => client.post("bad", {}),
        () => client.request("GET", undefined),
        () => client.delete(7),
      ];
      const promises = calls.map((call) => call());
      for (const result of await Promise.allSettled(promises)) t.checkError(result.reason, NAMED);
    },
  },
  {
    name: "bad route: the right way is named",
    async run(t) {
      await t.refuses(() => t.client().get("runtime/player"), { ...NAMED, message: /"\/runtime\/player"/ });
    },
  },
];
