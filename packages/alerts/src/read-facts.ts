import { type Context, type DeadGroup, status } from "@misskeep/operations";
import { keys } from "@misskeep/redis";
import type { Readings } from "./facts.ts";

/** Reads how everything is; a few dozen cheap calls. */
export async function readFacts(
  context: Context,
  wanted: Readings["wanted"],
  listGroups: (context: Context) => Promise<readonly Omit<DeadGroup, "example" | "perHour">[]>,
): Promise<Readings> {
  const [{ at, redis, refusals, inbox, processors }, groups] = await Promise.all([
    status(context),
    listGroups(context),
  ]);
  const runs = await Promise.all(processors.map(({ name }) => context.redis.exists(keys.activeRun(name))));
  return {
    at,
    wanted,
    redis,
    refusals,
    inbox,
    processors: processors.map((processor, index) => ({ ...processor, hasRun: runs[index] === 1 })),
    groups,
  };
}
