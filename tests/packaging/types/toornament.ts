// What a strict user writes against Toornament's calls, and what must not compile. Never run.

import {
  createEdge,
  createWebhookHandler,
  kvStorage,
  memoryStorage,
  type Match,
  type TokenNamespace,
  type Toornament,
  type ToornamentClient,
  type WebhookOptions,
} from "playoff-wasm/edge";

const keys = { clientId: "app", clientSecret: "not-a-real-secret" };

const organiser = createEdge({ ...keys, provider: "toornament", apiKey: "key", scope: ["organizer:view"] });
const client: ToornamentClient = organiser.client({ timeout: 5_000 });
const { toornament } = client;
createEdge({ ...keys, provider: { extend: "toornament", apiKeyHeader: "x-key" } }).client().toornament satisfies Toornament;

export async function reads(): Promise<string[]> {
  const names: string[] = [];
  for await (const tournament of toornament.tournaments({ archived: false, sort: "scheduled_asc", limit: 20 })) {
    names.push(tournament.id, tournament.scheduled_date_start ?? "some day");
  }
  const ids: readonly string[] = names;
  const { status, data } = await toornament.tournament("1", { full: true });
  const matches: Match[] = await toornament
    .matches({ tournamentIds: ids, statuses: ["running", "a new one"], playedAfter: new Date(), query: { more: 1 } })
    .toArray({ max: 10 });
  for (const match of matches) {
    for (const { participant, result, score } of match.opponents) {
      if (result === "win") names.push(`${participant?.name} ${score ?? 0}`);
    }
    if (match.type === "ffa") names.push((await toornament.match(match.id)).opponents.length.toFixed());
    for await (const game of toornament.games(match.id)) names.push(`${game.number} ${game.status}`);
    names.push((await toornament.game(match.id, 1)).status);
  }
  for await (const row of toornament.rankings({ stageIds: ["1"], maxRank: 3 })) names.push(`${row.rank} ${row.points}`);
  for await (const row of toornament.standings({ tournamentIds: ["1"] })) names.push(`${row.position}`);
  const person = await toornament.participant("1");
  const shirt: unknown = person.custom_fields["shirt"];
  const stages = toornament.stages({ stageNumbers: [1], base: "viewer" });
  for await (const { data: page, total } of stages.pages()) names.push(`${page[0]?.name} ${total} ${shirt}`);
  for await (const { checked_in } of toornament.participants({ isCheckedIn: true })) names.push(String(checked_in));
  return [...names, data.participant_type, `${status} ${(await toornament.stage("1")).type}`, (await toornament.standing("1")).id];
}

export async function uploads(bytes: Uint8Array): Promise<void> {
  const { id } = await toornament.uploadFile(bytes, {
    context: "tournament_logo",
    filename: "logo.png",
    contentType: "image/png",
    timeout: 60_000,
  });
  await client.patch(["tournaments", "1"], { logo: { id } }, { base: "organizer" });
}

interface Env {
  WEBHOOKS: TokenNamespace;
}

export default createWebhookHandler((env: Env) => ({
  storage: kvStorage(env.WEBHOOKS),
  onEvent: async ({ name, object_id }) => {
    if (name === "participant.created") console.log((await toornament.participant(object_id)).name);
  },
}));

export const options: WebhookOptions = { secret: "x", onEvent: () => {}, maxBodySize: 1_000, replayWindow: 0 };
export const learnt: WebhookOptions = { storage: memoryStorage(), onEvent: () => {} };
export const own: WebhookOptions = {
  storage: { load: () => undefined, store: (_key, { secret }) => console.log(secret?.length), remove: () => {} },
  onEvent: () => {},
};

export function wrong(): void {
  const playoff = createEdge(keys).client();
  // @ts-expect-error: Playoff has no calls of Toornament's
  void playoff.toornament;
  const kumite = createEdge({ provider: "kumite", apiUrl: "https://kumite.example", refreshToken: "x" }).client();
  // @ts-expect-error: nor has Kumite
  void kumite.toornament;
  // @ts-expect-error: nor a service of one's own
  void createEdge({ ...keys, provider: { name: "own", apiUrl: "https://own.example" } }).client().toornament;
  // @ts-expect-error: Toornament has no calls of Playoff's
  void client.runtime;
  // @ts-expect-error: nor of an app of Playoff's
  void client.admin;
  // @ts-expect-error: it mints nothing
  organiser.createJWT({ playerId: "johny" });
  // @ts-expect-error: nobody signs in there
  void client.login();
  // @ts-expect-error: an app without a secret
  createEdge({ provider: "toornament", clientId: "app" });
  // @ts-expect-error: ids are strings
  void toornament.match(7);
  // @ts-expect-error: in lists too
  toornament.matches({ matchIds: [7] });
  // @ts-expect-error: the service's own names aren't the SDK's
  toornament.matches({ tournament_ids: ["1"] });
  // @ts-expect-error: a filter of others
  toornament.standings({ minRank: 1 });
  // @ts-expect-error: a number isn't a flag
  toornament.tournaments({ isOnline: 1 });
  // @ts-expect-error: games are of a match
  toornament.games();
  // @ts-expect-error: it has a number
  void toornament.game("1");
  // @ts-expect-error: lists have no head
  toornament.participants({ full: true });
  // @ts-expect-error: what a file is for
  void toornament.uploadFile(new Uint8Array(), { filename: "a.png" });
  // @ts-expect-error: what happens to events
  createWebhookHandler(() => ({ secret: "x" }));
  // @ts-expect-error: who signs them
  createWebhookHandler(() => ({ onEvent: () => {} }));
  // @ts-expect-error: a namespace isn't a storage
  createWebhookHandler((env: Env) => ({ storage: env.WEBHOOKS, onEvent: () => {} }));
}
