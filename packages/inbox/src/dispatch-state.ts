import { DISPATCHERS, keys, type Redis } from "@misskeep/redis";
import { type EventId, toEventId, toStreamId } from "./event-id.ts";

/**
 * | state | an event of the inbox |
 * |---|---|
 * | `waiting` | is not read by any dispatcher yet |
 * | `held` | is held by a dispatcher, which adds its jobs now or has crashed |
 * | `dispatched` | has a job at every processor that wanted it, if any did |
 */
export type DispatchState = "waiting" | "held" | "dispatched";

/** Dispatchers hold a batch each, of some hundred entries at most. */
const MOST_HELD = 10_000;

export async function findDispatchState(redis: Redis, id: EventId): Promise<DispatchState> {
  return (await findUndispatched(redis, [id])).get(id) ?? "dispatched";
}

/**
 * Those of some events that are not dispatched yet.
 *
 * @param ids oldest first
 */
export async function findUndispatched(
  redis: Redis,
  ids: readonly EventId[],
): Promise<ReadonlyMap<EventId, Exclude<DispatchState, "dispatched">>> {
  const [first, last] = [ids[0], ids.at(-1)].map((id) => id && toStreamId(id));
  if (!first || !last) return new Map();
  const groups = (await redis.xinfo("GROUPS", keys.inbox)) as unknown[][];
  const group = groups.find((each) => field(each, "name") === DISPATCHERS);
  if (!group) return new Map(ids.map((id) => [id, "waiting"]));
  const pending = (await redis.xpending(keys.inbox, DISPATCHERS, first, last, MOST_HELD)) as [string][];
  const held = new Set(pending.map(([id]) => toEventId(id)));
  const delivered = field(group, "last-delivered-id");
  return new Map(
    ids.flatMap((id): [EventId, "waiting" | "held"][] => {
      if (held.has(id)) return [[id, "held"]];
      return isAfter(toStreamId(id) ?? "", delivered) ? [[id, "waiting"]] : [];
    }),
  );
}

function field(flat: readonly unknown[], name: string): string {
  return String(flat[flat.indexOf(name) + 1]);
}

/** Of two stream ids. */
export function isAfter(a: string, b: string): boolean {
  const [ms = 0, seq = 0] = a.split("-").map(Number);
  const [otherMs = 0, otherSeq = 0] = b.split("-").map(Number);
  return ms > otherMs || (ms === otherMs && seq > otherSeq);
}
