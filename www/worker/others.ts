// The other players of the demo: they are there as long as somebody looks on. Each call is one deed of one of them,
// done by this worker as the app, which may play for every player. A page of your own doesn't need this.

import { createEdge, isPlayoffError } from "playoff-wasm/edge";
import { isFromOwnPage, readBody, refuse } from "./answers";
import { whoIsSignedIn } from "./session";

/** What is known of the game: a play of an unknown action, or without its variables, doesn't compile. */
interface ShellIsland {
  actions: { collect: { n: number }; share: { reach: number; link: string } };
  metrics: { points: "point"; coins: "point"; level: "state"; badges: "set"; total: "compound" };
}

type Player = { id: string; alias: string };
/** Who there is, as the player sees it who looks on. `turn` counts, so that not always the same one acts. */
type Scene = { me: string; team?: { id: string }; mates: Player[]; others: Player[]; turn: number };

/** `POST /others` with `{deed, turn}`: somebody else does that. Answers what was done, in words. */
export async function letOthersPlay(request: Request, env: Env): Promise<Response> {
  if (request.method !== "POST") return refuse(405, "method_not_allowed", "Use POST.", { allow: "POST" });
  if (!isFromOwnPage(request)) return refuse(403, "foreign_origin", "Only this page may let others play.");
  const { deed, turn } = await readBody(request);
  const { id } = whoIsSignedIn(request);
  const island = islandOf(env);
  if (!Object.hasOwn(island.deeds, deed) || !Number.isInteger(turn) || turn < 0)
    return refuse(400, "invalid_request", `The body must be {"deed": ${Object.keys(island.deeds).join(" | ")}, "turn": 0…}.`);
  try {
    const scene = await island.look(id, turn);
    return Response.json({ text: await island.deeds[deed](scene) }, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    if (!isPlayoffError(error)) throw error;
    return refuse(502, error.code, error.message);
  }
}

/** Who comes and goes. */
const GUEST = "petra";

const pick = <T>(list: readonly T[], turn: number): T => list[turn % list.length];

/** The game as the app sees it, and what can be done in it. */
function islandOf(env: Env) {
  const edge = createEdge({
    apiUrl: env.PLAYOFF_API_URL,
    authUrl: env.PLAYOFF_AUTH_URL,
    clientId: env.APP_CLIENT_ID,
    clientSecret: env.APP_CLIENT_SECRET,
  });
  const as = (playerId: string) => edge.client<ShellIsland>({ playerId }).runtime;
  const { admin } = edge.client<ShellIsland>();

  async function look(me: string, turn: number): Promise<Scene> {
    const [{ teams: [team] }, players] = await Promise.all([as(me).player(), as(me).players().toArray()]);
    const members = team ? await as(me).teamMembers(team.id).toArray() : [];
    const others = players.filter(({ id }) => id !== me);
    return { me, team, mates: members.filter(({ id }) => id !== me), others, turn };
  }

  const deeds: Record<string, (scene: Scene) => Promise<string>> = {
    /** A team mate, where there is one: their badges and levels are told to the whole team. Who came last has most to reach. */
    async collect({ mates, others, turn }) {
      const { id, alias } = pick(mates.length > 0 ? mates.toReversed() : others, turn);
      const n = 12 + 14 * (turn % 4);
      await as(id).play("collect", { variables: { n } });
      return `${alias} collects ${n} shells`;
    },

    /** Anybody: the ranking moves, and nobody is told. */
    async share({ others, turn }) {
      const { id, alias } = pick(others, turn);
      await as(id).play("share", { variables: { reach: 4 + (turn % 5), link: "https://shell.example/find" } });
      return `${alias} shares a find`;
    },

    /** The game's master, an admin. */
    async gift({ me }) {
      await admin.changeScores(me, [{ metric: { id: "coins", type: "point" }, verb: "add", value: "5" }]);
      return "The game's master gives you 5 Coins";
    },

    /** Somebody joins the team, or leaves it again. */
    async travel(scene) {
      const { team, mates, others } = scene;
      if (!team) return deeds.share(scene);
      const guest = others.find(({ id }) => id === GUEST) ?? others[0];
      if (mates.some(({ id }) => id === guest.id)) {
        await admin.leaveTeam(team.id, guest.id);
        return `${guest.alias} leaves the team`;
      }
      await admin.joinTeam(team.id, guest.id, { Mate: true });
      return `${guest.alias} joins the team`;
    },
  };

  return { look, deeds };
}
