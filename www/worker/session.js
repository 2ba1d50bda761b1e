// The demo's own session: a cookie that names the player, without any password. Yours is what your
// users sign in with already; all that the worker needs of it is the player's id.

import { isFromOwnPage, readBody, refuse } from "./answers.js";

const COOKIE = "player";
const DEFAULT_PLAYER = "johny";
const LONGEST_ID = 200;

/** Who is asking: the first player, until another one is chosen. */
export function whoIsSignedIn(request) {
  const cookies = (request.headers.get("cookie") ?? "").split(/;\s*/);
  const found = cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`));
  return { id: (found && decode(found.slice(COOKIE.length + 1))) || DEFAULT_PLAYER };
}

/** `POST /session` with `{playerId}` signs that player in, `DELETE /session` signs out. */
export async function changeSession(request) {
  if (!["POST", "DELETE"].includes(request.method))
    return refuse(405, "method_not_allowed", "Use POST or DELETE.", { allow: "POST, DELETE" });
  if (!isFromOwnPage(request)) return refuse(403, "foreign_origin", "Only this page may sign in here.");
  return request.method === "POST" ? signIn(request) : answer(DEFAULT_PLAYER, "", "; Max-Age=0");
}

async function signIn(request) {
  const playerId = await readPlayerId(request);
  if (!playerId) return refuse(400, "invalid_request", 'The body must be {"playerId": "…"}.');
  return answer(playerId, encodeURIComponent(playerId));
}

/** Not `Secure`: the demo runs on plain http, and only on this machine. */
const answer = (playerId, value, life = "") =>
  Response.json(
    { playerId },
    {
      headers: {
        "set-cookie": `${COOKIE}=${value}; Path=/; HttpOnly; SameSite=Strict${life}`,
        "cache-control": "no-store",
      },
    },
  );

async function readPlayerId(request) {
  const { playerId: id } = await readBody(request);
  return typeof id === "string" && id.length <= LONGEST_ID && id.isWellFormed() ? id : null;
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null; // not a cookie of ours
  }
}
