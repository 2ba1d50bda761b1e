// What the worker tells line by line, while it happens.
import { PlayoffError } from "playoff-wasm";
import { fetch } from "./setup.js";

/** Asks the worker, and gives each thing that it tells. Throws what went wrong there, or on the way. */
export async function* askForLines(path, body, signal) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  for await (const line of linesOf(response.body)) {
    const told = JSON.parse(line);
    if (told.kind === "fault") throw new PlayoffError(told.message, told);
    yield told;
  }
}

async function* linesOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    yield* lines;
  }
}
