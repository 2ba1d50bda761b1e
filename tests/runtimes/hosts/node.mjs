// Runs in a Node of its own, in the folder where the tarball is installed; the launcher asks by messages.

import { serverSuite } from "./server.mjs";

// Older ones have none of their own.
const { WebSocket } = globalThis.WebSocket ? {} : await import(process.env.PLAYOFF_WEB_SOCKET);
const suite = serverSuite("node", JSON.parse(process.env.PLAYOFF_SANDBOX), WebSocket);

process.on("message", async ({ run }) => {
  process.send({ name: run, problem: await suite.run(run) });
});
process.send({ names: suite.names });
