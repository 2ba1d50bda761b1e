// Runs in a Node of its own, in the folder where the tarball is installed; the launcher asks by messages.

import { serverSuite } from "./server.mjs";

const suite = serverSuite("node", JSON.parse(process.env.PLAYOFF_SANDBOX));

process.on("message", async ({ run }) => {
  process.send({ name: run, problem: await suite.run(run) });
});
process.send({ names: suite.names });
