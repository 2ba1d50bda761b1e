const SVG = "http://www.w3.org/2000/svg";

/** An HTML element: h("p", { class: "aside" }, "Hello ", h("b", {}, "you")). Children may be null. */
export const h = (tag, props, ...children) => fill(document.createElement(tag), props, children);

/** An SVG element. */
export const s = (tag, props, ...children) => fill(document.createElementNS(SVG, tag), props, children);

function fill(element, props = {}, children) {
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child != null));
  return element;
}

export const byId = (id) => document.getElementById(id);

/**
 * Makes `parent` hold one element per item, in order, and keeps those it has: so focus,
 * what was typed and running transitions outlive an update.
 */
export function keep(parent, items, { key, create, update }) {
  const present = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const wanted = items.map((item) => {
    const id = String(key(item));
    const element = present.get(id) ?? create(item);
    element.dataset.key = id;
    update?.(element, item);
    return element;
  });
  for (const child of present.values()) if (!wanted.includes(child)) child.remove();
  wanted.forEach((element, index) => {
    if (parent.children[index] !== element) parent.insertBefore(element, parent.children[index] ?? null);
  });
}
