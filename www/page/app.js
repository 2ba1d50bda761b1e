import { getPlayer, playoff, startOver } from "./client.js";
import { connection, isPassing, untilConnected } from "./connection.js";
import { followConfig } from "./setup.js";
import { createActions } from "./views/actions.js";
import { celebrate, endCelebrations } from "./views/celebration.js";
import { createFeed } from "./views/feed.js";
import { createLeaderboard } from "./views/leaderboard.js";
import { createProfile } from "./views/profile.js";
import { createSwitcher } from "./views/switcher.js";
import { showToken } from "./views/wire.js";

const STALE_AFTER = 60_000;

const switcher = createSwitcher({ switchPlayer });
const profile = createProfile({ getPlayer, onPlayer: showWhoPlays });
const actions = createActions({ play });
const leaderboard = createLeaderboard({ onChoice: () => refresh(leaderboard) });
const feed = createFeed();
const everything = [profile, actions, leaderboard, feed, switcher];

let loadedAt = 0;

function showWhoPlays({ id }) {
  for (const view of [switcher, leaderboard, feed]) view.setPlayer(id);
  showToken(playoff.claims());
}

/** Signs in or out by `changeSession`; from then on the page is another player's. */
async function switchPlayer(changeSession) {
  const main = document.querySelector("main");
  main.inert = true; // what is played now would be played by the other player
  main.setAttribute("aria-busy", "true");
  try {
    await changeSession();
    endCelebrations();
    startOver();
  } finally {
    main.inert = false;
    main.removeAttribute("aria-busy");
  }
  await refresh(...everything);
}

/** The answer brings the actions and what happened; only scores and ranking are asked for again. */
async function play(action, variables) {
  const player = playoff;
  const { actions: refreshed, events } = await postPlay(action, variables);
  if (player !== playoff) return []; // somebody else signed in meanwhile
  actions.show(refreshed);
  feed.add(events.local);
  celebrate(events.local);
  refresh(profile, leaderboard);
  return events.local;
}

/** A play that got no answer may have counted: it isn't sent again, but everything is read again. */
async function postPlay(action, variables) {
  try {
    return await playoff.post(["runtime", "actions", action.id, "play"], { variables });
  } catch (error) {
    if (isPassing(error)) heal();
    throw error;
  }
}

/** Loads these parts of the page again; if nobody answers, all of it as soon as somebody does. */
async function refresh(...views) {
  try {
    await reload(views);
    loadedAt = Date.now();
  } catch (error) {
    if (!isPassing(error)) throw error;
    await heal();
  }
}

let healing = null;

function heal() {
  healing ??= untilConnected(async () => {
    await followConfig();
    await profile.reload(); // one call finds out whether the rest is worth trying
    await reload(everything.filter((view) => view !== profile));
  }).finally(() => {
    healing = null;
    loadedAt = Date.now();
  });
  return healing;
}

async function reload(views) {
  const results = await Promise.allSettled(views.map((view) => view.reload()));
  const failed = results.find(({ status }) => status === "rejected");
  if (failed) throw failed.reason;
}

/** Nothing is polled; but who comes back to the page after a while finds it up to date. */
function refreshIfStale() {
  if (!document.hidden && connection.state === "connected" && Date.now() - loadedAt > STALE_AFTER)
    refresh(...everything);
}

document.addEventListener("visibilitychange", refreshIfStale);
addEventListener("focus", refreshIfStale);

await refresh(...everything);
