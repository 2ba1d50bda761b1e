// A KV namespace as it is far away: what a place read or found missing, it goes on reading for a while, whatever is
// stored meanwhile.

const WHILE = 60_000;

const namespaces = new WeakMap();

/** The same one for the same namespace. */
export function slowToTell(namespace) {
  if (!namespaces.has(namespace)) namespaces.set(namespace, slow(namespace));
  return namespaces.get(namespace);
}

function slow(namespace) {
  const read = new Map();
  return {
    async get(key, type) {
      const known = read.get(key);
      if (known && Date.now() < known.until) return structuredClone(known.value);
      const value = await namespace.get(key, type);
      read.set(key, { value, until: Date.now() + WHILE });
      return structuredClone(value);
    },
    put: (key, value, options) => namespace.put(key, value, options),
    delete: (key) => namespace.delete(key),
  };
}
