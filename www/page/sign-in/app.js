import { isPassing, untilConnected } from "../connection.js";
import { byId } from "../dom.js";
import { followConfig } from "../setup.js";
import "../views/wire.js";
import workerSource from "../../worker/sign-in.ts" with { type: "text" };
import { playoff as byPage } from "./by-page.js";
import pageSource from "./by-page.js" with { type: "text" };
import { playoff as byWorker } from "./by-worker.js";
import workerPageSource from "./by-worker.js" with { type: "text" };
import { readCookie, readPlaces } from "./places.js";
import { rowsOfPage, rowsOfWorker } from "./rows.js";
import stepsSource from "./steps.js" with { type: "text" };
import { createWay } from "./way.js";

const ways = [
  createWay(byId("by-page"), {
    playoff: byPage,
    asked: "sandbox",
    callback: "/callback/page",
    readPlaces,
    rowsOf: rowsOfPage,
    isKept: ({ stored }) => stored.length > 0,
    heal,
  }),
  createWay(byId("by-worker"), {
    playoff: byWorker,
    asked: "worker",
    callback: "/callback/worker",
    readPlaces: async () => ({ ...readPlaces(), cookie: await readCookie() }),
    rowsOf: rowsOfWorker,
    isKept: ({ cookie }) => cookie !== null,
    heal,
  }),
];

/** What the page shows of its source is its source. */
const SOURCES = {
  "source-by-page": pageSource,
  "source-by-worker": workerPageSource,
  "source-worker": workerSource,
  "source-steps": stepsSource,
};
for (const [id, source] of Object.entries(SOURCES)) byId(id).textContent = source.trimEnd();

const refresh = () => Promise.all(ways.map((way) => way.refresh()));

let healing = null;

/** After something that wasn't answered: shows everything anew as soon as somebody answers. */
function heal(error) {
  if (!isPassing(error)) throw error;
  healing ??= untilConnected(async () => {
    await followConfig();
    await refresh();
  }).finally(() => {
    healing = null;
  });
  return healing;
}

/** Other tabs change what lies where. */
const look = () => document.hidden || healing || refresh().catch(heal);

addEventListener("storage", look);
document.addEventListener("visibilitychange", look);
addEventListener("pageshow", ({ persisted }) => persisted && Promise.all(ways.map((way) => way.resume())).catch(heal));

await Promise.all(ways.map((way) => way.start())).catch(heal);
