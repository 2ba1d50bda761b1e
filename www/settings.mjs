/** What the environment says about the services, the clients and the port; a clear sentence where it says nothing usable. */
export function readSettings({ PLAYOFF_SANDBOX, DEMO_PORT }) {
  const { playoff, kumite, toornament, control } = readSandbox(PLAYOFF_SANDBOX);
  return {
    apiUrl: playoff.apiUrl,
    authUrl: playoff.authUrl,
    controlUrl: control.url,
    minting: findClient(playoff.clients, "jwt"),
    signIn: findClient(playoff.clients, "authorization_code"),
    app: findClient(playoff.clients, "client_credentials"),
    kumite,
    toornament,
    port: readPort(DEMO_PORT),
  };
}

function readSandbox(line) {
  const wanted = "PLAYOFF_SANDBOX must be the line of JSON that `cargo run -p playoff-sandbox -- --json` prints first";
  if (!line) throw new Error(`${wanted}; it isn't set.`);
  const sandbox = parse(line, wanted);
  const { playoff, kumite, toornament, control } = sandbox ?? {};
  const addresses = [playoff?.apiUrl, playoff?.authUrl, kumite?.url, toornament?.url, control?.url];
  if (!addresses.every((address) => URL.canParse(address)) || !Array.isArray(playoff.clients))
    throw new Error(`${wanted}; this one lacks playoff.clients, or an address of playoff, kumite, toornament or control.`);
  if (![kumite.refreshToken, toornament.clientId, toornament.clientSecret, toornament.apiKey].every(Boolean))
    throw new Error(`${wanted}; this one lacks what the worker shows at Kumite or Toornament.`);
  return sandbox;
}

function parse(line, wanted) {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new Error(`${wanted}; this isn't JSON.`, { cause });
  }
}

/** A client whose secret the worker needs. */
function findClient(clients, wanted) {
  const client = clients.find(({ type, clientSecret }) => type === wanted && clientSecret);
  if (!client) throw new Error(`PLAYOFF_SANDBOX names no client of type "${wanted}", which the worker needs.`);
  return client;
}

function readPort(text) {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new Error(
    `DEMO_PORT must be a port between 1 and 65535; it is ${text === undefined ? "not set" : JSON.stringify(text)}.`,
  );
}
