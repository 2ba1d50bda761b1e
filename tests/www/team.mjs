// The team view: who is in it, what each of them brought, and what they did.

import { deepEqual, equal, match, ok } from "../lib/assert.mjs";
import { letOthersDo } from "./demo-page.mjs";

const CREW = [
  ["Aiko", 230],
  ["Johny", 76],
  ["Zoë", 3],
];
const LIGHTHOUSE = [
  ["Mara Lind", 529],
  ["Noor", 100],
  ["Sven", 72],
];

export async function team(check) {
  await check("the own team is shown, with what each member brought", async ({ open }) => {
    const visitor = await open();
    const { page } = visitor;
    deepEqual(await visitor.members(), CREW, "the members");
    match(await page.textContent("#team-says"), /^Your team\. 3 players brought 309 Points together\.$/, "the sentence");
    const shares = await page.evaluate(() =>
      [...document.querySelectorAll(".member-bar")].map((bar) => {
        const [all, filled] = [bar, bar.firstChild].map((element) => element.getBoundingClientRect());
        return Math.round(((filled.right - all.left) / all.width) * 100);
      }),
    );
    deepEqual(shares, [100, 33, 1], "how long their bars are, in percent");
    equal(await page.locator("#members .mine .member-name").textContent(), "Johny", "who is marked");

    await visitor.play("greet");
    await visitor.eventually("the new contribution", async () => (await visitor.members())[1][1] === 81);
  });

  await check("who joins the team, or gets a badge in it, is there without being asked for", async ({ open, url }) => {
    const visitor = await open();
    await visitor.live();
    await letOthersDo(url, "travel");
    await visitor.eventually("the new member", async () =>
      (await visitor.members()).some(([name, score]) => name === "Petra" && score === 0),
    );
    await letOthersDo(url, "collect", { turn: 1 });
    const events = visitor.page.locator("#team-events p");
    await visitor.eventually("what the team did", async () => {
      const [newest, before] = await events.allTextContents();
      return newest === "Zoë earned First Steps" && before === "Petra joined Tide Riders";
    });
    await letOthersDo(url, "travel");
    await visitor.eventually("the member who left is gone", async () => (await visitor.members()).length === 3);
  });

  await check("other teams can be looked at; who has none sees that", async ({ open }) => {
    const visitor = await open();
    const { page } = visitor;
    const says = () => page.textContent("#team-says");
    await page.locator("#team-choice select").selectOption({ label: "Lighthouse" });
    await visitor.eventually("the other team", async () => (await visitor.members())[0]?.[0] === "Mara Lind");
    deepEqual(await visitor.members(), LIGHTHOUSE, "its members");
    match(await says(), /^You aren't in this team\. 3 players/, "the sentence");
    equal(await page.locator("#members .mine").count(), 0, "who is marked");

    await visitor.switchTo("mara");
    await visitor.eventually("mara's own team", async () => /^Your team/.test(await says()));
    deepEqual(await visitor.members(), LIGHTHOUSE, "her team");
    await visitor.switchTo("newbie");
    await visitor.eventually("a player without a team", async () => /^You aren't/.test(await says()));
    ok((await visitor.members()).length > 0, "a team to look at");
  });
}
