// Tabs that end while it is their turn: before the token request is sent, or after the service answered.

import { deepEqual, equal, ok } from "../../../lib/assert.mjs";
import { until } from "../../../lib/limits.mjs";
import { call, callUnheard, reports, signedInTabs, statuses, toldBy, use } from "../signed-in.mjs";

const OTHERS = 3;
/** For longer than any of these checks. */
const ALWAYS = 120_000;
/** For how long the service thinks. */
const THINKING = 2_000;
/** What the others may wait for: their patience, and what comes after it. */
const PATIENCE = 10_000;

/** How a tab ends (`end` gives what ends it at once), and in which browser: the driver may not live through it. */
const ENDS = {
  closed: { end: (tab) => tab.close, browserOf: (t) => t.browser },
  killed: { end: (tab) => tab.doom(), browserOf: (t) => t.another() },
};

const LOCKS = { "with Web Locks": [], "without Web Locks": ["locks"] };

/**
 * Tabs of which one holds the turn and the others wait for it. From here on nothing is asked of the driver: what it can
 * tell after a tab was killed isn't the same everywhere.
 */
async function holdUp(t, { lacks, end, browserOf, tokenRequests }) {
  const optionsOf = (index) => ({ tells: true, ...(index === 0 ? { tokenRequests } : {}) });
  const browser = await browserOf(t);
  const { tabs } = await signedInTabs(t, { count: OTHERS + 1, lacks, browser, optionsOf });
  const [holding, ...others] = tabs;
  for (const tab of tabs) await callUnheard(tab);
  const told = () => [...toldBy(t.site).values()];
  const all = (what, holds) => until(() => told().length > OTHERS && told().every(holds), { what });
  await all("all have called", ({ worked }) => worked.length === 1);

  await t.control.expire();
  await callUnheard(holding);
  await holding.until("it holds its turn", () => globalThis.player.report().asked === 1);
  const endIt = await end(holding);
  for (const tab of others) await use(tab, ALWAYS);
  await all("all were refused", ({ refused }) => refused > 0);
  await until(async () => (await statuses(t.control)).length === (tokenRequests === "neverSent" ? 0 : 1), { what: "what was sent" });
  return { endIt, othersTold: () => told().filter(({ name }) => name !== "tab 0") };
}

export function deaths(check) {
  for (const [how, { end, browserOf }] of Object.entries(ENDS)) {
    for (const [where, lacks] of Object.entries(LOCKS)) {
      check(`a tab that is ${how} while it holds its turn, ${where}: another one takes over`, async (t) => {
        const { endIt, othersTold } = await holdUp(t, { lacks, end, browserOf, tokenRequests: "neverSent" });
        const ended = Date.now();
        await endIt();
        const since = ({ worked }) => worked.find((at) => at > ended) - ended;
        await until(() => othersTold().every(since), { limit: PATIENCE, what: "the others work again" });
        deepEqual(othersTold().flatMap(({ signedOut, errors }) => [...signedOut, ...errors]), [], "what went wrong");
        deepEqual(await statuses(t.control), [200], "statuses of renewals");
        t.note(`a tab is ${how}, ${where}: the others work after ${othersTold().map(since)} ms`);
      });

      check(`a tab that is ${how} after the service answered, ${where}: each other one signs out once`, async (t) => {
        const { endIt, othersTold } = await holdUp(t, { lacks, end, browserOf, tokenRequests: "neverAnswered" });
        const ended = Date.now();
        await endIt();
        const last = ({ errors }) => errors.slice(-2).join();
        const over = (one) => last(one) === "login_required,login_required";
        await until(() => othersTold().every(over), { limit: PATIENCE, what: "the others know that they are signed out" });
        t.note(`a tab is ${how} with the answer, ${where}: the others know it after ${Date.now() - ended} ms`);
        const others = othersTold();
        equal(others.length, OTHERS, "others");
        deepEqual(others.map(({ signedOut }) => signedOut), others.map(() => ["refused"]), "events");
        deepEqual(await statuses(t.control), [200, 400], "statuses of renewals");
        for (const { kept, errors } of others) {
          equal(kept, 0, "what is stored");
          const known = ["invalid_grant", "signed_out", "login_required"];
          ok(errors.every((code) => known.includes(code)), `errors: ${errors}`);
        }
      });
    }
  }
  for (const [where, lacks] of Object.entries(LOCKS)) {
    check(`a tab that is closed while it waits for its turn, ${where}, sends nothing any more`, async (t) => {
      const { tabs } = await signedInTabs(t, { count: 4, lacks });
      const [holding, staying, ...leaving] = tabs;
      for (const tab of tabs) await call(tab);
      await t.control.expire();
      await t.control.fail({ method: "POST", path: "/auth/token", delay: THINKING, count: 1 });
      await callUnheard(holding);
      await until(async () => (await statuses(t.control)).length === 1, { what: "the service has it" });
      for (const tab of [staying, ...leaving]) await callUnheard(tab);
      const waiting = async () => (await reports([staying, ...leaving])).every(({ refused }) => refused === 1);
      await until(waiting, { what: "all were refused" });
      for (const tab of leaving) await tab.close();
      const works = async () => (await reports([holding, staying])).every(({ worked }) => worked.length === 2);
      await until(works, { what: "those that stay work" });
      const both = await reports([holding, staying]);
      deepEqual(both.flatMap(({ signedOut, errors }) => [...signedOut, ...errors]), [], "what went wrong");
      deepEqual(await statuses(t.control), [200], "statuses of renewals");
    });
  }
}
