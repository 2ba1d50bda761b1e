import { ConfigError } from "../errors.js";

/** A storage that lasts as long as the program. */
export function memoryStorage() {
  const tokens = new Map();
  return {
    load: (key) => (tokens.has(key) ? { ...tokens.get(key) } : null),
    store: (key, token) => void tokens.set(key, { ...token }),
    remove: (key) => void tokens.delete(key),
  };
}

/** The browser's own storage. Where there is none, or where it is forbidden, its methods throw. */
export function webStorage(kind = "session") {
  if (kind !== "session" && kind !== "local")
    throw new ConfigError('webStorage takes "session" or "local"', { code: "invalid_option" });
  const name = `${kind}Storage`;
  // Looked up when it is used: merely reading the global throws in a sandboxed frame.
  const area = () => {
    const found = globalThis[name];
    if (found === undefined || found === null) throw new Error(`there is no ${name} here`);
    return found;
  };
  return {
    load: (key) => JSON.parse(area().getItem(key)),
    store: (key, token) => area().setItem(key, JSON.stringify(token)),
    remove: (key) => area().removeItem(key),
  };
}
