import { createEdgeHandler } from "playoff-wasm/edge";

export default createEdgeHandler((env) => ({
  clientId: env.PLAYOFF_CLIENT_ID,
  clientSecret: env.PLAYOFF_CLIENT_SECRET,

  // Who is asking? Look at your own session: a cookie, a bearer token. Give null where nobody is
  // signed in. The player's id is never taken from what the page says.
  authenticate: async (request) => {
    const user = await whoIsSignedIn(request);
    return user && {
      playerId: user.id,
      scopes: ["player.runtime.read", "player.runtime.write"],
      expiresIn: 3600,
    };
  },
}));

async function whoIsSignedIn(request) {
  return null;
}
