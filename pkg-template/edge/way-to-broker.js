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
  "refreshToken",
  "scope",
  "timeout",
  "retry",
];

/**
 * A function like `fetch` that leads to the broker of an app, which its address names, where there is one. Who asks
 * brings the credentials along, so that the broker needn't keep them.
 */
export function wayToBroker(namespace, options) {
  if (!namespace) return undefined;
  return (url, { body, signal }) => {
    const stub = namespace.get(namespace.idFromName(new URL(url).pathname.slice(1)));
    const given = PASSED_ON.filter((name) => name in options);
    const passed = Object.fromEntries(given.map((name) => [name, options[name]]));
    const asked = Object.fromEntries(new URLSearchParams(body));
    return stub.fetch(url, { method: "POST", body: JSON.stringify({ ...asked, options: passed }), signal });
  };
}
