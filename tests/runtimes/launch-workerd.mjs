// The suite in the real workerd.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { deepEqual, ok } from "../lib/assert.mjs";
import { controlClient } from "../lib/control.mjs";
import { sendToLeave } from "../lib/leave.mjs";
import { casesWanted, full } from "../lib/settings.mjs";
import { startWorkerd } from "../lib/workerd.mjs";
import { bundleForWorkerd } from "./bundle.mjs";

const CASE_LIMIT = full ? 85_000 : 25_000;

async function ask(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(CASE_LIMIT) });
  const text = await response.text();
  if (!response.ok) throw new Error(`workerd answered ${response.status}: ${text.slice(0, 500)}`);
  return JSON.parse(text);
}

/** Many requests at once, and the first caller goes away before its answer: the others get theirs. */
async function requestsShareNoFate(url, control) {
  await control.reset();
  const leave = sendToLeave(url);
  const others = Array.from({ length: 10 }, () => ask(url));
  await new Promise((resolve) => setTimeout(resolve, 100));
  await leave();
  const profile = await control.player("johny");
  for (const answer of await Promise.all(others)) deepEqual(answer, profile, "profile of another request");
  deepEqual(await ask(url), profile, "profile of a later request");
}

/** A panic in one request ends the calls of all, and none of the requests. */
async function requestsShareAPanic(url, control) {
  await control.reset();
  const pending = Array.from({ length: 10 }, () => ask(`${url}/own-client`));
  await new Promise((resolve) => setTimeout(resolve, 150));
  deepEqual(await ask(`${url}/panic`), { code: "internal" }, "the request that panics");
  for (const answer of await Promise.all(pending)) deepEqual(answer, { code: "internal" }, "another request");
  const profile = await control.player("johny");
  for (const path of ["/own-client", "/shared-client"]) deepEqual(await ask(`${url}${path}`), profile, `then ${path}`);
}

export async function launchWorkerd(report, cleanups, { consumer, folder, sandbox, panicSwitch = false }) {
  await mkdir(folder, { recursive: true });
  const modules = await bundleForWorkerd(consumer, join(folder, "worker.js"));
  const bindings = { SANDBOX: JSON.stringify({ ...sandbox, panicSwitch }) };
  const server = await startWorkerd({ folder, modules, bindings });
  cleanups.add(server.stop);

  for (const name of casesWanted(await ask(server.url))) {
    try {
      const { problem } = await ask(`${server.url}/?run=${encodeURIComponent(name)}`);
      if (problem === null) report.pass(`workerd: ${name}`);
      else report.fail(`workerd: ${name}`, new Error(problem));
    } catch (error) {
      report.fail(`workerd: ${name}`, new Error(`${error.message}\n${server.output().slice(-1500)}`));
    }
  }
  for (const path of ["/own-client", "/shared-client"]) {
    await report.test(`workerd: a request that is given up doesn't harm the others (${path})`, () =>
      requestsShareNoFate(`${server.url}${path}`, controlClient(sandbox.control.url)),
    );
  }
  if (panicSwitch) {
    await report.test("workerd: a panic in one request: the others get their rejections, and later ones work", () =>
      requestsShareAPanic(server.url, controlClient(sandbox.control.url)),
    );
    await report.test("workerd: nothing was thrown outside of a call, panics included", () => {
      ok(!/uncaught|unhandled/i.test(server.output()), server.output().slice(-1500));
    });
  }
  await server.stop();
}
