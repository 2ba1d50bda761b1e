// The connections of a stream peer: npm's engine.io below, the platform's few words on top.

import { Server } from "engine.io";

const DEFAULTS = { pingInterval: 25_000, pingTimeout: 5_000, authTimeout: 10_000 };
/** Another word than the sandbox's: clients cut at the first space. */
const WORD = "EVENT";
const UNAUTHORIZED = "unauthorized token";
const GAME = "sandbox";

/** The reason why an answer isn't good, or the player who gave it. */
function judge(text, kept) {
  const words = text.split(" ");
  const [name, token, kind, environment, game, player] = words;
  if (words.length !== 6 || name !== "AUTH_RESPONSE" || kind !== "player") return { reason: "malformed response" };
  if (!["production", "staging"].includes(environment)) return { reason: "unknown environment" };
  if (game !== GAME) return { reason: "unknown game" };
  return kept.opens(token, player) ? { player } : { reason: UNAUTHORIZED };
}

/** Connections that hear of whatever players are told by `notify(player, event)`; `kept` keeps it. */
export function createHub(kept) {
  const connections = new Map();
  const log = [];
  const settings = { ...DEFAULTS };
  const refusals = { left: 0, reason: UNAUTHORIZED };
  let opened = 0;
  let shutUntil = 0;
  let engine;

  function write(what, { number, player = null }, reason = null) {
    const time = new Date().toISOString();
    log.push({ n: log.length + 1, time, what, connection: number, player_id: player, reason });
  }

  function makeEngine() {
    const { pingInterval, pingTimeout } = settings;
    engine = new Server({ allowEIO3: true, pingInterval, pingTimeout, cors: { origin: "*" } });
    engine.on("connection", connected);
  }

  function end(connection, reason, { drop = false } = {}) {
    if (!connections.delete(connection.number)) return;
    clearTimeout(connection.patience);
    write("closed", connection, reason);
    if (drop) connection.line.destroy();
    else connection.socket.close();
  }

  function connected(socket) {
    opened += 1;
    const connection = { number: opened, socket, line: socket.request.socket };
    connections.set(opened, connection);
    write("opened", connection);
    connection.patience = setTimeout(() => end(connection, "no answer"), settings.authTimeout);
    socket.on("message", (text) => heard(connection, String(text)));
    socket.on("close", (reason) => {
      if (!connections.delete(connection.number)) return;
      clearTimeout(connection.patience);
      write("closed", connection, reason);
    });
    socket.send("AUTH_CHALLENGE");
  }

  function heard(connection, text) {
    if (connection.player) return end(connection, "unexpected message");
    const { player, reason } = refusals.left > 0 ? { reason: refusals.reason } : judge(text, kept);
    refusals.left = Math.max(0, refusals.left - 1);
    if (player) {
      clearTimeout(connection.patience);
      connection.player = player;
      write("authenticated", connection);
      return connection.socket.send("AUTH_SUCCESS");
    }
    write("refused", connection, reason);
    connection.socket.send(`AUTH_FAILED ${reason}`.trimEnd());
    end(connection, "refused");
  }

  const all = () => [...connections.values()];
  const of = (player) => all().filter((one) => player === undefined || one.player === player);

  function endAll(which, reason, how) {
    for (const one of which) end(one, reason, how);
    return which.length;
  }

  makeEngine();
  return {
    handleRequest: (request, response) => engine.handleRequest(request, response),
    handleUpgrade: (request, line, head) => engine.handleUpgrade(request, line, head),
    isShut: () => Date.now() < shutUntil,
    log: () => log,
    describe: () => ({
      ...settings,
      connections: all().map(({ number, player = null }) => ({ connection: number, player_id: player })),
    }),

    /** Connections from now on have the new settings. */
    change(wishes) {
      Object.assign(settings, wishes);
      makeEngine();
    },

    notify(player, event) {
      const told = kept.notify(player, event);
      const text = `${WORD} ${JSON.stringify(told)}`;
      for (const { socket } of of(player)) socket.send(text);
      return told;
    },

    restart({ refuse = 0, drop = false }) {
      shutUntil = Date.now() + refuse;
      return endAll(all(), "restart", { drop });
    },

    drop: ({ player_id: player }) => endAll(of(player), "drop", { drop: true }),

    /** What is written while a line is corked waits, pongs and all. */
    silence({ ms = 1_000 }) {
      const lines = all().map(({ line }) => line);
      for (const line of lines) line.cork();
      setTimeout(() => lines.forEach((line) => line.uncork()), ms).unref();
      return lines.length;
    },

    refuse({ count = 1, reason = UNAUTHORIZED }) {
      Object.assign(refusals, { left: count, reason });
      return count;
    },

    stop: () => endAll(all(), "stop", { drop: true }),
  };
}
