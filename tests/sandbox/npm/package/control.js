// The sandbox's control routes. Runs in every host, in pages too, so nothing of Node here.

/** A client of the control routes at `url`. */
export function controlClient(url) {
  async function call(method, path, body) {
    const init = { method };
    if (body !== undefined) {
      init.body = JSON.stringify(body);
      init.headers = { "content-type": "application/json" };
    }
    const response = await fetch(`${url}${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`control ${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
    return text === "" ? null : JSON.parse(text);
  }
  return {
    url,
    reset: () => call("POST", "/reset", {}),
    seed: (seed) => call("POST", "/seed", seed),
    game: (design) => call("POST", "/game", { design }),
    generate: (crowd) => call("POST", "/generate", crowd),
    remove: (which) => call("POST", "/remove", which),
    player: (id) => call("GET", `/players/${encodeURIComponent(id)}`),
    tokens: () => call("GET", "/tokens"),
    expire: (which = {}) => call("POST", "/expire", which),
    revoke: (which = {}) => call("POST", "/revoke", which),
    fail: (how) => call("POST", "/fail", how),
    faults: () => call("GET", "/fail"),
    clearFaults: () => call("DELETE", "/fail"),
    addRedirectUris: (clientId, redirectUris) =>
      call("POST", `/clients/${encodeURIComponent(clientId)}/redirect-uris`, { redirectUris }),
    code: (request) => call("POST", "/code", request),
    clock: (offset) => call("POST", "/clock", { offset }),
    clearLog: () => call("DELETE", "/log"),
    log: async () => (await call("GET", "/log")).calls,
    notify: (what) => call("POST", "/notifications", what),
    /** Kumite. */
    kumite: {
      state: () => call("GET", "/kumite"),
      settings: (wishes) => call("POST", "/kumite", wishes),
      tokens: () => call("GET", "/kumite/tokens"),
      refreshToken: (whose = {}) => call("POST", "/kumite/refresh-token", whose),
      drop: () => call("POST", "/kumite/drop", {}),
    },
    /** Toornament's knobs: what lists say, how many rows there are, and its webhooks. */
    toornament: {
      settings: (wishes) => call("POST", "/toornament", wishes),
      seed: (totals) => call("POST", "/toornament/seed", totals),
      webhooks: () => call("GET", "/toornament/webhooks"),
      deliver: (what) => call("POST", "/toornament/deliver", what),
      deliveries: () => call("GET", "/toornament/deliveries"),
    },
    /** The notification stream. */
    stream: {
      settings: (wishes) => call("POST", "/stream", wishes),
      restart: (how = {}) => call("POST", "/stream/restart", how),
      silence: (how = {}) => call("POST", "/stream/silence", how),
      drop: (whose = {}) => call("POST", "/stream/drop", whose),
      refuse: (how = {}) => call("POST", "/stream/refuse", how),
      log: async () => (await call("GET", "/log")).stream,
    },
  };
}
