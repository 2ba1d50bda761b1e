// The page "Toornament": lists by their pages, whatever fails on the way, and neither secret nor key in the page.

import { readFile } from "node:fs/promises";
import { deepEqual, equal, match, ok } from "../lib/assert.mjs";
import { askWorker } from "./demo-page.mjs";
import { secretsOf } from "./serving.mjs";
import { expectLines } from "./story-steps.mjs";
import { ROWS, listsOf } from "./toornament-page.mjs";

const SOURCE = new URL("../../www/worker/toornament.ts", import.meta.url);
const PARTICIPANTS = "/toornament/organizer/v2/participants";
const RANGES = ["items 0–49 of 128", "items 50–99 of 128", "items 100–127 of 128"];
const EVERYBODY = Array.from({ length: ROWS.participants }, (_, index) => `Player ${index + 1}`);

async function openLists({ openPage, control }, options) {
  await control.toornament.seed(ROWS);
  const visitor = await openPage("/toornament", options);
  const lists = listsOf(visitor.page);
  await lists.settled();
  return { visitor, lists };
}

/** Everybody is there once, in order, and what failed is mended. */
async function expectEverybody(lists, control) {
  deepEqual(await lists.participants(), EVERYBODY, "who takes part");
  match(await lists.title(), /: all 128 are there$/, "the title");
  equal((await control.faults()).left, 0, "calls that are still to fail");
}

export async function toornament(check) {
  await check("toornament: the first tournament is shown, with all of every list, by ranges", async (t) => {
    const { visitor, lists } = await openLists(t);
    equal(await lists.countOf("tournaments"), 4, "tournaments");
    equal(await visitor.page.textContent("#tournament-name"), "Tournament 1", "the tournament");
    match(await visitor.page.textContent("#tournament-about"), /^running · Jan 2 – 4, 2026 · FR · for 8$/, "what it is");
    deepEqual(await lists.participants(), EVERYBODY, "who takes part");
    deepEqual(await lists.ranges("participants"), RANGES, "their pages");
    deepEqual(await lists.ranges("matches"), ["items 0–127 of 130", "items 128–129 of 130"], "the matches' pages");
    equal(await lists.countOf("matches"), 130, "matches");
    equal(await lists.countOf("rankings"), 8, "places");
    equal(await lists.countOf("stages"), 1, "stages");
    const asked = (await t.control.log()).filter(({ path }) => path === PARTICIPANTS).map(({ headers }) => headers.range);
    deepEqual(asked, ["participants=0-49", "participants=50-99", "participants=100-149"], "what was asked for");
    deepEqual(visitor.problems, [], "problems");
  });

  await check("toornament: pages are drawn as they come", async (t) => {
    const { lists } = await openLists(t);
    await lists.observeRange();
    await lists.trouble("slow");
    deepEqual([...new Set(await lists.seenRanges())], ["50 of 128", "100 of 128", "128"], "what it said");
    await expectEverybody(lists, t.control);
  });

  await check("toornament: another tournament has other lists", async (t) => {
    const { visitor, lists } = await openLists(t);
    await lists.choose("Tournament 2");
    await lists.settled();
    equal(await visitor.page.textContent("#tournament-name"), "Tournament 2", "the tournament");
    for (const list of ["stages", "participants", "matches", "rankings"]) {
      await visitor.eventually(`no ${list}`, async () => (await lists.countOf(list)) === 0);
    }
    await lists.choose("Tournament 1");
    await visitor.eventually("everybody", async () => (await lists.countOf("participants")) === 128);
    deepEqual(visitor.problems, [], "problems");
  });

  const TROUBLES = {
    busy: [/participants 0-49\/128$/, /: 503$/, /^Retry 1 in/, /participants 50-99\/128, at try 2$/, /participants 100-127\/128$/],
    drop: [/participants 0-49\/128$/, /no answer \(network_error\)$/, /^Retry 1 in/, /participants 50-99\/128, at try 2$/],
    token: [/: 401$/, /^The token was refused: a new one is here$/, /participants 0-49\/128/, /participants 100-127\/128$/],
    total: [/^GET \/participants: 206$/, /50 rows, after 0$/, /50 rows, after 50$/, /28 rows, after 100$/],
  };
  for (const [id, patterns] of Object.entries(TROUBLES)) {
    await check(`toornament: everybody is there once, all the same: ${id}`, async (t) => {
      const { visitor, lists } = await openLists(t);
      expectLines(await lists.trouble(id), patterns);
      await expectEverybody(lists, t.control);
      equal(await lists.fault("participants").isVisible(), false, "a fault");
      const ranges = id === "total" ? RANGES.map((range) => range.replace(" of 128", "")) : RANGES;
      deepEqual(await lists.ranges("participants"), ranges, "the pages");
      deepEqual(visitor.problems, [], "problems");
    });
  }

  await check("toornament: a list that is refused says so where it would be, and can be asked for again", async (t) => {
    await t.control.fail({ path: PARTICIPANTS, status: 403, body: { errors: [{ message: "Not for you", scope: "header" }] } });
    const { lists, visitor } = await openLists(t);
    const fault = lists.fault("participants");
    match(await fault.textContent(), /Not for you/, "the fault");
    equal(await lists.countOf("matches"), 130, "the other lists");
    await fault.getByRole("button", { name: "Try again" }).click();
    await visitor.eventually("everybody", async () => (await lists.countOf("participants")) === 128);
    equal(await fault.isVisible(), false, "the fault");
  });

  await check("toornament: heals when the worker, or the service, is there again", async (t) => {
    const { visitor, lists } = await openLists(t);
    const says = (state) => visitor.eventually(`the notice is "${state}"`, async () => (await visitor.notice.getAttribute("data-state")) === state);
    await visitor.context.setOffline(true);
    await lists.choose("Tournament 2");
    await says("lost");
    await visitor.context.setOffline(false);
    await says("back");
    await lists.settled();
    await t.control.fail({ count: 10_000, drop: "connection" });
    await lists.choose("Tournament 1");
    await says("lost");
    await t.control.clearFaults();
    await visitor.notice.getByRole("button").click();
    await says("back");
    await visitor.eventually("everybody", async () => (await lists.countOf("participants")) === 128);
  });

  await check("toornament: the page is found from the game, says what runs, and has no secret", async (t) => {
    await t.control.toornament.seed(ROWS);
    const visitor = await t.open();
    await visitor.page.getByRole("link", { name: "Toornament" }).click();
    const lists = listsOf(visitor.page);
    await lists.settled();
    const shown = await visitor.page.locator("pre code").allTextContents();
    deepEqual(shown, [(await readFile(SOURCE, "utf8")).trimEnd()], "the source");
    const calls = (await t.control.log()).filter(({ path }) => path === PARTICIPANTS);
    const [token] = calls.map(({ headers }) => headers.authorization.split(" ")[1]);
    ok(token.length > 9, "the token that the sandbox saw");
    const tournamentId = t.sandbox.toornament.tournamentId;
    const texts = [await askWorker(t.url, "/toornament/list", { list: "participants", tournamentId }), await visitor.page.content()];
    match(texts[0], /"kind":"page"/, "what the worker tells");
    ok(!texts.some((text) => /@example\.com/.test(text)), "an e-mail address reached the page");
    for (const secret of [token, ...secretsOf(t.sandbox)]) ok(!texts.some((text) => text.includes(secret)), "a secret reached the page");
    deepEqual(visitor.problems, [], "problems");
  });
}
