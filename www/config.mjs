// workerd's configuration: https://github.com/cloudflare/workerd/blob/main/src/workerd/server/workerd.capnp

const COMPATIBILITY_DATE = "2026-10-01";

export function createConfig({ apiUrl, authUrl, controlUrl, minting, signIn, app, kumite, toornament, port, modules, files, docs, ipv6 }) {
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "demo", worker = .demo),
    (name = "assets", worker = .assets),
    (name = "files", disk = (path = ${text(files)})),
    (name = "docs", disk = (path = ${text(docs)})),
    (name = "internet", network = (allow = ["local"])), # the sandbox
  ],
  sockets = [
    ${addresses(port, ipv6).map(socket).join(",\n    ")},
  ],
);

const demo :Workerd.Worker = (
  modules = ${moduleList(modules.demo)},
  compatibilityDate = ${text(COMPATIBILITY_DATE)},
  bindings = [
    (name = "PLAYOFF_API_URL", text = ${text(apiUrl)}),
    (name = "PLAYOFF_AUTH_URL", text = ${text(authUrl)}),
    (name = "PLAYOFF_CLIENT_ID", text = ${text(minting.clientId)}),
    (name = "PLAYOFF_CLIENT_SECRET", text = ${text(minting.clientSecret)}),
    (name = "SIGN_IN_CLIENT_ID", text = ${text(signIn.clientId)}),
    (name = "SIGN_IN_CLIENT_SECRET", text = ${text(signIn.clientSecret)}),
    (name = "APP_CLIENT_ID", text = ${text(app.clientId)}),
    (name = "APP_CLIENT_SECRET", text = ${text(app.clientSecret)}),
    (name = "KUMITE_URL", text = ${text(kumite.url)}),
    (name = "KUMITE_REFRESH_TOKEN", text = ${text(kumite.refreshToken)}),
    (name = "TOORNAMENT_URL", text = ${text(toornament.url)}),
    (name = "TOORNAMENT_CLIENT_ID", text = ${text(toornament.clientId)}),
    (name = "TOORNAMENT_CLIENT_SECRET", text = ${text(toornament.clientSecret)}),
    (name = "TOORNAMENT_API_KEY", text = ${text(toornament.apiKey)}),
    (name = "SANDBOX_CONTROL_URL", text = ${text(controlUrl)}),
    (name = "ASSETS", service = "assets"),
  ],
);

const assets :Workerd.Worker = (
  modules = ${moduleList(modules.assets)},
  compatibilityDate = ${text(COMPATIBILITY_DATE)},
  bindings = [
    (name = "PLAYOFF_API_URL", text = ${text(apiUrl)}),
    (name = "PLAYOFF_AUTH_URL", text = ${text(authUrl)}),
    (name = "FILES", service = "files"),
    (name = "DOCS", service = "docs"),
  ],
);
`;
}

const addresses = (port, ipv6) => [`127.0.0.1:${port}`, ...(ipv6 ? [`[::1]:${port}`] : [])];

const socket = (address) => `(name = ${text(address)}, address = ${text(address)}, http = (), service = "demo")`;

const moduleList = (names) =>
  `[${names.map((name) => `(name = ${text(name)}, ${kindOf(name)} = embed ${text(`worker/${name}`)})`).join(", ")}]`;

const kindOf = (name) => (name.endsWith(".wasm") ? "wasm" : "esModule");

/** Cap'n Proto's text literals have C's escapes, as JSON's short ones are. */
const text = (value) => JSON.stringify(value);
