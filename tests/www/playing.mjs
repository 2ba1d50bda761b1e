// What a visitor sees and does.

import { deepEqual, equal, match, ok } from "../lib/assert.mjs";
import { expectedProfile } from "./demo-page.mjs";

const pointsOf = (player) => Number(player.scores.find(({ metric }) => metric.id === "points").value);

export async function playing(check) {
  await check("johny's profile is shown as the API has it", async ({ open, control }) => {
    const visitor = await open();
    deepEqual(await visitor.profile(), expectedProfile(await control.player("johny")), "the profile");
    await visitor.eventually("his image", () =>
      visitor.page.locator("#avatar img").evaluate((image) => image.naturalWidth > 0),
    );
  });

  await check("nothing is refused by the policy and nothing is logged", async ({ open }) => {
    const visitor = await open();
    await visitor.page.locator("#avatar img").waitFor();
    await visitor.play("greet");
    await visitor.resultOf("greet");
    await visitor.page.locator("#cycles label").last().click();
    await visitor.settle();
    deepEqual(visitor.problems, [], "problems");
  });

  await check("playing an action changes score, leaderboard and feed", async ({ open, control }) => {
    const visitor = await open();
    const before = {
      points: Number(await visitor.score("points")),
      feed: await visitor.feed(),
      caption: await visitor.page.textContent("#standing"),
    };
    await visitor.play("greet");
    match(await visitor.resultOf("greet"), /\+5 Points/, "the result");
    const points = pointsOf(await control.player("johny"));
    equal(points, before.points + 5, "the points that the API has");
    await visitor.eventually("the new score", async () => (await visitor.score("points")) === String(points));
    await visitor.eventually(
      "the new score on the leaderboard",
      async () => (await visitor.rankingOf("johny"))?.[2] === points.toLocaleString("en"),
    );
    const column = visitor.page.locator('#chart .column[data-key="johny"] title');
    await visitor.eventually("the new score in the chart", async () =>
      (await column.textContent()).endsWith(points.toLocaleString("en")),
    );
    const feed = await visitor.feed();
    equal(feed[0], "You played Greet someone", "the newest entry");
    ok(feed.length > before.feed.length || feed.length === 8, "the feed grew");
  });

  await check("what was played stays after loading the page again", async ({ open }) => {
    const visitor = await open();
    await visitor.play("greet");
    await visitor.resultOf("greet");
    await visitor.settle();
    const [profile, feed] = [await visitor.profile(), await visitor.feed()];
    await visitor.page.reload();
    await visitor.settle();
    deepEqual(await visitor.profile(), profile, "the profile");
    deepEqual((await visitor.feed())[0], feed[0], "the newest entry");
  });

  await check("a new player's first level and badge are celebrated", async ({ open }) => {
    const visitor = await open({ reducedMotion: "reduce" });
    await visitor.switchTo("newbie");
    await visitor.eventually("the new player", async () => (await visitor.profile()).chosen === "newbie");
    await visitor.settle();
    await visitor.fill("collect", "n", 60);
    await visitor.play("collect");
    const toasts = visitor.page.locator(".toast");
    await toasts.first().waitFor();
    match(
      await visitor.resultOf("collect"),
      /^\+60 Points, \+1 Coins, \+95 Total, Explorer, First Steps \+1$/,
      "the result in sum",
    );
    const texts = await toasts.allTextContents();
    ok(
      texts.some((text) => text.includes("Level up!")),
      `a new level: ${texts}`,
    );
    ok(
      texts.some((text) => text.includes("New badge!")),
      `a new badge: ${texts}`,
    );
    equal(await visitor.page.locator(".confetti").count(), 0, "pieces of confetti for who wants no motion");
  });

  await check("a refused action says why", async ({ open }) => {
    const visitor = await open();
    await visitor.switchTo("newbie");
    await visitor.eventually("the new player", async () => (await visitor.profile()).chosen === "newbie");
    await visitor.settle();
    await visitor.play("daily");
    match(await visitor.resultOf("daily"), /\+10 Coins/, "the first time");
    await visitor.play("daily");
    await visitor.eventually("the refusal", async () =>
      /as often as the game allows/.test(await visitor.result("daily").textContent()),
    );
    equal(await visitor.button("daily").getAttribute("aria-disabled"), "true", "aria-disabled");
    await visitor.play("greet");
    match(await visitor.resultOf("greet"), /\+5 Points/, "another action afterwards");
  });

  await check("a variable that must be given is asked for, and sent in its type", async ({ open, control }) => {
    const visitor = await open();
    await visitor.play("share");
    ok((await visitor.page.locator('form[data-action="share"] :invalid').count()) > 0, "the empty field is marked");
    await visitor.fill("share", "reach", 3);
    await visitor.fill("share", "link", "https://shell.example/7");
    await visitor.play("share");
    match(await visitor.resultOf("share"), /\+6 Points/, "the result");
    const [call] = (await control.log()).filter(
      ({ path, method }) => method === "POST" && path.endsWith("/actions/share/play"),
    );
    deepEqual(call.body, { variables: { reach: 3, link: "https://shell.example/7" } }, "the body");
  });

  await check("another player can be chosen, and stays chosen", async ({ open, control }) => {
    const visitor = await open();
    await visitor.switchTo("newbie");
    await visitor.eventually("newbie's name", async () => (await visitor.profile()).alias !== "Johny");
    await visitor.settle();
    deepEqual(await visitor.profile(), expectedProfile(await control.player("newbie")), "the profile");
    match(await visitor.page.textContent("#standing"), /aren't on this board/, "the standing");
    await visitor.page.reload();
    await visitor.settle();
    equal((await visitor.profile()).chosen, "newbie", "after loading the page again");
  });

  await check("the leaderboard has cycles and boards", async ({ open, control }) => {
    const visitor = await open();
    const asked = async () => (await control.log()).filter(({ path }) => /\/leaderboards\/./.test(path)).at(-1);
    await visitor.page.locator("#cycles label", { hasText: "Week" }).click();
    await visitor.eventually("the week's ranking", async () => (await asked()).query.cycle === "weekly");
    await visitor.page.selectOption("#board-choice select", "total");
    await visitor.eventually("the other board", async () => (await asked()).path.endsWith("/leaderboards/total"));
    await visitor.page.selectOption("#board-choice select", "team_points");
    await visitor.eventually("the board of teams", async () =>
      (await asked()).path.endsWith("/leaderboards/team_points"),
    );
    await visitor.settle();
    ok((await visitor.page.locator("#ranking tbody tr").count()) > 0, "teams are ranked");
  });

  await check("the leaderboard has periods that are over, by their time", async ({ open, control }) => {
    const visitor = await open();
    const { page } = visitor;
    const asked = async () => (await control.log()).filter(({ path }) => path.endsWith("/leaderboards/points")).at(-1);
    const period = () => page.textContent("#period-name");
    const standing = () => page.textContent("#standing");
    const earlier = page.getByRole("button", { name: "Earlier" });
    const later = page.getByRole("button", { name: "Later" });
    equal(await earlier.isVisible(), false, "all of time has no periods");

    await page.locator("#cycles label", { hasText: "Year" }).click();
    equal(await period(), "This year", "the present period");
    equal(await later.getAttribute("aria-disabled"), "true", "there is no later one");
    await visitor.eventually("the year's ranking", async () => (await asked()).query.cycle === "yearly");
    equal((await asked()).query.timestamp, undefined, "the present one's time");

    await earlier.click();
    equal(await period(), "Last year", "the period before");
    const lastYear = new Date().getUTCFullYear() - 1;
    await visitor.eventually("its ranking", async () => (await asked()).query.timestamp !== undefined);
    equal(new Date((await asked()).query.timestamp).getUTCFullYear(), lastYear, "the time that was asked for");

    // What johny collected 400 days ago was in that year, or in the one before.
    await visitor.settle();
    if (!/^You/.test(await standing())) await earlier.click();
    await visitor.eventually("how johny stood then", async () => /^You were number \d/.test(await standing()));
    equal((await visitor.rankingOf("johny"))[2], "20", "his score then");
    const columns = await page.locator("#chart .column .column-name").count();
    equal(columns, await page.locator("#ranking tbody tr").count(), "columns, one for each row");

    await visitor.eventually("the end of the past", async () => {
      if ((await earlier.getAttribute("aria-disabled")) === "true") return true;
      await earlier.click();
      await visitor.settle();
    });
    equal(await standing(), "Nobody was on this board then.", "the period before all");
    await page.locator("#cycles label", { hasText: "Week" }).click();
    equal(await period(), "This week", "another cycle begins with its present period");
  });

  await check("the list of calls shows them all, without tokens", async ({ open }) => {
    const visitor = await open();
    await visitor.live();
    await visitor.play("greet");
    await visitor.resultOf("greet");
    await visitor.settle();
    const text = await visitor.page.locator("#calls").evaluate((element) => element.textContent);
    for (const route of ["/player-token", "/v2/runtime/player", "/v2/runtime/actions/greet/play"])
      ok(text.includes(route), `${route} is missing`);
    match(text, /\[redacted\]/, "the list");
    match(text, /WS\/v1\/notifications\/stream\/.*open.*AUTH_CHALLENGE.*AUTH_RESPONSE ….*AUTH_SUCCESS/, "the stream");
    ok(!/eyJ[\w-]{5}/.test(await visitor.page.content()), "a token is in the page");
  });

  await check("the keyboard alone is enough to play", async ({ open }) => {
    const visitor = await open();
    const { page } = visitor;
    const focused = () =>
      page.evaluate(() => document.activeElement.closest("form[data-action]")?.dataset.action ?? null);
    const onButton = () => page.evaluate(() => document.activeElement.tagName === "BUTTON");
    for (let presses = 0; !((await focused()) === "greet" && (await onButton())); presses += 1) {
      ok(presses < 40, "40 times Tab, and no button of an action");
      await page.keyboard.press("Tab");
      const outline = await page.evaluate(
        () =>
          getComputedStyle(
            document.activeElement.matches("input[type=radio]")
              ? document.activeElement.nextElementSibling
              : document.activeElement,
          ).outlineStyle,
      );
      ok(
        outline !== "none",
        `no focus ring at ${await page.evaluate(() => document.activeElement.outerHTML.slice(0, 120))}`,
      );
    }
    await page.keyboard.press("Enter");
    match(await visitor.resultOf("greet"), /\+5 Points/, "the result");
    await visitor.settle();
    ok((await focused()) === "greet" && (await onButton()), "the focus stays on the button");
  });
}
