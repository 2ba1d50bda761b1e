#!/usr/bin/env node
// The sandbox as a program: serves until a signal ends it.

import { serve } from "./lib/server.js";
import { readCommandLine, tellPeople } from "./lib/services.js";

const { run, help, wrong } = readCommandLine(process.argv.slice(2));

if (help !== undefined) console.log(help);
else if (wrong !== undefined) {
  console.error(`playoff-sandbox: ${wrong}`);
  process.exitCode = 2;
} else await main(run);

async function main({ port, json, hostName, seed, clock }) {
  try {
    const server = await serve({ port, seed, clock });
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void server.stop());
    const described = server.services.describe(`http://${hostName}:${server.port}`);
    process.stdout.write(json ? `${JSON.stringify(described)}\n` : tellPeople(described));
  } catch (error) {
    console.error(`playoff-sandbox: ${error.message}`);
    process.exitCode = 1;
  }
}
