const page = (imports) => `"use client";\n${imports}\nexport default () => null;\n`;

export default {
  kind: "app",
  name: "Next",
  tool: "next",
  env: { NEXT_TELEMETRY_DISABLED: "1" },
  config: "public",
  shipped: [".next/static"],
  pages: { "server component": "/", "client component": "/client" },
  routes: { "route handler": "/api/profile", "edge route handler": "/api/edge-profile" },
  edge: { file: "app/client/page.jsx", outcome: "fails", page },
  // Server components and the rendering of client components are two worlds of modules there, each with its own copy.
  server: {
    "pages' server side": { at: [".next/server/chunks/ssr"], main: 2, edge: 0 },
    "edge runtime": { at: [".next/server/edge"], main: 0, edge: 1 },
  },
};
