// A visitor of the demo: what the page shows them, and what they do there.

import { until } from "../lib/limits.mjs";

const LIMIT = 10_000;

/**
 * Opens the page for a new visitor. `settled: false` doesn't wait until it shows a player;
 * `prepare(page)` comes before the page is loaded;
 * `random` is what Math.random gives there, by which the SDK's waits are long or short.
 */
export async function openDemo(
  browser,
  url,
  { settled = true, width = 1280, height = 900, prepare = async () => {}, random, ...options } = {},
) {
  const context = await browser.newContext({ viewport: { width, height }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(LIMIT);
  const problems = await collectProblems(page);
  if (random !== undefined) await page.addInitScript((value) => (Math.random = () => value), random);
  await prepare(page);
  await page.goto(url, { waitUntil: "load" });
  const demo = { page, context, problems, ...createSteps(page), close: () => context.close() };
  if (settled) await demo.settle();
  return demo;
}

async function collectProblems(page) {
  const problems = [];
  page.on("pageerror", (error) => problems.push(`${error.name}: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`);
  });
  await page.exposeFunction("reportViolation", (text) => problems.push(text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      globalThis.reportViolation(`policy violation: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  return problems;
}

function createSteps(page) {
  const eventually = (what, probe) => until(probe, { limit: LIMIT, what });
  const button = (action) => page.locator(`form[data-action="${action}"] button`);
  const result = (action) => page.locator(`form[data-action="${action}"] .result`);

  return {
    eventually,
    button,
    result,
    notice: page.locator("#notice"),
    toasts: page.locator(".toast"),
    liveState: () => page.locator("#live").getAttribute("data-state"),

    /** Until the notification stream lives. */
    live: () => eventually("the stream is live", async () => (await page.locator("#live").getAttribute("data-state")) === "live"),

    /** A button of "Make the API fail". */
    trouble: (id) => page.locator(`[data-trouble="${id}"]`),

    /** Until what a button of "Make the API fail" did is over; gives what the SDK did about it, in words. */
    async story() {
      await eventually(
        "all is well again",
        async () => (await page.locator("#strip").getAttribute("data-state")) === "over",
      );
      return page.locator(".strip-log li span:last-child").allTextContents();
    },

    /** Until every part has its data. */
    settle: () =>
      eventually("the page shows its player", () =>
        page.evaluate(
          () => document.querySelector('[aria-busy="true"]') === null && document.querySelector("data[data-metric]") !== null,
        ),
      ),

    play: (action) => button(action).click(),

    fill: (action, variable, value) =>
      page.locator(`form[data-action="${action}"] [name="${variable}"]`).fill(String(value)),

    switchTo: (playerId) => page.selectOption("#player-choice", playerId),

    resultOf: (action) =>
      eventually(`a result of ${action}`, async () => (await result(action).textContent()) || false),

    score: async (metric) => page.locator(`data[data-metric="${metric}"]`).getAttribute("value"),

    feed: () => page.locator("#events li[data-event] p").allTextContents(),

    rankingOf: (playerId) =>
      page.evaluate((id) => {
        const cells = document.querySelector(`#ranking tr[data-key="${id}"]`)?.cells;
        return cells ? [...cells].map(({ textContent }) => textContent) : null;
      }, playerId),

    members: () =>
      page.evaluate(() =>
        [...document.querySelectorAll("#members li")].map((line) => [
          line.querySelector(".member-name").textContent,
          Number(line.querySelector("data").value),
        ]),
      ),

    profile: () => page.evaluate(readProfile),
  };
}

/** Runs in the page. */
function readProfile() {
  const text = (selector) => document.querySelector(selector)?.textContent ?? null;
  const numbers = [...document.querySelectorAll("data[data-metric]")].map((element) => [
    element.dataset.metric,
    element.value,
  ]);
  const items = [...document.querySelectorAll("#badges [data-item]")].map(({ dataset }) => [
    dataset.item,
    dataset.count,
  ]);
  return {
    alias: text("#player-name"),
    chosen: document.querySelector("#player-choice").value,
    teams: [...document.querySelectorAll(".team")].map((team) => [
      team.firstChild.textContent,
      team.querySelector("small")?.textContent ?? "",
    ]),
    numbers: Object.fromEntries(numbers),
    level: text(".level-name"),
    items: Object.fromEntries(items.filter(([, count]) => count !== "0")),
  };
}

/** What the page must show of a player that the API answers so. */
export function expectedProfile(player) {
  const scores = Array.isArray(player.scores) ? player.scores : [];
  const byType = (...types) => scores.filter(({ metric }) => types.includes(metric.type));
  const numbers = { points: "0", coins: "0", total: "0" };
  for (const { metric, value } of byType("point", "compound")) numbers[metric.id] = value;
  const items = byType("set").flatMap(({ value }) => value.map(({ name, count }) => [name, count]));
  return {
    alias: player.alias,
    chosen: player.id,
    teams: (Array.isArray(player.teams) ? player.teams : []).map(({ name, roles }) => [name, roles.join(", ")]),
    numbers,
    level: byType("state")[0]?.value.name ?? "No level yet",
    items: Object.fromEntries(items.filter(([, count]) => count !== "0")),
  };
}

/** What the worker answers to a page of its own. */
export async function askWorker(url, path, body, headers = {}) {
  const response = await fetch(new URL(path, url), {
    method: "POST",
    headers: { origin: url.origin, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
  return text;
}

/** Has the worker let another player do something, as somebody else's page would. */
export async function letOthersDo(url, deed, { turn = 0, me = "johny" } = {}) {
  const text = await askWorker(url, "/others", { deed, turn }, { cookie: `player=${me}` });
  return JSON.parse(text).text;
}
