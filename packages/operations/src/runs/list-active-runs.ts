import { findActiveRun, findRun, type Run } from "@misskeep/queue";
import type { Context } from "../context.ts";
import { findProcessors } from "../find-processors.ts";

/** The runs that have not ended, at most one a processor, newest first; those that wait for a person are among them. */
export async function listActiveRuns(context: Context): Promise<readonly Run[]> {
  const { redis } = context;
  const found = await Promise.all(
    [...(await findProcessors(context)).keys()].map(async (processor) => {
      const id = await findActiveRun(redis, processor);
      return id === undefined ? undefined : findRun(redis, id);
    }),
  );
  return found.filter((run) => run !== undefined).toSorted((a, b) => b.createdAt - a.createdAt);
}
