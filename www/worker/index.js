import { tellCookies } from "./cookies.js";
import { changeSession } from "./session.js";
import signIn from "./sign-in.ts";
import tokens from "./tokens.ts"; // the manual's worker, as it stands there

export default {
  async fetch(request, env, ctx) {
    switch (new URL(request.url).pathname) {
      case "/player-token":
        return tokens.fetch(request, env, ctx);
      case "/auth/exchange":
      case "/auth/refresh":
      case "/auth/logout":
        return signIn.fetch(request, env, ctx);
      case "/session":
        return changeSession(request);
      case "/cookies.json":
        return tellCookies(request);
      case "/config.json":
        return Response.json(
          { apiUrl: env.PLAYOFF_API_URL, authUrl: env.PLAYOFF_AUTH_URL },
          { headers: { "cache-control": "no-store" } },
        );
      default:
        return env.ASSETS.fetch(request);
    }
  },
};
