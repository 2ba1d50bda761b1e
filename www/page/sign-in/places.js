// What lies where, read from the places themselves: names, kinds and ends, never what a token says.
import { fetch } from "../setup.js";

const BEGUN = "playoff-wasm:logins";
const FINISHED = "playoff-wasm:finished-logins";
const SPENT = "playoff-wasm:spent";
const COOKIE = /^(__Host-)?playoff-refresh$/;

export function readPlaces() {
  return {
    stored: [sessionStorage, localStorage].flatMap(tokensIn).sort((a, b) => b.end - a.end),
    begun: linesOf(sessionStorage.getItem(BEGUN)),
    marks: linesOf(localStorage.getItem(FINISHED)).length,
    spent: linesOf(localStorage.getItem(SPENT)).length,
    codeInAddress: new URLSearchParams(location.search).has("code"),
  };
}

/** `{ end, renewable }` of the tokens that are kept there. */
function tokensIn(area) {
  const kept = Object.values(area).map(parse);
  return kept
    .filter((record) => record?.access_token)
    .map((record) => ({ end: record.expires_at * 1_000, renewable: Boolean(record.refresh_token) }));
}

/** Sign-ins are kept as one text with a line for each. */
function linesOf(text) {
  const kept = parse(text)?.kept;
  return kept ? kept.split("\n").map(decodeURIComponent) : [];
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // somebody else's
  }
}

/** The worker says whether the browser sends it; that the page can see it would be a fault. */
export async function readCookie() {
  const response = await fetch("/cookies.json");
  if (!response.ok) throw new Error(`/cookies.json answered ${response.status}`);
  const { names } = await response.json();
  const name = names.find((name) => COOKIE.test(name));
  const seen = document.cookie.split(/;\s*/).some((cookie) => COOKIE.test(cookie.split("=", 1)[0]));
  return name ? { name, seen } : null;
}
