import { setTimeout as sleep } from "node:timers/promises";

const WAIT_MS = 1_000;

/**
 * Tries a write until Redis takes it: it is away, full (OOM), read-only during a failover, or short of
 * replicas. Waits a second between tries, so that a worker does not spin.
 *
 * @param onRefused told of each refusal
 */
export async function untilTaken<T>(write: () => Promise<T>, onRefused: (error: Error) => void): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      onRefused(error as Error);
      await sleep(WAIT_MS);
    }
  }
}
