// The ways in which a visitor can make things fail. Each really happens, and is over when it has ended: whatever is left
// of it is taken back.
import { tryNow } from "./connection.js";
import { cutLine, mendLine } from "./line.js";
import { live } from "./live.js";
import { letOthersDo } from "./others.js";
import * as sandbox from "./sandbox.js";

const PLAYER = "/v2/runtime/player";
const AWAY = 1_500;
const OFFLINE = 5_000;

/**
 * `does` says what happens, `run` has it happen, with what the page offers: `read()` asks for the profile again, `me` is the
 * player's id, `wait(ms)` waits so long, or until the visitor has had enough.
 */
export const TROUBLES = [
  {
    id: "busy",
    name: "Answer with 503",
    does: "The sandbox answers the next two reads of the profile with 503, then as ever.",
    run: ({ read }) => withFaults({ count: 2, status: 503, path: PLAYER, method: "GET" }, read),
  },
  {
    id: "drop",
    name: "Drop a connection",
    does: "The sandbox closes the connection of the next read without an answer.",
    run: ({ read }) => withFaults({ drop: "connection", path: PLAYER, method: "GET" }, read),
  },
  {
    id: "token",
    name: "End the token",
    does: "The sandbox takes no token that you were given before; then the profile is read.",
    async run({ read, me }) {
      await sandbox.endTokens(me);
      await read();
    },
  },
  {
    id: "stream",
    name: "Restart the stream",
    does: "The sandbox closes all streams and lets nobody in for a moment. Meanwhile you are given 5 Coins: you'll hear of it all the same.",
    async run() {
      const told = live.until("told", ({ event }) => event === "score");
      await sandbox.restartStream(AWAY);
      await live.until("state", () => live.state !== "live");
      await letOthersDo("gift");
      await isLive();
      await told;
    },
  },
  {
    id: "offline",
    name: "Cut the line",
    stop: "Mend the line",
    does: "This page's own fetch and WebSocket fail for 5 seconds, as without a network.",
    async run({ read, wait }) {
      cutLine();
      const reading = read(); // lasts until somebody answers
      try {
        await wait(OFFLINE);
      } finally {
        mendLine();
        tryNow();
      }
      await Promise.all([reading, isLive()]);
    },
  },
];

const isLive = () => live.until("state", () => live.state === "live");

async function withFaults(how, work) {
  await sandbox.failCalls(how);
  try {
    await work();
  } finally {
    await sandbox.clearFaults();
  }
}
