/** The options that say which token it is, and how it is asked for. */
const PASSED_ON = [
  "provider",
  "host",
  "apiUrl",
  "authUrl",
  "allowInsecureHttp",
  "version",
  "clientId",
  "clientSecret",
  "scope",
  "timeout",
  "retry",
];

/**
 * A function like `fetch` that leads to the broker of an app, which its address names. Who asks brings the
 * credentials along, so that the broker needn't keep them.
 */
export const wayToBroker = (namespace, options) => (url, { body, signal }) => {
  const stub = namespace.get(namespace.idFromName(new URL(url).pathname.slice(1)));
  const passed = Object.fromEntries(PASSED_ON.filter((name) => name in options).map((name) => [name, options[name]]));
  const asked = Object.fromEntries(new URLSearchParams(body));
  return stub.fetch(url, { method: "POST", body: JSON.stringify({ ...asked, options: passed }), signal });
};
