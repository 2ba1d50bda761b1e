export default {
  kind: "program",
  name: "Node 20",
  tool: "node",
  what: "import, require, edge entry",
  profiles: 2,
};
