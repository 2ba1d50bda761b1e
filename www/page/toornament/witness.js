// What the worker's client says of itself, told in words for the strip.
import { tell } from "../story.js";

export const LANES = { calls: "Calls", token: "Token", pages: "Pages" };

const TOKENS = {
  initial: "The app gets a token",
  expired: "The token ended: a new one is here",
  refused: "The token was refused: a new one is here",
};

const KINDS = {
  call: ({ method, route, status, attempt, range }) =>
    tell({
      lane: "calls",
      tone: status < 400 ? "good" : "bad",
      text: `${method} ${route}: ${status}${range ? `, ${range}` : ""}${attempt > 1 ? `, at try ${attempt}` : ""}`,
    }),
  retry: ({ method, route, retry, delay, code, status }) => {
    if (status === undefined) tell({ lane: "calls", tone: "bad", text: `${method} ${route}: no answer (${code})` });
    tell({ lane: "calls", tone: "wait", wait: delay, text: `Retry ${retry} in ${Math.round(delay)} ms` });
  },
  token: ({ reason }) => tell({ lane: "token", tone: "good", text: TOKENS[reason] ?? `A new token: ${reason}` }),
  page: ({ rows, skip }) => tell({ lane: "pages", tone: "told", text: `The list gives ${rows.length} rows, after ${skip}` }),
};

/** Tells what the worker told. */
export const tellLine = (told) => KINDS[told.kind]?.(told);
