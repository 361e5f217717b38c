import { keys, type Redis } from "@misskeep/redis";

/** At once in memory, whatever strangers sent: a body can have 8 MiB. One larger job goes alone. */
const BATCH_BYTES = 4 * 2 ** 20;

/** The fields of a job in BullMQ's hash and in ours that say how it died; null where there is none. */
export interface StoredLetter {
  readonly id: string;
  /** As job-data.ts writes it. */
  readonly data: string | null;
  /** BullMQ's short name for attempts made. */
  readonly atm: string | null;
  /** `<name>: <message>` (settle.ts). */
  readonly failedReason: string | null;
  readonly history: string | null;
  readonly outcome: string | null;
}

const FIELDS = ["data", "atm", "failedReason", "mk:history", "mk:outcome"] as const;

/**
 * Reads jobs straight from their hashes, in batches that are bounded in bytes.
 *
 * @param ids some hundred at most
 * @param options.history false leaves the runs and the outcome out: they can be many times as long as the rest
 */
export async function* readJobs(
  redis: Redis,
  processor: string,
  ids: readonly string[],
  { history = true }: { readonly history?: boolean } = {},
): AsyncGenerator<readonly StoredLetter[]> {
  const fields = history ? FIELDS : FIELDS.slice(0, 3);
  const sizes = await Promise.all(ids.map((id) => redis.hstrlen(keys.queue(processor, id), "data")));
  for (let start = 0; start < ids.length;) {
    let end = start;
    let bytes = 0;
    do bytes += sizes[end++] ?? 0;
    while (end < ids.length && bytes + (sizes[end] ?? 0) <= BATCH_BYTES);
    const batch = ids.slice(start, end);
    yield await Promise.all(
      batch.map(async (id) => {
        const values = await redis.hmget(keys.queue(processor, id), ...fields);
        const [data = null, atm = null, failedReason = null] = values;
        return {
          id,
          data,
          atm,
          failedReason,
          history: values[3] ?? null,
          outcome: values[4] ?? null,
        };
      }),
    );
    start = end;
  }
}
