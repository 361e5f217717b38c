import { Readable } from "node:stream";

/**
 * A stream of JSON, one value a line. It asks for the next value only when the one before is on its way, and stops
 * asking once nobody reads any more.
 *
 * @throws what the first value fails with, so that it can still become an answer
 */
export async function toNdjson(values: AsyncGenerator): Promise<Readable> {
  const first = await values.next();
  return Readable.from(lines(first, values), { objectMode: false });
}

async function* lines(first: IteratorResult<unknown>, values: AsyncGenerator): AsyncGenerator<string> {
  try {
    if (first.done === true) return;
    yield `${JSON.stringify(first.value)}\n`;
    for await (const value of values) yield `${JSON.stringify(value)}\n`;
  } finally {
    // Also where nobody has asked for a second one.
    await values.return(undefined);
  }
}
