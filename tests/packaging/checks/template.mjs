// The worker that comes with the package, as the manual tells it: from an empty folder to a minted token, by the real
// wrangler, which takes it unchanged.

import { access, copyFile, mkdir, readFile, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { deepEqual, equal, match, ok } from "../../lib/assert.mjs";
import { until } from "../../lib/limits.mjs";
import { freePort, run, runWell, start } from "../../lib/processes.mjs";
import { full } from "../../lib/settings.mjs";
import { toolFile } from "../../lib/tools.mjs";
import { blockWith, commandsOf, fileOf, manualBlocks, replaced } from "../manual.mjs";

const NPM = process.platform === "win32" ? "npm.cmd" : "npm";
const GUIDE = "workers";
/** Where `wrangler dev` listens unless it is told. */
const PORT = "8787";
const START_LIMIT = 30_000;

/**
 * Nothing of the user's is read or written, nothing is told to Cloudflare, and npm asks nobody: in the long form alone
 * it asks its registry, wherever the user has that.
 */
function environment(work) {
  const home = join(work, "home");
  return {
    ...process.env,
    HOME: home,
    XDG_CONFIG_HOME: join(home, ".config"),
    WRANGLER_SEND_METRICS: "false",
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    NO_COLOR: "1",
    npm_config_update_notifier: "false",
    ...(full ? { npm_config_userconfig: join(homedir(), ".npmrc") } : { npm_config_offline: "true" }),
  };
}

const shell = (text, cwd, env) => runWell("sh", ["-ec", text], { cwd, env, limit: full ? 180_000 : 60_000 });

/** The tools that the project names, in the versions it names, as if npm had installed them. */
async function linkTools(project) {
  const { devDependencies } = JSON.parse(await readFile(join(project, "package.json"), "utf8"));
  const modules = join(project, "node_modules");
  await mkdir(join(modules, ".bin"), { recursive: true });
  for (const [name, version] of Object.entries(devDependencies)) {
    const tool = JSON.parse(await readFile(toolFile(name, "package.json"), "utf8"));
    equal(version, tool.version, `${name}: the version that the template names`);
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(toolFile(name), join(modules, name));
    const commands = typeof tool.bin === "object" ? Object.entries(tool.bin) : [];
    for (const [command, file] of commands) await symlink(toolFile(name, file), join(modules, ".bin", command));
  }
}

/** Does what the manual tells to do in an empty folder; gives the project's. */
async function makeProject({ work, tarball }, commands, env) {
  const empty = join(work, "from-nothing");
  await mkdir(empty, { recursive: true });
  await mkdir(env.HOME, { recursive: true });
  const fromTarball = replaced(commands, "npm install playoff-wasm", `npm install ${JSON.stringify(tarball)}`);
  const project = join(empty, "my-worker");
  if (full) {
    await shell(fromTarball, empty, env);
  } else {
    // What the registry would give is at hand.
    const [first, second] = fromTarball.split("\nnpm install\n");
    await shell(first, empty, env);
    await linkTools(project);
    await shell(second, project, env);
  }
  return project;
}

/** Id and secret of the sandbox's client of a type. */
function seeded({ clients }, type) {
  const { clientId, clientSecret } = clients.find((one) => one.type === type);
  return { clientId, clientSecret };
}

/** Adds to .dev.vars, whose values go before the configuration's. */
async function setVars(project, vars) {
  const text = await readFile(join(project, ".dev.vars"), "utf8");
  const names = Object.keys(vars);
  const kept = text.split("\n").filter((line) => !names.some((name) => line.startsWith(`${name}=`)));
  const added = Object.entries(vars).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  await writeFile(join(project, ".dev.vars"), [...kept, ...added, ""].join("\n"));
}

/** Starts the manual's `npx wrangler dev` on a port of its own, and gives it to `use`. Its output shows no secret. */
async function underWrangler(project, command, env, secrets, use) {
  const [npx, tool, ...args] = command.trim().split(" ");
  deepEqual([npx, tool], ["npx", "wrangler"], "how the manual starts it");
  const port = await freePort();
  const more = ["--port", String(port), "--inspector-port", String(await freePort())];
  const wrangler = join(project, "node_modules", "wrangler", "bin", "wrangler.js");
  const server = start(process.execPath, [wrangler, ...args, ...more], { cwd: project, env });
  const url = `http://localhost:${port}`;
  try {
    const answers = async () => (await fetch(url)).status > 0;
    await Promise.race([
      until(answers, { limit: START_LIMIT, every: 100, what: "wrangler dev" }),
      server.ended.then((code) => Promise.reject(new Error(`wrangler dev ended (${code})`))),
    ]);
    await use({ url, port });
    for (const secret of secrets) ok(!server.output().includes(secret), "wrangler's output shows a secret");
  } catch (error) {
    throw new Error(`${error.message}\n${server.output()}`, { cause: error });
  } finally {
    await server.stop();
  }
}

/** The worker of the project gives the player's token to its own page, and to no other. */
async function mints({ url, port }, curl, world, env) {
  const { installed, sandbox, control, player } = world;
  const { stdout } = await shell(curl.replaceAll(`:${PORT}`, `:${port}`), world.work, env);
  const answer = JSON.parse(stdout);
  deepEqual([answer.token_type, answer.expires_in], ["jwt", 3600], "token_type, expires_in");

  const { createClient } = await import(pathToFileURL(join(installed, "index.js")).href);
  const client = createClient({ apiUrl: sandbox.apiUrl, authUrl: sandbox.authUrl, token: answer });
  deepEqual(await client.get("/runtime/player"), await control.player(player), "the player, by that token");

  const foreign = await fetch(`${url}/player-token`, { method: "POST", headers: { origin: "https://other.example" } });
  const text = await foreign.text();
  equal(foreign.status, 403, `status for another origin (${text})`);
  for (const secret of [answer.access_token, seeded(sandbox, "jwt").clientSecret])
    ok(!text.includes(secret), "the refusal shows a secret");
  ok(!stdout.includes(seeded(sandbox, "jwt").clientSecret), "the answer shows the client's secret");
}

// What the manual says of apps, in a worker beside the template's, with both stores.
const APP_WORKER = `
import { createEdge, kvStorage } from "playoff-wasm/edge";
import tokens from "./tokens";
import { players, welcome } from "./players";

export { TokenBroker } from "playoff-wasm/edge";

const kept = ({ TOKENS, PLAYOFF_APP_ID: clientId, PLAYOFF_APP_SECRET: clientSecret, API: apiUrl, AUTH: authUrl }: Env) =>
  createEdge({ apiUrl, authUrl, clientId, clientSecret, scope: "kept", storage: kvStorage(TOKENS) });

export default {
  async fetch(request, env, context) {
    switch (new URL(request.url).pathname) {
      case "/players":
        return Response.json(await players(env));
      case "/welcome":
        return Response.json(await welcome(env, "somebody-new"));
      case "/kept":
        return Response.json(await kept(env).client().get("/admin/players"));
      default:
        return tokens.fetch(request, env, context);
    }
  },
} satisfies ExportedHandler<Env>;
`;

const PAGE = "<!doctype html><title>The page</title>";

/** A built page beside the project, which its worker is to serve, as the manual says. */
async function addPage(project, line) {
  const { directory } = JSON.parse(`{${line.trim().replace(/,$/, "")}}`).assets;
  await mkdir(join(project, directory), { recursive: true });
  await writeFile(join(project, directory, "index.html"), PAGE);
  const configuration = join(project, "wrangler.jsonc");
  await writeFile(configuration, replaced(await readFile(configuration, "utf8"), '  "vars":', `  ${line}  "vars":`));
}

/** Makes the project one with an app, as the template's comments and the manual say. */
async function addApp(project, world, env) {
  const { installed, sandbox } = world;
  const players = fileOf(await manualBlocks(installed, "apps"), "src/players.ts");
  const here = replaced(players, "createEdge({", "createEdge({ apiUrl: env.API, authUrl: env.AUTH,");
  await writeFile(join(project, "src", "players.ts"), here);
  await rename(join(project, "src", "index.ts"), join(project, "src", "tokens.ts"));
  await writeFile(join(project, "src", "index.ts"), APP_WORKER);

  const configuration = join(project, "wrangler.jsonc");
  const text = await readFile(configuration, "utf8");
  await writeFile(configuration, replaced(text, '// "kv_namespaces"', '"kv_namespaces"'));
  const { clientId, clientSecret } = seeded(sandbox, "client_credentials");
  const addresses = { API: sandbox.apiUrl, AUTH: sandbox.authUrl };
  await setVars(project, { PLAYOFF_APP_ID: clientId, PLAYOFF_APP_SECRET: clientSecret, ...addresses });
  await runWell(NPM, ["run", "types"], { cwd: project, env });
}

/** Through the broker and through KV the app calls, each time with one token for many calls at a time. */
async function callsAsTheApp({ url }, { control }) {
  const ask = async (path) => {
    const response = await fetch(`${url}${path}`);
    const text = await response.text();
    equal(response.status, 200, `status of ${path} (${text})`);
    return JSON.parse(text);
  };
  const tokenRequests = async () => (await control.log()).filter(({ path }) => path === "/auth/token").length;

  await control.clearLog();
  const [{ data }] = await Promise.all(Array.from({ length: 8 }, () => ask("/players")));
  equal(data.length, 5, "players");
  equal((await ask("/welcome")).created, true, "created");
  equal((await ask("/welcome")).created, false, "created again");
  equal((await control.player("somebody-new")).alias, "somebody-new", "alias of who was created");
  equal(await tokenRequests(), 1, "token requests through the broker");

  await ask("/kept");
  await ask("/kept");
  equal(await tokenRequests(), 2, "token requests, with those of the app whose token is in KV");
}

async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

export async function templateCases(report, world) {
  const { work, installed, sandbox } = world;
  const env = environment(work);
  const blocks = await manualBlocks(installed, GUIDE);
  const [begin, dev, curl, look, deploy, ...more] = commandsOf(blocks);
  const test = (name, body) => report.test(`wrangler: ${name}`, body, { limit: full ? 240_000 : 90_000 });
  const { clientId, clientSecret } = seeded(sandbox, "jwt");

  const project = await test("the manual's first steps make a worker, from an empty folder", async () => {
    equal(more.length, 0, "commands that nobody tries");
    match(deploy, /^npx wrangler deploy\nnpx wrangler secret put PLAYOFF_CLIENT_SECRET\n$/, "what needs an account");
    const made = await makeProject(world, begin, env);
    for (const file of await filesBelow(join(installed, "template", "worker")))
      await access(join(made, file.slice(join(installed, "template", "worker").length)));
    equal(await readFile(join(made, ".gitignore"), "utf8"), ".dev.vars\n.wrangler\nnode_modules\n", ".gitignore");
    return made;
  });
  if (project === undefined) return;

  await test("the types that come with it are those that wrangler writes", async () => {
    const file = join(project, "worker-configuration.d.ts");
    const before = await readFile(file, "utf8");
    await rm(file);
    await runWell(NPM, ["run", "types"], { cwd: project, env });
    equal(await readFile(file, "utf8"), before, "worker-configuration.d.ts");
  });

  await test("tsc and a dry deployment take it unchanged", async () => {
    const { stdout, stderr } = await shell(look, project, env);
    match(stdout, /env\.TOKEN_BROKER \(TokenBroker\)/, "what would be deployed");
    ok(!`${stdout}${stderr}`.includes("WARNING"), `wrangler warns:\n${stderr}`);
  });

  await test("dev: nobody is signed in where no .dev.vars says so", async () => {
    const vars = join(project, ".dev.vars");
    await writeFile(vars, 'PLAYOFF_CLIENT_SECRET="not-a-real-secret"\n');
    await underWrangler(project, dev, env, ["not-a-real-secret"], async ({ url }) => {
      const { status } = await fetch(`${url}/player-token`, { method: "POST", headers: { origin: url } });
      equal(status, 401, "status");
    });
    await copyFile(join(project, ".dev.vars.example"), vars);
  });

  await test("dev: a minted token, taken by the service, and the page on the same worker", async () => {
    await setVars(project, { PLAYOFF_CLIENT_ID: clientId, PLAYOFF_CLIENT_SECRET: clientSecret });
    await addPage(project, blockWith(blocks, '"assets"'));
    await underWrangler(project, dev, env, [clientSecret], async (server) => {
      await mints(server, curl, world, env);
      equal(await (await fetch(server.url)).text(), PAGE, "the page");
    });
  });

  await test("dev: an app with its broker and with KV, as the manual tells it", async () => {
    await addApp(project, world, env);
    await shell(look, project, env);
    const secrets = [clientSecret, seeded(sandbox, "client_credentials").clientSecret];
    await underWrangler(project, dev, env, secrets, async (server) => {
      await callsAsTheApp(server, world);
      await mints(server, curl, world, env);
    });
  });
}
