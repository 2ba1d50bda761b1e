// The manual's examples of typed calls, run against the sandbox as they stand in it.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { match } from "../../lib/assert.mjs";
import { runWell } from "../../lib/processes.mjs";
import { manualBlocks } from "../manual.mjs";

const PRELUDE = `
import { createEdge, createJWT } from "playoff-wasm/edge";
const { apiUrl, authUrl, jwt, app } = JSON.parse(process.env.CONFIG);
const edge = createEdge({ apiUrl, authUrl, ...app });
const playoff = createClient({ apiUrl, authUrl, token: () => createJWT({ ...jwt, playerId: "johny" }) });
`;

/** Examples by what is in them, and something of what they print. */
const EXAMPLES = [
  ["The client", "runtime.player()", /Points \d+/],
  ["The client", "runtime.players()", /Johny/],
  ["The edge", "admin.changeScores", /ada true/],
];

export async function exampleCases(report, { consumer, control, installed, sandbox }) {
  const keys = (type) => {
    const { clientId, clientSecret } = sandbox.clients.find((one) => one.type === type);
    return { clientId, clientSecret };
  };
  const { apiUrl, authUrl } = sandbox;
  const config = { apiUrl, authUrl, jwt: keys("jwt"), app: keys("client_credentials") };
  for (const [heading, marked, printed] of EXAMPLES) {
    await report.test(`the manual's example of ${marked} runs`, async () => {
      await control.reset();
      const blocks = await manualBlocks(installed, heading);
      const { text } = blocks.find((block) => block.language === "js" && block.text.includes(marked));
      const file = join(consumer, "example.mjs");
      await writeFile(file, `import { createClient } from "playoff-wasm";${PRELUDE}${text}`);
      const env = { ...process.env, CONFIG: JSON.stringify(config) };
      const { stdout } = await runWell(process.execPath, [file], { cwd: consumer, env, limit: 20_000 });
      match(stdout, printed, "what it prints");
    });
  }
}
