import { oneLine } from "../text/safe.ts";
import { number } from "../text/words.ts";
import type { Look } from "./look.ts";

interface Sent {
  readonly status: number;
  readonly body: unknown;
}

const SHOWN = 10;

/** What ingest answered to each delivery. */
export function sentView(answers: readonly Sent[], { paint }: Look): string {
  const read = answers.map(({ status, body }) => {
    const { status: word, id } = (typeof body === "object" && body !== null ? body : {}) as Record<
      string,
      unknown
    >;
    return {
      status,
      word: typeof word === "string" ? oneLine(word) : "",
      id: typeof id === "string" ? oneLine(id) : "",
      isSpooled: id === null,
    };
  });
  const lines = read
    .slice(0, SHOWN)
    .map(({ status, word, id, isSpooled }) =>
      `${paint.green(`${status} ${word}`)}  ${isSpooled ? "in the spool, until Redis takes it" : id}`.trimEnd(),
    );
  if (read.length > SHOWN) lines.push(`and ${number(read.length - SHOWN)} more`);
  const last = read.findLast(({ id }) => id !== "");
  return [
    ...lines,
    ...(last ? ["", paint.dim(`What becomes of it: misskeep events show ${last.id}`)] : []),
  ].join("\n");
}
