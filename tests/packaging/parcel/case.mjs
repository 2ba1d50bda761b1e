export default {
  kind: "page",
  name: "Parcel",
  tool: "parcel",
  config: "dist",
  serve: "dist",
  shipped: ["dist"],
  edge: { file: "main.js", outcome: "fails" },
};
