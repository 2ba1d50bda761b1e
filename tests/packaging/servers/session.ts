// Whoever has a cookie that names a player is that player.

export async function whoIsSignedIn(request: Request) {
  const found = /(?:^|; )player=([^;]*)/.exec(request.headers.get("cookie") ?? "");
  return found && { id: found[1] };
}
