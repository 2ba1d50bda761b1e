// A page that was left open, or opened at a bad moment.

import { deepEqual, equal, match } from "../lib/assert.mjs";
import { expectedProfile } from "./demo-page.mjs";

const SILENCE = { count: 10_000, drop: "connection" };

async function expectLost(visitor) {
  await visitor.eventually(
    "word of the lost connection",
    async () => (await visitor.notice.getAttribute("data-state")) === "lost",
  );
  match(await visitor.notice.textContent(), /Connection lost/, "the notice");
}

async function expectWell(visitor, control, playerId = "johny") {
  await visitor.eventually(
    "the page is well again",
    async () => (await visitor.notice.getAttribute("data-state")) === "back",
  );
  await visitor.settle();
  deepEqual(await visitor.profile(), expectedProfile(await control.player(playerId)), "the profile");
}

export async function healing(check) {
  await check("heals by itself when the API is back", async ({ open, control }) => {
    const visitor = await open();
    await control.fail(SILENCE);
    await visitor.play("greet");
    await expectLost(visitor);
    match(await visitor.resultOf("greet"), /connection was lost/i, "the action's result");
    await control.clearFaults();
    await expectWell(visitor, control);
    await visitor.play("greet");
    await visitor.eventually("playing works again", async () =>
      /\+5 Points/.test(await visitor.result("greet").textContent()),
    );
  });

  await check("heals when the network is back", async ({ open, control }) => {
    const visitor = await open();
    await visitor.context.setOffline(true);
    await visitor.play("greet");
    await expectLost(visitor);
    await visitor.context.setOffline(false);
    await expectWell(visitor, control);
  });

  await check("heals when the token has ended meanwhile", async ({ open, control }) => {
    const visitor = await open();
    await control.expire({ player_id: "johny" });
    await visitor.play("greet");
    match(await visitor.resultOf("greet"), /\+5 Points/, "the result");
  });

  await check('a page that was opened without the API starts at "Try now"', async ({ open, control }) => {
    await control.fail(SILENCE);
    const visitor = await open({ settled: false });
    await expectLost(visitor);
    await control.clearFaults();
    await visitor.notice.getByRole("button").click();
    await expectWell(visitor, control);
  });

  await check("a player that doesn't exist is said so, and there is a way back", async ({ open, control, url }) => {
    const visitor = await open();
    await visitor.context.addCookies([{ name: "player", value: "nobody", url: url.origin }]);
    await visitor.page.reload();
    const fault = visitor.page.locator("#profile [data-fault]");
    await fault.waitFor({ state: "visible" });
    match(await fault.textContent(), /doesn't know this player/, "the fault");
    await visitor.page.getByRole("button", { name: "Start over" }).click();
    await visitor.settle();
    deepEqual(await visitor.profile(), expectedProfile(await control.player("johny")), "the profile");
  });

  await check("a browser that forbids WebAssembly is told so", async ({ open, url }) => {
    const forbid = (page) =>
      page.route(url.href, async (route) => {
        const response = await route.fetch();
        const headers = response.headers();
        headers["content-security-policy"] = headers["content-security-policy"].replace("'wasm-unsafe-eval'", "");
        await route.fulfill({ response, headers });
      });
    const visitor = await open({ settled: false, prepare: forbid });
    await visitor.eventually(
      "the explanation",
      async () => (await visitor.notice.getAttribute("data-state")) === "fatal",
    );
    match(await visitor.notice.textContent(), /WebAssembly/, "the notice");
  });

  await check("nothing is polled while all is well", async ({ open }) => {
    const pongs = [];
    const visitor = await open({
      prepare: async (page) => {
        await page.clock.install();
        page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => payload === "3" && pongs.push(payload)));
      },
    });
    await visitor.page.locator("#avatar img").waitFor();
    await visitor.live();
    const calls = [];
    visitor.page.on("request", (request) => calls.push(request.url()));
    for (let pings = 1; pings <= 12; pings += 1) {
      await visitor.page.clock.runFor(25_000); // as often as the stream is pinged
      await visitor.eventually(`pong ${pings}`, () => pongs.length >= pings);
    }
    await visitor.page.clock.fastForward(1_000);
    deepEqual(calls, [], "calls in five minutes");
    equal(await visitor.liveState(), "live", "the stream");
  });
}
