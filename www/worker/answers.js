// What the demo's own routes have in common.

/** Whether the page itself asks: other sites' pages can send cookies along, too. */
export const isFromOwnPage = (request) => request.headers.get("origin") === new URL(request.url).origin;

export const refuse = (status, error, error_description, headers = {}) =>
  Response.json({ error, error_description }, { status, headers });

/** The object in a request's body; an empty one where there is none. */
export async function readBody(request) {
  const body = await request.json().catch(() => null); // what isn't JSON says nothing
  return body ?? {};
}
