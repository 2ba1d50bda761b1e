export default {
  kind: "page",
  name: "Vite",
  tool: "vite",
  quick: true,
  config: "public",
  serve: "dist",
  shipped: ["dist"],
  dev: (port) => ["--host", "127.0.0.1", "--port", String(port), "--strictPort"],
  edge: { file: "main.js", outcome: "fails" },
};
