// What the SDK did since the page was made to fail, for the strip that shows it.

/** `entries`: what happened, each `{ at, lane, tone, text, wait?, isPlain? }`, with the milliseconds since it began; says "change". */
export const story = Object.assign(new EventTarget(), { isOpen: false, entries: [], length: 0 });

const EVERY = 200; // milliseconds between two looks at a story in which nothing happens

let began = 0;
let clock;

const since = () => performance.now() - began;

/** Begins another one; `state` is how the stream stands then, where there is one. */
export function beginStory(state) {
  began = performance.now();
  clock = setInterval(change, EVERY);
  Object.assign(story, { isOpen: true, entries: [], length: 0 });
  if (state) tell({ lane: "stream", tone: state, text: null });
}

/** Writes down what happens, as long as somebody watches. */
export function tell(entry) {
  if (!story.isOpen) return;
  story.entries = [...story.entries, { at: since(), ...entry }];
  change();
}

export function endStory() {
  clearInterval(clock);
  change();
  story.isOpen = false;
}

function change() {
  story.length = since();
  story.dispatchEvent(new Event("change"));
}
