// What a visitor can have happen while a list is read. Each really happens, and is taken back by `endTrouble`.
import { clearFaults, endTokensOf, failCalls, setLists } from "../sandbox.js";

const LIST = { method: "GET", path: "/toornament/organizer/v2/participants" };

export const TROUBLES = [
  {
    id: "slow",
    name: "Slow answers",
    does: "The sandbox takes half a second for each page: see them come.",
    begin: () => failCalls({ ...LIST, count: 3, delay: 500 }),
  },
  {
    id: "busy",
    name: "Answer with 503",
    does: "The sandbox answers the second page with 503. It is asked for again; the others aren't.",
    begin: () => failCalls({ ...LIST, every: 2, status: 503 }),
  },
  {
    id: "drop",
    name: "Drop a connection",
    does: "The sandbox cuts the answer with the second page off. It is asked for again.",
    begin: () => failCalls({ ...LIST, every: 2, drop: "body" }),
  },
  {
    id: "token",
    name: "End the token",
    does: "The sandbox takes no token any more that it gave: the worker gets another one.",
    begin: () => endTokensOf("toornament"),
  },
  {
    id: "total",
    name: "Hide the total",
    does: "The sandbox leaves out Content-Range: the list ends with the first page that isn't full.",
    begin: () => setLists({ contentRange: false }),
  },
];

export async function endTrouble() {
  await clearFaults();
  await setLists({ contentRange: true });
}
