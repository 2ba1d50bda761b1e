// Web Locks between tabs, and how each browser frees those of a page that is gone.

import { deepEqual, equal } from "../../../lib/assert.mjs";

/** Runs in the page: takes the lock and keeps it until `free()`. */
const hold = () =>
  new Promise((held) => {
    const done = navigator.locks.request("tabs", () => {
      held();
      return new Promise((free) => (globalThis.free = free));
    });
    // A page that is left may hear that its lock was taken from it.
    done.catch((error) => (globalThis.lost = error.name));
  });

/** Runs in the page: asks for the lock, and `got` counts how often it got it. */
function ask() {
  globalThis.got ??= 0;
  navigator.locks.request("tabs", () => (globalThis.got += 1));
}

/** Runs in the page. */
const got = () => globalThis.got;
const numbers = async () => {
  const { held, pending } = await navigator.locks.query();
  return [held.length, pending.length];
};

export function locks(check) {
  check("one tab holds a Web Lock, the other waits for it", { smoke: true }, async ({ site, open }) => {
    const one = await open(`${site.url}/one`);
    const two = await open(`${site.url}/two`);
    await one.run(hold);
    await two.run(ask);
    await two.until("it waits", async () => (await navigator.locks.query()).pending.length === 1);
    equal(await two.run(got), 0, "it has it");
    await one.run(() => globalThis.free());
    await two.until("it has it", () => globalThis.got === 1);
    deepEqual(await two.run(numbers), [0, 0], "held and pending");
  });

  check("a tab that is closed gives its lock away", async ({ site, open }) => {
    const one = await open(`${site.url}/one`);
    const two = await open(`${site.url}/two`);
    await one.run(hold);
    await two.run(ask);
    await one.close();
    await two.until("it has it", () => globalThis.got === 1);
  });

  check("a page that is left gives its lock away, at the latest when somebody asks anew", async (t) => {
    const one = await t.open(`${t.site.url}/one`);
    const two = await t.open(`${t.site.url}/two`);
    await one.run(hold);
    await two.run(ask);
    await one.goto(`${t.other.url}/elsewhere`);
    if (t.traits.pastPageKeepsLock) {
      deepEqual(await two.run(numbers), [1, 1], "held and pending");
      await two.run(ask);
      await two.until("both have it", () => globalThis.got === 2);
    } else {
      await two.until("it has it", () => globalThis.got === 1);
    }
  });

  check("a page that frees its lock at pagehide keeps nobody waiting", async ({ site, other, open }) => {
    const one = await open(`${site.url}/one`);
    const two = await open(`${site.url}/two`);
    await one.run(hold);
    await one.run(() => addEventListener("pagehide", () => globalThis.free()));
    await two.run(ask);
    await one.goto(`${other.url}/elsewhere`);
    await two.until("it has it", () => globalThis.got === 1);
  });
}
