// Requests that wait while another one asks for the token, and what becomes of them when that one ends.

import { deepEqual, equal, ok } from "../../lib/assert.mjs";
import { turn } from "../gate.mjs";
import { ALLOWED } from "./crowds.mjs";
import { WORKERS } from "./world.mjs";

const [, HERE] = WORKERS;
const BEGUN = 150;
const EACH = 5;

/**
 * How the first one ends: what it begins, and gives a function that ends it. `cancelled` says whether its renewal ends
 * with it, `end` how its call ended, as far as anybody can tell.
 */
const ENDINGS = {
  "its client goes away": {
    cancelled: true,
    end: undefined,
    begin: (world, asked) => world.askToLeave(HERE, { action: "call", ...asked }),
  },
  "its signal ends its call": {
    cancelled: true,
    end: "TimeoutError",
    begin(world, asked) {
      const call = world.ask(HERE, { action: "call", ...asked, abortAfter: 2 * BEGUN });
      return () => call;
    },
  },
  "it answers early": {
    cancelled: true,
    end: undefined,
    begin(world, asked) {
      const answered = world.ask(HERE, { action: "early", ...asked });
      return () => answered;
    },
  },
  "it answers early, and waits by waitUntil": {
    cancelled: false,
    end: "ok",
    begin(world, asked) {
      const answered = world.ask(HERE, { action: "early", waitUntil: true, ...asked });
      return () => answered;
    },
  },
};

/** How all calls ended, by their marks. */
async function endsOf(world) {
  const each = await Promise.all(WORKERS.map((name) => world.ask(name, { action: "ends" })));
  return Object.assign({}, ...each);
}

/** Whoever got an error sent nothing, whoever got an answer sent something. */
async function checkSent(world, ends, marks) {
  const sent = await world.sent();
  for (const mark of marks) {
    const end = ends[mark];
    if (end?.ok) ok(sent.has(mark), `${mark} was answered, and never sent`);
    else if (end) ok(!sent.has(mark), `${mark} was sent, and its caller got ${JSON.stringify(end)}`);
  }
}

/** Requests in the isolate of the first one, and in the others. */
const everywhere = (world, asked) =>
  WORKERS.flatMap((worker) =>
    Array.from({ length: worker === HERE ? EACH : 1 }, () => world.ask(worker, { action: "call", ...asked() })),
  );

async function othersGoOn(world, store, { begin, cancelled, end }, { first, begun }) {
  const app = await world.newApp();
  const marks = [];
  const asked = () => {
    const mark = world.nextMark();
    marks.push(mark);
    return { app, store, mark };
  };
  const endings = [];
  for (let one = 0; one < first; one++) {
    endings.push(begin(world, asked()));
    await turn(BEGUN);
  }
  const waiting = begun === "before" ? everywhere(world, asked) : [];
  await turn(BEGUN);
  for (const ending of endings) await ending();
  if (begun === "after") waiting.push(...everywhere(world, asked));
  const failed = (await Promise.all(waiting)).filter((end) => !end.ok);
  deepEqual(failed, [], "requests that waited and failed");
  deepEqual(await world.ask(HERE, { action: "call", ...asked() }), { ok: true }, "a later request");

  const requests = await world.tokenRequests(app);
  // A broker goes on for whoever comes next.
  const allowed = ALLOWED[store] + (cancelled && store !== "broker" ? first : 0);
  ok(requests <= allowed, `token requests: ${requests}, at most ${allowed}`);
  const ends = await endsOf(world);
  for (const mark of marks.slice(0, first)) equal(ends[mark]?.ok ? "ok" : ends[mark]?.name, end, "end of a first one");
  await checkSent(world, ends, marks);
}

/** How many there are before the others, and whether those begin before they end. */
const ORDERS = {
  "a request": { first: 1, begun: "before" },
  "3 requests": { first: 3, begun: "before" },
  "a request before": { first: 1, begun: "after" },
};

export const fateScenarios = Object.entries(ORDERS).flatMap(([which, order]) =>
  Object.entries(ENDINGS).flatMap(([ending, how]) =>
    ["kv", "broker", "none"].map((store) => ({
      name: `${which} for whose token others wait: ${ending}, store: ${store}`,
      run: (world) => othersGoOn(world, store, how, order),
    })),
  ),
);
