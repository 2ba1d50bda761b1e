// In one of several tabs: a client that has its tokens in common with the others, and what becomes of it.

import { createClient, webStorage } from "playoff-wasm";

/** What becomes of requests for tokens. */
const TOKEN_REQUESTS = {
  asUsual: (send) => send(),
  /** It holds its turn, and never sends. */
  neverSent: () => new Promise(() => {}),
  /** The service answers, and the client never learns of it. */
  neverAnswered: (send) => send().then(() => new Promise(() => {})),
};

/** A pause that is as long in a tab that nobody sees: there the timers of workers alone keep time. */
function createPause() {
  const script = "onmessage = ({ data }) => setTimeout(() => postMessage(null), data)";
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  return (milliseconds) =>
    new Promise((resolve) => {
      worker.onmessage = resolve;
      worker.postMessage(milliseconds);
    });
}

/**
 * Makes a client by options that can be written as JSON; `stored`: it has localStorage. A player that `tells` sends its
 * report to the site whenever something has changed, for when no driver can ask any more.
 */
globalThis.createPlayer = ({ name, stored, tokenRequests = "asUsual", tells = false, ...options }) => {
  const is = { name, calls: 0, unseen: 0, asked: 0, refused: 0, tokens: 0, worked: [], longest: 0, signedOut: [], errors: [] };

  const report = () => ({ ...is, kept: Object.values(localStorage).filter((value) => value.includes("access_token")).length });
  const tell = () => {
    if (tells) void fetch("/told", { method: "POST", body: JSON.stringify(report()) });
  };

  async function send(url, init) {
    if (/\/auth\/(token|refresh)$/.test(url)) {
      is.asked += 1;
      return TOKEN_REQUESTS[tokenRequests](() => fetch(url, init));
    }
    const response = await fetch(url, init);
    if (response.status === 401) {
      is.refused += 1;
      tell();
    }
    return response;
  }

  const client = createClient({
    ...options,
    ...(stored ? { storage: webStorage("local") } : {}),
    fetch: send,
    retry: { limit: 0 },
  });
  client.on("signedOut", ({ reason }) => is.signedOut.push(reason));
  client.on("token", () => (is.tokens += 1));

  async function call() {
    const begun = performance.now();
    is.calls += 1;
    if (document.visibilityState === "hidden") is.unseen += 1;
    try {
      const { id } = await client.get("/runtime/player");
      is.worked.push(Date.now());
      return id;
    } catch (error) {
      is.errors.push(error.code);
      return error.code;
    } finally {
      is.longest = Math.max(is.longest, Math.round(performance.now() - begun));
      tell();
    }
  }

  /** Calls now and then, for so long. */
  async function use(milliseconds) {
    const pause = createPause();
    const end = performance.now() + milliseconds;
    while (performance.now() < end) {
      await call();
      await pause(50 + Math.random() * 200);
    }
    is.done = true;
  }

  return { client, call, use, report };
};

/** Makes clients with and without a storage, and leaves them so. Gives how many channels they opened. */
globalThis.leaveClients = ({ clients, dispose, ...options }) => {
  let most = 0;
  globalThis.channels = 0;
  globalThis.BroadcastChannel = class extends BroadcastChannel {
    constructor(name) {
      super(name);
      most = Math.max(most, (globalThis.channels += 1));
    }
    close() {
      super.close();
      globalThis.channels -= 1;
    }
  };
  const make = (more) => createClient({ ...options, token: "one", ...more });
  const without = Array.from({ length: clients }, () => make());
  const keeping = Array.from({ length: clients }, () => make({ storage: webStorage("local") }));
  if (dispose) for (const client of [...without, ...keeping]) client.dispose();
  return most;
};
