export default {
  kind: "page",
  name: "webpack",
  tool: "webpack",
  quick: true,
  config: ".",
  serve: ".",
  shipped: ["dist"],
  edge: { file: "src/index.js", outcome: "fails" },
};
