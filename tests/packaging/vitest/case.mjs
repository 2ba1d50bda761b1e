export default {
  kind: "tests",
  name: "Vitest",
  tool: "vitest",
  what: "import, edge entry in a test",
  passed: /Tests +1 passed \(1\)/,
};
