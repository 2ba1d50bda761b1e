// What both clients of the worker say of themselves, told in words for the strip.
import { tell } from "../story.js";
import { SEATS } from "./words.js";

export const LANES = { robot: "The robot's calls", onlooker: "The onlooker's calls", board: "What watch gave" };

const TOKENS = {
  initial: "a token of its own",
  expired: "another token, the old one had ended",
  refused: "another token, the old one was refused",
};

const KINDS = {
  token: ({ who, reason }) =>
    tell({ lane: who, tone: "told", text: `${SEATS[who]} gets ${TOKENS[reason] ?? `a token: ${reason}`}` }),
  call: ({ who, method, route, status, attempt }) => {
    const isPlain = status < 400 && method === "GET" && attempt === 1; // several in a row are one line, whosever they are
    const text = `${method} ${route}: ${status}${attempt > 1 ? `, at try ${attempt}` : ""}`;
    tell({ lane: who, tone: status < 400 ? "good" : "bad", isPlain, text: isPlain ? text : `${SEATS[who]}: ${text}` });
  },
  retry: ({ who, method, route, retry, delay, code, status }) => {
    if (status === undefined) tell({ lane: who, tone: "bad", text: `${method} ${route}: no answer (${code})` });
    tell({ lane: who, tone: "wait", wait: delay, text: `Retry ${retry} in ${Math.round(delay)} ms` });
  },
  says: ({ text }) => tell({ lane: "robot", tone: "told", text: `The robot: ${text}` }),
  board: () => tell({ lane: "board", tone: "told", text: null }),
};

/** Tells what the worker told, where it is of interest. */
export const tellLine = (told) => KINDS[told.kind]?.(told);
