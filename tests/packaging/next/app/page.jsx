// A server component: asks when the page is asked for.

import { createClient } from "playoff-wasm";

export const dynamic = "force-dynamic";

export default async function Page() {
  const { apiUrl, authUrl, token } = JSON.parse(process.env.CONFIG);
  const profile = await createClient({ apiUrl, authUrl, token }).get("/runtime/player");
  return <pre id="profile">{JSON.stringify(profile)}</pre>;
}
