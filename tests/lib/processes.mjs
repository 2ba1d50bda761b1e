// Child processes and ports.

import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { once } from "node:events";
import { withLimit } from "./limits.mjs";

const STOP_LIMIT = 3_000;

// What is still running when this process ends, for whatever reason, ends with it.
const running = new Set();
process.once("exit", () => running.forEach((child) => signal(child, "SIGKILL")));

// Those that lead a process group: what they start ends with them.
const leaders = new WeakSet();

function signal(child, name) {
  if (!leaders.has(child)) return child.kill(name);
  try {
    return process.kill(-child.pid, name);
  } catch (error) {
    // Nobody is left in it; of the dead macOS says EPERM.
    if (["ESRCH", "EPERM"].includes(error.code)) return false;
    throw error;
  }
}

function track(child, { group = false } = {}) {
  if (group && child.pid !== undefined) leaders.add(child);
  running.add(child);
  child.once("exit", () => {
    running.delete(child);
    if (group) signal(child, "SIGKILL");
  });
  return child;
}

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort() {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/**
 * Starts a program that stays; `stop()` ends it and waits until it has ended. With `group`, what it starts in turn ends
 * with it.
 */
export function start(command, args, { group = false, ...options } = {}) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], detached: group, ...options });
  track(child, { group });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text) => (output += text));
  }
  const ended = new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? code));
  });
  return {
    child,
    ended,
    output: () => output,
    async stop() {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      signal(child, "SIGTERM");
      const late = setTimeout(() => signal(child, "SIGKILL"), STOP_LIMIT);
      await ended;
      clearTimeout(late);
    },
  };
}

/** Runs a program to its end: `{ code, stdout, stderr }`. */
export async function run(command, args, { limit = 60_000, input, ...options } = {}) {
  const child = track(
    spawn(command, args, { stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"], ...options }),
  );
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  if (input !== undefined) child.stdin.end(input);
  const ended = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code));
  });
  try {
    const code = await withLimit(ended, limit, `${command} ${args.join(" ")}`);
    return { code, stdout, stderr };
  } finally {
    if (child.exitCode === null) child.kill("SIGKILL");
  }
}

/** As `run`, and an exit code other than 0 is an error that shows the output. */
export async function runWell(command, args, options) {
  const result = await run(command, args, options);
  if (result.code !== 0) {
    throw new Error(`${command} ${args.join(" ")}: exit code ${result.code}\n${result.stdout}${result.stderr}`);
  }
  return result;
}
