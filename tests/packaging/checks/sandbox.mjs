// The sandbox's npm package: installed as a user would, and held to the native one.

import { join } from "node:path";
import { deepEqual, equal, ok } from "../../lib/assert.mjs";
import { controlClient } from "../../lib/control.mjs";
import { installSandbox, startProgram } from "../../lib/sandbox-program.mjs";
import { sandboxStreamCases } from "../../peers/stream/cases.mjs";
import { exchange } from "../sandbox/exchange.mjs";
import { REQUESTS } from "../sandbox/requests.mjs";
import { sandboxFailureCases } from "./sandbox-failure.mjs";
import { sandboxPackageCases } from "./sandbox-package.mjs";

// The same in both: a moment just before the end of a second, since what concerns a second waits for its end.
const SAME = ["--seed", "7", "--clock", "1468487103995"];
// Where the services give no date, the shell tells that of today.
const DATE_OF_TODAY = /^date: (?!.* 2016 )/;

const shown = ({ status, reason, headers, body, cut }) => ({
  status,
  reason,
  headers: headers.filter((header) => !DATE_OF_TODAY.test(header)),
  body: body.toString("latin1"),
  cut,
});

/** Of long texts, what is around the first difference. */
function same(got, expected, what) {
  let at = 0;
  while (at < expected.body.length && got.body[at] === expected.body[at]) at += 1;
  const near = ({ body, ...rest }) => ({ ...rest, length: body.length, body: body.slice(Math.max(0, at - 100), at + 200) });
  deepEqual(near(got), near(expected), what);
}

/** Asks both for the same, in turns; gives how many requests that were. */
async function compare(native, npm, requests) {
  let count = 0;
  let step = requests.next();
  while (!step.done) {
    const asked = step.value;
    const [expected, got] = await Promise.all([exchange(native, asked), exchange(npm, asked)]);
    const what = `${asked.method} ${asked.target.slice(0, 200)} ${(asked.body ?? "").slice(0, 200)} (request ${count})`;
    same(shown(got), shown(expected), what);
    count += 1;
    step = requests.next(expected);
  }
  return count;
}

export async function sandboxCases(report, cleanups, { work, native, tarball, sdk }) {
  const folder = join(work, "sandbox");
  const installed = await report.test("the sandbox's tarball installs beside ws alone", () => installSandbox(folder, tarball));
  if (installed === undefined) return;
  await sandboxPackageCases(report, { folder, installed, sdk, tarball });
  await sandboxFailureCases(report, folder);

  const programs = await report.test("both sandboxes start", async () => {
    const both = [];
    for (const command of [[native], [process.execPath, join(installed, "cli.js")]]) {
      const program = await startProgram(command, SAME);
      cleanups.add(program.stop);
      both.push(program);
    }
    return both;
  });
  if (programs === undefined) return;
  const [{ described, url: nativeUrl }, { described: other, url }] = programs;
  await report.test("what they say of themselves is the same but for the port", () => {
    equal(JSON.stringify(other).replaceAll(url, nativeUrl), JSON.stringify(described));
  });

  for (const [name, requests] of Object.entries(REQUESTS)) {
    await report.test(
      `npm's sandbox answers as the native one: ${name}`,
      async () => {
        const reset = { method: "POST", target: "/control/reset", headers: {} };
        await Promise.all([exchange(nativeUrl, reset), exchange(url, reset)]);
        const count = await compare(nativeUrl, url, requests(described));
        ok(count > 0, "nothing was asked");
        report.note(`${name}: ${count} requests`);
      },
      { limit: 120_000 },
    );
  }

  // Where time goes on: much of a stream is waiting.
  const living = await startProgram([process.execPath, join(installed, "cli.js")]);
  cleanups.add(living.stop);
  const { playoff, control } = living.described;
  await sandboxStreamCases(report, "npm's sandbox", { sandbox: playoff, control: controlClient(control.url) });
  equal(living.complaints(), "", "what the sandbox complains of");
}
