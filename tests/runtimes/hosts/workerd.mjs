// A worker that lists its cases, and runs one per request.

import { serverSuite } from "./server.mjs";

let suite;

export default {
  async fetch(request, env) {
    suite ??= serverSuite("workerd", JSON.parse(env.SANDBOX));
    const run = new URL(request.url).searchParams.get("run");
    return Response.json(run === null ? suite.names : { problem: await suite.run(run) });
  },
};
