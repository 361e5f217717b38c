import { keys } from "@misskeep/redis";
import { expect, test } from "vitest";
import { placeDead } from "../../test-support/dead-index.ts";
import { openWorld, type World } from "../../test-support/world.ts";
import type { DeadFilter, DeadSort } from "../dead-filter.ts";
import { findDeadIds } from "./find-dead-ids.ts";
import { indexDeadLetters } from "./update-letters.ts";

const PROCESSORS = ["p", "q", "r"] as const;
const TOTAL = 120;

/** Letters of three processors in turn, every third one at another hook, every fifth one after more attempts. */
async function aWorld(): Promise<World> {
  const world = await openWorld();
  for (let i = 0; i < TOTAL; i += 1) {
    const processor = PROCESSORS[i % 3] ?? "p";
    const hook = i % 9 < 3 ? "other" : "default";
    await placeDead(world, { processor, hook, diedAt: 1_000_000 + i, attempts: i % 5 === 0 ? 7 : 1 });
  }
  for (const processor of PROCESSORS) {
    const ids = await world.redis.zrange(keys.queue(processor, "failed"), "0", "-1");
    await indexDeadLetters(world.redis, processor, ids);
  }
  return world;
}

/** How many letters all pages together looked at, and found. */
async function walk(
  world: World,
  query: { filter: DeadFilter; sort: DeadSort; limit: number; scan?: number },
  sizes: { small: number; chunk: number },
): Promise<{ scanned: number; found: number }> {
  let [scanned, found] = [0, 0];
  let cursor: string | undefined;
  do {
    const page = await findDeadIds(world.redis, PROCESSORS, { ...query, cursor }, sizes);
    scanned += page.scanned;
    found += page.letters.length;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return { scanned, found };
}

const FILTERS: readonly [string, DeadFilter, number][] = [
  ["nothing", {}, TOTAL],
  ["one", { hook: "default" }, 78],
  ["two", { hook: "default", error: "Error" }, 78],
  ["attempts", { minAttempts: 2 }, 24],
  ["a time", { diedAfter: 1_000_010, hook: "other" }, 38],
  ["a text", { text: "followed" }, TOTAL],
  ["a text and a hook", { text: "followed", hook: "default" }, 78],
];

test.each(FILTERS)(
  "pages that ask for %s together look at each letter once, and never at more than there are",
  async (_, filter, matching) => {
    const world = await aWorld();
    for (const sort of ["newest", "oldest", "attempts"] as const)
      for (const small of [0, 1_000])
        for (const scan of [undefined, 20]) {
          const query = { filter, sort, limit: 7, ...(scan === undefined ? {} : { scan }) };
          const { scanned, found } = await walk(world, query, { small, chunk: 10 });
          const how = `${sort}, ${small}, ${scan}`;
          expect(found, how).toBe(matching);
          expect(scanned, how).toBeGreaterThanOrEqual(matching);
          expect(scanned, how).toBeLessThanOrEqual(TOTAL);
        }
  },
);
