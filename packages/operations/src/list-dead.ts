import { type DeadQuery, findDeadIds, findDeadLetter, InvalidCursor } from "@misskeep/queue";
import { keys } from "@misskeep/redis";
import { checkDeadFilter } from "./check-dead-filter.ts";
import type { Context } from "./context.ts";
import { OperationError } from "./errors.ts";
import { findProcessors, requireProcessor } from "./find-processors.ts";
import { inTurn } from "./in-turn.ts";
import { type DeadLetterSummary, summarizeDead } from "./summarize-dead.ts";

export interface DeadLetterPage {
  /** Dead letters of the processors that were asked for, whatever the other conditions. */
  readonly total: number;
  /** How many meet all conditions; null where only reading them all would tell. */
  readonly matching: number | null;
  /** Of every processor that was asked for and has any, most first. */
  readonly processors: readonly { readonly processor: string; readonly dead: number }[];
  /** In the order that was asked for. */
  readonly letters: readonly DeadLetterSummary[];
  /** How many letters were looked at for this page. */
  readonly scanned: number;
  /** Pass it as `cursor` for the next page; null at the end. */
  readonly next: string | null;
}

/** Each is read with its body, of up to 8 MiB. */
const READ_AT_ONCE = 8;

/**
 * A page of dead letters, of one processor or of all together. With `text`, or with conditions that are rare
 * together, a page may hold fewer letters than the limit, even none, and still have a next one: `scan` bounds how
 * many are looked at.
 *
 * @param query.limit keep it below some hundred: each letter is read with its body
 * @throws OperationError `PROCESSOR_NOT_FOUND`, `INVALID_FILTER`, `INVALID_CURSOR`
 */
export async function listDead(context: Context, query: DeadQuery): Promise<DeadLetterPage> {
  const { redis, queues } = context;
  const { processor } = query.filter;
  checkDeadFilter(query.filter);
  if (processor !== undefined) await requireProcessor(context, processor);
  const names = processor === undefined ? [...(await findProcessors(context)).keys()] : [processor];
  const counts = await Promise.all(
    names.map(async (name) => ({ processor: name, dead: await redis.zcard(keys.queue(name, "failed")) })),
  );
  const { letters, ...found } = await find(context, processor ?? names, query);
  const read = await inTurn(letters, READ_AT_ONCE, async (each) => {
    const letter = await findDeadLetter(redis, queues, each.processor, each.id);
    return letter && summarizeDead(letter);
  });
  return {
    total: counts.reduce((sum, { dead }) => sum + dead, 0),
    processors: counts.filter(({ dead }) => dead > 0).toSorted((a, b) => b.dead - a.dead),
    // One may have been replayed since it was found.
    letters: read.filter((letter) => letter !== undefined),
    ...found,
  };
}

async function find({ redis }: Context, processors: string | readonly string[], query: DeadQuery) {
  try {
    return await findDeadIds(redis, processors, query);
  } catch (error) {
    if (error instanceof InvalidCursor) throw new OperationError("INVALID_CURSOR", error.message);
    throw error;
  }
}
