// The table that the ring closes with: tool, version, what was checked, result, bytes that browsers load.

const HEAD = ["tool", "version", "checked", "result", "bytes", "gzip"];

export function createTable(report) {
  const rows = [];

  function add(name, version) {
    const row = { name, version, checked: [], failed: [], size: null };
    rows.push(row);
    return row;
  }

  /** The report's `test`, which notes in a row what passed and what failed, as `what`. */
  async function noted(row, what, name, body, options) {
    let passed = false;
    const running = async () => {
      const value = await body();
      passed = true;
      return value;
    };
    const value = await report.test(name, running, options);
    (passed ? row.checked : row.failed).push(what);
    return value;
  }

  /** A tool's row, and the `test` that fills it. */
  function row(name) {
    const mine = add(name, "");
    return {
      test: (what, body, options) => noted(mine, what, `${name}: ${what}`, body, options),
      version: (found) => void (mine.version = found),
      size: (size) => void (mine.size = size),
    };
  }

  /** A report whose tests are noted in a tool's row, as they are called without its name. */
  function follow(name, version) {
    const mine = add(name, version);
    const short = (what) => what.replace(/^\w+( [\w.]+)?( of [\d-]+)?: /, "");
    return { ...report, test: (what, body, options) => noted(mine, short(what), what, body, options) };
  }

  function cells({ name, version, checked, failed, size }) {
    const result = failed.length > 0 ? `FAILED: ${failed.join(", ")}` : "ok";
    const bytes = size ? [size.raw, size.gzip].map(String) : ["", ""];
    return [name, version, [...new Set([...checked, ...failed])].join(", "), result, ...bytes];
  }

  function print() {
    const lines = [HEAD, ...rows.map(cells)];
    const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
    for (const line of lines) report.note(line.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd());
  }

  return { row, follow, print };
}
