// publint, and are-the-types-wrong.

import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../../lib/processes.mjs";
import { toolFile } from "../../lib/tools.mjs";

async function attw(tarball, ...options) {
  const command = [
    toolFile("@arethetypeswrong", "cli", "dist", "index.js"),
    tarball,
    "--no-definitely-typed",
    "--no-color",
    "--no-emoji",
    "--format",
    "ascii",
  ];
  const { code, stdout, stderr } = await run(process.execPath, [...command, ...options], { limit: 60_000 });
  if (code !== 0) throw new Error(`${stdout}${stderr}`);
}

export async function lintCases(report, { installed, tarball }) {
  await report.test("publint: strict, nothing to say", async () => {
    const { messages } = await publint({ pkgDir: installed, strict: true, pack: false });
    const manifest = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
    if (messages.length > 0)
      throw new Error(messages.map((message) => formatMessage(message, manifest, { color: false })).join("\n"));
  });

  // The profile leaves out resolution without `exports`, which knows no subpaths.
  await report.test(
    "are-the-types-wrong: the main entry",
    () => attw(tarball, "--profile", "node16", "--exclude-entrypoints", "./edge"),
    { limit: 60_000 },
  );
  // There is no CommonJS form of the edge entry: Node itself can require a module.
  await report.test(
    "are-the-types-wrong: the edge entry",
    () => attw(tarball, "--profile", "node16", "--entrypoints", "./edge", "--ignore-rules", "cjs-resolves-to-esm"),
    { limit: 60_000 },
  );
}
