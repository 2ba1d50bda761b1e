export default {
  kind: "tests",
  name: "Jest",
  tool: "jest",
  what: "require in a test",
  passed: /Tests: +1 passed, 1 total/,
  sandbox: {
    files: ["jest.config.mjs", "jest.setup.mjs", "jest.teardown.mjs", "player.test.js"],
    passed: /Tests: +2 passed, 2 total/,
  },
};
