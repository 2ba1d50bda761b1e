import { createEdgeHandler } from "playoff-wasm/edge";
import { changeSession, playerOf } from "./session.js";

/** Answers `POST /player-token` with a JWT for whoever is signed in. The secret stays here. */
const tokens = createEdgeHandler((env) => ({
  clientId: env.PLAYOFF_CLIENT_ID,
  clientSecret: env.PLAYOFF_CLIENT_SECRET,
  authenticate: async (request) => ({
    playerId: playerOf(request),
    scopes: ["player.runtime.read", "player.runtime.write"],
    expiresIn: 3600,
  }),
}));

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
