// What samples of the manual in TypeScript use without making it themselves.

declare const playoff: import("playoff-wasm").Client;
