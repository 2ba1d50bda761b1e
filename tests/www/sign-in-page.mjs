// A visitor of the demo's page "Signing in": what it shows of both ways, and what they do there and at the sandbox.

import { until } from "../lib/limits.mjs";

const LIMIT = 10_000;

export const PATHS = { "by-page": "/callback/page", "by-worker": "/callback/worker" };
const CLIENTS = { "by-page": "sandbox-public", "by-worker": "sandbox-code" };

/** The demo's callbacks, which the sandbox forgets with everything else when a test begins. */
export async function registerCallbacks(control, url) {
  for (const [way, path] of Object.entries(PATHS))
    await control.addRedirectUris(CLIENTS[way], [new URL(path, url).href]);
}

/** The steps of one of both ways, "by-page" or "by-worker", in a tab. */
export function stepsOf(page, way) {
  const root = page.locator(`#${way}`);
  const button = (name) => root.getByRole("button", { name });
  const eventually = (what, probe) => until(probe, { limit: LIMIT, what: `${way}: ${what}` });
  const state = () => root.getAttribute("data-state");

  return {
    root,
    button,
    eventually,
    state,
    who: async () => (await root.locator(".who").textContent()).trim(),
    message: async () => root.locator(".message").textContent(),

    isIn: (name) =>
      eventually(`${name} is signed in`, async () =>
        (await root.locator(".who strong").textContent()) === name && (await state()) === "in",
      ),
    isOut: () => eventually("nobody is signed in", async () => (await state()) === "out"),
    says: (pattern) => eventually(`the message ${pattern}`, async () => pattern.test(await root.locator(".message").textContent())),

    /** By the button to the sandbox's page, a decision there, and back. Who was there before isn't asked who they are. */
    async signIn({ player = "mara", decision = "Allow" } = {}) {
      await button("Sign in").click();
      await page.waitForURL("**/auth?**");
      const choice = page.locator(`input[type="radio"][value="${player}"]`);
      if ((await choice.count()) > 0) await choice.check();
      await page.getByRole("button", { name: decision, exact: true }).click();
      await page.waitForURL("**/sign-in");
    },

    /** `{ id: [where, now] }` of "What is where", once it says so. */
    places: () =>
      root.evaluate((element) =>
        Object.fromEntries(
          [...element.querySelectorAll(".places tbody tr")].map(({ dataset, cells }) => [
            dataset.key,
            [cells[1].textContent, cells[2].textContent],
          ]),
        ),
      ),
    now: (id, pattern) =>
      eventually(`${id} is ${pattern}`, async () => pattern.test(await root.locator(`tr[data-key="${id}"] .now`).textContent())),

    /** The events, newest first: "token: login". */
    events: () =>
      root.evaluate((element) =>
        [...element.querySelectorAll(".log li")].map(
          (entry) => `${entry.dataset.event}: ${entry.querySelector("span").textContent.split(/[:;,]/)[0]}`,
        ),
      ),
  };
}
