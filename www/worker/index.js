import { tellCookies } from "./cookies.js";
import { playAtKumite } from "./kumite.ts";
import { letOthersPlay } from "./others.ts";
import { changeSession } from "./session.js";
import signIn from "./sign-in.ts";
import tokens from "./tokens.ts"; // the manual's worker, as it stands there
import { readFromToornament } from "./toornament.ts";

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
      case "/others":
        return letOthersPlay(request, env);
      case "/kumite/play":
        return playAtKumite(request, env);
      case "/toornament/list":
        return readFromToornament(request, env);
      case "/cookies.json":
        return tellCookies(request);
      case "/config.json":
        return tellConfig(env);
      default:
        return env.ASSETS.fetch(request);
    }
  },
};

/** Where the services are; `controlUrl` is the sandbox's own, by which the page makes it fail. */
const tellConfig = ({ PLAYOFF_API_URL: apiUrl, PLAYOFF_AUTH_URL: authUrl, SANDBOX_CONTROL_URL: controlUrl }) =>
  Response.json({ apiUrl, authUrl, controlUrl }, { headers: { "cache-control": "no-store" } });
