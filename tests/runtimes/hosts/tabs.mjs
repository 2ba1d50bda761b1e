// In one of several tabs: a client that has its storage in common with the others, and what becomes of it.

import { createClient, webStorage } from "playoff-wasm";

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What becomes of requests to the token endpoint. */
const TOKEN_REQUESTS = {
  asUsual: (url, init) => fetch(url, init),
  /** It holds its turn, and never sends. */
  neverSent: () => new Promise(() => {}),
  /** The service answers, and the client never learns of it. */
  neverAnswered: (url, init) => fetch(url, init).then(() => new Promise(() => {})),
};

globalThis.openTab = ({ apiUrl, authUrl, token, tokenRequests = "asUsual" }) => {
  const client = createClient({
    apiUrl,
    authUrl,
    token,
    login: { clientId: "sandbox-public" },
    storage: webStorage("local"),
    fetch: (url, init) => (url.endsWith("/auth/token") ? TOKEN_REQUESTS[tokenRequests](url, init) : fetch(url, init)),
    retry: { limit: 0 },
  });
  const tab = { client, signedOut: [], tokens: 0, calls: 0, errors: [] };
  client.on("signedOut", ({ reason }) => tab.signedOut.push(reason));
  client.on("token", () => (tab.tokens += 1));

  tab.call = async () => {
    try {
      tab.calls += 1;
      return (await client.get("/runtime/player")).id;
    } catch (error) {
      tab.errors.push(`${error.code}: ${error.message}`);
    }
  };
  /** Calls now and then, for so long. */
  tab.use = async (milliseconds) => {
    const end = performance.now() + milliseconds;
    while (performance.now() < end) {
      await tab.call();
      await pause(50 + Math.random() * 200);
    }
  };
  tab.report = () => {
    const { signedOut, tokens, calls, errors } = tab;
    return { signedOut, tokens, calls, errors };
  };
  globalThis.tab = tab;
};

/** Makes clients with and without a storage, and leaves them so. Gives how many channels they opened. */
globalThis.makeClients = ({ apiUrl, authUrl, clients, dispose }) => {
  let most = 0;
  globalThis.open = 0;
  globalThis.BroadcastChannel = class extends BroadcastChannel {
    constructor(name) {
      super(name);
      most = Math.max(most, (globalThis.open += 1));
    }
    close() {
      super.close();
      globalThis.open -= 1;
    }
  };
  const make = (more) => createClient({ apiUrl, authUrl, token: "one", ...more });
  const without = Array.from({ length: clients }, () => make());
  const keeping = Array.from({ length: clients }, () => make({ storage: webStorage("local") }));
  if (dispose) for (const client of [...without, ...keeping]) client.dispose();
  return most;
};
