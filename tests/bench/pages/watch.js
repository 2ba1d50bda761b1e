// Runs in a page before everything else: when its first call goes out, and how long wasm takes to start.

const { fetch } = globalThis;
let sent;
globalThis.firstSent = new Promise((resolve) => (sent = resolve));
globalThis.fetch = function (input, ...rest) {
  if (new URL(input.url ?? input, location.href).pathname.startsWith("/v2/")) sent(performance.now());
  return fetch.call(this, input, ...rest);
};

globalThis.spent = {};
for (const name of ["Module", "Instance"]) {
  const Usual = WebAssembly[name];
  WebAssembly[name] = new Proxy(Usual, {
    construct(target, args) {
      const begin = performance.now();
      const made = Reflect.construct(target, args);
      globalThis.spent[name] = performance.now() - begin;
      return made;
    },
  });
}
