export default {
  kind: "page",
  name: "esbuild",
  tool: "esbuild",
  quick: true,
  config: ".",
  serve: ".",
  shipped: ["bundle.js"],
  comments: true,
  edge: { file: "main.js", outcome: "fails" },
};
