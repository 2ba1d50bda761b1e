export default {
  kind: "program",
  name: "Node 24",
  tool: "node",
  what: "import, require, edge entry",
  profiles: 2,
};
