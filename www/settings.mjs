/** What the environment says about the API, the client and the port; a clear sentence where it says nothing usable. */
export function readSettings({ PLAYOFF_SANDBOX, DEMO_PORT }) {
  const { apiUrl, clients } = readSandbox(PLAYOFF_SANDBOX);
  const client = clients.find(({ type, clientSecret }) => type === "jwt" && clientSecret);
  if (!client) throw new Error('PLAYOFF_SANDBOX names no client of type "jwt", which the worker needs to make tokens.');
  return { apiUrl, clientId: client.clientId, clientSecret: client.clientSecret, port: readPort(DEMO_PORT) };
}

function readSandbox(line) {
  const wanted = "PLAYOFF_SANDBOX must be the line of JSON that `cargo run -p playoff-sandbox -- --json` prints first";
  if (!line) throw new Error(`${wanted}; it isn't set.`);
  const { playoff } = parse(line, wanted);
  if (!URL.canParse(playoff?.apiUrl) || !Array.isArray(playoff.clients))
    throw new Error(`${wanted}; this one has no playoff.apiUrl and playoff.clients.`);
  return playoff;
}

function parse(line, wanted) {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new Error(`${wanted}; this isn't JSON.`, { cause });
  }
}

function readPort(text) {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new Error(
    `DEMO_PORT must be a port between 1 and 65535; it is ${text === undefined ? "not set" : JSON.stringify(text)}.`,
  );
}
