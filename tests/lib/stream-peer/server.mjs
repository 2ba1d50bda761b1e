// The notification stream as others serve it (npm's engine.io), with a small twin of the sandbox's REST and control
// routes: what a client can do with the sandbox's stream it must be able to do here, unchanged.

import { listen } from "../loopback.mjs";
import { createHub } from "./hub.mjs";
import { createKept } from "./kept.mjs";

const PATHS = ["/v1/notifications/stream", "/v2/runtime/notifications/stream"];
const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, POST",
  "access-control-allow-headers": "content-type",
};

class Refusal extends Error {
  constructor(status, code) {
    super(code);
    Object.assign(this, { status, code });
  }
}

const urlOf = (request) => new URL(request.url, "http://localhost");
const isStream = (url) => PATHS.includes(url.pathname.replace(/\/$/, ""));

async function bodyOf(request) {
  let text = "";
  for await (const part of request.setEncoding("utf8")) text += part;
  return text === "" ? {} : JSON.parse(text);
}

/**
 * Starts one; `players` says which access token is whose. Gives `{ url, stop() }`; `${url}/control` takes what the
 * sandbox's takes for the stream.
 */
export async function startStreamPeer({ players }) {
  let kept;
  let hub;
  let resets = 0;

  function reset() {
    hub?.stop();
    resets += 1;
    kept = createKept();
    hub = createHub(kept);
    return { message: "Back to the beginning" };
  }

  /**
   * Tells a player once, or `count` times with a `sequence`: all at once or one each `interval`, unless a reset comes
   * between. Gives the ids of what was told at once.
   */
  function tell({ player_id: player, event, count, interval = 0 }) {
    const asked = resets;
    const last = count ?? 1;
    const next = (sequence) => hub.notify(player, count === undefined ? event : { ...event, sequence }).id;
    if (interval === 0) return { ids: Array.from({ length: last }, (_, index) => next(index + 1)) };
    let sequence = 1;
    const timer = setInterval(() => {
      if (asked !== resets || sequence === last) return clearInterval(timer);
      sequence += 1;
      next(sequence);
    }, interval).unref();
    return { ids: [next(1)] };
  }

  function changeSettings(wishes) {
    hub.change(wishes);
    return hub.describe();
  }

  const controls = {
    "POST /control/reset": reset,
    "GET /control/log": () => ({ calls: [], stream: hub.log() }),
    "POST /control/notifications": tell,
    "GET /control/stream": () => hub.describe(),
    "POST /control/stream": changeSettings,
    "POST /control/stream/restart": (how) => ({ connections: hub.restart(how) }),
    "POST /control/stream/silence": (how) => ({ connections: hub.silence(how) }),
    "POST /control/stream/drop": (whose) => ({ connections: hub.drop(whose) }),
    "POST /control/stream/refuse": (how) => ({ left: hub.refuse(how) }),
  };

  const routes = {
    "GET /v2/runtime/notifications/token": (player) => ({ token: kept.issueToken(player) }),
    "GET /v2/runtime/notifications": (player, { skip = "0", limit = "10", ...window }) => {
      const all = kept.list(player, window);
      return { data: all.slice(Number(skip), Number(skip) + Number(limit)), total: all.length };
    },
  };

  function playerOf({ access_token: token, player_id: named }) {
    const player = players[token];
    if (player === undefined) throw new Refusal(401, "invalid_access_token");
    if (named !== undefined && named !== player) throw new Refusal(403, "access_denied");
    return player;
  }

  async function answerTo(request, { pathname, searchParams }) {
    const route = `${request.method} ${pathname.replace(/\/$/, "")}`;
    const body = await bodyOf(request);
    if (route in controls) return controls[route](body);
    const query = Object.fromEntries(searchParams);
    const player = playerOf(query);
    if (route in routes) return routes[route](player, query);
    throw new Refusal(404, "route_not_found");
  }

  async function answer(request, response) {
    const url = urlOf(request);
    if (isStream(url) && !hub.isShut()) return hub.handleRequest(request, response);
    if (request.method === "OPTIONS") return response.writeHead(204, CORS).end();
    const send = (status, value) => {
      response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...CORS });
      response.end(JSON.stringify(value));
    };
    if (isStream(url)) return send(503, { error: "temporarily_unavailable" });
    try {
      send(200, await answerTo(request, url));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(error.status, { error: error.code });
    }
  }

  function upgrade(request, line, head) {
    if (isStream(urlOf(request)) && !hub.isShut()) return hub.handleUpgrade(request, line, head);
    line.end("HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n");
  }

  reset();
  const { url, stop } = await listen(answer, { upgrade });
  return {
    url,
    stop() {
      hub.stop();
      return stop();
    },
  };
}
