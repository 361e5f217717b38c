import { lastEntryId, listEntries, toEventId, toStreamId, waitForEntryAfter } from "@misskeep/inbox";
import { type Redis, waitUntilReady } from "@misskeep/redis";
import type { Context } from "./context.ts";
import { type EventSummary, readEntry } from "./event-summary.ts";

export interface TailEventsOptions {
  readonly type?: string | undefined;
  readonly hook?: string | undefined;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** Shorter than the connection's time-out of a command. */
const WAIT_MS = 2_000;
const READY_MS = 5_000;
const ENTRIES_PER_READ = 50;

/**
 * Events as they are accepted, from now on, oldest first. It ends when the signal says so.
 *
 * @throws what Redis throws, when it goes away
 */
export async function* tailEvents(
  { redis }: Pick<Context, "redis">,
  { type, hook, signal }: TailEventsOptions,
): AsyncGenerator<EventSummary, void, undefined> {
  let last = await endOfInbox(redis);
  // It stands still while it waits, so it is a connection of its own.
  const blocking = redis.duplicate();
  blocking.on("error", () => undefined);
  const end = (): void => blocking.disconnect();
  signal.addEventListener("abort", end);
  try {
    if (signal.aborted) return;
    await waitUntilReady(blocking, READY_MS);
    while (!signal.aborted) {
      await waitForEntryAfter(blocking, last, WAIT_MS);
      const after = toEventId(last);
      // Where there are more, the next wait ends at once.
      for (const entry of await listEntries(redis, { limit: ENTRIES_PER_READ, order: "oldest", after })) {
        last = toStreamId(entry.id) ?? last;
        const { summary } = readEntry(entry);
        const isMeant =
          (type === undefined || summary.type === type) && (hook === undefined || summary.hook === hook);
        if (isMeant && !isOver(signal)) yield summary;
      }
    }
  } catch (error) {
    // Whatever waits is cut off by the end.
    if (!isOver(signal)) throw error;
  } finally {
    signal.removeEventListener("abort", end);
    blocking.disconnect();
  }
}

/** It may have changed since it was looked at. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** Before the first event there is no stream. */
async function endOfInbox(redis: Redis): Promise<string> {
  try {
    return await lastEntryId(redis);
  } catch (error) {
    if (error instanceof Error && error.message.includes("no such key")) return "0-0";
    throw error;
  }
}
