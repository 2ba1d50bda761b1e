import { isPassing, untilConnected } from "../connection.js";
import { byId } from "../dom.js";
import { followConfig } from "../setup.js";
import "../views/wire.js";
import { createTroubleButtons } from "../views/trouble-buttons.js";
import { explain } from "../words.js";
import workerSource from "../../worker/toornament.ts" with { type: "text" };
import { createList } from "./list.js";
import { drawMatches, drawParticipants, drawRankings, drawStages } from "./rows.js";
import { createTournaments } from "./tournaments.js";
import { TROUBLES, endTrouble } from "./troubles.js";
import { LANES } from "./witness.js";

/** What the page shows of its source is its source. */
byId("source-worker").textContent = workerSource.trimEnd();

const getTournamentId = () => tournaments.getChosen()?.id;
const participants = createList("participants", { draw: drawParticipants, getTournamentId });
const parts = [
  createList("stages", { draw: drawStages, getTournamentId }),
  participants,
  createList("rankings", { draw: drawRankings, getTournamentId }),
  createList("matches", { draw: drawMatches, getTournamentId }),
];
const tournaments = createTournaments({ onChoice: () => refresh(...parts) });

async function refresh(...lists) {
  const results = await Promise.allSettled(lists.map((list) => list.reload()));
  const failed = results.find(({ status }) => status === "rejected");
  if (failed) await heal(failed.reason);
}

let healing = null;

/** After something that wasn't answered: shows everything anew as soon as somebody answers. */
function heal(error) {
  if (!isPassing(error)) throw error;
  healing ??= untilConnected(async () => {
    await followConfig();
    await tournaments.reload();
    await Promise.all(parts.map((list) => list.reload()));
  }).finally(() => {
    healing = null;
  });
  return healing;
}

createTroubleButtons({ troubles: TROUBLES, lanes: LANES, run });

/** Has it happen while all who take part are read; gives how that ended, in words. */
async function run(trouble) {
  try {
    await trouble.begin();
    await participants.reload();
    return `all ${participants.getCount()} are there`;
  } catch (error) {
    return explain(error);
  } finally {
    await endTrouble();
  }
}

await refresh(tournaments);
