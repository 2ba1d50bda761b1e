// React's StrictMode: two clients for one sign-in.

import { deepEqual, equal, ok } from "../../../lib/assert.mjs";
import { FINISHED, PLAYER, codeIn } from "../world.mjs";

const ROUNDS = 2;

/** What becomes of the clients of each component. */
const KINDS = {
  effect: { landings: [{ error: "disposed" }, FINISHED], calls: ["disposed", PLAYER] },
  state: { landings: [FINISHED, FINISHED], calls: [PLAYER, PLAYER] },
  memo: { landings: [FINISHED, FINISHED], calls: [PLAYER, PLAYER] },
  pair: { landings: Array(4).fill(FINISHED), calls: Array(4).fill(PLAYER) },
};

/** Runs in the page: loads React. What a driver's script imports itself is of another world in Firefox. */
const loadReact = () =>
  new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { type: "module", src: "/strict.js" });
    Object.assign(script, { onload: () => resolve(), onerror: () => reject(new Error("React isn't there")) });
    document.head.append(script);
  });

/** Back from the service, with React in the page. */
async function mounted(w, options, kind, count) {
  const tab = await w.open();
  const callback = await w.back(tab, options);
  await tab.run(loadReact);
  const { clients, landings } = await tab.run((...given) => globalThis.mount(...given), kind, options, count);
  equal(clients, count, `${kind}: clients`);
  const told = landings.map(({ value, error }) => (error ? { error } : { value }));
  return { tab, callback, told };
}

/** All clients call whenever their token has ended. */
async function live(w, tab, calls, what) {
  deepEqual(await tab.run(() => globalThis.callAll()), calls, `${what}: calls`);
  for (let round = 1; round <= ROUNDS; round += 1) {
    await w.expire(tab, () => globalThis.tokens());
    deepEqual(await tab.run(() => globalThis.callAll()), calls, `${what}: calls`);
  }
  const renewals = await w.renewals();
  const spent = renewals.map(({ fields }) => fields.refresh_token);
  equal(new Set(spent).size, spent.length, `${what}: different refresh tokens`);
  deepEqual([...new Set(renewals.map(({ status }) => status))], [200], `${what}: statuses`);
  ok(spent.length >= ROUNDS, `${what}: renewals: ${spent.length}`);
}

export function strictMode(check) {
  for (const [way, optionsOf] of [
    ["by the page", (w) => w.byPage()],
    ["through the worker", (w) => w.byWorker()],
  ]) {
    const smoke = way === "by the page";
    check(`React 19 mounts twice, ${way}: one code, and no refresh token is used twice`, { smoke }, async (w) => {
      const options = optionsOf(w);
      for (const [kind, expected] of Object.entries(KINDS)) {
        await w.control.clearLog();
        await w.control.seed({ rotateRefreshTokens: true });
        const { tab, callback, told } = await mounted(w, options, kind, expected.landings.length);
        deepEqual(told, expected.landings, `${kind}: outcomes`);
        deepEqual(await w.codes(), [codeIn(callback)], `${kind}: codes sent`);
        await live(w, tab, expected.calls, kind);
        await tab.close();
      }
    });
  }
}
