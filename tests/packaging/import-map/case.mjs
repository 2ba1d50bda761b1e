export default {
  kind: "page",
  name: "import map",
  quick: true,
  built: false,
  comments: true,
  config: ".",
  serve: ".",
};
