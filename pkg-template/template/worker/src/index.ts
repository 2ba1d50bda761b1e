import { createEdgeHandler } from "playoff-wasm/edge";
import { whoIsSignedIn } from "./session";

export { TokenBroker } from "playoff-wasm/edge";

export default createEdgeHandler((env: Env) => ({
  clientId: env.PLAYOFF_CLIENT_ID,
  clientSecret: env.PLAYOFF_CLIENT_SECRET,
  authenticate: async (request) => {
    const user = await whoIsSignedIn(request, env);
    return user && { playerId: user.id, scopes: ["player.runtime.read", "player.runtime.write"], expiresIn: 3600 };
  },
})) satisfies ExportedHandler<Env>;
