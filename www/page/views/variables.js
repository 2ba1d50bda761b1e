import { h } from "../dom.js";

const INPUTS = {
  int: { type: "number", step: "1", inputmode: "numeric" },
  number: { type: "number", step: "any", inputmode: "decimal" },
  boolean: { type: "checkbox" },
};

/** An input for a variable of an action. */
export function variableField(action, { name, type, required, default: preset }) {
  const id = `${action.id}-${name}`;
  const value = type === "boolean" ? { checked: preset === true } : { value: preset };
  const input = h("input", {
    type: "text",
    ...INPUTS[type],
    id,
    name,
    required: required && type !== "boolean",
    ...value,
    autocomplete: "off",
  });
  return h(
    "div",
    { class: `field field-${type}` },
    h("label", { for: id }, name, required || type === "boolean" ? null : h("small", {}, " optional")),
    input,
  );
}

/** What was entered, in the types the game asks for; what was left empty isn't sent. */
export function readVariables(form, action) {
  const entries = action.variables.map(({ name, type }) => [name, readValue(form.elements[name], type)]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function readValue(input, type) {
  if (type === "boolean") return input.checked;
  if (input.value === "") return undefined;
  return input.type === "number" ? input.valueAsNumber : input.value;
}
