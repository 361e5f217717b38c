import { DISCARD_KEPT_MS, findDiscardedLetter } from "@misskeep/queue";
import { keys, type Redis } from "@misskeep/redis";
import type { Context } from "./context.ts";
import type { DiscardedLetter } from "./discarded-letter.ts";
import { OperationError } from "./errors.ts";
import { findProcessors, requireProcessor } from "./find-processors.ts";
import { inTurn } from "./in-turn.ts";
import { summarizeDead } from "./summarize-dead.ts";

export interface DiscardedPage {
  /** Of the processors that were asked for. */
  readonly total: number;
  /** The last discarded first. */
  readonly letters: readonly DiscardedLetter[];
  /** Pass it as `cursor` for the next page; null at the end. */
  readonly next: string | null;
}

/** A letter's place in the list: by `at`, newest first, then by processor, then by id, the greatest first. */
interface Place {
  readonly at: number;
  readonly processor: string;
  readonly id: string;
}

/** Each is read with its body, of up to 8 MiB. */
const READ_AT_ONCE = 8;

/**
 * A page of the letters that were put away, of one processor or of all together.
 *
 * @param page.limit keep it below some hundred: each letter is read with its body
 * @throws OperationError `PROCESSOR_NOT_FOUND`, `INVALID_CURSOR`
 */
export async function listDiscarded(
  context: Context,
  page: {
    readonly processor?: string | undefined;
    readonly limit: number;
    readonly cursor?: string | undefined;
  },
): Promise<DiscardedPage> {
  const { redis, queues } = context;
  const { processor, limit, cursor } = page;
  const after = cursor === undefined ? undefined : readCursor(cursor);
  if (processor !== undefined) await requireProcessor(context, processor);
  const names = processor === undefined ? [...(await findProcessors(context)).keys()] : [processor];
  const counts = await Promise.all(names.map((name) => redis.zcard(keys.discarded(name))));
  // One more than is asked for tells whether anything follows.
  const found = await Promise.all(names.map((name) => placesAfter(redis, name, after, limit + 1)));
  const places = found.flat().toSorted(compare);
  const read = await inTurn(places.slice(0, limit), READ_AT_ONCE, async ({ processor: name, id }) => {
    const letter = await findDiscardedLetter(redis, queues, name, id);
    if (!letter) return undefined;
    const { by, why, at } = letter.discarded;
    return { ...summarizeDead(letter), discarded: { by, why, at, until: at + DISCARD_KEPT_MS } };
  });
  const last = places[limit - 1];
  return {
    total: counts.reduce((sum, count) => sum + count, 0),
    // One may have been recovered since it was found.
    letters: read.filter((letter) => letter !== undefined),
    next: places.length > limit && last ? toCursor(last) : null,
  };
}

function compare(a: Place, b: Place): number {
  if (a.at !== b.at) return b.at - a.at;
  if (a.processor !== b.processor) return a.processor < b.processor ? -1 : 1;
  return a.id === b.id ? 0 : a.id > b.id ? -1 : 1;
}

/** Of one processor, those that stand behind a place. */
async function placesAfter(
  redis: Redis,
  processor: string,
  after: Place | undefined,
  count: number,
): Promise<readonly Place[]> {
  const key = keys.discarded(processor);
  let start = after ? await rankBehind(redis, key, processor, after) : 0;
  const found: Place[] = [];
  for (;;) {
    const flat = await redis.zrevrange(key, start, start + count - 1, "WITHSCORES");
    for (let i = 0; i + 1 < flat.length; i += 2) {
      const place = { at: Number(flat[i + 1]), processor, id: flat[i] ?? "" };
      if (!after || compare(after, place) < 0) found.push(place);
    }
    if (found.length >= count || flat.length < count * 2) return found.slice(0, count);
    start += count;
  }
}

/**
 * Where in one processor's set those behind a place begin, or a little before: of many that were put away in the
 * same millisecond the place's own rank tells, unless it was recovered since.
 */
async function rankBehind(redis: Redis, key: string, processor: string, after: Place): Promise<number> {
  if (processor === after.processor) {
    const rank = await redis.zrevrank(key, after.id);
    if (rank !== null) return rank + 1;
  }
  return redis.zcount(key, `(${after.at}`, "+inf");
}

function toCursor(place: Place): string {
  return Buffer.from(JSON.stringify([place.at, place.processor, place.id]), "utf8").toString("base64url");
}

/** @throws OperationError `INVALID_CURSOR` */
function readCursor(cursor: string): Place {
  try {
    const [at, processor, id] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as unknown[];
    if (
      typeof at === "number" &&
      Number.isFinite(at) &&
      typeof processor === "string" &&
      typeof id === "string"
    )
      return { at, processor, id };
  } catch {
    // Told below.
  }
  throw new OperationError("INVALID_CURSOR", "The cursor is not one that a page of discarded letters gave.");
}
