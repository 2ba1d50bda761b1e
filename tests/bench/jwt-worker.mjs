// Does what the URL says: /?library=0&what=mint&times=1000. workerd stops its clock meanwhile, so it is timed from outside.

import * as edge from "playoff-wasm/edge";
import { everywhere, repeat, withTokens } from "./subjects.mjs";

let prepared;

export default {
  async fetch(request) {
    const query = new URL(request.url).searchParams;
    prepared ??= withTokens(await everywhere(edge));
    if (!query.has("library")) return Response.json(prepared.map(({ name }) => name));
    const [library, times, from] = ["library", "times", "from"].map((name) => Number(query.get(name)));
    await repeat(prepared[library], query.get("what"), times, from);
    return new Response("done");
  },
};
