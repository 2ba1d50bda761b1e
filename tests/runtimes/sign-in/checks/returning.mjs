// Back buttons and reloads around a sign-in.

import { deepEqual, equal } from "../../../lib/assert.mjs";
import { FINISHED, codeIn } from "../world.mjs";

export function returning(check) {
  check("back after a sign-in, to the callback, the service and before it", { smoke: true }, async (w) => {
    const options = w.byPage({ storage: "local" });
    const tab = await w.first("/start");
    const callback = await w.comeBack(tab, options);
    deepEqual(await w.handle(tab, options), FINISHED, "outcome");
    await w.follow(tab, `${w.site.url}/after`);
    await w.works(tab, options, "on the next page");

    await tab.back();
    await w.arrived(tab, "/callback");
    equal(await tab.url(), `${w.site.url}/callback`, "the callback's address");
    deepEqual(await w.handle(tab, options), { value: null }, "back on the callback");
    await w.works(tab, options, "back on the callback");

    // The service's page is there, too. Who allows it once more answers a sign-in that is over.
    await tab.back();
    await tab.until("the sandbox's page", () => location.pathname === "/auth" && document.readyState === "complete");
    await w.decide(tab, "allow");
    equal((await w.handle(tab, options)).error, "state_mismatch", "the same sign-in once more");
    await w.works(tab, options, "after it");

    await tab.back();
    await tab.until("the sandbox's page", () => location.pathname === "/auth");
    await tab.back();
    await w.arrived(tab, "/start");
    // A page that lives on still waits for the sign-in that it left for; its client works all the same.
    await w.works(tab, options, "where it began");
    deepEqual(await w.handle(tab, options), { value: null }, "where it began");
    deepEqual(await w.codes(), [codeIn(callback)], "codes sent");
  });

  check("back from the service without an answer: the next sign-in works", async (w) => {
    const options = w.byPage();
    const tab = await w.first("/start");
    await w.leave(tab, options);
    await tab.back();
    await w.arrived(tab, "/start");
    await w.refused(tab, options, "nobody is signed in");
    const callback = await w.comeBack(tab, options);
    deepEqual(await w.handle(tab, options), FINISHED, "outcome");
    await w.works(tab, options);
    deepEqual(await w.codes(), [codeIn(callback)], "codes sent");
  });

  check("a reload on the callback, before and after it was handled", { smoke: true }, async (w) => {
    const options = w.byPage({ storage: "local" });
    const tab = await w.open();
    const callback = await w.back(tab, options);
    await tab.reload();
    deepEqual(await w.handle(tab, options), FINISHED, "before");
    await tab.reload();
    deepEqual(await w.handle(tab, options), { value: null }, "after");
    await w.works(tab, options, "after");
    deepEqual(await w.codes(), [codeIn(callback)], "codes sent");
  });

  check("a reload while the code is exchanged: it isn't sent again", async (w) => {
    const options = w.byPage({ storage: "local" });
    const tab = await w.open();
    const callback = await w.back(tab, options);
    await w.control.fail({ count: 1, path: "/auth/token", method: "POST", delay: 1_500 });
    await tab.run((options) => {
      globalThis.made = globalThis.makeClient(options);
      // Its end never comes.
      globalThis.made.client.handleRedirect().catch(() => {});
    }, options);
    await tab.until("the address is clean", () => location.search === "");
    await tab.reload();
    deepEqual(await w.handle(tab, options), { value: null }, "afterwards");
    await w.refused(tab, options, "afterwards");
    await tab.goto(callback);
    equal((await w.handle(tab, options)).error, "state_mismatch", "the same callback");
    equal((await w.codes()).filter((code) => code !== codeIn(callback)).length, 0, "other codes");
    equal((await w.codes()).length <= 1, true, "codes sent");
  });
}
