// Measuring in turns: whatever else the machine does meanwhile meets all alike.

export const ROUNDS = 5;

export function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** Medians by name of what `measure(subject)` gives for `{ name: subject }`: a turn for each that doesn't count, then rounds. */
export async function inTurns(subjects, measure, rounds = ROUNDS) {
  const names = Object.keys(subjects);
  const measured = Object.fromEntries(names.map((name) => [name, []]));
  for (const name of names) await measure(subjects[name]);
  for (let round = 0; round < rounds; round++)
    for (const name of names) measured[name].push(await measure(subjects[name]));
  return Object.fromEntries(names.map((name) => [name, median(measured[name])]));
}
