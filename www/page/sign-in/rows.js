// "What is where": a row is { id, what, where, now }, with `now` empty where there is nothing.
import { formatTime } from "../words.js";

/** The page exchanges the code itself: everything is in the page. */
export function rowsOfPage({ stored, spent, ...places }, tokenEnd) {
  const { access, refresh } = tokensOfPage(stored[0], tokenEnd);
  return [
    row("access", "Access token", "localStorage, and this page's memory", access),
    row("refresh", "Refresh token", "localStorage: scripts of this origin can read it", refresh),
    row("spent", "Marks of used refresh tokens", "localStorage: hashes", spent && `${spent}, fifty at most`),
    ...rowsOfTheWay(places, "/callback/page"),
    row("secret", "Client secret", "nowhere: a public client has none"),
  ];
}

function tokensOfPage(stored, tokenEnd) {
  if (tokenEnd === null) {
    // The client knows tokens by the service's address, and the sandbox may have had another one.
    const former = "a former sandbox's, for nobody";
    return { access: stored && former, refresh: stored?.renewable && former };
  }
  if (!stored) return { access: `until ${formatTime(tokenEnd)}, in memory alone`, refresh: "in memory alone" };
  const refresh = stored.renewable && "there; each renewal brings another";
  return { access: `until ${formatTime(stored.end)}`, refresh };
}

/** The worker exchanges the code: what lasts is in a cookie that no script reads. */
export function rowsOfWorker({ cookie, ...places }, tokenEnd) {
  return [
    row("access", "Access token", "this page's memory", tokenEnd && `until ${formatTime(tokenEnd)}`),
    row("refresh", "Refresh token", `cookie ${cookie?.name ?? "playoff-refresh"}, HttpOnly`, cookie && describe(cookie)),
    ...rowsOfTheWay(places, "/callback/worker"),
    row("secret", "Client secret", "the worker", "there; never in the page"),
  ];
}

const describe = ({ seen }) =>
  seen ? "there, and scripts can read it" : "there; document.cookie doesn't show it";

function rowsOfTheWay({ begun, marks, codeInAddress }, callback) {
  const open = begun.filter((line) => line.includes(callback)).length;
  return [
    row("begun", "state, code verifier", "sessionStorage, while you are away", open && `${open} begun, for ten minutes`),
    row("code", "Code", "the address, on coming back", codeInAddress && "in the address"),
    row("marks", "Mark of a finished sign-in", "localStorage: a hash and a time", marks && `${marks}, for ten minutes`),
  ];
}

const row = (id, what, where, now) => ({ id, what, where, now: now || "" });
