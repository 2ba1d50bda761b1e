// What a strict user writes against the edge entry. Compiled, never run.

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

export function mistakes(): void {
  // @ts-expect-error: no player
  createJWT({ ...keys });
  // @ts-expect-error: a life that is text
  createJWT({ ...keys, playerId: "johny", expiresIn: "1h" });
  // @ts-expect-error: no keys
  verifyJWT(token);
  // @ts-expect-error: nobody says who the player is
  createEdgeHandler(() => ({ ...keys }));
}

export const client = createClient({ token });

export function tell(error: unknown): string | undefined {
  return error instanceof AuthError && isPlayoffError(error) ? error.code : undefined;
}
