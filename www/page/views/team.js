import { getBoards } from "../boards.js";
import { playoff } from "../client.js";
import { byId, h, keep } from "../dom.js";
import { panel } from "../panel.js";
import { formatNumber, initialsOf } from "../words.js";
import { eventEntry, updateAge } from "./event-entry.js";

const SHOWN = 4;

/** A team: its members with what each of them brought, and what they did. The player's own comes first. */
export function createTeam({ onChoice }) {
  const select = byId("team-choice").querySelector("select");
  let me = null;
  let mine = [];
  let teams = null;
  let chosen = null;

  async function load() {
    teams ??= await playoff.runtime.teams().toArray();
    const team = offer();
    if (!team) return null;
    const board = (await getBoards()).find(({ scope }) => scope.type === "team_instance" && scope.id === team.definition.id);
    const [members, ranking, events] = await Promise.all([
      playoff.runtime.teamMembers(team.id).toArray(),
      board ? playoff.runtime.leaderboard(board.id, { teamInstanceId: team.id }).toArray() : [],
      playoff.runtime.teamActivity(team.id),
    ]);
    return { team, metric: board?.metric.name ?? "Points", members: withScores(members, ranking), events: ofTeam(events, team) };
  }

  /** Their own teams first; stays at the one that was chosen. */
  function offer() {
    const isMine = ({ id }) => mine.some((team) => team.id === id);
    const all = [...teams.filter(isMine), ...teams.filter((team) => !isMine(team))];
    const team = all.find(({ id }) => id === chosen) ?? all[0];
    byId("team-choice").hidden = all.length < 2;
    select.replaceChildren(...all.map(({ id, name }) => h("option", { value: id, selected: id === team?.id }, name)));
    return team;
  }

  function show(found) {
    byId("team-says").textContent = found ? describe(found) : "This game has no teams yet.";
    const { members = [], events = [], metric } = found ?? {};
    const most = Math.max(1, ...members.map(({ score }) => score));
    keep(byId("members"), members, {
      key: ({ id }) => id,
      create: createMember,
      update: (line, member) => updateMember(line, member, { most, metric, me }),
    });
    const newest = events.toReversed().slice(0, SHOWN);
    keep(byId("team-events"), newest.length ? newest : [{ id: "none", none: true }], {
      key: ({ id }) => `${me} ${id}`,
      create: (event) => (event.none ? h("li", { class: "nothing" }, "Nothing today.") : eventEntry(event, me)),
      update: updateAge,
    });
  }

  function describe({ team, members, metric }) {
    const sum = formatNumber(members.reduce((total, { score }) => total + score, 0));
    const together = `${members.length} players brought ${sum} ${metric} together.`;
    return mine.some(({ id }) => id === team.id) ? `Your team. ${together}` : `You aren't in this team. ${together}`;
  }

  select.addEventListener("change", () => {
    chosen = select.value;
    onChoice();
  });

  /** Whose teams come first. */
  function setPlayer(id, own) {
    if (me !== id) chosen = null;
    me = id;
    mine = own;
  }

  return { ...panel(byId("team"), { load, show }), setPlayer };
}

/** All of them, who brought most first; who isn't on the board brought nothing yet. */
function withScores(members, ranking) {
  const scores = new Map(ranking.map(({ player, score }) => [player.id, score]));
  return members.map((member) => ({ ...member, score: scores.get(member.id) ?? 0 })).toSorted((a, b) => b.score - a.score);
}

/** A team's own feed doesn't say which team. */
const ofTeam = (events, team) => events.map((event) => ({ team, ...event }));

const createMember = ({ alias }) =>
  h(
    "li",
    {},
    h("span", { class: "member-initials", "aria-hidden": "true" }, initialsOf(alias)),
    h("span", { class: "member-name" }, alias),
    h("data", {}),
    h("span", { class: "member-bar", "aria-hidden": "true" }, h("span", {})),
  );

function updateMember(line, { id, score }, { most, metric, me }) {
  line.classList.toggle("mine", id === me);
  const data = line.querySelector("data");
  data.value = score;
  data.replaceChildren(formatNumber(score), h("span", { class: "unseen" }, ` ${metric}`));
  line.querySelector(".member-bar > span").style.setProperty("--share", Math.max(0, score) / most);
}
