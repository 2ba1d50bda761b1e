// A handler that does what ours doesn't do yet: streams, several cookies, and looks at what becomes of a request.

const seen = { aborted: 0, broken: 0, cancelled: 0 };

const routes = {
  "/echo": (request) =>
    new Response(request.body, {
      headers: [
        ["set-cookie", "a=1; Path=/"],
        ["set-cookie", "b=2; Expires=Thu, 01 Jan 2037 00:00:00 GMT"],
        ...[...request.headers].filter(([name]) => name.startsWith("x-")),
      ],
    }),

  async "/too-large"(request) {
    const reader = request.body.getReader();
    await reader.read();
    await reader.cancel();
    return new Response("enough", { status: 413 });
  },

  "/waits": ({ signal }) =>
    new Promise((resolve) => {
      signal.addEventListener("abort", () => {
        seen.aborted += 1;
        resolve(new Response("too late"));
      });
    }),

  async "/reads"(request) {
    try {
      return new Response((await request.bytes?.()) ?? (await request.arrayBuffer()));
    } catch (error) {
      seen.broken += 1;
      throw error;
    }
  },

  "/endless": () =>
    new Response(
      new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
        cancel: () => void (seen.cancelled += 1),
      }),
    ),

  "/nothing": () => new Response(null, { status: 204 }),
  "/seen": () => Response.json(seen),
  "/address": ({ method, url }) => Response.json({ method, url }),
  "/throws": () => {
    throw new Error("thrown by the handler");
  },
};

export default {
  async fetch(request) {
    const route = routes[new URL(request.url).pathname] ?? routes["/address"];
    return route(request);
  },
};
