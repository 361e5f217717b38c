import { type DeadLetter, findDeadLetter, listDeadLetters } from "@misskeep/queue";
import { keys } from "@misskeep/redis";
import type { Context } from "./context.ts";
import { type EventSummary, readLoaded } from "./event-summary.ts";
import { findProcessors, requireProcessor } from "./find-processors.ts";

/** A dead letter in a list. Times are ms since 1970. */
export interface DeadLetterSummary {
  readonly processor: string;
  /** The job's id: the event id, with `~<run>` for a backfill or an edited replay. */
  readonly id: string;
  readonly diedAt: number;
  /** Without its stack. */
  readonly error: { readonly name: string; readonly message: string; readonly code: string | null };
  readonly attempts: number;
  readonly replays: number;
  readonly event: EventSummary;
}

export interface DeadLetterPage {
  /** In all, of the processors that were asked for. */
  readonly total: number;
  readonly offset: number;
  /** Of every processor that was asked for, most first. */
  readonly processors: readonly { readonly processor: string; readonly dead: number }[];
  /** Newest first. */
  readonly letters: readonly DeadLetterSummary[];
}

/**
 * A page of dead letters, of one processor or of all together.
 *
 * @param page.limit keep it below some hundred: each letter is read with its body
 * @throws OperationError `PROCESSOR_NOT_FOUND`
 */
export async function listDead(
  context: Context,
  page: { readonly processor?: string | undefined; readonly offset: number; readonly limit: number },
): Promise<DeadLetterPage> {
  const { redis, queues } = context;
  const { processor, offset, limit } = page;
  if (processor !== undefined) await requireProcessor(context, processor);
  const names = processor === undefined ? [...(await findProcessors(context)).keys()] : [processor];
  const counts = await Promise.all(
    names.map(async (name) => ({ processor: name, dead: await redis.zcard(keys.queue(name, "failed")) })),
  );
  const letters =
    processor === undefined
      ? await newestOfAll(context, names, offset, limit)
      : await listDeadLetters(redis, queues, processor, { offset, limit });
  return {
    total: counts.reduce((sum, { dead }) => sum + dead, 0),
    offset,
    processors: counts.filter(({ dead }) => dead > 0).toSorted((a, b) => b.dead - a.dead),
    letters: letters.map(summarize),
  };
}

/** Merges the failed sets by time, and reads only the letters of the page. */
async function newestOfAll(
  { redis, queues }: Context,
  names: readonly string[],
  offset: number,
  limit: number,
): Promise<readonly DeadLetter[]> {
  const lists = await Promise.all(
    names.map(async (name) => {
      const flat = await redis.zrevrange(keys.queue(name, "failed"), 0, offset + limit - 1, "WITHSCORES");
      return flat.flatMap((id, i) => (i % 2 === 0 ? [{ name, id, at: Number(flat[i + 1]) }] : []));
    }),
  );
  const page = lists
    .flat()
    .toSorted((a, b) => b.at - a.at)
    .slice(offset, offset + limit);
  const letters = await Promise.all(page.map(({ name, id }) => findDeadLetter(redis, queues, name, id)));
  // One may have been replayed since the ids were read.
  return letters.filter((letter) => letter !== undefined);
}

function summarize({
  processor,
  id,
  diedAt,
  error,
  attempts,
  replays,
  event,
}: DeadLetter): DeadLetterSummary {
  const { name, message, code } = error;
  return {
    processor,
    id,
    diedAt,
    error: { name, message, code: code ?? null },
    attempts,
    replays,
    event: readLoaded(event).summary,
  };
}
