// What a crowd of calls asks for when the token has ended.

import { setTimeout as sleep } from "node:timers/promises";

const CROWD = 1_000;
const LIFE_SECONDS = 1;

export async function benchRenewals({ main }) {
  let renewals = 0;
  let life = LIFE_SECONDS;
  const client = main.createClient({
    apiUrl: "https://api.example.test",
    async token() {
      renewals += 1;
      return { access_token: `token-${renewals}`, expires_in: life };
    },
    fetch: async () => Response.json({ id: "johny" }),
  });
  await client.get("/runtime/player");
  await sleep(LIFE_SECONDS * 1_000 + 50);
  [renewals, life] = [0, 3_600];
  await Promise.all(Array.from({ length: CROWD }, () => client.get("/runtime/player")));
  const what = `${CROWD.toLocaleString("en-US")} calls on an ended token: renewals`;
  return [{ what, value: renewals, unit: "", better: "less", budget: 1 }];
}
