import { createEdgeHandler } from "playoff-wasm/edge";

export default createEdgeHandler((env: Env) => ({
  authUrl: env.PLAYOFF_AUTH_URL,
  clientId: env.SIGN_IN_CLIENT_ID,
  clientSecret: env.SIGN_IN_CLIENT_SECRET,
  authenticate: () => null, // players sign in at the service
})) satisfies ExportedHandler<Env>;
