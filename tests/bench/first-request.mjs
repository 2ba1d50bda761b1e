// From importing a client to its first request, in Chromium: fresh visitors of pages that have one client each.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openSite } from "./pages/site.mjs";
import { costTable } from "./table.mjs";
import { inTurns } from "./turns.mjs";

const LOADS = 15;
const NAMES = { inline: "playoff-wasm", slim: "playoff-wasm/slim, streamed" };

export async function benchFirstRequest(context) {
  const { exports } = JSON.parse(await readFile(join(context.installed, "package.json"), "utf8"));
  const ours = Object.keys(NAMES).filter((client) => client === "inline" || exports["./slim"]);
  const site = await openSite(["ky", ...ours], context, "first-request");
  try {
    const pages = { ky: "ky", ...Object.fromEntries(ours.map((client) => [NAMES[client], client])) };
    const times = await inTurns(pages, async (page) => (await site.load(page)).milliseconds, LOADS);
    console.log(costTable(`import to first request, Chromium ${site.version}`, times, "ms"));
    const later = (client, limits) => ({
      what: `import to first request, later than ky${client === "inline" ? "" : " (slim)"}`,
      value: times[NAMES[client]] - times.ky,
      unit: "+ms",
      better: "less",
      ...limits,
    });
    return ours.map((client) => later(client, { budget: 5, aim: 2 }));
  } finally {
    await site.stop();
  }
}
