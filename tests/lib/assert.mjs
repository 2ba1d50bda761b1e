// Assertions that run in every host (Node, workerd, a page), so nothing of Node here.

function show(value) {
  const text = value instanceof Error ? `${value.name}: ${value.message}` : stringify(value);
  return text.length > 600 ? `${text.slice(0, 600)}...` : text;
}

function stringify(value) {
  if (typeof value === "function") return `[function ${value.name}]`;
  return JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? `${inner}n` : inner)) ?? String(value);
}

export function ok(condition, message) {
  if (!condition) throw new Error(message);
}

export function equal(got, expected, what = "value") {
  if (!Object.is(got, expected)) throw new Error(`${what}: expected ${show(expected)}, got ${show(got)}`);
}

export function match(text, pattern, what = "text") {
  if (typeof text !== "string" || !pattern.test(text))
    throw new Error(`${what}: expected ${pattern}, got ${show(text)}`);
}

function isPlain(value) {
  return typeof value === "object" && value !== null;
}

function difference(got, expected, path) {
  if (Object.is(got, expected)) return null;
  if (!isPlain(got) || !isPlain(expected)) return { path, got, expected };
  if (Array.isArray(got) !== Array.isArray(expected)) return { path, got, expected };
  if (Object.getPrototypeOf(got) === Map.prototype) return { path, got: "a Map", expected };
  for (const key of new Set([...Object.keys(got), ...Object.keys(expected)])) {
    const found = difference(got[key], expected[key], `${path}.${key}`);
    if (found) return found;
  }
  return null;
}

export function deepEqual(got, expected, what = "value") {
  const found = difference(got, expected, what);
  if (found) throw new Error(`${found.path}: expected ${show(found.expected)}, got ${show(found.got)}`);
}

/** What `action` throws or rejects with; fails when it doesn't. */
export async function failure(action, what = "the call") {
  let value;
  try {
    value = await action();
  } catch (error) {
    return error;
  }
  throw new Error(`${what}: expected a failure, got ${show(value)}`);
}
