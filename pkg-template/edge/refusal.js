/** What every answer has that JavaScript makes. */
export const HEADERS = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/** An error as it is answered. */
export const refusal = (status, error, description, headers = {}) =>
  Response.json({ error, error_description: description }, { status, headers: { ...HEADERS, ...headers } });
