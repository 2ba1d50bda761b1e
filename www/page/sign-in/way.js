import { isPlayoffError } from "playoff-wasm";
import { isPassing } from "../connection.js";
import { finishSignIn, getPlayer, renewToken, signIn, signOut } from "./steps.js";
import { createView } from "./view.js";
import * as words from "./words.js";

/**
 * One way of signing in. `asked` is who gives its tokens; of what `readPlaces()` gives, `rowsOf(places, tokenEnd)` says
 * what is where, `isKept(places)` whether somebody may be signed in. `heal(error)` is called where nobody answered.
 */
export function createWay(root, { playoff, asked, callback, readPlaces, rowsOf, isKept, heal }) {
  const view = createView(root, { signIn: leave, renew, signOut: end });
  let tokenEnd = null;
  let acting = false;

  playoff.on("token", (told) => {
    tokenEnd = told.expiresAt ? told.expiresAt * 1_000 : null;
    view.log(words.describeToken(told));
    if (!refreshing) followUp();
  });
  playoff.on("signedOut", ({ reason }) => {
    tokenEnd = null;
    view.log({ name: "signedOut", text: reason });
    view.say(words.describeSignOut(reason), reason === "refused" ? "bad" : "good");
    view.showState("out");
    followUp();
  });
  playoff.on("warning", (told) => view.log(words.describeWarning(told)));

  /** What nobody here asked for comes from another tab. */
  const followUp = () => acting || refresh().catch(heal);

  /** Finishes a sign-in that comes back here; then shows who is signed in. */
  async function start() {
    if (location.pathname === callback) await attempt(land, words.explainLanding);
    await refresh();
  }

  async function land() {
    const { search } = location;
    if (search) view.log(words.describeLanding(search));
    try {
      if (await finishSignIn(playoff)) view.say("Welcome back: the code was given for a token.");
    } finally {
      if (location.pathname === callback) history.replaceState(null, "", "/sign-in");
      view.scrollHere();
    }
  }

  /** Leaves the page, unless that can't work. */
  async function leave() {
    view.showState("away");
    await attempt(() => signIn(playoff));
    view.showState("out");
  }

  async function renew() {
    await attempt(() => renewToken(playoff));
    await refresh().catch(heal);
  }

  async function end() {
    await attempt(() => signOut(playoff));
    await refresh().catch(heal);
  }

  /** Does what a button is for, and says what went wrong. */
  async function attempt(work, explain = words.explainSignIn) {
    view.say("");
    setActing(true);
    try {
      await work();
    } catch (error) {
      view.say(explain(error, asked), "bad");
      if (!isPlayoffError(error)) throw error; // the console is the place for the rest
    } finally {
      setActing(false);
    }
  }

  function setActing(value) {
    acting = value;
    view.showBusy(value);
  }

  let refreshing = null;
  let again = false;

  /** Shows who is signed in, and what is where; once more if that may have changed meanwhile. Throws where nobody answered. */
  function refresh() {
    again = true;
    refreshing ??= show().finally(() => {
      refreshing = null;
    });
    return refreshing;
  }

  async function show() {
    while (again) {
      again = false;
      try {
        await showPlayer();
      } catch (error) {
        if (isPassing(error)) throw error;
        view.showState("out");
        // What was said of a sign-out says more.
        const isOld = ["login_required", "signed_out"].includes(error.code) && view.hasMessage();
        if (!isOld) view.say(words.explainSignIn(error, asked), "bad");
      }
      view.showPlaces(rowsOf(await readPlaces(), tokenEnd));
    }
  }

  async function showPlayer() {
    if (tokenEnd === null && !isKept(await readPlaces())) return view.showState("out");
    const player = await getPlayer(playoff);
    if (!again) view.showState("in", player); // somebody may have signed out since
  }

  /** The page was left for the service, and is shown again as it was. */
  function resume() {
    setActing(false);
    return refresh();
  }

  return { start, refresh, resume };
}
