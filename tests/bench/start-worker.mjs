// Starts as many instances as the URL says: /?times=10.

import { made } from "./made.mjs";
import "playoff-wasm";

const { Instance, args } = made;

export default {
  async fetch(request) {
    const times = Number(new URL(request.url).searchParams.get("times"));
    for (let done = 0; done < times; done++) new Instance(...args);
    return new Response("done");
  },
};
