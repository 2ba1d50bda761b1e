/**
 * Who is asking? Look at your own session: a cookie, a bearer token. Never take the player's id from
 * what the page says. Until you have written this, it is the player whom .dev.vars names, and on
 * Cloudflare nobody.
 */
export async function whoIsSignedIn(request: Request, env: Env): Promise<{ id: string } | null> {
  return env.DEV_PLAYER_ID ? { id: env.DEV_PLAYER_ID } : null;
}
