// The suite runs where it says it does.

import { match } from "../../lib/assert.mjs";

const SIGNS = {
  node: [() => `Node ${globalThis.process?.versions?.node}`, /^Node \d+\./],
  workerd: [() => globalThis.navigator?.userAgent, /^Cloudflare-Workers$/],
  chromium: [() => `${globalThis.navigator?.userAgent} ${typeof document}`, /Chrome\/\d+.* object$/],
};

export const placeCases = Object.entries(SIGNS).map(([place, [read, expected]]) => ({
  name: `place: this is ${place}`,
  needs: place,
  async run() {
    match(read(), expected, "sign of the place");
  },
}));
