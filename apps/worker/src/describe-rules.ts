import type { ProcessorRules, ProcessorSetting, Runnable } from "@misskeep/queue";

const SHOWN = 20;

/** A processor's rules for people to see. What an author wrote may throw, and is then left out. */
export function describeRules(
  { retry, timeoutMs, concurrency, rateLimit }: Omit<Runnable, "run" | "name">,
  settings: readonly ProcessorSetting[],
): ProcessorRules {
  const { attempts, maxAgeMs } = retry;
  const backoffMs: number[] = [];
  try {
    for (let failed = 1; failed < attempts && failed <= SHOWN; failed += 1) {
      const wait = retry.backoff(failed, 0);
      if (!Number.isFinite(wait) || wait < 0) break;
      backoffMs.push(Math.round(wait));
    }
  } catch {
    // The worker uses the default backoff where an author's fails; it says so when it happens.
  }
  return { attempts, backoffMs, maxAgeMs, timeoutMs, concurrency, rateLimit: rateLimit ?? null, settings };
}
