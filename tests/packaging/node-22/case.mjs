export default {
  kind: "program",
  name: "Node 22",
  tool: "node",
  what: "import, require, edge entry",
  profiles: 2,
};
