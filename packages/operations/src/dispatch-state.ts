import { type EventId, toStreamId } from "@misskeep/inbox";
import { DISPATCHERS, keys, type Redis } from "@misskeep/redis";

/**
 * | state | an event of the inbox |
 * |---|---|
 * | `waiting` | is not read by any dispatcher yet |
 * | `held` | is held by a dispatcher, which adds its jobs now or has crashed |
 * | `dispatched` | has a job at every processor that wanted it, if any did |
 */
export type DispatchState = "waiting" | "held" | "dispatched";

export async function findDispatchState(redis: Redis, id: EventId): Promise<DispatchState> {
  const streamId = toStreamId(id) ?? "0-0";
  const groups = (await redis.xinfo("GROUPS", keys.inbox)) as unknown[][];
  const group = groups.find((each) => field(each, "name") === DISPATCHERS);
  if (!group || isAfter(streamId, String(field(group, "last-delivered-id")))) return "waiting";
  const pending = await redis.xpending(keys.inbox, DISPATCHERS, streamId, streamId, 1);
  return pending.length > 0 ? "held" : "dispatched";
}

function field(flat: readonly unknown[], name: string): unknown {
  return flat[flat.indexOf(name) + 1];
}

function isAfter(a: string, b: string): boolean {
  const [ms = 0, seq = 0] = a.split("-").map(Number);
  const [otherMs = 0, otherSeq = 0] = b.split("-").map(Number);
  return ms > otherMs || (ms === otherMs && seq > otherSeq);
}
