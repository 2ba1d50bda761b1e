import { fetch } from "./setup.js";

/** What the others do while you look on: each is one deed of somebody else, done by the worker. */
const ROUND = ["collect", "gift", "share", "travel", "collect", "share"];

let turn = 0;

/** Lets one of the others do `deed`; gives what was done, in words. */
export async function letOthersDo(deed) {
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ deed, turn }) };
  turn += 1;
  const response = await fetch("/others", init);
  if (!response.ok) throw new Error(`/others answered ${response.status}`);
  return (await response.json()).text;
}

/** Lets them do one thing after the other until `signal` ends it; gives what each of them did. */
export async function* playRound(signal, pause) {
  for (const deed of ROUND) {
    if (signal.aborted) return;
    yield await letOthersDo(deed);
    await pause(signal);
  }
}
