// A visitor of the demo's page "Toornament": what they do there, and what it shows of the lists.

import { until } from "../lib/limits.mjs";
import { storySteps } from "./story-steps.mjs";

const LIMIT = 10_000;

/** How much the demo has to show. */
export const ROWS = { tournaments: 4, participants: 128, matches: 130 };

/** The steps of a visitor, in a tab. */
export function listsOf(page) {
  const texts = (selector) => page.locator(selector).allTextContents();

  return {
    ...storySteps(page),
    settled: () => until(() => page.evaluate(isSettled), { limit: LIMIT, what: "every list is there" }),
    /** Who takes part, as they are listed. */
    participants: () => texts("#participants [data-rows] li"),
    /** The ranges of a list's pages. */
    ranges: (list) => texts(`#${list} [data-ranges] li`),
    /** How much there is of a list, as it says. */
    range: (list) => page.textContent(`#${list} [data-range]`),
    countOf: (list) => page.locator(`#${list} [data-rows] > *`).count(),
    fault: (list) => page.locator(`#${list} [data-fault]`),
    choose: (name) => page.locator("#tournaments").getByRole("button", { name }).click(),

    /** Keeps what the list of those who take part says of its count, whenever that changes. */
    observeRange: () =>
      page.evaluate(() => {
        globalThis.seenRanges = [];
        const range = document.querySelector("#participants [data-range]");
        new MutationObserver(() => globalThis.seenRanges.push(range.textContent)).observe(range, { childList: true });
      }),
    seenRanges: () => page.evaluate(() => globalThis.seenRanges),
  };
}

/** Runs in the page. */
const isSettled = () =>
  document.querySelector('[aria-busy="true"]') === null && document.querySelector("#tournament-about").textContent !== "";
