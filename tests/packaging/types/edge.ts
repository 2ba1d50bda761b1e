// What a strict user writes against the edge entry. Compiled, never run.

import type { EdgeHandlerErrorCode, EdgeHandlerOptions } from "playoff-wasm/edge";
import { AuthError, createClient, createEdgeHandler, createJWT, isPlayoffError, verifyJWT } from "playoff-wasm/edge";

interface Env {
  PLAYOFF_CLIENT_ID: string;
  PLAYOFF_CLIENT_SECRET: string;
}

const keys = { clientId: "app", clientSecret: "not-a-real-secret" };

const token: string = createJWT({ ...keys, playerId: "johny", scopes: ["player.runtime.read"], expiresIn: 3600 });
createJWT({ ...keys, playerId: "johny" });

const verified = verifyJWT(token, { ...keys, leeway: 5, maxAge: 3600 });
const playerId: string = verified.playerId;
const scopes: readonly string[] = verified.scopes;
console.log(playerId, scopes.length, verified.expiresAt, verified.claims);

export default createEdgeHandler((env: Env) => ({
  clientId: env.PLAYOFF_CLIENT_ID,
  clientSecret: env.PLAYOFF_CLIENT_SECRET,
  allowOrigins: ["https://game.example"],
  authenticate: async (request) => {
    const session: string | null = request.headers.get("cookie");
    return session === null ? null : { playerId: "johny", scopes: ["player.runtime.read"], expiresIn: 600 };
  },
}));

const options: EdgeHandlerOptions = {
  ...keys,
  provider: "playoff",
  apiUrl: "https://api.games.example",
  authUrl: "https://games.example",
  version: "v2",
  timeout: 10_000,
  headers: { "x-app": "1" },
  scope: ["a", "b"],
  authenticate: () => false,
  cookie: { name: "refresh", sameSite: "none", maxAge: 3600 },
  proxy: {
    allow: [
      ["GET", "/runtime/*"],
      ["POST", "/runtime/actions/collect/play"],
    ],
    maxBodySize: 65_536,
    dangerouslyUseAppToken: true,
  },
};

export async function within(request: Request, context: { waitUntil(promise: Promise<unknown>): void }) {
  const handler = createEdgeHandler(() => options);
  const response = await handler.fetch(request, undefined, context);
  const { error } = (await response.json()) as { error?: EdgeHandlerErrorCode };
  return error === "login_required" ? null : handler.fetch(request, undefined);
}

export function mistakes(): void {
  // @ts-expect-error: no player
  createJWT({ ...keys });
  // @ts-expect-error: a life that is text
  createJWT({ ...keys, playerId: "johny", expiresIn: "1h" });
  // @ts-expect-error: no keys
  verifyJWT(token);
  // @ts-expect-error: nobody says who the player is
  createEdgeHandler(() => ({ ...keys }));
  const authenticate = () => null;
  // @ts-expect-error: a method in lower case
  createEdgeHandler(() => ({ ...keys, authenticate, proxy: { allow: [["get", "/runtime/*"]] } }));
  // @ts-expect-error: a route that isn't a path
  createEdgeHandler(() => ({ ...keys, authenticate, proxy: { allow: [["GET", "runtime"]] } }));
  // @ts-expect-error: a proxy that lets nothing through
  createEdgeHandler(() => ({ ...keys, authenticate, proxy: {} }));
  // @ts-expect-error: a cookie's attribute that is always there
  createEdgeHandler(() => ({ ...keys, authenticate, cookie: { secure: false } }));
}

export const client = createClient({ token });

export function tell(error: unknown): string | undefined {
  return error instanceof AuthError && isPlayoffError(error) ? error.code : undefined;
}
