const page = (imports) => `<script>\n${imports}</script>\n`;

export default {
  kind: "app",
  name: "SvelteKit",
  tool: "@sveltejs/kit",
  config: "static",
  shipped: ["build/client"],
  pages: { "page by server load": "/", "page with onMount": "/client" },
  routes: { "server route": "/api/profile" },
  edge: { file: "src/routes/client/+page.svelte", outcome: "fails", page },
  // It takes the package from node_modules.
  server: { server: { at: ["build/server"], main: 0, edge: 0 } },
};
