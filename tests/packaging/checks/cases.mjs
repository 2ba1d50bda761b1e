// The cases: what each tool makes of the package, run for real, with no configuration of the package's.

import { launchChromium } from "../../lib/chromium.mjs";
import { full } from "../../lib/settings.mjs";
import { makeCase } from "../case-folder.mjs";
import { casesToRun } from "../cases.mjs";
import { appCase } from "./apps.mjs";
import { pageCase } from "./pages.mjs";
import { programCase } from "./programs.mjs";
import { runnerCase } from "./runners.mjs";

const KINDS = { page: pageCase, app: appCase, program: programCase, tests: runnerCase };

export async function toolCases(report, cleanups, table, world) {
  const cases = await casesToRun();
  const browser = await launchChromium();
  cleanups.add(() => browser.close());

  for (const one of cases) {
    const row = table.row(one.name);
    const test = (what, body) => row.test(what, body, { limit: full ? 300_000 : 90_000 });
    const made = await test("installed", () => makeCase(one, world));
    if (made === undefined) continue;
    row.version(made.version);
    const size = await KINDS[one.kind](test, one, { ...world, browser, folder: made.folder });
    row.size(size);
  }
}
