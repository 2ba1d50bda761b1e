// The table that the ring closes with: tool, version, what was checked, result, bytes that browsers load.

const HEAD = ["tool", "version", "checked", "result", "bytes", "gzip"];

export function createTable(report) {
  const rows = [];

  /** A tool's row; its `test` is the report's, and counts in the row. */
  function row(name, version = "") {
    const mine = { name, version, checked: [], failed: [], size: null };
    rows.push(mine);
    return {
      async test(what, body, options) {
        let passed = false;
        const checked = async () => {
          const value = await body();
          passed = true;
          return value;
        };
        const value = await report.test(`${name}: ${what}`, checked, options);
        (passed ? mine.checked : mine.failed).push(what);
        return value;
      },
      version: (found) => void (mine.version = found),
      size: (size) => void (mine.size = size),
    };
  }

  function cells({ name, version, checked, failed, size }) {
    const result = failed.length > 0 ? `FAILED: ${failed.join(", ")}` : "ok";
    const bytes = size ? [size.raw, size.gzip].map(String) : ["", ""];
    return [name, version, [...checked, ...failed].join(", "), result, ...bytes];
  }

  function print() {
    const lines = [HEAD, ...rows.map(cells)];
    const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
    for (const line of lines) report.note(line.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd());
  }

  return { row, print };
}
