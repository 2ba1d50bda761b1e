// How signing in is said to people.
import { explain, formatTime } from "../words.js";

const EXPLANATIONS = {
  access_denied: "You said no at the sandbox. Nobody is signed in, and nothing is kept.",
  login_expired: "This sign-in was begun more than ten minutes ago. Sign in again.",
  state_mismatch: "This answer belongs to no sign-in of this tab: it was finished already, or begun elsewhere. Sign in again.",
  state_missing: "The service's answer doesn't say which sign-in it belongs to. It is refused.",
  issuer_mismatch: "The answer is another service's. It is refused.",
  code_used: "Another tab finished this sign-in. Go on there, or sign in again.",
  invalid_grant: "The service doesn't take what renewed the token any more. Sign in again.",
  login_required: "Nobody is signed in any more. Sign in again.",
  sign_out_failed: "Signed out here, but the worker wasn't told: its cookie may still sign you in. Load this page again, and sign out once more.",
  signed_out: "You signed out meanwhile.",
  insecure_origin: "Signing in needs https, or localhost.",
  storage_unavailable: "This window keeps nothing, so no sign-in could be finished: use one that isn't private or framed.",
};

/** What went wrong, for a person; `asked` is who was to give a token. */
export function explainSignIn(error, asked) {
  if (error.code === "network_error" || error.code === "timeout") return `The ${asked} wasn't reached. Try again in a moment.`;
  return EXPLANATIONS[error.code] ?? explain(error);
}

/** The same of a sign-in that comes back: nobody can finish it a second time. */
export function explainLanding(error, asked) {
  if (error.retryable) return `No answer came from the ${asked}, and a code is sent once. Sign in again.`;
  if (error.code === "invalid_grant") return "The service doesn't take this code: it is too old, or was used before. Sign in again.";
  return explainSignIn(error, asked);
}

const SIGNED_OUT = {
  logout: "Signed out here. The sandbox still knows you: signing in again is one click there.",
  other_tab: "Signed out in another tab.",
  refused: EXPLANATIONS.invalid_grant,
};

export const describeSignOut = (reason) => SIGNED_OUT[reason];

const TOKENS = {
  login: "the code brought one",
  initial: "the first one of this page",
  expired: "the old one was at its end",
  refused: "the service refused the old one",
  requested: "renewed as you asked",
};

/** { name, text } of a client's event, for the log. */
export const describeToken = ({ reason, expiresAt }) => ({
  name: "token",
  text: `${reason}: ${TOKENS[reason]}${expiresAt === undefined ? "" : `; until ${formatTime(expiresAt * 1_000)}`}`,
});

export const describeWarning = ({ code, message }) => ({ name: "warning", text: `${code}: ${message}` });

/** What the address brings, before anything of it is taken. */
export function describeLanding(search) {
  const names = [...new URLSearchParams(search).keys()].filter((name) => ["code", "state", "error"].includes(name));
  return { name: "address", text: `came back with ${names.join(" and ")}, which are taken out of it at once` };
}
