export default { kind: "program", name: "Bun", tool: "bun", what: "import, edge entry", profiles: 1 };
