// Apps in several workers that share what Cloudflare's network gives them: KV and Durable Objects, in Miniflare, at
// the oldest compatibility date that we know of and at the newest.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { compatibilityDate as newest } from "workerd";
import { bundleForWorkerd } from "./bundle.mjs";
import { brokerScenarios } from "./miniflare/brokers.mjs";
import { crowdScenarios } from "./miniflare/crowds.mjs";
import { fateScenarios } from "./miniflare/fates.mjs";
import { longScenarios, memoryScenarios } from "./miniflare/memory.mjs";
import { raceScenarios } from "./miniflare/races.mjs";
import { SHORT, kvScenarios, revocationScenarios, shortTokenScenarios } from "./miniflare/revocations.mjs";
import { startWorld } from "./miniflare/world.mjs";

const DATES = ["2024-01-01", newest];
const COUNT = 10_000;

/** A service that takes its time to give a token. */
const slow = (seconds) => ({
  about: `, and a token takes ${seconds} s`,
  begin: ({ control }) => control.fail({ path: "/auth/token", delay: seconds * 1_000, count: COUNT }),
});

/** Each scenario has an app of its own, so those of a group run at the same time. */
const groups = [
  { scenarios: [...crowdScenarios, ...raceScenarios] },
  { scenarios: kvScenarios },
  { scenarios: revocationScenarios },
  { ...slow(3), scenarios: crowdScenarios },
  { ...slow(1.5), scenarios: fateScenarios },
  { begin: ({ control }) => control.seed({ accessTokenSeconds: SHORT }), scenarios: shortTokenScenarios },
  ...brokerScenarios.map((scenario) => ({ scenarios: [scenario] })),
  { scenarios: longScenarios },
  ...memoryScenarios.map((scenario) => ({ scenarios: [scenario] })),
];

async function runGroup(report, world, title, { about = "", begin, scenarios }) {
  await world.control.reset();
  await begin?.(world);
  const test = ({ name, limit, run }) => report.test(`${title}: ${name}${about}`, () => run(world), { limit });
  await Promise.all(scenarios.map(test));
}

export async function launchMiniflare(report, cleanups, { consumer, folder, sandbox }) {
  await mkdir(folder, { recursive: true });
  const modules = await bundleForWorkerd(consumer, join(folder, "worker.js"), "edge-worker");
  for (const compatibilityDate of DATES) {
    const world = await startWorld({ folder, modules, compatibilityDate, sandbox });
    cleanups.add(world.stop);
    for (const group of groups) await runGroup(report, world, `miniflare ${compatibilityDate}`, group);
    await world.stop();
  }
}
