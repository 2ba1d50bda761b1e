// What others cause: it is heard when it happens, and nothing is asked for again and again.

import { deepEqual, equal, match, ok } from "../lib/assert.mjs";
import { letOthersDo } from "./demo-page.mjs";

const storm = (number) => ({
  player_id: "johny",
  event: { event: "custom_rule", rule: { id: "storm_bonus", name: `Storm ${number}` }, changes: [] },
});

/** Runs in the page: how many calls were answered between now and the next toast. */
function callsUntilToast() {
  const answered = () => performance.getEntriesByType("resource").length;
  const before = answered();
  globalThis.calls = new Promise((resolve) =>
    new MutationObserver(() => resolve(answered() - before)).observe(document.querySelector("#toasts"), { childList: true }),
  );
}

/** Runs in the page: collects how the stream stood. */
function watchStates() {
  const live = document.querySelector("#live");
  globalThis.states = [];
  new MutationObserver(() => globalThis.states.push(live.dataset.state)).observe(live, { attributes: true });
}

export async function live(check) {
  await check("a team mate's badge is heard and celebrated, without a call", async ({ open, url }) => {
    const visitor = await open();
    const { page } = visitor;
    await page.locator("#avatar img").waitFor();
    await visitor.live();
    await page.evaluate(callsUntilToast);
    await letOthersDo(url, "collect");
    equal(await page.evaluate(() => globalThis.calls), 0, "calls until it was celebrated");
    match(await visitor.toasts.first().textContent(), /A badge for Zoë!.*First Steps/, "the toast");
    equal((await visitor.feed())[0], "Zoë earned First Steps", "the newest entry");
    equal(await page.textContent("#news"), "Zoë earned First Steps.", "the news");
    await visitor.eventually("their new score in the team", async () =>
      (await visitor.members()).some(([name, score]) => name === "Zoë" && score === 15),
    );
    await page.reload();
    await visitor.settle();
    equal((await visitor.feed())[0], "Zoë earned First Steps", "the newest entry after loading the page again");
    deepEqual(visitor.problems, [], "problems");
  });

  await check("what an admin gives is heard: scores, and a level", async ({ open, control, url }) => {
    const visitor = await open();
    await visitor.live();
    const coins = Number(await visitor.score("coins"));
    equal(await letOthersDo(url, "gift"), "The game's master gives you 5 Coins", "what was done");
    await visitor.eventually("the new coins", async () => Number(await visitor.score("coins")) === coins + 5);
    equal((await visitor.feed())[0], "The game changed your scores", "the newest entry");
    const metric = { id: "level", name: "Level", type: "state" };
    const changes = [{ metric, delta: { old: "Explorer", new: "Captain" } }];
    await control.notify({ player_id: "johny", event: { event: "level", rule: { id: "level_by_points" }, changes } });
    await visitor.toasts.first().waitFor();
    match(await visitor.toasts.first().textContent(), /Level up!.*You are now Captain/, "the toast");
    equal((await visitor.feed())[0], "You reached Captain", "the newest entry");
  });

  await check("a page that nobody sees hears it, and reads nothing until it is seen", async ({ open, control, url }) => {
    const visitor = await open();
    const { page } = visitor;
    const show = (hidden) =>
      page.evaluate((value) => {
        Object.defineProperty(document, "hidden", { value, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, hidden);
    const reads = async () => (await control.log()).filter(({ path }) => path === "/v2/runtime/actions").length;
    await visitor.live();
    const coins = Number(await visitor.score("coins"));
    await show(true);
    await letOthersDo(url, "gift");
    await visitor.eventually("what was told", async () => (await visitor.feed())[0] === "The game changed your scores");
    equal(Number(await visitor.score("coins")), coins, "the coins, while nobody looks");
    equal(await reads(), 1, "reads of everything");
    await show(false);
    await visitor.eventually("the new coins", async () => Number(await visitor.score("coins")) === coins + 5);
    equal(await reads(), 2, "reads of everything, now that somebody looks");
  });

  await check("what is played in another tab is celebrated in both, once in each", async ({ open, control, url }) => {
    const visitor = await open();
    await visitor.live();
    const tab = await visitor.context.newPage();
    await tab.goto(url.href);
    await tab.locator('#live[data-state="live"]').waitFor();
    const collect = async (n) => {
      await tab.locator('form[data-action="collect"] [name="n"]').fill(String(n));
      await tab.locator('form[data-action="collect"] button').click();
    };
    /** Both tabs are told, also the one that played and knows it from the answer. */
    const untilBothHeard = async (times) => {
      for (const page of [visitor.page, tab])
        await visitor.eventually("both tabs were told", async () => {
          const text = await page.locator("#calls").textContent();
          return text.split("NOTIFICATION").length > times;
        });
    };
    const toasts = async (text) =>
      Promise.all([visitor.page, tab].map((page) => page.locator(".toast", { hasText: text }).count()));

    await collect(30);
    await untilBothHeard(1);
    await visitor.eventually("the new score", async () => (await visitor.score("points")) === "106");
    deepEqual(await toasts("New badge! Collector"), [1, 1], "toasts of the badge");
    ok((await visitor.feed()).includes("You earned Collector"), "it is in the feed");

    // Now the answer comes first.
    await control.stream.silence({ ms: 700 });
    await collect(100);
    await tab.locator(".toast", { hasText: "Level up!" }).waitFor();
    await untilBothHeard(2);
    await visitor.eventually("the new score", async () => (await visitor.score("points")) === "206");
    deepEqual(await toasts("Level up!"), [1, 1], "toasts of the level");
  });

  await check("a stream that is restarted is shown as that, and nothing is lost", async ({ open, control }) => {
    const visitor = await open({ random: 0.2 });
    const { page } = visitor;
    await visitor.live();
    await control.notify(storm(1));
    await visitor.eventually("the first one", async () => (await visitor.feed())[0] === "You: Storm 1");
    await page.evaluate(watchStates);
    await control.stream.restart({ refuse: 500 });
    for (const number of [2, 3, 4]) await control.notify(storm(number));
    await visitor.eventually("word of the lost stream", () => page.evaluate(() => globalThis.states.includes("waiting")));
    await visitor.eventually("the last one", async () => (await visitor.feed())[0] === "You: Storm 4");
    await visitor.live();
    await control.notify(storm(5));
    await visitor.eventually("one that is streamed again", async () => (await visitor.feed())[0] === "You: Storm 5");
    deepEqual((await visitor.feed()).slice(0, 5), [5, 4, 3, 2, 1].map((number) => `You: Storm ${number}`), "all of them, once");
    equal(await visitor.notice.isVisible(), false, "an alarm over that");
  });

  await check("the others play at a click, and rest at another one", async ({ open, control }) => {
    const visitor = await open();
    const { page } = visitor;
    await visitor.live();
    const deeds = async () => (await control.log()).filter(({ method, path }) => method !== "GET" && /play$|scores$/.test(path)).length;
    await page.getByRole("button", { name: "Let the others play" }).click();
    await visitor.eventually("what was told of it", async () =>
      (await visitor.feed()).includes("The game changed your scores"),
    );
    const button = page.getByRole("button", { name: "Let them rest" });
    await button.click();
    await page.getByRole("button", { name: "Let the others play" }).waitFor();
    await visitor.settle();
    const done = await deeds();
    ok(done >= 2 && done < 5, `${done} deeds`);
    match(await page.textContent("#standing"), /^You are number/, "the ranking");
    deepEqual(visitor.problems, [], "problems");
  });

  await check("who signs in as somebody else hears that player's notifications, and no others", async ({ open, control }) => {
    const visitor = await open();
    await visitor.live();
    await visitor.switchTo("mara");
    await visitor.eventually("mara's name", async () => (await visitor.profile()).alias === "Mara Lind");
    await visitor.live();
    await control.notify(storm(1));
    await control.notify({ ...storm(2), player_id: "mara" });
    await visitor.eventually("her own", async () => (await visitor.feed())[0] === "You: Storm 2");
    ok(!(await visitor.feed()).includes("You: Storm 1"), "johny's is shown to mara");
    const open_ = (await control.stream.log()).filter(({ what }) => what === "authenticated" || what === "closed");
    deepEqual(open_.map(({ what }) => what), ["authenticated", "closed", "authenticated"], "johny's stream was closed");
  });
}
