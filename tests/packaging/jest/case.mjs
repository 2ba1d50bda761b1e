export default {
  kind: "tests",
  name: "Jest",
  tool: "jest",
  what: "require in a test",
  passed: /Tests: +1 passed, 1 total/,
};
