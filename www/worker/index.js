import { changeSession } from "./session.js";
import tokens from "./tokens.ts"; // the manual's worker, as it stands there

export default {
  async fetch(request, env, ctx) {
    switch (new URL(request.url).pathname) {
      case "/player-token":
        return tokens.fetch(request, env, ctx);
      case "/session":
        return changeSession(request);
      case "/config.json":
        return Response.json({ apiUrl: env.PLAYOFF_API_URL }, { headers: { "cache-control": "no-store" } });
      default:
        return env.ASSETS.fetch(request);
    }
  },
};
