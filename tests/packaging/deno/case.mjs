export default { kind: "program", name: "Deno", tool: "deno", what: "import, edge entry", profiles: 1 };
