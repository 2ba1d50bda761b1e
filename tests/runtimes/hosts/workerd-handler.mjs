// A worker whose pages sign in: as it should be, and one that forgets to hand its context on.

import { createEdgeHandler } from "playoff-wasm/edge";

const handler = createEdgeHandler(({ SANDBOX }) => {
  const { playoff } = JSON.parse(SANDBOX);
  const { clientId, clientSecret } = playoff.clients.find((one) => one.clientId === "sandbox-code");
  return {
    clientId,
    clientSecret,
    apiUrl: playoff.apiUrl,
    authUrl: playoff.authUrl,
    timeout: 1_000,
    allowOrigins: ["http://localhost:8787"],
    authenticate: () => null,
  };
});

export default {
  async fetch(request, env, context) {
    const url = new URL(request.url);
    const isForgetful = url.searchParams.has("forgetful");
    return handler.fetch(request, env, isForgetful ? undefined : context);
  },
};
