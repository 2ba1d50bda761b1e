// Looks for a secret in everything that an error shows.

function ownValues(error) {
  return Reflect.ownKeys(error).map((key) => error[key]);
}

/** The texts of an error, of its causes and of its properties. */
function texts(value, seen = new Set()) {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  const own = [String(value), value.message, value.stack, value.cause, ...ownValues(value)];
  return [...own.flatMap((inner) => texts(inner, seen)), JSON.stringify(value) ?? ""];
}

/** Whether `secret` shows, raw or percent-encoded. */
export function leaks(error, secret) {
  const forms = [secret, encodeURIComponent(secret), encodeURIComponent(secret).toLowerCase()];
  return texts(error).some((text) => forms.some((form) => text.includes(form)));
}
