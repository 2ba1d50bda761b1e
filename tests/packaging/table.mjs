// The table that the ring closes with: tool, version, what was checked, result, bytes that browsers load.

const HEAD = ["tool", "version", "checked", "result", "bytes", "gzip"];

export function createTable(report) {
  const rows = [];

  function add(name, version, checked = []) {
    const row = { name, version, checked, failed: [], size: null };
    rows.push(row);
    return row;
  }

  /** The report's `test`, which gives whether it passed too. */
  async function judged(name, body, options) {
    let passed = false;
    const running = async () => {
      const value = await body();
      passed = true;
      return value;
    };
    const value = await report.test(name, running, options);
    return { value, passed };
  }

  /** A tool's row, and the `test` that fills it. */
  function row(name) {
    const mine = add(name, "");
    return {
      async test(what, body, options) {
        const { value, passed } = await judged(`${name}: ${what}`, body, options);
        (passed ? mine.checked : mine.failed).push(what);
        return value;
      },
      version: (found) => void (mine.version = found),
      size: (size) => void (mine.size = size),
    };
  }

  /** A report whose tests, which together check `what`, are a tool's row. */
  function follow(name, version, what) {
    const mine = add(name, version, [what]);
    async function test(one, body, options) {
      const { value, passed } = await judged(one, body, options);
      if (!passed) mine.failed.push(one);
      return value;
    }
    return { ...report, test };
  }

  function cells({ name, version, checked, failed, size }) {
    const result = failed.length > 0 ? `FAILED: ${failed.join(", ")}` : "ok";
    const bytes = size ? [size.raw, size.gzip].map(String) : ["", ""];
    return [name, version, checked.join(", "), result, ...bytes];
  }

  function print() {
    const lines = [HEAD, ...rows.map(cells)];
    const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
    for (const line of lines) report.note(line.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd());
  }

  return { row, follow, print };
}
