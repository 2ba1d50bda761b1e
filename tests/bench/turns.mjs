// Measuring in turns: whatever else the machine does meanwhile meets all alike.

export const ROUNDS = 5;

export function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** What `measure(subject)` gives for `{ name: subject }`, by name: a turn for each that doesn't count, then rounds. */
export async function turnsOf(subjects, measure, rounds = ROUNDS) {
  const names = Object.keys(subjects);
  const measured = Object.fromEntries(names.map((name) => [name, []]));
  for (const name of names) await measure(subjects[name]);
  for (let round = 0; round < rounds; round++)
    for (const name of names) measured[name].push(await measure(subjects[name]));
  return measured;
}

/** Their medians by name, of what `value` takes from each. */
export function medians(measured, value = (one) => one) {
  return Object.fromEntries(Object.entries(measured).map(([name, turns]) => [name, median(turns.map(value))]));
}

export const inTurns = async (subjects, measure) => medians(await turnsOf(subjects, measure));

/**
 * Microseconds of CPU that this process takes for `work`, with its threads: those of WebCrypto and those that collect
 * garbage. By the clock, whoever waits for a thread would pay for the machine's other work, and nobody else.
 */
export async function cpu(work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
