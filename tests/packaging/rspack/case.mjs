export default {
  kind: "page",
  name: "Rspack",
  tool: "@rspack/core",
  config: ".",
  serve: ".",
  shipped: ["dist"],
  edge: { file: "src/index.js", outcome: "fails" },
};
