import { type EventId, listEntries } from "@misskeep/inbox";
import { type JobKind, kindsOfJobs, type ScannedJob, scanJobs } from "@misskeep/queue";
import type { Redis } from "@misskeep/redis";
import { readEntry } from "./event-summary.ts";
import type { Context } from "./context.ts";
import type { Matcher } from "./matches-target.ts";

/** Something that holds content of a target, and has it no longer once it is erased. */
export type Holder =
  | { readonly kind: "entry"; readonly id: EventId }
  | { readonly kind: "job"; readonly processor: string; readonly id: string; readonly job: JobKind };

export interface FindContentOptions {
  /** Told now and then how many entries and jobs were looked at. */
  readonly onScanned: (scanned: number) => void;
  /** Told of a job whose content is gone already. */
  readonly onErased?: ((processor: string, id: string) => Promise<void>) | undefined;
}

const ENTRIES_PER_READ = 50;

/**
 * Everything in the inbox and at the processors that holds content of a target, as it stands now, some at a time.
 *
 * What comes or is dispatched meanwhile may be among it or not: whoever has to be sure looks again.
 */
export async function* findContent(
  { redis }: Pick<Context, "redis">,
  matches: Matcher,
  { onScanned, onErased }: FindContentOptions,
): AsyncGenerator<readonly Holder[], void, undefined> {
  let scanned = 0;
  let after: EventId | undefined;
  for (;;) {
    const entries = await listEntries(redis, { limit: ENTRIES_PER_READ, order: "oldest", after });
    yield entries
      .filter((entry) => matches({ json: readEntry(entry).json, raw: entry.body, host: entry.meta.host }))
      .map(({ id }) => ({ kind: "entry", id }));
    onScanned((scanned += entries.length));
    after = entries.at(-1)?.id;
    if (entries.length < ENTRIES_PER_READ) break;
  }
  for await (const jobs of scanJobs(redis)) {
    yield await holdersAmong(redis, jobs, matches);
    for (const { processor, id, event } of jobs)
      if (event.erased !== undefined) await onErased?.(processor, id);
    onScanned((scanned += jobs.length));
  }
}

/** @param jobs of one processor */
async function holdersAmong(redis: Redis, jobs: readonly ScannedJob[], matches: Matcher): Promise<Holder[]> {
  const found = jobs.filter(
    ({ event: { json, raw, facts, erased } }) =>
      erased === undefined && matches({ json, raw, host: facts.host }),
  );
  const ids = found.map(({ id }) => id);
  const kinds = await kindsOfJobs(redis, found[0]?.processor ?? "", ids);
  return found.map(({ processor, id }, i) => ({ kind: "job", processor, id, job: kinds[i] ?? "other" }));
}
