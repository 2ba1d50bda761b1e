// From importing a client to its first request, in Chromium: fresh visitors of pages that have one client each.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { shown } from "./budgets.mjs";
import { openSite } from "./pages/site.mjs";
import { costTable } from "./table.mjs";
import { medians, turnsOf } from "./turns.mjs";

const LOADS = 31;
const NAMES = { inline: "playoff-wasm", slim: "playoff-wasm/slim, streamed" };

export async function benchFirstRequest(context) {
  const { exports } = JSON.parse(await readFile(join(context.installed, "package.json"), "utf8"));
  const ours = Object.keys(NAMES).filter((client) => client === "inline" || exports["./slim"]);
  const site = await openSite(["ky", ...ours], context, "first-request");
  try {
    const pages = { ky: "ky", ...Object.fromEntries(ours.map((client) => [NAMES[client], client])) };
    const loads = await turnsOf(pages, site.load, LOADS);
    const times = medians(loads, ({ milliseconds }) => milliseconds);
    const cpu = medians(loads, (load) => load.cpu);
    console.log(costTable(`import to first request, Chromium ${site.version}`, times, "ms"));
    console.log(costTable("CPU of the page's thread", cpu, "ms"));
    return ours.map((client) => ({
      what: `first request, later than ky's${client === "slim" ? ", by `slim`" : ""}`,
      value: times[NAMES[client]] - times.ky,
      unit: "+ms",
      better: "less",
      budget: 5,
      aim: 2,
      note: `CPU ${shown(cpu[NAMES[client]] - cpu.ky, "+ms")}`,
    }));
  } finally {
    await site.stop();
  }
}
