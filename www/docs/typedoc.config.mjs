// The reference, as Markdown, from the types that the package publishes.
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(`../../target/${path}`, import.meta.url));

export default {
  name: "Reference",
  plugin: ["typedoc-plugin-markdown"],
  entryPoints: [at("npm/playoff-wasm/types/*.d.ts"), at("npm/playoff-wasm/edge/types/*.d.ts")],
  outputFileStrategy: "modules",
  tsconfig: fileURLToPath(new URL("tsconfig.json", import.meta.url)),
  out: at("docs/pages/api"),
  entryFileName: "index.md",
  readme: "none",
  disableSources: true,
  skipErrorChecking: true, // ring "packaging" compiles them
  groupOrder: ["Functions", "Classes", "Interfaces", "Type Aliases", "*"],
  pageTitleTemplates: { module: ({ name }) => name.split("/").pop(), index: "Reference" },
  tableColumnSettings: { hideModifiers: true },
  hideBreadcrumbs: true,
  hidePageHeader: true,
  expandObjects: true,
  parametersFormat: "table",
  interfacePropertiesFormat: "table",
  typeDeclarationFormat: "table",
  enumMembersFormat: "table",
  // What exported types are made of, and nobody names.
  intentionallyNotExported: ["Reached", "FullAnswer", "Read", "WriteTo", "ReadOf", "Picture", "PictureOf", "NoHead"],
};
