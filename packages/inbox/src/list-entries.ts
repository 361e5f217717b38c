import { keys, type Redis } from "@misskeep/redis";
import { type InboxEntry, type RawEntry, toEntry } from "./entry.ts";
import { type EventId, toStreamId } from "./event-id.ts";

export interface ListEntriesOptions {
  readonly limit: number;
  /** Only entries older than this one. */
  readonly before?: EventId | undefined;
  /** Only entries newer than this one. */
  readonly after?: EventId | undefined;
  /** Only what was received at this time or later, ms since 1970. */
  readonly from?: number | undefined;
  /** Only what was received before this time, ms since 1970. */
  readonly to?: number | undefined;
  /** @default "newest" */
  readonly order?: "newest" | "oldest";
}

/** Entries come with their bodies, of up to some megabytes each. */
const ENTRIES_PER_READ = 50;
/** By so much ingest's clock may be ahead of Redis', which makes the ids, ms. */
const SKEW_MS = 60_000;

/**
 * A page of the inbox. Fewer than `limit` entries mean that there are no more.
 *
 * An id tells when an entry came into the inbox, which for one that was spooled is later than its receipt. So the
 * search for those received before `to` looks at everything that came since `from`.
 *
 * @param options.limit keep it below some hundred: each entry comes with its body
 */
export async function listEntries(redis: Redis, options: ListEntriesOptions): Promise<readonly InboxEntry[]> {
  const { limit, from, to, order = "newest" } = options;
  let [low, high] = bounds(options);
  const found: InboxEntry[] = [];
  while (found.length < limit) {
    // Without a span each entry counts, so that no more than the limit need be read.
    const wanted = to === undefined ? Math.min(ENTRIES_PER_READ, limit - found.length) : ENTRIES_PER_READ;
    const raw = (await (order === "newest"
      ? redis.xrevrangeBuffer(keys.inbox, high, low, "COUNT", wanted)
      : redis.xrangeBuffer(keys.inbox, low, high, "COUNT", wanted))) as RawEntry[];
    const entries = raw.map(toEntry);
    found.push(...entries.filter((entry) => isWithin(entry, from, to)).slice(0, limit - found.length));
    const last = raw.at(-1);
    if (!last || raw.length < wanted) break;
    if (order === "newest") high = `(${String(last[0])}`;
    else low = `(${String(last[0])}`;
  }
  return found;
}

function isWithin({ receivedAt }: InboxEntry, from = -Infinity, to = Infinity): boolean {
  return receivedAt >= from && receivedAt < to;
}

/** The ends of the range, as Redis takes them. */
function bounds({ before, after, from }: ListEntriesOptions): [low: string, high: string] {
  const above = after === undefined ? undefined : toStreamId(after);
  const below = before === undefined ? undefined : toStreamId(before);
  const earliest = from === undefined ? 0 : Math.max(0, Math.floor(from - SKEW_MS));
  const isAfterFrom = above !== undefined && Number(above.split("-")[0]) >= earliest;
  const low = isAfterFrom ? `(${above}` : earliest > 0 ? `${earliest}-0` : "-";
  return [low, below === undefined ? "+" : `(${below}`];
}
