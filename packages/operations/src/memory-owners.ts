import type { Context } from "./context.ts";
import type { Status } from "./status.ts";

/**
 * | owner | holds |
 * |---|---|
 * | `inbox` | the stream of events |
 * | `waiting` | jobs that wait, run, or wait for their next attempt |
 * | `ended` | jobs that ended well; kept for a day |
 * | `dead` | dead letters, and their index |
 * | `discarded` | discarded dead letters; kept for 7 days |
 * | `keys` | idempotency keys; kept for the window |
 * | `series` | these figures over time |
 * | `rest` | Redis itself, connections, and whatever else |
 */
export interface MemoryOwner {
  readonly what: "inbox" | "waiting" | "ended" | "dead" | "discarded" | "keys" | "series" | "rest";
  /** Estimated from samples. */
  readonly bytes: number;
}

export async function findMemoryOwners(
  _context: Context,
  _status: Pick<Status, "processors" | "inbox" | "redis">,
): Promise<readonly MemoryOwner[]> {
  return [];
}
