import { type DeadFilter, findDeadIds, findDeadLetter } from "@misskeep/queue";
import { keys, type Redis } from "@misskeep/redis";
import type { Actor } from "./actor.ts";
import { recordAudit } from "./audit.ts";
import { checkDeadFilter } from "./check-dead-filter.ts";
import type { Context } from "./context.ts";
import type { RawBody } from "./event-summary.ts";
import { findProcessors, requireProcessor } from "./find-processors.ts";
import { type DeadLetterDetails, detailsOf } from "./show-dead.ts";

/** A dead letter with its body: one line of an export. */
export interface ExportedLetter extends Omit<DeadLetterDetails, "raw" | "content"> {
  /** null once its content was erased. */
  readonly raw: RawBody | null;
}

/** Bodies can have some megabytes; one is in memory at a time. */
const IDS_PER_PAGE = 100;

/**
 * Dead letters with all that is known of them and their bodies, oldest first. Letters that die meanwhile are not
 * among them. Private content leaves with it: who asked is written down, before the first letter.
 *
 * @param filter all conditions have to hold; none means all letters of all processors
 * @param options.idsPerPage for tests
 * @throws OperationError `PROCESSOR_NOT_FOUND`, `INVALID_FILTER`, both before the first letter
 */
export async function* exportDead(
  context: Context,
  filter: DeadFilter,
  actor: Actor,
  { idsPerPage = IDS_PER_PAGE }: { readonly idsPerPage?: number } = {},
): AsyncGenerator<ExportedLetter, void, undefined> {
  const { redis, queues } = context;
  const { processor } = filter;
  checkDeadFilter(filter);
  if (processor !== undefined) await requireProcessor(context, processor);
  const names = processor === undefined ? [...(await findProcessors(context)).keys()] : [processor];
  await recordAudit(context, actor, { what: "export", target: processor ?? "all processors", filter });
  const last = await lastDeath(redis, names);
  const until = { ...filter, diedBefore: Math.min(filter.diedBefore ?? last, last) };
  let cursor: string | undefined;
  do {
    const page = await findDeadIds(redis, processor ?? names, {
      filter: until,
      sort: "oldest",
      limit: idsPerPage,
      cursor,
    });
    for (const { processor: name, id } of page.letters) {
      const letter = await findDeadLetter(redis, queues, name, id);
      // One may have been replayed since it was found.
      if (letter) {
        const details = detailsOf(letter, { raw: true });
        yield { ...details, raw: details.raw ?? null };
      }
    }
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

/** By the clocks that the letters' deaths were told by: those of workers. */
async function lastDeath(redis: Redis, processors: readonly string[]): Promise<number> {
  const newest = await Promise.all(
    processors.map((name) => redis.zrevrange(keys.queue(name, "failed"), 0, 0, "WITHSCORES")),
  );
  return Math.max(0, ...newest.map(([, diedAt]) => Number(diedAt ?? 0)));
}
