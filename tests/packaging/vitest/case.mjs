export default {
  kind: "tests",
  name: "Vitest",
  tool: "vitest",
  what: "import, edge entry in a test",
  passed: /Tests +1 passed \(1\)/,
  sandbox: {
    files: ["player.mjs", "vitest.config.mjs", "vitest.setup.mjs", "player.test.mjs"],
    passed: /Tests +2 passed \(2\)/,
  },
};
