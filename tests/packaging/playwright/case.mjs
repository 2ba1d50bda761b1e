export default {
  kind: "tests",
  name: "Playwright",
  tool: "@playwright/test",
  sandbox: {
    files: ["playwright.config.js", "app.spec.js"],
    passed: /^ +1 passed /m,
  },
};
