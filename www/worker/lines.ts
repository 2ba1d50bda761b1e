// Answers that tell of something while it happens: a line of JSON for each thing that is told.

import { isPlayoffError } from "playoff-wasm/edge";

/** Tells one thing: `kind` says what it is. */
export type Tell = (line: { kind: string; [name: string]: unknown }) => void;

/** Answers at once, and tells what `work` tells until it has ended. Once nobody reads any more, `signal` is aborted. */
export function answerByLines(work: (tell: Tell, signal: AbortSignal) => Promise<void>): Response {
  const left = new AbortController();
  const encoder = new TextEncoder();

  async function run(lines: ReadableStreamDefaultController<Uint8Array>) {
    let isOver = false;
    const isHeard = () => !isOver && !left.signal.aborted;
    const tell: Tell = (line) => {
      if (isHeard()) lines.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
    };
    try {
      await work(tell, left.signal);
    } catch (error) {
      if (isHeard()) tell(describe(error));
    }
    if (isHeard()) lines.close();
    isOver = true;
  }

  const body = new ReadableStream<Uint8Array>({ start: (lines) => void run(lines), cancel: () => left.abort() });
  return new Response(body, { headers: { "content-type": "application/x-ndjson", "cache-control": "no-store" } });
}

/** How it failed, as far as a page may know. */
function describe(error: unknown) {
  if (isPlayoffError(error)) {
    const { code, message, status, retryable } = error;
    return { kind: "fault", code, message, status, retryable };
  }
  console.error(error);
  return { kind: "fault", code: "internal", message: "The worker failed.", retryable: false };
}
