export default {
  kind: "page",
  name: "Vite, slim",
  tool: "vite",
  config: "public",
  serve: "dist",
  shipped: ["dist"],
  dev: (port) => ["--host", "127.0.0.1", "--port", String(port), "--strictPort"],
};
