import { listWorkers as readWorkers, type WorkerRecord } from "@misskeep/queue";
import type { Context } from "./context.ts";

/** Every worker heard of within a day, and those that signed off within an hour; live ones first. */
export async function listWorkers({ redis }: Pick<Context, "redis">): Promise<readonly WorkerRecord[]> {
  const workers = await readWorkers(redis);
  return workers.toSorted((a, b) => Number(b.live) - Number(a.live) || b.seenAt - a.seenAt);
}
