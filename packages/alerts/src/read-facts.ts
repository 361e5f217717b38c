import { type Context, status } from "@misskeep/operations";
import { findActiveRun, findStoredRun } from "@misskeep/queue";
import type { Readings } from "./facts.ts";
import { readGroups } from "./read-groups.ts";

/**
 * Reads how everything is; some dozens of cheap calls, and some for each group of dead letters.
 *
 * @param wanted what `DURABILITY` asks for
 * @param known ids of the causes that people were told of
 */
export async function readFacts(
  context: Context,
  wanted: Readings["wanted"],
  known: readonly string[],
): Promise<Readings> {
  const { at, redis, refusals, inbox, spools, processors } = await status(context);
  const names = processors.map(({ name }) => name);
  const [found, runs] = await Promise.all([
    readGroups(context.redis, names, known, at),
    Promise.all(names.map((name) => isRunGoing(context, name))),
  ]);
  return {
    at,
    wanted,
    redis,
    refusals,
    inbox,
    spools,
    processors: processors.map((processor, index) => ({ ...processor, hasRun: runs[index] === true })),
    ...found,
  };
}

/** One that is paused, or was stopped, gives the processor nothing, and may be forgotten for weeks. */
async function isRunGoing({ redis }: Context, processor: string): Promise<boolean> {
  const id = await findActiveRun(redis, processor);
  const run = id === undefined ? undefined : await findStoredRun(redis, id);
  return run?.state === "running" || run?.state === "trying";
}
