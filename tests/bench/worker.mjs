// Does what the URL says: /?library=0&what=mint&times=1000. workerd stops its clock meanwhile, so it is timed from outside.

import * as edge from "playoff-wasm/edge";
import { everywhere, repeat, tokensOf } from "./subjects.mjs";

let prepared;

async function prepare() {
  const subjects = await everywhere(edge);
  return { subjects, tokens: await tokensOf(subjects[0]) };
}

export default {
  async fetch(request) {
    const query = new URL(request.url).searchParams;
    prepared ??= await prepare();
    const { subjects, tokens } = prepared;
    if (!query.has("library")) return Response.json(subjects.map(({ name }) => name));
    const [library, times, from] = ["library", "times", "from"].map((name) => Number(query.get(name)));
    await repeat(subjects[library], query.get("what"), times, from, tokens);
    return new Response("done");
  },
};
