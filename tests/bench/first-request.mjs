// From importing a client to its first request, in Chromium: fresh visitors of pages that have one client each.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { shown } from "./budgets.mjs";
import { openSite } from "./pages/site.mjs";
import { costTable } from "./table.mjs";
import { medians, turnsOf } from "./turns.mjs";

const LOADS = 15;
const NAMES = { inline: "playoff-wasm", slim: "playoff-wasm/slim, streamed" };

export async function benchFirstRequest(context) {
  const { exports } = JSON.parse(await readFile(join(context.installed, "package.json"), "utf8"));
  const ours = Object.keys(NAMES).filter((client) => client === "inline" || exports["./slim"]);
  const site = await openSite(["ky", ...ours], context, "first-request");
  try {
    const pages = { ky: "ky", ...Object.fromEntries(ours.map((client) => [NAMES[client], client])) };
    const loads = await turnsOf(pages, async (page) => (await site.load(page)).milliseconds, LOADS);
    const times = medians(loads);
    console.log(costTable(`import to first request, Chromium ${site.version}`, times, "ms"));
    // Where other work takes turns with the browser, the fastest load says most of what is to be done in it.
    const fastest = (client) => Math.min(...loads[client]) - Math.min(...loads.ky);
    return ours.map((client) => ({
      what: `first request, later than ky's${client === "slim" ? ", by `slim`" : ""}`,
      value: times[NAMES[client]] - times.ky,
      unit: "+ms",
      better: "less",
      budget: 5,
      aim: 2,
      note: `fastest loads ${shown(fastest(NAMES[client]), "+ms")}`,
    }));
  } finally {
    await site.stop();
  }
}
