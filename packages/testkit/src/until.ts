import { setTimeout as delay } from "node:timers/promises";

/**
 * Asks again and again until the answer is truthy.
 *
 * @param ask may throw: that counts as "not yet", and the last error becomes the cause of the time-out
 * @param options.timeout milliseconds; generous by default, as machines that run tests are busy
 * @returns the truthy answer
 */
export async function until<T>(
  ask: () => T | Promise<T>,
  options: { timeout?: number; every?: number } = {},
): Promise<NonNullable<T>> {
  const { timeout = 20_000, every = 20 } = options;
  const deadline = Date.now() + timeout;
  for (let lastError: unknown; ;) {
    try {
      const answer = await ask();
      if (answer) return answer;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (Date.now() > deadline) {
      throw new Error(`Still not so after ${timeout} ms: ${String(ask)}`, { cause: lastError });
    }
    await delay(every);
  }
}
