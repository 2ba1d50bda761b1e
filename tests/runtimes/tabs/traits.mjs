// In what the three browsers differ, as far as signing in has to do with it.

/**
 * - `secureOverHttp`: cookies with `Secure` (so `__Host-` ones too) are taken over http from loopback
 * - `strictAfterDetour`: a `SameSite=Strict` cookie comes along when the own page's navigation is redirected by another
 *   site back to the own one
 * - `opensUnasked`: `window.open` without a click works under its driver
 * - `pastPageKeepsLock`: a page that was left can be gone back to and keeps its Web Locks, until somebody asks anew
 * - `keepsPageWithSocket`: a page that was left with an open WebSocket can be gone back to as it was
 * - `survivesKilledTab`: the driver goes on when the process of a tab dies
 */
export const traits = {
  chromium: {
    secureOverHttp: true,
    strictAfterDetour: true,
    opensUnasked: true,
    pastPageKeepsLock: true,
    keepsPageWithSocket: true,
    survivesKilledTab: true,
  },
  firefox: {
    secureOverHttp: true,
    strictAfterDetour: false,
    opensUnasked: true,
    pastPageKeepsLock: false,
    keepsPageWithSocket: false,
    survivesKilledTab: true,
  },
  webkit: {
    secureOverHttp: false,
    strictAfterDetour: false,
    opensUnasked: false,
    pastPageKeepsLock: false,
    keepsPageWithSocket: true,
    survivesKilledTab: false,
  },
};
