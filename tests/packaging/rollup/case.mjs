export default {
  kind: "page",
  name: "Rollup",
  tool: "rollup",
  config: ".",
  serve: ".",
  shipped: ["bundle.js"],
  comments: true,
  edge: { file: "main.js", outcome: "unresolved" },
};
