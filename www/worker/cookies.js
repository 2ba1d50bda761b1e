/** The names of the cookies that a browser sends: of those that are `HttpOnly` its page can't tell. */
export function tellCookies(request) {
  const sent = (request.headers.get("cookie") ?? "").split(/;\s*/).filter(Boolean);
  const names = sent.map((cookie) => cookie.split("=", 1)[0]);
  return Response.json({ names }, { headers: { "cache-control": "no-store" } });
}
