// ONE suite for every runtime. It knows nothing of its host but what `createSuite` is given.

import { controlClient } from "../lib/control.mjs";
import { withLimit } from "../lib/limits.mjs";
import { createContext } from "./context.mjs";
import { answerCases } from "./cases/answers.mjs";
import { badBodyCases } from "./cases/bad-bodies.mjs";
import { badOptionCases } from "./cases/bad-options.mjs";
import { badRouteCases } from "./cases/bad-routes.mjs";
import { badTokenCases } from "./cases/bad-tokens.mjs";
import { bodyCases } from "./cases/bodies.mjs";
import { callCases } from "./cases/calls.mjs";
import { clockCases } from "./cases/clocks.mjs";
import { crowdCases } from "./cases/crowds.mjs";
import { disposalCases } from "./cases/disposal.mjs";
import { edgeAppCases } from "./cases/edge-app.mjs";
import { edgeGrantCases } from "./cases/edge-grants.mjs";
import { edgeHandlerAuthCases } from "./cases/edge-handler-auth.mjs";
import { edgeHandlerOptionCases } from "./cases/edge-handler-options.mjs";
import { edgeHandlerPlayerCases } from "./cases/edge-handler-players.mjs";
import { edgeHandlerProxyCases } from "./cases/edge-handler-proxy.mjs";
import { edgeHandlerCases } from "./cases/edge-handler.mjs";
import { edgeOptionCases } from "./cases/edge-options.mjs";
import { eventCases } from "./cases/events.mjs";
import { faultCases, faultlessCases } from "./cases/faults.mjs";
import { feedCases } from "./cases/feed.mjs";
import { hookCases } from "./cases/hooks.mjs";
import { inFlightCases } from "./cases/in-flight.mjs";
import { jwtCases } from "./cases/jwt.mjs";
import { kumiteCases } from "./cases/kumite.mjs";
import { kvStorageCases } from "./cases/kv-storage.mjs";
import { outageCases } from "./cases/outages.mjs";
import { placeCases } from "./cases/place.mjs";
import { placementCases } from "./cases/placement.mjs";
import { playerCases } from "./cases/players.mjs";
import { providerCases } from "./cases/provider.mjs";
import { redirectCases } from "./cases/redirects.mjs";
import { refreshCases } from "./cases/refresh.mjs";
import { retryCases } from "./cases/retries.mjs";
import { secretCases } from "./cases/secrets.mjs";
import { stopCases } from "./cases/stops.mjs";
import { storageCases } from "./cases/storage.mjs";
import { throwingObjectCases } from "./cases/throwing-objects.mjs";
import { tokenCases } from "./cases/tokens.mjs";
import { toornamentCallCases } from "./cases/toornament-calls.mjs";
import { toornamentPagingCases } from "./cases/toornament-paging.mjs";
import { toornamentWebhookCases } from "./cases/toornament-webhooks.mjs";
import { typedAdminCases } from "./cases/typed-admin.mjs";
import { typedCallCases } from "./cases/typed-calls.mjs";
import { typedListCases } from "./cases/typed-lists.mjs";
import { typedPlayCases } from "./cases/typed-plays.mjs";
import { typedRecordedCases } from "./cases/typed-recorded.mjs";
import { typedValueCases } from "./cases/typed-values.mjs";
import { uploadCases } from "./cases/uploads.mjs";

const CASE_LIMIT = 20_000;
/** In the long form, which waits longer in some. */
const LONG_CASE_LIMIT = 80_000;

/** Every case: `{ name, run(t), needs?, except? }`; `needs` is "edge" or the name of a place, `except` a place. */
const cases = [
  ...placeCases,
  ...callCases,
  ...answerCases,
  ...bodyCases,
  ...uploadCases,
  ...typedCallCases,
  ...typedRecordedCases,
  ...typedValueCases,
  ...typedPlayCases,
  ...typedListCases,
  ...typedAdminCases,
  ...redirectCases,
  ...secretCases,
  ...tokenCases,
  ...placementCases,
  ...retryCases,
  ...stopCases,
  ...crowdCases,
  ...clockCases,
  ...inFlightCases,
  ...outageCases,
  ...playerCases,
  ...hookCases,
  ...eventCases,
  ...feedCases,
  ...storageCases,
  ...refreshCases,
  ...disposalCases,
  ...badRouteCases,
  ...badTokenCases,
  ...badOptionCases,
  ...badBodyCases,
  ...providerCases,
  ...kumiteCases,
  ...toornamentPagingCases,
  ...toornamentCallCases,
  ...toornamentWebhookCases,
  ...throwingObjectCases,
  ...jwtCases,
  ...edgeAppCases,
  ...edgeOptionCases,
  ...edgeGrantCases,
  ...kvStorageCases,
  ...edgeHandlerCases,
  ...edgeHandlerOptionCases,
  ...edgeHandlerAuthCases,
  ...edgeHandlerPlayerCases,
  ...edgeHandlerProxyCases,
  ...faultlessCases,
];

function applies({ needs, except }, host) {
  if (except === host.place) return false;
  return needs === undefined || needs === host.place || (needs === "edge" && host.edge !== null);
}

/** An error with what it came from: `fetch failed` alone tells nothing. */
function told(error) {
  const own = String(error?.stack ?? error);
  return error?.cause === undefined ? own : `${own}\nfrom ${told(error.cause)}`;
}

/**
 * The suite for one host: `{ place, browser?, pkg, edge, wasmMemory(), sandbox, toornament, controlUrl, elsewhere, streamPeer, full, webSocket?, mint(options), accessToken(clientId) }`,
 * with `panicSwitch` where the package's wasm can be made to panic: that is another suite.
 * Gives the names of its cases and `run(name)`, which gives null or what went wrong, as text.
 */
export function createSuite(host) {
  const control = controlClient(host.controlUrl);
  const limit = host.full ? LONG_CASE_LIMIT : CASE_LIMIT;
  const all = host.panicSwitch ? faultCases : cases;
  const mine = new Map(all.filter((one) => applies(one, host)).map((one) => [one.name, one]));
  return {
    names: [...mine.keys()],
    async run(name) {
      try {
        await control.reset();
        await withLimit(mine.get(name).run(createContext(host, control)), limit, name);
        return null;
      } catch (error) {
        return told(error);
      }
    },
  };
}
