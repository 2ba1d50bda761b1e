export default {
  kind: "page",
  name: "Rolldown",
  tool: "rolldown",
  config: ".",
  serve: ".",
  shipped: ["bundle.js"],
  comments: true,
  edge: { file: "main.js", outcome: "fails" },
};
