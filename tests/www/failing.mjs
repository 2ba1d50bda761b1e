// "Make the API fail": each button, what the SDK does about it, and that nothing is left of it.

import { deepEqual, equal, match, ok } from "../lib/assert.mjs";
import { expectedProfile } from "./demo-page.mjs";

const RANDOM = 0.2; // the SDK's waits are a fifth as long as they may be
/** By these, it connects again soon after the stream, or the line, is there again. */
const AFTER_RESTART = 0.25;
const AFTER_CUT = 0.17;

/** Presses a button, and expects these lines of what the SDK did, in this order. */
async function expectStory(visitor, id, patterns) {
  await visitor.trouble(id).click();
  const lines = await visitor.story();
  let at = 0;
  for (const pattern of patterns) {
    const found = lines.findIndex((line, index) => index >= at && pattern.test(line));
    ok(found >= 0, `no ${pattern} after line ${at} of ${JSON.stringify(lines)}`);
    at = found + 1;
  }
  return lines;
}

/** All is as it was: the page shows what the API has, every button can be pressed, and nothing is to fail any more. */
async function expectMended(visitor, control) {
  await visitor.settle();
  await visitor.live();
  deepEqual(await visitor.profile(), expectedProfile(await control.player("johny")), "the profile");
  equal(await visitor.page.locator('[data-trouble][aria-disabled="true"]').count(), 0, "buttons that can't be pressed");
  equal(await visitor.page.locator("#trouble [data-fault]").isVisible(), false, "a fault");
  equal((await control.faults()).left, 0, "calls that are still to fail");
  match(await visitor.page.textContent("#strip-title"), /all is well again$/, "the title");
  await visitor.play("greet");
  match(await visitor.resultOf("greet"), /\+5 Points/, "playing afterwards");
}

const readsOf = (calls) => calls.filter(({ method, path }) => method === "GET" && path === "/v2/runtime/player").length;

export async function failing(check) {
  await check("503s: tried again after waits that the strip shows", async ({ open, control }) => {
    const visitor = await open({ random: RANDOM });
    await visitor.live();
    const before = readsOf(await control.log());
    const lines = await expectStory(visitor, "busy", [
      /^GET \/runtime\/player: 503$/,
      /^Retry 1 in 60 ms$/,
      /^GET \/runtime\/player: 503, at try 2$/,
      /^Retry 2 in 120 ms$/,
      /^GET \/runtime\/player: 200, at try 3$/,
    ]);
    equal(lines.length, 5, "lines");
    equal(readsOf(await control.log()) - before, 3, "reads that the sandbox saw");
    equal(await visitor.page.locator(".strip-chart .lane-calls circle").count(), 3, "marks in the picture");
    equal(await visitor.page.locator(".strip-chart .waited").count(), 2, "waits in the picture");
    await expectMended(visitor, control);
  });

  await check("a dropped connection: tried again", async ({ open, control }) => {
    const visitor = await open({ random: RANDOM });
    await visitor.live();
    await expectStory(visitor, "drop", [
      /^GET \/runtime\/player: no answer \(network_error\)$/,
      /^Retry 1 in 60 ms$/,
      /^GET \/runtime\/player: 200, at try 2$/,
    ]);
    await expectMended(visitor, control);
  });

  await check("an ended token: replaced once, and the call made again", async ({ open, control }) => {
    const visitor = await open({ random: RANDOM });
    await visitor.live();
    const asked = [];
    visitor.page.on("request", (request) => request.url().endsWith("/player-token") && asked.push(request));
    await expectStory(visitor, "token", [
      /^GET \/runtime\/player: 401$/,
      /^The token was refused: a new one is here$/,
      /^GET \/runtime\/player: 200, at try 2$/,
    ]);
    equal(asked.length, 1, "tokens that were asked for");
    equal(await visitor.page.locator(".strip-chart .lane-token circle").count(), 1, "tokens in the picture");
    await expectMended(visitor, control);
  });

  await check("a restarted stream: connected again, and what was missed is told", async ({ open, control }) => {
    const visitor = await open({ random: AFTER_RESTART });
    await visitor.live();
    const coins = Number(await visitor.score("coins"));
    await expectStory(visitor, "stream", [
      /^The stream is gone/,
      /^The stream is connecting$/,
      /^The stream is live$/,
      /^GET \/runtime\/notifications: 200$/,
      /^Told: The game changed your scores$/,
    ]);
    await visitor.eventually("the coins", async () => Number(await visitor.score("coins")) === coins + 5);
    await expectMended(visitor, control);
  });

  await check("a cut line: the page says so, and both go on when it is mended by itself", async ({ open, control }) => {
    const visitor = await open({ random: AFTER_CUT });
    await visitor.live();
    const sent = [];
    visitor.page.on("request", (request) => sent.push(request.url()));
    await visitor.trouble("offline").click();
    await visitor.eventually("word of it", async () => (await visitor.notice.getAttribute("data-state")) === "lost");
    ok((await visitor.liveState()) !== "live", "the stream is cut, too");
    equal(await visitor.trouble("busy").getAttribute("aria-disabled"), "true", "one at a time");
    await visitor.trouble("busy").click({ force: true });
    deepEqual(sent, [], "what left the page");
    await control.notify({ player_id: "johny", event: { event: "custom_rule", rule: { id: "x", name: "A storm" }, changes: [] } });
    const lines = await visitor.story();
    equal(lines.filter((line) => /^Retry/.test(line)).length, 2, "tries that were made again");
    ok(lines.some((line) => /the SDK gives up/.test(line)), `it never gave up: ${lines}`);
    await visitor.eventually("what was missed", async () => (await visitor.feed())[0] === "You: A storm");
    await expectMended(visitor, control);
  });

  await check("a cut line is mended by the same button at once", async ({ open, control }) => {
    const visitor = await open({ random: RANDOM });
    await visitor.live();
    await visitor.trouble("offline").click();
    await visitor.eventually("word of it", async () => (await visitor.notice.getAttribute("data-state")) === "lost");
    const begun = Date.now();
    await visitor.page.getByRole("button", { name: "Mend the line" }).click();
    await visitor.eventually("word of the mended line", async () => (await visitor.notice.getAttribute("data-state")) === "back");
    ok(Date.now() - begun < 4_000, "it was mended by itself");
    await visitor.story();
    await expectMended(visitor, control);
  });
}
