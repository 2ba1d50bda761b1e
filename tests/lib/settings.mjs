// What a ring is told from outside: environment variables set by `cargo xtask test`.

/** The value of an environment variable, or an error that says who sets it. */
export function setting(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the ring by \`cargo xtask test --only <ring>\``);
  return value;
}

/** The sandbox's own description: addresses, seeded clients and players. */
export function sandboxSetting() {
  return JSON.parse(setting("PLAYOFF_SANDBOX"));
}

/** All of them, where a ring has several. */
export function sandboxSettings() {
  return JSON.parse(setting("PLAYOFF_SANDBOXES"));
}

/** By hand: the cases whose names hold the text of `PLAYOFF_CASES`; else all. */
export const casesWanted = (names) => names.filter((name) => name.includes(process.env.PLAYOFF_CASES ?? ""));

/** True in the long form of a ring. */
export const full = process.env.PLAYOFF_FULL === "1";
