// In the page: React 19 in its strict mode, which mounts everything twice. `page.mjs` is there already.

import { createElement, StrictMode, useEffect, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";

/** Every client that was made, and what came of each `handleRedirect()`. */
const [all, landings] = [[], []];

function make(options) {
  const made = globalThis.makeClient(options);
  all.push(made);
  return made;
}

const land = ({ client }) => void landings.push(globalThis.outcome(client.handleRedirect()));

const COMPONENTS = {
  /** Makes its client when it is mounted, and disposes of it in its clean-up. */
  effect({ options }) {
    useEffect(() => {
      const made = make(options);
      land(made);
      return () => made.client.dispose();
    }, [options]);
  },
  /** Makes it when it is rendered, and never disposes of it. */
  state({ options }) {
    const [made] = useState(() => make(options));
    useEffect(() => land(made), [made]);
  },
  memo({ options }) {
    const made = useMemo(() => make(options), [options]);
    useEffect(() => land(made), [made]);
  },
};

/** Two parts of a page that know nothing of each other. */
COMPONENTS.pair = ({ options }) =>
  ["left", "right"].map((key) => createElement(COMPONENTS.state, { key, options }));

/** Renders one; gives what came of all `handleRedirect()`s when there were `count` of them. */
globalThis.mount = async (kind, options, count) => {
  const element = createElement(StrictMode, null, createElement(COMPONENTS[kind], { options }));
  createRoot(document.querySelector("#root")).render(element);
  while (landings.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
  return { clients: all.length, landings: await Promise.all(landings) };
};

/** The tokens of the clients that weren't disposed of. */
globalThis.tokens = async () => {
  const outcomes = await Promise.all(all.map(({ client }) => globalThis.outcome(client.getToken({ refresh: false }))));
  return [...new Set(outcomes.flatMap(({ value }) => value ?? []))];
};

/** What comes of a call of each client, all at once. */
globalThis.callAll = () =>
  Promise.all(all.map(({ client }) => globalThis.outcome(client.get("/runtime/player")))).then((outcomes) =>
    outcomes.map(({ value, error }) => error ?? value.id),
  );
