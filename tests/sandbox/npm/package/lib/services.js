// The services: the sandbox's library as wasm, and JSON to talk to it.

import { readFileSync } from "node:fs";
import { untilFailure } from "./failure.js";
import { Services, commandLine, forPeople, initSync, kind, maxBody } from "./playoff_sandbox.js";

initSync({ module: readFileSync(new URL("playoff_sandbox.wasm", import.meta.url)) });

/** The largest body that is read. */
export const MAX_BODY = maxBody();

/** Which of the sockets a request is for: "stream", "watch" or "call". */
export { kind };

/** What the arguments ask for: `{ run }`, `{ help }` or `{ wrong }`. */
export const readCommandLine = (args) => JSON.parse(commandLine(args));

/** What `describe` gives, for people. */
export const tellPeople = (described) => forPeople(JSON.stringify(described));

/** What becomes of a request: everything that the head says, and the body. */
function readOutcome(outcome) {
  const read = { ...JSON.parse(outcome.head), body: outcome.body };
  outcome.free();
  return read;
}

/** New services. What they give back as `todo` is carried out by the shell; `failed` is told when they can't go on. */
export function createServices({ seed, clock, failed }) {
  const inside = new Services(seed, clock);
  const head = (asked) => JSON.stringify(asked);
  const functions = {
    describe: (origin) => JSON.parse(inside.describe(origin)),
    answer: (asked, body) => readOutcome(inside.answer(head(asked), body)),
    streamDoor: (asked) => readOutcome(inside.streamDoor(head(asked))),
    streamAnswered: (asked, status) => inside.streamAnswered(head(asked), status),
    streamSettings: () => JSON.parse(inside.streamSettings()),
    streamOpened: () => JSON.parse(inside.streamOpened()),
    streamMessage: (id, text) => JSON.parse(inside.streamMessage(id, text)),
    streamClosed: (id, reason) => inside.streamClosed(id, reason),
    ring: (timer) => JSON.parse(inside.ring(timer)),
    watchDoor: (asked) => readOutcome(inside.watchDoor(head(asked))),
    watchOpened: () => inside.watchOpened(),
    watchClosed: (id) => inside.watchClosed(id),
    wake: () => JSON.parse(inside.wake()),
    delivered: (id, { status, error }) => JSON.parse(inside.delivered(id, status, error)),
  };
  return untilFailure(functions, failed);
}
