// A screen that nobody sees, for a browser that has no headless mode.

import { withLimit } from "../limits.mjs";
import { start } from "../processes.mjs";
import { setting } from "../settings.mjs";

const START_LIMIT = 15_000;
const NUMBER_FD = 3;

/** The number that the server says once it can be used. */
function numberOf(server) {
  return new Promise((resolve, reject) => {
    let text = "";
    server.child.stdio[NUMBER_FD]?.setEncoding("utf8").on("data", (more) => {
      text += more;
      if (text.includes("\n")) resolve(text.trim());
    });
    server.ended.then((code) => reject(new Error(`Xvfb ended (${code}): ${server.output()}`)));
  });
}

/** Starts Xvfb on a display that is free; gives `{ name, stop() }`. */
export async function startDisplay() {
  const args = ["-displayfd", String(NUMBER_FD), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"];
  const server = start(setting("PLAYOFF_XVFB"), args, { stdio: ["ignore", "pipe", "pipe", "pipe"] });
  try {
    const number = await withLimit(numberOf(server), START_LIMIT, "Xvfb's start");
    return { name: `:${number}`, stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
