// Requests of one workerd isolate that refresh with one cookie: they share what came, and nobody's fate.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { deepEqual, equal, failure, ok } from "../lib/assert.mjs";
import { controlClient } from "../lib/control.mjs";
import { startWorkerd } from "../lib/workerd.mjs";
import { bundleForWorkerd } from "./bundle.mjs";

// Before 2025 workerd had no FinalizationRegistry.
const DATES = ["2024-01-01", "2026-10-01"];
const REDIRECT_URI = "http://localhost:8787/callback";
const ANSWER_LIMIT = 10_000;
const TABS = 10;

/** A page's POST; gives `{ status, record, cookie }`. */
async function post(url, path, { body = {}, cookie, signal = AbortSignal.timeout(ANSWER_LIMIT) } = {}) {
  const headers = { origin: url, "content-type": "application/json", ...(cookie && { cookie }) };
  const response = await fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body), signal });
  const record = await response.json();
  return { status: response.status, record, cookie: response.headers.get("set-cookie")?.split(";")[0] };
}

async function signIn(url, control) {
  await control.reset();
  const asked = { client_id: "sandbox-code", player_id: "johny", redirect_uri: REDIRECT_URI };
  const { code } = await control.code(asked);
  const signedIn = await post(url, "/auth/exchange", { body: { code, redirect_uri: REDIRECT_URI } });
  equal(signedIn.status, 200, "status of the exchange");
  await control.clearLog();
  return signedIn;
}

/** Many tabs refresh at once, and the one that began goes away before its answer. Gives the answers of the others. */
async function tabsOf(url, control, path) {
  const { cookie } = await signIn(url, control);
  await control.fail({ delay: 500, path: "/auth/token" });
  const leaving = new AbortController();
  const leader = failure(() => post(url, path, { cookie, signal: leaving.signal }));
  await new Promise((resolve) => setTimeout(resolve, 100));
  const others = Array.from({ length: TABS }, () => post(url, path, { cookie }));
  await new Promise((resolve) => setTimeout(resolve, 100));
  leaving.abort();
  await leader;
  return Promise.all(others);
}

async function spentOnce(url, control) {
  const tabs = await tabsOf(url, control, "/auth/refresh");
  for (const { status, record, cookie } of tabs) {
    equal(status, 200, "status");
    equal(record.access_token, tabs[0].record.access_token, "access token");
    equal(cookie, tabs[0].cookie, "cookie");
  }
  equal((await control.log()).length, 1, "token requests");
  const next = await post(url, "/auth/refresh", { cookie: tabs[0].cookie });
  equal(next.status, 200, "status of the next");
}

/** Without `waitUntil` what the first one began ends with it; the others find out, and all are answered. */
async function allAnswered(url, control) {
  const tabs = await tabsOf(url, control, "/auth/refresh?forgetful");
  const codes = tabs.map(({ status, record }) => `${status} ${record.error ?? ""}`);
  ok(
    codes.every((code) => ["200 ", "401 login_required"].includes(code)),
    `answers: ${codes}`,
  );
  deepEqual([...new Set(codes)], [codes[0]], "the same for all");
}

export async function launchWorkerdHandler(report, cleanups, { consumer, folder, sandbox }) {
  await mkdir(folder, { recursive: true });
  const modules = await bundleForWorkerd(consumer, join(folder, "worker.js"), "workerd-handler");
  const bindings = { SANDBOX: JSON.stringify(sandbox) };
  const control = controlClient(sandbox.control.url);
  for (const compatibilityDate of DATES) {
    const server = await startWorkerd({ folder, modules, bindings, compatibilityDate });
    cleanups.add(server.stop);
    const name = `workerd of ${compatibilityDate}: tabs that refresh with one cookie`;
    await report.test(`${name} spend it once, though the first one is given up`, () => spentOnce(server.url, control));
    await report.test(`${name} are all answered, though nobody waits for what the first one began`, () =>
      allAnswered(server.url, control),
    );
    await report.test(`${name}: nothing was thrown outside of a request`, () => {
      ok(!/uncaught|unhandled/i.test(server.output()), server.output().slice(-1500));
    });
    await server.stop();
  }
}
