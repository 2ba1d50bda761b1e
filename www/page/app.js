import { getPlayer, playoff, startOver } from "./client.js";
import { connection, isPassing, untilConnected } from "./connection.js";
import { live } from "./live.js";
import { followConfig } from "./setup.js";
import { createActions } from "./views/actions.js";
import { celebrate, endCelebrations } from "./views/celebration.js";
import { createFeed } from "./views/feed.js";
import { createLeaderboard } from "./views/leaderboard.js";
import { createProfile } from "./views/profile.js";
import { createPulse } from "./views/pulse.js";
import { createSwitcher } from "./views/switcher.js";
import { createTeam } from "./views/team.js";
import { createTrouble } from "./views/trouble.js";
import { showToken } from "./views/wire.js";
import { tellGivenUp, tellNotification, tellState } from "./witness.js";
import { describeEvent } from "./words.js";

const STALE_AFTER = 60_000;
const TOGETHER = 600;

const switcher = createSwitcher({ switchPlayer });
const profile = createProfile({ getPlayer, onPlayer: showWhoPlays });
const actions = createActions({ play });
const leaderboard = createLeaderboard({ onChoice: () => refresh(leaderboard) });
const feed = createFeed();
const team = createTeam({ onChoice: () => refresh(team) });
const pulse = createPulse({ onRoundEnd: () => refresh(leaderboard, team) });
const everything = [profile, actions, leaderboard, feed, team, switcher];
createTrouble({ read: () => refresh(profile), getMe: () => me });

let me = null;
let loadedAt = 0;

function showWhoPlays({ id, teams }) {
  me = id;
  for (const view of [switcher, leaderboard, feed]) view.setPlayer(id);
  team.setPlayer(id, teams);
  showToken(playoff.claims());
}

/** Signs in or out by `changeSession`; from then on the page is another player's. */
async function switchPlayer(changeSession) {
  const main = document.querySelector("main");
  main.inert = true; // what is played now would be played by the other player
  main.setAttribute("aria-busy", "true");
  try {
    await changeSession();
    pulse.stop();
    endCelebrations();
    feed.forget();
    startOver();
    live.open();
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
  celebrate(feed.add(events.local), me);
  refresh(profile, leaderboard, team);
  return events.local;
}

/** A play that got no answer may have counted: it isn't sent again, but everything is read again. */
async function postPlay(action, variables) {
  try {
    return await playoff.runtime.play(action.id, { variables });
  } catch (error) {
    if (isPassing(error)) heal();
    throw error;
  }
}

/** What somebody else has done, or this player in another tab. What a play here has brought already is known. */
function hear(event) {
  tellNotification(describeEvent(event, me).text);
  const fresh = feed.add([event]);
  if (fresh.length === 0) return;
  pulse.showEvent(event, me);
  celebrate(fresh, me);
  refreshSoon();
}

function showState() {
  pulse.showState(live.state);
  tellState(live.state);
}

let soon = null;

/** What is told at the same time is looked up once; what nobody sees, when somebody does. */
function refreshSoon() {
  if (document.hidden) {
    loadedAt = 0;
    return;
  }
  soon ??= setTimeout(() => {
    soon = null;
    refresh(profile, leaderboard, team);
  }, TOGETHER);
}

/** Loads these parts of the page again; if nobody answers, all of it as soon as somebody does. */
async function refresh(...views) {
  try {
    await reload(views);
    loadedAt = Date.now();
  } catch (error) {
    if (!isPassing(error)) throw error;
    tellGivenUp(error);
    await heal();
  }
}

let healing = null;

function heal() {
  healing ??= untilConnected(async () => {
    await followConfig();
    await reload(everything);
    live.resume();
  }).finally(() => {
    healing = null;
    loadedAt = Date.now();
  });
  return healing;
}

/** The profile comes first: it tells whose page this is, and whether the rest is worth trying. */
async function reload(views) {
  if (views.includes(profile)) await profile.reload();
  const others = views.filter((view) => view !== profile);
  const results = await Promise.allSettled(others.map((view) => view.reload()));
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

live.addEventListener("told", ({ detail }) => hear(detail));
live.addEventListener("state", showState);
live.open();
await refresh(...everything);
