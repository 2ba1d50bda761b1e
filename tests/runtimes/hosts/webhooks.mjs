// A receiver of webhooks: `/hook`. `/begin` begins anew, with as many failures as it is told; `/told` shows what came.

import { createWebhookHandler, memoryStorage } from "playoff-wasm/edge";

let told;
let failures;
let handler;

function begin({ fail = 0 }) {
  told = [];
  failures = fail;
  const storage = memoryStorage();
  handler = createWebhookHandler(() => ({
    storage,
    async onEvent(event) {
      if (failures-- > 0) throw new Error("it can't be worked off");
      told.push(event);
    },
  }));
}

export default {
  async fetch(request, env, context) {
    const { pathname } = new URL(request.url);
    if (pathname === "/hook") return handler.fetch(request, env, context);
    if (pathname === "/begin") begin(await request.json());
    return Response.json(told);
  },
};
