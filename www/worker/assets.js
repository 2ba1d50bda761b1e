// The page's files, with what a browser must be told about them. On Cloudflare this is the
// binding of static assets and a `_headers` file.

const TYPES = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  map: "application/json",
  svg: "image/svg+xml",
  woff2: "font/woff2",
};

/** Pages whose addresses don't name their files. Who signs in at the service comes back to the callbacks. */
const PAGES = {
  "/": "/index.html",
  "/sign-in": "/sign-in.html",
  "/kumite": "/kumite.html",
  "/toornament": "/toornament.html",
  "/callback/page": "/sign-in.html",
  "/callback/worker": "/sign-in.html",
};

const securityPolicy = (serviceOrigins) =>
  [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'", // WebAssembly, but no eval
    `connect-src 'self' ${serviceOrigins}`,
    "img-src 'self' blob:", // the players' images come through the API client
    "style-src 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

/** An `http:` address doesn't allow the `ws:` one beside it, by which the API streams notifications. */
const originsOf = ({ PLAYOFF_API_URL, PLAYOFF_AUTH_URL }) =>
  [...new Set([originOf(PLAYOFF_API_URL), originOf(PLAYOFF_API_URL).replace(/^http/, "ws"), originOf(PLAYOFF_AUTH_URL)])].join(" ");

const originOf = (url) => new URL(url).origin;

const headersOf = (type, env) => ({
  "content-type": type,
  "content-security-policy": securityPolicy(originsOf(env)),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cache-control": "no-cache",
});

export default {
  async fetch(request, env) {
    if (request.method !== "GET" && request.method !== "HEAD")
      return answer("Not allowed", 405, env, { allow: "GET, HEAD" });
    const { pathname } = new URL(request.url);
    const path = Object.hasOwn(PAGES, pathname) ? PAGES[pathname] : pathname;
    const type = TYPES[path.split(".").pop()];
    const file = type && (await env.FILES.fetch(new URL(path, "http://files"), { method: request.method }));
    if (!file?.ok) return answer("Not found", 404, env);
    return new Response(file.body, { headers: headersOf(type, env) });
  },
};

const answer = (text, status, env, headers = {}) =>
  new Response(text, { status, headers: { ...headersOf("text/plain; charset=utf-8", env), ...headers } });
