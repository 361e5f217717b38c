import { afterAll } from "vitest";
import type { AtEnd } from "../../support/world.ts";

/** Cleans up, last made first, when all tests of the file that calls it have ended. */
export function atEndOfFile(): AtEnd {
  const all: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const clean of all.toReversed()) await clean();
  });
  return (clean) => void all.push(clean);
}
