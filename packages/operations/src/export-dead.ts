import { type DeadFilter, findDeadIds, findDeadLetter } from "@misskeep/queue";
import type { Actor } from "./actor.ts";
import { recordAudit } from "./audit.ts";
import { checkDeadFilter } from "./check-dead-filter.ts";
import type { Context } from "./context.ts";
import type { RawBody } from "./event-summary.ts";
import { findProcessors, requireProcessor } from "./find-processors.ts";
import { redisTime } from "./redis-time.ts";
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
 * @param options.idsPerPage for tests
 * @param filter all conditions have to hold; none means all letters of all processors
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
  const names = processor ?? [...(await findProcessors(context)).keys()];
  await recordAudit(context, actor, { what: "export", target: processor ?? "all processors", filter });
  const now = await redisTime(redis);
  const until = { ...filter, diedBefore: Math.min(filter.diedBefore ?? now, now) };
  let cursor: string | undefined;
  do {
    const page = await findDeadIds(redis, names, {
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
