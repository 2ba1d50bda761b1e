// What a visitor reads of what the SDK did, on whichever page there is a strip.

import { ok } from "../lib/assert.mjs";
import { until } from "../lib/limits.mjs";

const LIMIT = 15_000;

export function storySteps(page) {
  /** Until what a button began is over; gives what the SDK did, in words. */
  async function story() {
    const isOver = async () => (await page.locator("#strip").getAttribute("data-state")) === "over";
    await until(isOver, { limit: LIMIT, what: "it is over" });
    return page.locator(".strip-log li span:last-child").allTextContents();
  }

  return {
    story,
    /** Presses a button of those that make the service fail; gives what the SDK did about it. */
    async trouble(id) {
      await page.locator(`[data-trouble="${id}"]`).click();
      return story();
    },
    title: () => page.textContent("#strip-title"),
  };
}

/** These lines are there, in this order. */
export function expectLines(lines, patterns) {
  let at = 0;
  for (const pattern of patterns) {
    const found = lines.findIndex((line, index) => index >= at && pattern.test(line));
    ok(found >= 0, `no ${pattern} after line ${at} of ${JSON.stringify(lines)}`);
    at = found + 1;
  }
}
