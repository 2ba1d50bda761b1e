// Whole sign-ins: away, back, a reload, a renewal, and out again.

import { deepEqual, equal, ok } from "../../../lib/assert.mjs";
import { FINISHED, codeIn, stateIn } from "../world.mjs";

/** Signs in by hand; the callback's address. */
async function signIn(w, tab, options) {
  const callback = await w.comeBack(tab, options);
  deepEqual(await w.handle(tab, options), FINISHED, "outcome");
  equal(await tab.url(), `${w.site.url}/callback`, "address");
  await w.works(tab, options, "at once");
  deepEqual(await w.told(tab), ["token: login"], "events");
  deepEqual(await w.codes(), [codeIn(callback)], "codes sent");
  return callback;
}

async function renews(w, tab, options, { reload = false } = {}) {
  await w.expire(tab);
  if (reload) await tab.reload();
  await w.works(tab, options, "renewed");
  deepEqual((await w.renewals()).at(-1).status, 200, "the renewal");
}

async function signsOut(w, tab, options) {
  deepEqual(await w.call(tab, options, "logout"), { value: null }, "logout");
  await w.refused(tab, options, "after the sign-out");
  await tab.reload();
  await w.refused(tab, options, "after the sign-out and a reload");
}

export function whole(check) {
  check("by the page, tokens in localStorage: reload, renewal, sign-out", { smoke: true }, async (w) => {
    await w.control.seed({ rotateRefreshTokens: true });
    const options = w.byPage({ storage: "local" });
    const tab = await w.first("/start");
    await signIn(w, tab, options);
    await tab.reload();
    deepEqual(await w.handle(tab, options), { value: null }, "handleRedirect after a reload");
    await w.works(tab, options, "after a reload");
    await renews(w, tab, options);
    await renews(w, tab, options, { reload: true });
    await signsOut(w, tab, options);
    equal((await w.codes()).length, 1, "codes sent");
    equal((await w.renewals()).length, 2, "renewals");
  });

  check("by the page, tokens in memory: renewal, sign-out, and a reload ends it, too", { smoke: true }, async (w) => {
    const options = w.byPage();
    const tab = await w.first("/start");
    const callback = await signIn(w, tab, options);
    const { session, local } = await w.kept(tab);
    deepEqual(session, [], "sessionStorage");
    const names = local.map(([name]) => name).sort();
    deepEqual(names, ["playoff-wasm:finished-logins", "playoff-wasm:stamps"], "what is in localStorage");
    for (const secret of [codeIn(callback), stateIn(callback)])
      ok(secret && !JSON.stringify(local).includes(secret), "neither shows anything of the sign-in");
    await renews(w, tab, options);
    await signsOut(w, tab, options);
    await w.back(tab, options);
    deepEqual(await w.handle(tab, options), FINISHED, "signed in again");
    await tab.reload();
    deepEqual(await w.handle(tab, options), { value: null }, "handleRedirect after a reload");
    await w.refused(tab, options, "after a reload");
    deepEqual((await w.codes()).length, 2, "codes sent");
  });

  check("through the worker: reload, renewal, sign-out", { smoke: true }, async (w) => {
    await w.control.seed({ rotateRefreshTokens: true });
    const options = w.byWorker();
    const tab = await w.first("/start");
    await w.refused(tab, options, "before");
    await w.refused(tab, options, "before, again");
    deepEqual(w.site.asked.map(({ path }) => path), ["/auth/refresh"], "the worker was asked once");
    await signIn(w, tab, options);
    deepEqual((await w.kept(tab)).session, [], "sessionStorage");
    await renews(w, tab, options);
    await tab.reload();
    await w.works(tab, options, "after a reload");
    await renews(w, tab, options);
    await signsOut(w, tab, options);
    const routes = ["refresh", "exchange", "refresh", "refresh", "refresh", "logout", "refresh"];
    deepEqual(w.site.asked.map(({ path }) => path), routes.map((name) => `/auth/${name}`), "what the worker was asked");
    deepEqual([...new Set(w.site.asked.filter(({ path }) => path === "/auth/refresh").map(({ body }) => body))], ["{}"], "bodies");
  });
}
