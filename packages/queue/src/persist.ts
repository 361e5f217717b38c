import { setTimeout as sleep } from "node:timers/promises";
import type { RunHold } from "./run-hold.ts";

const WAIT_MS = 1_000;

/**
 * Tries a write until Redis takes it: it is away, full (OOM), read-only during a failover, or short of
 * replicas. Waits a second between tries, so that a worker does not spin.
 *
 * @param onRefused told of each refusal
 * @param hold once it aborts there is one more try: whoever waits for a run that is over would be taken for
 *   a zombie, and cost the whole worker
 * @throws the last refusal, once the hold has aborted
 */
export async function untilTaken<T>(
  write: () => Promise<T>,
  onRefused: (error: Error) => void,
  hold?: Pick<RunHold, "aborted" | "signal">,
): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (hold?.aborted) throw error;
      onRefused(error as Error);
      await sleep(WAIT_MS, undefined, hold ? { signal: hold.signal } : {}).catch(() => undefined);
    }
  }
}
