// This page's own line: whatever it sends goes over it, so that it can be cut without unplugging the machine.

/** Says "cut" and "mend". */
export const line = Object.assign(new EventTarget(), { isCut: false });

export function cutLine() {
  line.isCut = true;
  line.dispatchEvent(new Event("cut"));
}

export function mendLine() {
  line.isCut = false;
  line.dispatchEvent(new Event("mend"));
}

/** The browser's fetch, as long as the line isn't cut. */
export async function fetchOverLine(request) {
  if (line.isCut) throw new TypeError("the line is cut");
  return globalThis.fetch(request);
}
