// A worker that starts the wasm itself, from the module that it imports.

import wasm from "playoff-wasm/playoff.wasm";
import { createClient, init } from "playoff-wasm/slim";

function tooEarly() {
  try {
    return createClient().get;
  } catch ({ code }) {
    return code;
  }
}

const before = tooEarly();
const ready = init(wasm);

export default {
  async fetch(request, env) {
    const { apiUrl, authUrl, token } = JSON.parse(env.CONFIG);
    await Promise.all([ready, init(wasm)]);
    return Response.json({ before, profile: await createClient({ apiUrl, authUrl, token }).get("/runtime/player") });
  },
};
