import type { Redis } from "@misskeep/redis";
import { derivedKeys, facetName } from "./index-keys.ts";
import { type GroupMarks, readMarks } from "./group-marks.ts";

/** Dead letters of one processor that failed alike. Times are ms since 1970. */
export interface DeadGroupRecord extends GroupMarks {
  readonly processor: string;
  readonly group: string;
  readonly name: string;
  readonly code: string | null;
  /** Normalised. */
  readonly message: string;
  readonly count: number;
  readonly firstDiedAt: number;
  readonly lastDiedAt: number;
  /** The id of the letter that died last. */
  readonly newest: string;
  /** How many died in each of the last 24 hours, the oldest first. */
  readonly perHour: readonly number[];
}

const HOUR_MS = 3_600_000;
const HOURS = 24;
/** Groups that are read at once; each takes some thirty small calls. */
const AT_ONCE = 25;
/** A processor whose messages all differ must not cost every look at the groups minutes. */
const MOST_GROUPS = 500;

/**
 * A processor's groups, the one in which a letter died last first.
 *
 * @param options.now ms since 1970
 * @param options.limit how many at most
 */
export async function listDeadGroups(
  redis: Redis,
  processor: string,
  { now, limit = MOST_GROUPS }: { readonly now: number; readonly limit?: number },
): Promise<readonly DeadGroupRecord[]> {
  const groups = await redis.zrevrange(derivedKeys.groupsByLast(processor), 0, limit - 1);
  const found: DeadGroupRecord[] = [];
  for (let i = 0; i < groups.length; i += AT_ONCE) {
    const some = groups.slice(i, i + AT_ONCE);
    const records = await Promise.all(some.map((group) => findDeadGroup(redis, processor, group, now)));
    found.push(...records.filter((record) => record !== undefined));
  }
  return found;
}

/** @returns undefined if the processor has no dead letter in such a group */
export async function findDeadGroup(
  redis: Redis,
  processor: string,
  group: string,
  now: number,
): Promise<DeadGroupRecord | undefined> {
  const key = derivedKeys.facet(processor, facetName("group", group));
  const [record, count, [, first], [newest, last], marks, perHour] = await Promise.all([
    redis.hget(derivedKeys.groups(processor), group),
    redis.zcard(key),
    redis.zrange(key, "0", "0", "WITHSCORES"),
    redis.zrevrange(key, 0, 0, "WITHSCORES"),
    readMarks(redis, processor, group, now),
    Promise.all(
      Array.from({ length: HOURS }, (_, hour) => {
        const end = now - (HOURS - 1 - hour) * HOUR_MS;
        return redis.zcount(key, `(${end - HOUR_MS}`, String(end));
      }),
    ),
  ]);
  if (record === null || first === undefined || newest === undefined) return undefined;
  const { name, code, message } = JSON.parse(record) as Pick<DeadGroupRecord, "name" | "code" | "message">;
  return {
    processor,
    group,
    name,
    code,
    message,
    count,
    firstDiedAt: Number(first),
    lastDiedAt: Number(last),
    newest,
    perHour,
    ...marks,
  };
}
