// The suite runs where it says it does.

import { match } from "../../lib/assert.mjs";

const agent = () => `${globalThis.navigator?.userAgent}`;

const BROWSERS = { chromium: /Chrome\/\d+/, firefox: /Firefox\/\d+/ };

export const placeCases = [
  {
    name: "place: this is Node",
    needs: "node",
    run: async () => match(`Node ${globalThis.process?.versions?.node}`, /^Node \d+\./, "version"),
  },
  {
    name: "place: this is workerd",
    needs: "workerd",
    run: async () => match(agent(), /^Cloudflare-Workers$/, "user agent"),
  },
  {
    name: "place: this is a page of the browser that was asked for",
    needs: "page",
    async run(t) {
      match(typeof document, /^object$/, "type of document");
      match(agent(), BROWSERS[t.browser], "user agent");
    },
  },
];
