// React's StrictMode: two clients for one sign-in.

import { deepEqual, equal } from "../../../lib/assert.mjs";
import { FINISHED, PLAYER, codeIn } from "../world.mjs";

const ROUNDS = 3;

/** What becomes of the two clients of each component. */
const KINDS = {
  effect: { landings: [{ error: "disposed" }, FINISHED], calls: ["disposed", PLAYER] },
  state: { landings: [FINISHED, FINISHED], calls: [PLAYER, PLAYER] },
  memo: { landings: [FINISHED, FINISHED], calls: [PLAYER, PLAYER] },
};

/** Back from the service, with React in the page. */
async function mounted(w, options, kind) {
  const tab = await w.open();
  const callback = await w.back(tab, options);
  await tab.run(() => import("/strict.js").then(() => null));
  const { clients, landings } = await tab.run((kind, options) => globalThis.mount(kind, options), kind, options);
  equal(clients, 2, `${kind}: clients`);
  const told = landings.map(({ value, error }) => (error ? { error } : { value }));
  return { tab, callback, told };
}

/** Both clients call whenever their token has ended. */
async function live(w, tab, { calls }, renewals, what) {
  for (let round = 0; round < ROUNDS; round += 1) {
    deepEqual(await tab.run(() => globalThis.callAll()), calls, `${what}: calls`);
    await w.control.expire();
  }
  deepEqual(await tab.run(() => globalThis.callAll()), calls, `${what}: calls`);
  const spent = await renewals();
  equal(new Set(spent).size, spent.length, `${what}: different refresh tokens`);
  equal(spent.length, ROUNDS, `${what}: renewals`);
}

export function strictMode(check) {
  check("React 19 mounts twice: one code, and no refresh token is used twice", { smoke: true }, async (w) => {
    const options = w.byPage();
    for (const [kind, expected] of Object.entries(KINDS)) {
      await w.control.clearLog();
      await w.control.seed({ rotateRefreshTokens: true });
      const { tab, callback, told } = await mounted(w, options, kind);
      deepEqual(told, expected.landings, `${kind}: outcomes`);
      deepEqual(await w.codes(), [codeIn(callback)], `${kind}: codes sent`);
      const spent = async () => (await w.renewals()).map(({ fields }) => fields.refresh_token);
      await live(w, tab, expected, spent, kind);
      await tab.close();
    }
  });

  check("the same through the worker", async (w) => {
    const options = w.byWorker();
    for (const [kind, expected] of Object.entries(KINDS)) {
      await w.control.clearLog();
      await w.control.seed({ rotateRefreshTokens: true });
      const { tab, callback, told } = await mounted(w, options, kind);
      deepEqual(told, expected.landings, `${kind}: outcomes`);
      deepEqual(await w.codes(), [codeIn(callback)], `${kind}: codes sent`);
      for (let round = 0; round < ROUNDS; round += 1) {
        deepEqual(await tab.run(() => globalThis.callAll()), expected.calls, `${kind}: calls`);
        await w.control.expire();
      }
      const spent = (await w.renewals()).map(({ fields, status }) => `${fields.refresh_token} ${status}`);
      equal(new Set(spent).size, spent.length, `${kind}: different refresh tokens`);
      await tab.close();
    }
  });
}
