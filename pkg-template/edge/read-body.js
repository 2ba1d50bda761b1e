/** The bytes of a request's body; "too large" where there are more than `limit`, "broken" where it can't be read. */
export async function readBody(request, limit) {
  if (Number(request.headers.get("content-length")) > limit) return "too large";
  if (request.body === null) return new Uint8Array();
  const parts = [];
  let length = 0;
  try {
    const reader = request.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.byteLength;
      if (length > limit) {
        // Nobody waits for what is left of it.
        reader.cancel().catch(() => {});
        return "too large";
      }
      parts.push(value);
    }
  } catch {
    return "broken";
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.byteLength;
  }
  return body;
}
