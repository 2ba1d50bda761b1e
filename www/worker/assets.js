// The page's files, with what a browser must be told about them. On Cloudflare this is the
// binding of static assets and a `_headers` file.

const TYPES = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  map: "application/json",
  json: "application/json",
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

/** The documentation is a folder of its own. */
const DOCS = "/docs/";

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

/** The documentation runs no WebAssembly and calls nobody; its highlighted code has its colours in attributes. */
const DOCS_POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
].join("; ");

const originOf = (url) => new URL(url).origin;

const headersOf = (type, policy) => ({
  "content-type": type,
  "content-security-policy": policy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cache-control": "no-cache",
});

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    const policy = pathname.startsWith(DOCS) ? DOCS_POLICY : securityPolicy(originsOf(env));
    if (request.method !== "GET" && request.method !== "HEAD")
      return answer("Not allowed", 405, policy, { allow: "GET, HEAD" });
    if (`${pathname}/` === DOCS) return answer("Moved", 301, policy, { location: DOCS });
    const { folder, path } = whereIs(pathname, env);
    const type = TYPES[path.split(".").pop()];
    const file = type && (await folder.fetch(new URL(path, "http://files"), { method: request.method }));
    if (!file?.ok) return answer("Not found", 404, policy);
    const headers = headersOf(type, policy);
    // The names of these tell what is in them.
    if (pathname.startsWith(`${DOCS}assets/`)) headers["cache-control"] = "max-age=31536000, immutable";
    return new Response(file.body, { headers });
  },
};

/** A folder's own page is its index. */
function whereIs(pathname, { FILES, DOCS: docs }) {
  if (!pathname.startsWith(DOCS)) return { folder: FILES, path: Object.hasOwn(PAGES, pathname) ? PAGES[pathname] : pathname };
  const path = pathname.slice(DOCS.length - 1);
  return { folder: docs, path: path.endsWith("/") ? `${path}index.html` : path };
}

const answer = (text, status, policy, headers = {}) =>
  new Response(text, { status, headers: { ...headersOf("text/plain; charset=utf-8", policy), ...headers } });
